"""L2 to L7 and L9: one step of the cell, forwards."""

from __future__ import annotations

import numpy as np

from engine.activation import sigmoid, tanh
from engine.dense import dense
from engine.loss import softmax
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick
from lessons.lstm.questions.unit import factor, number, tenths, unit

CLOSE = Numeric(tolerance=0.011)


def _kept_unseen(rng: np.random.Generator) -> Draft:
    c, steps = tenths(rng, 0.5, 4), int(rng.integers(3, 9))
    truth = float(unit(c, f=1, o=0, steps=steps)["c"][-1, 0])
    return Draft(
        prompt=(
            f"A unit's cell state is {number(c)}. For the next {steps} steps its output gate is 0, "
            "so its hidden state is 0; the forget gate is 1 and the input gate 0. What is the cell "
            "state after them?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "hidden-empties-cell",
                0.0,
                "The hidden state is 0, but the cell state is another flow: nothing was taken "
                "from it.",
            ),
            Mistake(
                "squashed-state",
                round(float(np.tanh(c)), 2),
                "tanh is taken when the state is read, for h. The cell state itself is not "
                "squashed.",
            ),
            Mistake(
                "state-added-up", c * (steps + 1), "Nothing was added: the input gate was shut."
            ),
        ),
        explanation=(
            f"c = 1 · c[t−1] + 0 · g at every step, so c stays {number(truth)}. The output gate "
            "only hides it."
        ),
    )


def _pre_activation(rng: np.random.Generator) -> Draft:
    w = rng.integers(-2, 3, 4).astype(float)
    b, h, x = float(rng.integers(-1, 3)), rng.integers(-5, 6, 2) / 10, rng.integers(-2, 3, 2) + 0.0
    c = rng.integers(2, 5, 2) * pick(rng, (-1.0, 1.0))
    if np.count_nonzero(w) < 3 or not np.all(h) or not np.any(x):
        raise Redraw
    truth = float(dense(np.concatenate([h, x]), w[None], np.array([b]))["y"][0])
    if abs(truth) > 4:
        raise Redraw
    row = " ".join(number(each) for each in w)
    return Draft(
        prompt=(
            f"One unit's forget gate has the weights {row} and the bias {number(b)}. It is given "
            f"h[t−1] = ({number(h[0])}, {number(h[1])}), x[t] = ({number(x[0])}, {number(x[1])}) "
            f"and c[t−1] = ({number(c[0])}, {number(c[1])}). What is its pre-activation a_f?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "cell-state-joined",
                float(w @ np.concatenate([c, x]) + b),
                "You joined the cell state to the input. The gates read the hidden state h[t−1].",
            ),
            Mistake(
                "input-first",
                float(w @ np.concatenate([x, h]) + b),
                "You put x first. Here the row is h[t−1], then x[t].",
            ),
            Mistake("bias-forgotten", truth - b, "The bias is missing."),
            Mistake(
                "already-activated",
                round(float(sigmoid(np.array(truth))["y"]), 2),
                "That is the gate after σ. Asked is what goes into σ.",
            ),
        ),
        explanation=(
            f"[h, x] is ({number(h[0])}, {number(h[1])}, {number(x[0])}, {number(x[1])}); its "
            f"products with the weights and the bias add up to {number(truth)}."
        ),
    )


def _forget_part(rng: np.random.Generator) -> Draft:
    c, f = tenths(rng, 1, 5) * pick(rng, (-1.0, 1.0)), tenths(rng, 0.1, 0.9)
    truth = float(unit(c, f=f)["c"][0, 0])
    return Draft(
        prompt=(
            f"A unit's cell state is {number(c)}, its forget gate comes out as {number(f)}, and "
            "its input gate is shut. What is the new cell state?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "forget-inverted",
                (1 - f) * c,
                "You took away what the gate says. The gate says what stays: 1 keeps, 0 erases.",
            ),
            Mistake("gate-added", c + f, "You added. A gate multiplies."),
            Mistake("gate-subtracted", c - f, "You subtracted. A gate multiplies."),
        ),
        explanation=f"{number(f)} · {factor(c)} = {number(truth)}: the gate says how much stays.",
    )


