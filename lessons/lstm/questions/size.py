"""L10: shapes and counts."""

from __future__ import annotations

import numpy as np

from engine.recurrent_cost import recurrent_cost
from engine.recurrent_init import lstm_parameters
from lessons.kit.answer import Numeric, Shape
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _shapes(rng: np.random.Generator) -> tuple[int, int, int, dict[str, tuple[int, ...]]]:
    """D, H and K, all different, and the shapes of the weights."""
    D, H, K = pick(rng, (3, 5, 10, 28)), pick(rng, (4, 8, 16, 32)), pick(rng, (2, 6, 12, 26))
    made = lstm_parameters(np.random.default_rng(0), D, H, K)
    return D, H, K, {name: array.shape for name, array in made.items()}


def _gate_shape(rng: np.random.Generator) -> Draft:
    D, H, K, shapes = _shapes(rng)
    return Draft(
        prompt=(
            f"An LSTM reads {D} numbers a step, has {H} units and {K} outputs. Which shape has "
            "W_f, which takes [h[t−1], x[t]] to the forget gate?"
        ),
        kind=Shape(),
        truth=shapes["W_f"],
        mistakes=(
            Mistake("input-alone", (H, D), "Those columns are for x alone. h[t−1] is read too."),
            Mistake("state-alone", (H, H), "Those columns are for h alone. x[t] is read too."),
            Mistake(
                "transposed",
                (H + D, H),
                "Turned round: a row for each unit, a column for each number that is read.",
            ),
            Mistake(
                "gate-of-outputs", (K, H + D), "The gate has as many numbers as there are units."
            ),
            Mistake("gate-is-a-number", (1, H + D), "A gate is a vector: a row for every unit."),
        ),
        explanation=f"A row for each of {H} units, a column for each of {H} + {D} numbers.",
    )


def _read_out_shape(rng: np.random.Generator) -> Draft:
    D, H, K, shapes = _shapes(rng)
    return Draft(
        prompt=(
            f"An LSTM reads {D} numbers a step, has {H} units and {K} outputs. Which shape has "
            "W_z, which makes the logits?"
        ),
        kind=Shape(),
        truth=shapes["W_z"],
        mistakes=(
            Mistake("transposed", (H, K), "Turned round: a row for each output."),
            Mistake("read-out-of-input", (K, H + D), "W_z reads h alone, and no input."),
            Mistake(
                "read-out-of-both", (K, 2 * H), "W_z reads h alone; the cell state has no part."
            ),
            Mistake("output-is-state", (H, H), "The output need not be as long as the state."),
        ),
        explanation=f"A row for each of {K} outputs, a column for each of {H} units.",
    )


def _lstm_count(rng: np.random.Generator) -> Draft:
    D, H = int(rng.integers(1, 6)), int(rng.integers(2, 6))
    if D == H:
        raise Redraw
    cost = recurrent_cost(D, H, 1)
    gate = float(cost["gate"])
    return Draft(
        prompt=(
            f"An LSTM cell with {D} inputs and {H} units: how many weights and biases do its gates "
            "and its candidate have together? (Leave out W_z.)"
        ),
        kind=Numeric(),
        truth=float(cost["lstm_cell"]),
        mistakes=(
            Mistake("three-sets", 3 * gate, "You counted the gates. The candidate has a set too."),
            Mistake("one-set", gate, "That is one set. There are four, none of them shared."),
            Mistake("biases-forgotten", 4 * float(cost["gate_weights"]), "The biases are missing."),
            Mistake(
                "no-recurrence",
                4.0 * (H * D + H),
                "You left out the weights on h[t−1]: each set reads H + D numbers.",
            ),
        ),
        explanation=(
            f"One set has {H} · ({H} + {D}) weights and {H} biases, {gate:.0f}; four sets have "
            f"{4 * gate:.0f}: four times an RNN of that size."
        ),
    )


TEMPLATES = (
    Template("gate-shape", "The shape of W_f", ("L10",), _gate_shape),
    Template("read-out-shape", "The shape of W_z", ("L10",), _read_out_shape),
    Template("lstm-count", "Counting weights", ("L10",), _lstm_count),
)
