"""Every gradient of an LSTM, measured at every step: states, gates, parts and sums over time."""

from __future__ import annotations

import numpy as np
import pytest

from engine.gradient_check import relative_error
from engine.gradient_steps import gradient_steps
from engine.lstm_check import OF_STEP, numeric_lstm
from engine.lstm_relations import WEIGHTS
from engine.relation import every_index
from engine.sequence import SequenceRun, run_sequence
from engine.shapes import Array
from tests.engine.recurrent_cases import STEPS, holding, lstm_inputs


def a_run(**settings: object) -> SequenceRun:
    given = lstm_inputs(())
    x, first = given.pop("x"), {name: given.pop(name) for name in ("h_0", "c_0")}
    last_only = bool(settings.get("last_only"))
    target: Array | int = 1 if last_only else np.arange(STEPS) % 2
    run = run_sequence("lstm", given, x, target, **first, **settings)  # type: ignore[arg-type]
    run.backward()
    return run


def derived(run: SequenceRun, name: str, t: int) -> Array:
    if name == "z" and run.model["z"].ndim == 1:
        return run.model["dz"]
    return run.model[f"d{name}"][t]


@pytest.mark.parametrize(
    "settings", [{}, {"last_only": True}, {"held": holding()}, {"mean_over_time": False}]
)
def test_what_is_measured_is_what_is_derived(settings: dict[str, object]) -> None:
    run = a_run(**settings)
    last_only = "last_only" in settings
    for t in range(STEPS):
        for name in OF_STEP:
            if name == "z" and last_only and t < STEPS - 1:
                continue
            measured = numeric_lstm(run, name, t)["numeric"]
            assert relative_error(derived(run, name, t), measured) < 1e-7, (name, t)
    sums = gradient_steps(run.model)
    for t in (0, 2):
        for name in WEIGHTS:
            measured = numeric_lstm(run, name, t)["numeric"]
            assert relative_error(sums[f"d{name}_sum"][t], measured) < 1e-7, (name, t)


def test_a_measurement_says_where_it_comes_from() -> None:
    trace = numeric_lstm(a_run(), "W_f", 1)
    for index in every_index(trace["numeric"].shape):
        assert trace.recompute("numeric", index) == trace.value("numeric", index)
    assert "W_f a little larger" in trace.meanings["above"]


@pytest.mark.parametrize(
    ("name", "t", "message"),
    [
        ("x", 0, "name must be one of z, h, c"),
        ("h", STEPS, "t must be below the 4 steps, got 4"),
        ("h", -1, "t must be a whole number of at least 0, got -1"),
    ],
)
def test_what_cannot_be_moved(name: str, t: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        numeric_lstm(a_run(), name, t)


def test_a_last_read_out_has_one_z() -> None:
    with pytest.raises(ValueError, match="reads out its last step alone"):
        numeric_lstm(a_run(last_only=True), "z", 1)