def _gate_or_candidate(rng: np.random.Generator) -> Draft:
    a = tenths(rng, 0.5, 3) * pick(rng, (-1.0, 1.0))
    s = float(sigmoid(np.array(a))["y"])
    t = float(tanh(np.array(a))["y"])

    def pair(i: float, g: float) -> str:
        return f"i ≈ {number(round(i, 2))} and g ≈ {number(round(g, 2))}"

    return Draft(
        prompt=(
            f"In one unit the input gate and the candidate have the same pre-activation, "
            f"a = {number(a)}. What do they come out as?"
        ),
        kind=OneOf(),
        truth=pair(s, t),
        mistakes=(
            Mistake(
                "candidate-as-gate",
                pair(s, s),
                "You took σ for both. The candidate is a value from −1 to 1: tanh. It is no gate.",
            ),
            Mistake(
                "gate-as-candidate",
                pair(t, t),
                "You took tanh for both. A gate is a share from 0 to 1: σ.",
            ),
            Mistake(
                "activations-swapped",
                pair(t, s),
                "You swapped them: σ makes the gate, tanh the candidate.",
            ),
        ),
        explanation=(
            f"σ({number(a)}) ≈ {number(round(s, 2))} lies between 0 and 1; "
            f"tanh({number(a)}) ≈ {number(round(t, 2))} between −1 and 1, and has the sign of a."
        ),
    )


def _cell_update(rng: np.random.Generator) -> Draft:
    c, f, i = tenths(rng, -4, 4), tenths(rng, 0.1, 0.9), tenths(rng, 0.1, 0.9)
    g = tenths(rng, -0.9, 0.9)
    if abs(c) < 0.5 or abs(g) < 0.2:
        raise Redraw
    truth = float(unit(c, f=f, i=i, g=g)["c"][0, 0])
    return Draft(
        prompt=(
            f"c[t−1] = {number(c)}, f = {number(f)}, i = {number(i)}, g = {number(g)}. "
            "What is c[t]?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "candidate-unscaled",
                f * c + g,
                "You added the whole candidate. The input gate scales it first.",
            ),
            Mistake(
                "gates-swapped",
                i * c + f * g,
                "You swapped the gates: f is for the old state, i for the candidate.",
            ),
            Mistake(
                "forget-inverted",
                (1 - f) * c + i * g,
                "You took 1 − f. The forget gate says how much stays.",
            ),
            Mistake(
                "squashed-state",
                round(float(np.tanh(truth)), 2),
                "You took tanh of it. That comes later, when h is read from c.",
            ),
        ),
        explanation=(f"{number(f)} · {factor(c)} + {number(i)} · {factor(g)} = {number(truth)}."),
    )


def _unbounded(rng: np.random.Generator) -> Draft:
    steps, g = int(rng.integers(3, 12)), tenths(rng, 0.5, 0.9)
    truth = float(unit(f=1, i=1, g=g, steps=steps)["c"][-1, 0])
    return Draft(
        prompt=(
            f"A unit starts with c = 0. For {steps} steps its forget gate and its input gate are 1 "
            f"and its candidate is {number(g)}. How large is c then?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "cell-bounded",
                1.0,
                "c has no upper end: it is a sum, and no tanh holds it. Only h stays within ±1.",
            ),
            Mistake(
                "last-only", g, "That is the last step alone. The forget gate kept the others."
            ),
            Mistake(
                "squashed-state",
                round(float(np.tanh(truth)), 2),
                "That is tanh c, which h is made of. c itself is not squashed.",
            ),
        ),
        explanation=f"{steps} times {number(g)}, and nothing is forgotten: {number(truth)}.",
    )


