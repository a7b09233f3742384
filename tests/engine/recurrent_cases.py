"""Recurrent networks, and the losses over time, for the tests that run once for every operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from engine.clipped_share import clipped_share
from engine.clipping import clip_by_norm, clip_gradients
from engine.forecast import forecast_errors, network_errors
from engine.gradient_steps import gradient_steps
from engine.long_chain import highway, rnn_chain, rnn_product
from engine.lstm import lstm, lstm_backward
from engine.recurrent_cost import recurrent_cost
from engine.rnn import rnn, rnn_backward
from engine.sequence_loss import (
    sequence_cross_entropy,
    sequence_cross_entropy_backward,
    sequence_squared_error,
    sequence_squared_error_backward,
)
from engine.series import read_series
from engine.shapes import Array
from engine.success import success
from engine.trace import Trace
from tests.engine.cases import Case, numbers

STEPS, INPUTS, HIDDEN, OUTPUTS = 4, 2, 3, 2
SIZES = {"one": (), "batch": (2,)}
"""One sequence, or a batch of them, by the shape of the batch."""


def rnn_inputs(batch: tuple[int, ...]) -> dict[str, Array]:
    """Everything that an RNN is differentiated by."""
    return {
        "x": numbers(40, STEPS, INPUTS, *batch),
        "U": numbers(41, HIDDEN, INPUTS) / 2,
        "W": numbers(42, HIDDEN, HIDDEN) / 2,
        "b": numbers(43, HIDDEN) / 2,
        "V": numbers(44, OUTPUTS, HIDDEN),
        "c": numbers(45, OUTPUTS),
        "h_0": numbers(46, HIDDEN, *batch) / 2,
    }


def _rnn_cases() -> Iterator[Case]:
    for size, batch in SIZES.items():
        for last_only in (False, True):
            name = f"rnn-{size}{'-last' * last_only}"
            settings = {"last_only": last_only}
            given = frozenset({"dh_T"})
            yield Case(name, rnn, rnn_backward, rnn_inputs(batch), settings, also_given=given)


def lstm_inputs(batch: tuple[int, ...]) -> dict[str, Array]:
    """Everything that an LSTM is differentiated by."""
    weights = {}
    for n, gate in enumerate("figo"):
        weights[f"W_{gate}"] = numbers(70 + n, HIDDEN, HIDDEN + INPUTS) / 2
        weights[f"b_{gate}"] = numbers(74 + n, HIDDEN) / 2
    return {
        "x": numbers(78, STEPS, INPUTS, *batch),
        **weights,
        "W_z": numbers(79, OUTPUTS, HIDDEN),
        "b_z": numbers(80, OUTPUTS),
        "h_0": numbers(81, HIDDEN, *batch) / 2,
        "c_0": numbers(82, HIDDEN, *batch),
    }


def holding() -> dict[str, Array | float]:
    """An input gate that is shut, and a forget gate and candidates that are held here and there."""
    forget, candidate = np.full((2, STEPS, HIDDEN), np.nan)
    forget[1:, 0] = 1
    forget[2, 2] = 0.25
    candidate[0, 1] = -1
    return {"i": 0.0, "f": forget, "g": candidate}


HELD_ARRAYS = frozenset(f"{held}_{gate}" for held in ("held", "holds") for gate in "fig")


def _lstm_cases() -> Iterator[Case]:
    for size, batch in SIZES.items():
        for kind, settings in (
            ("every", {}),
            ("last", {"last_only": True}),
            ("held", {"held": holding()}),
        ):
            yield Case(
                f"lstm-{size}-{kind}",
                lstm,
                lstm_backward,
                lstm_inputs(batch),
                settings,
                "z",
                frozenset({"dh_T", "dc_T"}) | (HELD_ARRAYS if kind == "held" else frozenset()),
            )


def _loss_cases() -> Iterator[Case]:
    for size, batch in SIZES.items():
        z = 2 * numbers(50, 3, 3, *batch)
        classes = np.random.default_rng(51).integers(0, 3, (3, *batch))
        soft = sequence_cross_entropy(numbers(52, 3, 3, *batch), classes)["p"]
        for kind, target, mean in (("classes", classes, True), ("soft", soft, False)):
            yield Case(
                f"sequence_cross_entropy-{kind}-{size}",
                sequence_cross_entropy,
                sequence_cross_entropy_backward,
                {"z": z},
                {"target": target, "mean_over_time": mean},
                "mean_loss",
            )
        for kind, mean in (("mean", True), ("sum", False)):
            yield Case(
                f"sequence_squared_error-{kind}-{size}",
                sequence_squared_error,
                sequence_squared_error_backward,
                {"y": z},
                {"target": numbers(53, *z.shape), "mean_over_time": mean},
                "mean_loss",
            )


RECURRENT_CASES = (*_rnn_cases(), *_lstm_cases(), *_loss_cases())


def an_rnn(size: str = "one", *, last_only: bool = False, truncate: int | None = None) -> Trace:
    """An RNN forwards and backwards, with a gradient from after the sequence."""
    batch = SIZES[size]
    trace = rnn(**rnn_inputs(batch), last_only=last_only)
    dy, dh_T = numbers(47, *trace["y"].shape), numbers(48, HIDDEN, *batch)
    rnn_backward(trace, dy, dh_T, truncate=truncate)
    return trace


def an_lstm(
    size: str = "one", *, last_only: bool = False, held: dict[str, Array | float] | None = None
) -> Trace:
    """An LSTM forwards and backwards, with gradients from after the sequence."""
    batch = SIZES[size]
    trace = lstm(**lstm_inputs(batch), last_only=last_only, held=held)
    dz = numbers(83, *trace["z"].shape)
    lstm_backward(trace, dz, numbers(84, HIDDEN, *batch), numbers(85, HIDDEN, *batch))
    return trace


def _clipped(limit: float) -> Trace:
    return clip_by_norm({"dw": numbers(60, 2, 3), "db": numbers(61, 2)}, limit)


def _share(limit: float) -> Trace:
    model = an_rnn()
    return clipped_share(model, gradient_steps(model), clip_gradients(model, limit), 2)


def _network_errors() -> Trace:
    series, given = read_series(numbers(62, 7), known=5), rnn_inputs(())
    U, V, c = given["U"][:, :1], given["V"][:1], given["c"][:1]
    return network_errors(series, rnn(series["x"], U, given["W"], given["b"], V, c), 2)


RECURRENT_TRACES: dict[str, Callable[[], Trace]] = {
    "rnn-truncated": partial(an_rnn, truncate=2),
    "rnn-truncated-ragged-batch": partial(an_rnn, "batch", truncate=3, last_only=True),
    "rnn-dh_T": partial(an_rnn, "batch"),
    "gradient_steps-rnn": lambda: gradient_steps(an_rnn(truncate=3)),
    "gradient_steps-rnn-last": lambda: gradient_steps(an_rnn(last_only=True)),
    "gradient_steps-rnn-example": lambda: gradient_steps(an_rnn("batch").example(1)),
    "gradient_steps-lstm": lambda: gradient_steps(an_lstm(held=holding())),
    "gradient_steps-lstm-last": lambda: gradient_steps(an_lstm(last_only=True)),
    "rnn_chain": lambda: rnn_chain(an_rnn()),
    "rnn_chain-one-step-back": lambda: rnn_chain(an_rnn(truncate=2, last_only=True)),
    "rnn_product": lambda: rnn_product(an_rnn("batch").example(0)),
    "highway": lambda: highway(an_lstm()),
    "lstm-dh_T": partial(an_lstm, "batch"),
    "success": lambda: success(np.array([[0.5, 0.01, np.nan], [np.nan] * 3]), 0.02),
    "recurrent_cost": partial(recurrent_cost, 3, 5, 2),
    "clip_by_norm": partial(_clipped, 0.5),
    "clip_by_norm-short": partial(_clipped, 50.0),
    "read_series": lambda: read_series(numbers(62, 7)),
    "read_series-part": lambda: read_series(numbers(62, 7), 3, first=2, known=4),
    "forecast_errors": lambda: forecast_errors(numbers(63, 5), {"today": numbers(64, 5)}),
    "network_errors": _network_errors,
    "clipped_share": partial(_share, 0.5),
    "clipped_share-short": partial(_share, 50.0),
    "clip_gradients": lambda: clip_gradients(an_rnn("batch"), 1.0),
}
"""Traces whose gradients are not those of their forward pass, or that have none."""
