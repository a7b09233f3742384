"""R4: backpropagation through time."""

from __future__ import annotations

import numpy as np

from engine.gradient_steps import gradient_steps
from engine.notation import format_number
from engine.rnn import rnn, rnn_backward
from engine.shapes import Array
from engine.trace import Trace
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _one_unit(x: Array, u: float, w: float, v: float, dy: Array, cut: int | None = None) -> Trace:
    """One unit that stays at 0, where tanh′ is 1: forwards, and back from dy."""
    weights = (np.array([[value]]) for value in (u, w))
    U, W = weights
    trace = rnn(x[:, None], U, W, np.zeros(1), np.array([[v]]), np.zeros(1))
    rnn_backward(trace, dy[:, None], truncate=cut)
    return trace


def _two_sources(rng: np.random.Generator) -> Draft:
    v, w = (float(n) for n in rng.choice([-3, -2, 2, 3], 2))
    first, second = (float(n) for n in rng.choice([-2, -1, 1, 2], 2))
    trace = _one_unit(np.zeros(2), 0.0, w, v, np.array([first, second]))
    from_next = float(trace["da"][1, 0])
    truth = float(trace["dh"][0, 0])
    return Draft(
        prompt=(
            f"One unit, V = {format_number(v)}, W = {format_number(w)}. At step t, ∂L/∂y is "
            f"{format_number(first)}; from the step after it, ∂L/∂a is "
            f"{format_number(from_next)}. What is ∂L/∂h at step t?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "output-alone",
                v * first,
                "You took only what comes from y. h is also handed on to the next step.",
            ),
            Mistake(
                "next-alone",
                w * from_next,
                "You took only what comes from the next step. This step has an output of its own.",
            ),
            Mistake(
                "multiplied",
                v * first * w * from_next,
                "You multiplied the two sources. Two ways to the loss: their effects add up.",
            ),
            Mistake(
                "not-weighed",
                first + from_next,
                "Each source comes back through its matrix: y through V, the next step through W.",
            ),
            Mistake(
                "matrices-swapped",
                w * first + v * from_next,
                "You swapped them: y hangs on V, the next step on W.",
            ),
        ),
        explanation=(
            f"V·∂L/∂y = {format_number(v * first)} and W·∂L/∂a = "
            f"{format_number(w * from_next)}: {format_number(truth)} together."
        ),
    )


def _sum_over_time(rng: np.random.Generator) -> Draft:
    x, dy = (rng.choice([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], 3) for _ in range(2))
    # U = 0 keeps the state at 0, where tanh′ is 1; W = 0 lets nothing come from the next step.
    trace = _one_unit(x, 0.0, 0.0, 1.0, dy)
    parts = gradient_steps(trace)["dU_step"][:, 0, 0]
    truth = float(trace["dU"][0, 0])
    if truth == 0:
        raise Redraw
    rows = ", ".join(
        f"{format_number(float(a))} and {format_number(float(b))}"
        for a, b in zip(trace["da"][:, 0], x, strict=True)
    )
    return Draft(
        prompt=(
            f"One unit, one input, three steps. ∂L/∂a and x of each step: {rows}. "
            "What is the gradient of U?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "mean-over-time",
                float(parts.mean()),
                "You took the mean. U was used at every step, and every use counts in full.",
            ),
            Mistake(
                "last-step-alone",
                float(parts[-1]),
                "That is what the last step adds. The steps before used the same U.",
            ),
            Mistake(
                "first-step-alone",
                float(parts[0]),
                "That is what the first step adds. The steps after used the same U.",
            ),
            Mistake(
                "sums-multiplied",
                float(trace["da"].sum() * x.sum()),
                "You added first and multiplied then. Each step multiplies its own two numbers.",
            ),
            Mistake(
                "inputs-forgotten",
                float(trace["da"].sum()),
                "That is the gradient of the bias. U met an x at each step.",
            ),
        ),
        explanation=(
            f"The steps add {', '.join(format_number(float(part)) for part in parts)}: "
            f"{format_number(truth)} together. The weight is shared, so its gradient is a sum."
        ),
    )


def _reach_of_cut(rng: np.random.Generator) -> Draft:
    cut = pick(rng, (3, 4, 5, 6))
    steps = cut * int(rng.integers(2, 5)) + int(rng.integers(1, cut))
    dy = np.zeros(steps)
    dy[-1] = 1.0
    trace = _one_unit(np.zeros(steps), 0.0, 1.0, 1.0, dy, cut)
    truth = float((trace["dh"] != 0).sum())
    return Draft(
        prompt=(
            f"A sequence of {steps} steps is cut from its start into pieces of {cut}; the last "
            "piece is shorter. Only the last step has a loss. At how many steps is ∂L/∂h not 0?"
        ),
        kind=Numeric(unit="steps"),
        truth=truth,
        mistakes=(
            Mistake(
                "always-the-cut",
                float(cut),
                "A whole piece would be that long. The last one is shorter.",
            ),
            Mistake(
                "cut-forgotten",
                float(steps),
                "Without the cuts it would walk all the way. The gradient stops at the first one.",
            ),
            Mistake(
                "one-cut-further",
                truth + cut,
                "You let it over one cut. The state passes there, the gradient does not.",
            ),
            Mistake(
                "first-piece",
                float(steps - truth),
                "Those are the steps that it does not reach.",
            ),
        ),
        explanation=(
            f"{steps} = {int(steps - truth) // cut}·{cut} + {truth:.0f}: the last piece has "
            f"{truth:.0f} steps, and the gradient stays in it."
        ),
    )


TEMPLATES = (
    Template("two-sources", "The two sources of ∂L/∂h", ("R4",), _two_sources),
    Template("sum-over-time", "A sum over time", ("R4",), _sum_over_time),
    Template("reach-of-cut", "How far back", ("R4",), _reach_of_cut),
)