def _hidden_out(rng: np.random.Generator) -> Draft:
    c, o = tenths(rng, 0.4, 3) * pick(rng, (-1.0, 1.0)), tenths(rng, 0.1, 0.9)
    squashed = round(float(np.tanh(c)), 2)
    truth = float(unit(c, f=1, o=o)["h"][0, 0])
    return Draft(
        prompt=(
            f"c[t] = {number(c)}, of which tanh is {number(squashed)}; the output gate is "
            f"{number(o)}. What is h[t]?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake("gate-added", o + squashed, "You added. The gate multiplies tanh c."),
            Mistake(
                "tanh-forgotten", round(o * c, 2), "You let c out as it is. tanh squashes it first."
            ),
            Mistake("gate-forgotten", squashed, "The output gate is missing."),
            Mistake(
                "output-inverted",
                round((1 - o) * squashed, 2),
                "You took 1 − o. The output gate says how much is let out.",
            ),
        ),
        explanation=f"{number(o)} · {number(squashed)} = {number(truth)}.",
    )


def _logit_from_h(rng: np.random.Generator) -> Draft:
    h, c = rng.integers(-9, 10, 2) / 10, rng.integers(-4, 5, 2) + 0.0
    w, b = rng.integers(-3, 4, 2) + 0.0, float(rng.integers(-2, 3))
    if not (np.all(h) and np.all(w) and np.all(c) and b):
        raise Redraw
    truth = float(dense(h, w[None], np.array([b]))["y"][0])
    return Draft(
        prompt=(
            f"Two units have h = ({number(h[0])}, {number(h[1])}) and "
            f"c = ({number(c[0])}, {number(c[1])}). One row of W_z is "
            f"({number(w[0])}, {number(w[1])}), its bias {number(b)}. What is that logit?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake(
                "output-from-cell",
                float(w @ c + b),
                "You read the cell state. The output is read from h alone.",
            ),
            Mistake(
                "output-from-both", float(w @ (h + c) + b), "The cell state has no part in it."
            ),
            Mistake("bias-forgotten", truth - b, "The bias is missing."),
        ),
        explanation=(
            f"{number(w[0])} · {factor(h[0])} + {factor(w[1])} · {factor(h[1])} + {factor(b)} "
            f"= {number(truth)}; c reaches the output only through h."
        ),
    )


def _softmax_share(rng: np.random.Generator) -> Draft:
    parts = rng.permutation(
        [[2, 3, 5], [1, 4, 5], [1, 3, 6], [2, 6, 12], [1, 3, 4]][rng.integers(5)]
    )
    k = int(rng.integers(3))
    z = np.log(parts)
    truth = float(softmax(z)["p"][k])
    shown = ", ".join(number(float(part)) for part in parts)
    return Draft(
        prompt=(
            f"The logits of three classes are such that eᶻ is ({shown}). "
            f"What is ŷ of class {k + 1}?"
        ),
        kind=CLOSE,
        truth=truth,
        mistakes=(
            Mistake("not-divided", float(parts[k]), "Divided by their sum, they add up to 1."),
            Mistake(
                "share-of-logits",
                round(float(z[k] / z.sum()), 2),
                "You divided z by the sum of z. Softmax does it with eᶻ.",
            ),
            Mistake(
                "largest-takes-all",
                float(parts[k] == parts.max()),
                "Softmax gives every class a share, not all to the largest.",
            ),
            Mistake(
                "gate-as-softmax",
                round(float(sigmoid(np.array(z[k]))["y"]), 2),
                "That is σ of one logit. Softmax weighs it against the others.",
            ),
        ),
        explanation=f"{number(float(parts[k]))} of {number(float(parts.sum()))}: {number(truth)}.",
    )


TEMPLATES = (
    Template("kept-unseen", "Kept, but not seen", ("L2",), _kept_unseen),
    Template("pre-activation", "Before the gate", ("L3", "L4"), _pre_activation),
    Template("forget-part", "What the forget gate leaves", ("L3",), _forget_part),
    Template("gate-or-candidate", "Gate or candidate", ("L4", "L5"), _gate_or_candidate),
    Template("cell-update", "The new cell state", ("L6",), _cell_update),
    Template("unbounded", "How large can c be?", ("L2", "L6"), _unbounded),
    Template("hidden-out", "What is let out", ("L7",), _hidden_out),
    Template("logit-from-h", "A logit", ("L9",), _logit_from_h),
    Template("softmax-share", "From logits to ŷ", ("L9",), _softmax_share),
)
