"""L11 and L12: the way back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.gradient_steps import gradient_steps
from engine.loss import cross_entropy, cross_entropy_backward
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick
from lessons.lstm.questions.unit import backward, factor, number, tenths, unheld, unit

CLOSE = Numeric(tolerance=0.0051)


def _logit_gradient(rng: np.random.Generator) -> Draft:
    p = rng.dirichlet(np.ones(3)).round(2)
    p[2] = round(1 - p[0] - p[1], 2)
    k = int(rng.integers(3))
    asked = pick(rng, (k, (k + 1) % 3))
    if p.min() < 0.05 or abs(p[asked] - 0.5) < 0.05:
        raise Redraw
    trace = cross_entropy(np.log(p), k)
    cross_entropy_backward(trace)
    truth = float(trace["dz"][asked])
    other = f"the logit of class {asked + 1}" if asked != k else "that class's logit"
    shown = ", ".join(map(number, p))
    return Draft(
        prompt=(
            f"Softmax gives ŷ = ({shown}), and class {k + 1} is what comes. With cross-entropy, "
            f"what is the gradient of the loss on {other}?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "y-minus-p",
                -truth,
                "Turned round: ŷ − y. Raising the right logit lowers the loss, so its gradient is "
                "below zero.",
            ),
            Mistake("target-forgotten", float(p[asked]), "From the class that came, 1 is taken."),
            Mistake(
                "only-through-p",
                -1 / float(p[k]) if asked == k else 0.0,
                "That is the gradient on ŷ of the class that came. Softmax turns it into ŷ − y for "
                "every logit.",
            ),
            Mistake(
                "target-everywhere", float(p[asked]) - 1, "Only the class that came has y = 1."
            ),
        ),
        explanation=(f"ŷ − y = {number(p[asked])} − {1 if asked == k else 0} = {number(truth)}."),
    )


def _third_gradient(rng: np.random.Generator) -> Draft:
    p = rng.dirichlet(np.ones(3)).round(2)
    p[2] = round(1 - p[0] - p[1], 2)
    k, asked = int(rng.integers(3)), int(rng.integers(3))
    if p.min() < 0.05:
        raise Redraw
    trace = cross_entropy(np.log(p), k)
    cross_entropy_backward(trace)
    given = [float(trace["dz"][n]) for n in range(3) if n != asked]
    truth = float(trace["dz"][asked])
    return Draft(
        prompt=(
            "Softmax and cross-entropy over three classes. Two of the three gradients on the "
            f"logits are {number(given[0])} and {number(given[1])}: what is the third?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "sum-is-one",
                1 - sum(given),
                "The ŷ add up to 1, and so do the y: their differences add up to 0.",
            ),
            Mistake("sign-forgotten", sum(given), "They add up to 0: what one has, others lack."),
            Mistake("target-forgotten", 1 + sum(given), "They add up to 0, not to −1."),
        ),
        explanation=(
            f"ŷ adds up to 1, y adds up to 1, ŷ − y to 0: −({number(given[0])}) − "
            f"({number(given[1])}) = {number(truth)}."
        ),
    )


def _hidden_sources(rng: np.random.Generator) -> Draft:
    a, b = tenths(rng, -2, 2), tenths(rng, -2, 2)
    if min(abs(a), abs(b)) < 0.2 or abs(a + b) < 0.2 or abs(a - b) < 0.1:
        raise Redraw
    trace = unit(steps=1)
    backward(trace, a + b)
    truth = float(trace["dh"][0, 0])
    return Draft(
        prompt=(
            f"In the middle of a sequence h[t] gets a gradient of {number(a)} through z[t], and "
            f"{number(b)} through the four gates of the next step. What is ∂L/∂h[t]?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake("only-output", a, "h[t] is used a second time: by the gates of the next step."),
            Mistake("only-later", b, "h[t] is used at its own step too: z[t] is read from it."),
            Mistake("product-of-sources", a * b, "Ways that come together add up."),
            Mistake("mean-of-sources", (a + b) / 2, "Ways that come together add up, unweighted."),
        ),
        explanation=f"It is used twice: {number(a)} + {factor(b)} = {number(truth)}.",
    )


def _cell_sources(rng: np.random.Generator) -> Draft:
    dh, o, later = tenths(rng, -2, 2), tenths(rng, 0.2, 0.9), tenths(rng, -2, 2)
    slope, f = pick(rng, (0.5, 0.8)), tenths(rng, 0.3, 0.9)
    if min(abs(dh), abs(later)) < 0.3:
        raise Redraw
    c = float(np.arctanh(np.sqrt(1 - slope)))
    trace = unit(c, f=1, o=o)
    backward(trace, dh, later * f)
    truth = float(trace["dc"][0, 0])
    return Draft(
        prompt=(
            f"∂L/∂h[t] = {number(dh)}, o[t] = {number(o)}, and tanh has the slope {number(slope)} "
            f"at c[t]. From the next step: ∂L/∂c[t+1] = {number(later)} and f[t+1] = {number(f)}. "
            "What is ∂L/∂c[t]?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "only-hidden", dh * o * slope, "c[t+1] is made of c[t] too: times its forget gate."
            ),
            Mistake("only-later", later * f, "h[t] is read from c[t] too: through tanh and o."),
            Mistake("slope-forgotten", dh * o + later * f, "The way through h leads through tanh."),
            Mistake(
                "forget-forgotten",
                dh * o * slope + later,
                "The way to c[t+1] leads through f[t+1].",
            ),
            Mistake(
                "output-forgotten", dh * slope + later * f, "The way through h leads through o."
            ),
        ),
        explanation=(
            f"{number(dh)} · {number(o)} · {number(slope)} through h, "
            f"{number(later)} · {number(f)} through the next cell state: together {number(truth)}."
        ),
    )


def _forget_gradient(rng: np.random.Generator) -> Draft:
    dc, before, f = tenths(rng, -2, 2), tenths(rng, -3, 3), pick(rng, (0.2, 0.5, 0.8))
    if min(abs(dc), abs(before)) < 0.5:
        raise Redraw
    trace = unheld(before, f, 0.5, 0.5, 0.5)
    backward(trace, 0.0, dc)
    truth = float(trace["da_f"][0, 0])
    return Draft(
        prompt=(
            f"∂L/∂c[t] = {number(dc)}, c[t−1] = {number(before)}, f[t] = {number(f)}. What is the "
            "gradient on the pre-activation of the forget gate, ∂L/∂a_f[t]?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "slope-forgotten",
                dc * before,
                "That is the gradient on f. σ's slope, f · (1 − f), is still to come.",
            ),
            Mistake(
                "state-forgotten",
                dc * f * (1 - f),
                "f multiplies c[t−1], so its gradient is ∂L/∂c[t] times c[t−1].",
            ),
            Mistake(
                "tanh-slope", dc * before * (1 - f**2), "1 − f² is the slope of tanh. f is a σ."
            ),
            Mistake(
                "passed-on", dc * f, "That is what goes on to c[t−1]. Asked is the gate's own."
            ),
        ),
        explanation=(
            f"{number(dc)} · {factor(before)} on f, times {number(f)} · {number(1 - f)}: "
            f"{number(truth)}."
        ),
    )


def _over_time(rng: np.random.Generator) -> Draft:
    da, h = [tenths(rng, -1, 1) for _ in range(3)], [tenths(rng, -0.9, 0.9) for _ in range(3)]
    parts = [a * b for a, b in zip(da, h, strict=True)]
    if min(map(abs, [*da, *h])) < 0.2 or abs(sum(parts)) < 0.05:
        raise Redraw
    trace = unit(steps=3)
    backward(trace, 0.0)
    drawn = {"da_f": np.array(da)[:, None], "hx": np.array([[each, 0.0] for each in h])}
    trace = replace(trace, arrays={**trace.arrays, **drawn})
    truth = float(gradient_steps(trace)["dW_f_sum"][0, 0, 0])
    pairs = ", ".join(f"({number(a)}, {number(b)})" for a, b in zip(da, h, strict=True))
    return Draft(
        prompt=(
            "One weight of the forget gate is used in each of three steps. The pairs of "
            f"∂L/∂a_f and of what it multiplies are {pairs}. What is the weight's gradient?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake("mean-over-time", sum(parts) / 3, "You took the mean. The steps add up."),
            Mistake(
                "last-only", parts[-1], "That is the last step alone. All steps use the weight."
            ),
            Mistake(
                "first-only", parts[0], "That is the first step alone. All steps use the weight."
            ),
            Mistake(
                "input-forgotten", sum(da), "At each step the gradient is multiplied by the input."
            ),
        ),
        explanation="The weight is used three times: "
        + " + ".join(f"({number(part)})" for part in parts)
        + f" = {number(truth)}.",
    )


TEMPLATES = (
    Template("logit-gradient", "The gradient on a logit", ("L12",), _logit_gradient),
    Template("third-gradient", "The last of three", ("L12",), _third_gradient),
    Template("hidden-sources", "What reaches h", ("L11",), _hidden_sources),
    Template("cell-sources", "What reaches c", ("L11",), _cell_sources),
    Template("forget-gradient", "Back through the forget gate", ("L11",), _forget_gradient),
    Template("over-time", "One weight, many steps", ("L11",), _over_time),
)
