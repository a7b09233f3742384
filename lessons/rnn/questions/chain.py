"""R5: gradients that vanish or explode, and clipping."""

from __future__ import annotations

import numpy as np

from engine.clipping import clip_by_norm
from engine.long_chain import rnn_product
from engine.notation import format_number
from engine.rnn import rnn
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick
from lessons.rnn.chain import chain


def _left(w: float, steps: int) -> float:
    """What is left of a gradient after so many steps back, for one unit in silence."""
    one = np.ones((1, 1))
    trace = rnn(np.zeros((steps + 1, 1)), one, w * one, np.zeros(1), one, np.zeros(1))
    return float(rnn_product(trace)["left"][0])


def _left_after(rng: np.random.Generator) -> Draft:
    w, steps = pick(
        rng, ((0.5, 4), (0.5, 6), (0.1, 3), (0.2, 3), (2.0, 5), (2.0, 8), (3.0, 4), (0.3, 3))
    )
    truth = _left(w, steps)
    return Draft(
        prompt=(
            f"One unit that stays at 0, so that tanh′ is 1; W = {format_number(w)}. A gradient "
            f"walks {steps} steps back. By which number has it been multiplied?"
        ),
        kind=Numeric(relative=0.02),
        truth=truth,
        mistakes=(
            Mistake(
                "added-up",
                w * steps,
                "You multiplied by the number of steps. Each step multiplies what the one before "
                "left: a power.",
            ),
            Mistake("one-step", w, "That is a single step."),
            Mistake(
                "one-more",
                w ** (steps + 1),
                "You went one step too far.",
            ),
            Mistake("one-less", w ** (steps - 1), "One step is missing."),
            Mistake("subtracted", 1 - steps * (1 - w), "Nothing is taken off: it is multiplied."),
        ),
        explanation=f"{format_number(w)} multiplied {steps} times: {format_number(truth, 6)}.",
    )


def _clip_scale(rng: np.random.Generator) -> Draft:
    a, b, norm = pick(rng, ((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 15, 17), (9, 12, 15)))
    if rng.random() < 0.5:
        a, b = b, a
    limit = float(pick(rng, (1, 2, norm + 3)))
    clipped = clip_by_norm({"dU": np.array([float(a)]), "dW": np.array([float(b)])}, limit)
    truth = float(clipped["clipped_dU"][0])
    return Draft(
        prompt=(
            f"Two gradients, one number each: ∂L/∂U = {a} and ∂L/∂W = {b}. They are clipped "
            f"together to the norm {limit:g}. What is ∂L/∂U then?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "each-alone",
                float(min(a, limit)),
                "You cut this number off at the limit. The limit is for the norm of all together.",
            ),
            Mistake("unchanged", float(a), "Their norm is above the limit: both get shorter."),
            Mistake(
                "always-scaled",
                limit * a / norm,
                "You made them longer. Clipping only shortens: below the limit nothing happens.",
            ),
            Mistake(
                "norm-as-sum",
                limit * a / (a + b),
                "You divided by the sum. The norm is the root of the sum of squares.",
            ),
            Mistake("divided-by-norm", a / norm, "You forgot to multiply by the limit."),
        ),
        explanation=(
            f"The norm is √({a}² + {b}²) = {norm}. "
            + (
                f"So both are multiplied by {limit:g}/{norm}: {a}·{limit:g}/{norm} = "
                f"{format_number(truth)}."
                if norm > limit
                else f"That is below {limit:g}, and nothing changes."
            )
        ),
    )


def _what_is_near_zero(rng: np.random.Generator) -> Draft:
    steps, seed = pick(rng, (40, 50, 60, 70, 80)), int(rng.integers(0, 10))
    radius = pick(rng, (0.5, 0.7))
    one = chain(steps, radius, 1.0, None, seed)
    model = one.model
    sizes = {
        "∂L/∂h at the first steps": float(np.abs(model["dh"][0]).max()),
        "the weights in W": float(np.abs(model["W"]).max()),
        "the states h": float(np.abs(model["h"]).max()),
        "∂L/∂W, the whole sum": float(np.abs(model["dW"]).max()),
    }
    truth = min(sizes, key=lambda name: sizes[name])
    if sizes[truth] > 1e-5 or min(v for k, v in sizes.items() if k != truth) < 1e-2:
        raise Redraw
    return Draft(
        prompt=(
            f"A network reads {steps} steps; its W has the spectral radius {radius}; it is judged "
            "after the last step alone. Its gradient vanishes. Which numbers are next to nothing?"
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=(
            Mistake(
                "weights-become-zero",
                "the weights in W",
                "No weight becomes zero by that. What becomes small is the gradient on its way.",
            ),
            Mistake("states-vanish", "the states h", "The states are as large as ever."),
            Mistake(
                "whole-gradient",
                "∂L/∂W, the whole sum",
                "The last steps still add their parts, so W learns: but only from what was near.",
            ),
        ),
        explanation=(
            f"Here ∂L/∂h is {format_number(sizes[truth])} at the first step, while the largest "
            f"weight in W is {format_number(sizes['the weights in W'])}."
        ),
    )


def _what_clipping_does(rng: np.random.Generator) -> Draft:
    radius, loudness = pick(rng, ((0.5, 1.0), (0.7, 0.3), (1.6, 0.1), (1.3, 0.1), (3.0, 0.3)))
    steps, seed = pick(rng, (41, 51, 61)), int(rng.integers(0, 10))
    limit = pick(rng, (5, 10))
    one = chain(steps, radius, loudness, limit, seed)
    norm, scale = float(one.clipped["norm"]), float(one.clipped["scale"])
    left = float(one.chain["left"][0])
    if 0.5 < norm / limit < 2 and scale < 1:
        raise Redraw
    options = (
        "all gradients get shorter, by the same factor",
        "nothing",
        "the early steps' part is lifted",
        "the largest numbers are cut off",
    )
    truth = options[0 if scale < 1 else 1]
    reasons = {
        options[0]: "The norm is below the limit: clipping leaves it alone.",
        options[1]: "The norm is above the limit, so something is done.",
        options[2]: "No part is lifted: one factor, at most 1, for everything.",
        options[3]: "No number is cut by itself: that would bend the direction.",
    }
    return Draft(
        prompt=(
            f"After {steps - 1} steps back, ∂L/∂h is {format_number(left, 2)} times as long; all "
            f"gradients together have the norm {format_number(norm, 2)}. They are clipped to the "
            f"norm {limit}. What happens?"
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(
            Mistake(name, option, reasons[option])
            for name, option in zip(
                ("shortens-anyway", "does-nothing", "clipping-cures-vanishing", "each-alone"),
                options,
                strict=True,
            )
            if option != truth
        ),
        explanation=(
            f"Everything is multiplied by {format_number(scale, 6)}. Clipping cures the explosion; "
            "a gradient that has vanished it leaves as it is."
        ),
    )


TEMPLATES = (
    Template("left-after", "What is left", ("R5",), _left_after),
    Template("clip-scale", "Clipping two numbers", ("R5",), _clip_scale),
    Template("what-is-near-zero", "What vanishes", ("R5",), _what_is_near_zero),
    Template("what-clipping-does", "What clipping does", ("R5",), _what_clipping_does),
)
