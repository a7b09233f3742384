"""Series as they are read, the errors of forecasts, the share that clipping leaves, and writing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.clipped_share import clipped_share
from engine.clipping import clip_gradients
from engine.forecast import forecast_errors, network_errors
from engine.gradient_steps import gradient_steps
from engine.recurrent_init import rnn_parameters
from engine.rnn import rnn
from engine.series import read_series
from engine.shapes import ShapeError
from engine.writing import write
from tests.engine.cases import numbers
from tests.engine.recurrent_cases import an_rnn


def test_a_series_is_scaled_by_what_is_known() -> None:
    raw = np.array([1.0, 3.0, 5.0, 100.0])
    trace = read_series(raw, known=2)
    assert (trace["mean"], trace["scale"]) == (2.0, 1.0)
    assert trace["x"][:, 0].tolist() == [-1.0, 1.0, 3.0]
    assert trace["target"][:, 0].tolist() == [1.0, 3.0, 98.0]
    assert trace["change"][:, 0].tolist() == [2.0, 2.0, 95.0]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"steps": 4}, "first + steps must be below the 4 values"),
        ({"steps": 0}, "steps must be"),
        ({"known": 5}, "known at most as many"),
        ({"first": -1}, "first must be"),
    ],
)
def test_a_series_has_so_many_steps(settings: dict[str, int], says: str) -> None:
    with pytest.raises(ValueError, match=r"read_series: .*" + says.replace("+", r"\+")):
        read_series(np.array([1.0, 2.0, 3.0, 5.0]), **settings)


def test_a_series_that_stands_still_is_refused() -> None:
    with pytest.raises(ValueError, match="raw must not be the same value all the time"):
        read_series(np.array([2.0, 2.0, 2.0, 5.0]), known=3)


def test_errors_are_of_this_step_and_of_all_so_far() -> None:
    trace = forecast_errors(np.array([1.0, 2.0]), {"today": np.array([4.0, 6.0])})
    assert trace["error_today"].tolist() == [3.0, 4.0]
    assert trace["rms_today"] == pytest.approx([3.0, np.sqrt(12.5)])
    with pytest.raises(ValueError, match="forecasts must be at least one"):
        forecast_errors(np.array([1.0]), {})
    with pytest.raises(ShapeError, match="today"):
        forecast_errors(np.array([1.0]), {"today": np.zeros(2)})


def test_a_network_s_errors_skip_what_it_learned_from() -> None:
    series = read_series(numbers(1, 9))
    model = rnn(series["x"], **rnn_parameters(np.random.default_rng(0), 1, 3, 1))
    trace = network_errors(series, model, 5)
    said = series["x"] + model["y"]
    assert trace["network"] == pytest.approx(said[5:, 0])
    assert trace["today"] == pytest.approx(series["x"][5:, 0])
    assert trace["rms_mean"][-1] == pytest.approx(np.sqrt((series["target"][5:] ** 2).mean()))


def test_clipping_leaves_the_share_of_the_early_steps() -> None:
    model = an_rnn()
    steps = gradient_steps(model)
    for limit in (1e-3, 1e3):
        share = clipped_share(model, steps, clip_gradients(model, limit), 2)
        early = np.sqrt((steps["dW_step"][:2].sum(axis=0) ** 2).sum())
        assert share["share"] == pytest.approx(early / np.sqrt((model["dW"] ** 2).sum()))
        assert share["clipped_share"] == pytest.approx(share["share"], rel=1e-12)
    with pytest.raises(ValueError, match="first must be"):
        clipped_share(model, steps, clip_gradients(model, 1.0), 0)


def test_what_is_written_follows_from_the_numbers_drawn() -> None:
    parameters = rnn_parameters(np.random.default_rng(0), 3, 4, 3)
    u = np.random.default_rng(1).random(30)
    written = write(parameters, 2, u)
    assert written[0] == 2
    assert written.shape == (31,)
    assert (written == write(parameters, 2, u)).all()
    # Each draw falls into the piece of the character that was written.
    trace = rnn(np.eye(3)[written[:-1]], **parameters)
    p = np.exp(trace["y"]) / np.exp(trace["y"]).sum(axis=1, keepdims=True)
    above = p.cumsum(axis=1)[np.arange(30), written[1:]]
    assert ((u < above) & (u >= above - p[np.arange(30), written[1:]])).all()


def test_without_heat_the_likeliest_is_written() -> None:
    parameters = rnn_parameters(np.random.default_rng(0), 3, 4, 3)
    written = write(parameters, 0, np.full(9, 0.5), temperature=1e-4)
    trace = rnn(np.eye(3)[written[:-1]], **parameters)
    assert (trace["y"].argmax(axis=1) == written[1:]).all()


@pytest.mark.parametrize(
    ("first", "u", "temperature", "says"),
    [
        (3, np.zeros(2), 1.0, "first must be one of the 3 characters, got 3"),
        (-1, np.zeros(2), 1.0, "first must be"),
        (0, np.zeros((2, 2)), 1.0, "u must have"),
        (0, np.zeros(2), 0.0, "temperature must be above 0, got 0.0"),
    ],
)
def test_what_cannot_be_written(first: int, u: np.ndarray, temperature: float, says: str) -> None:
    parameters = rnn_parameters(np.random.default_rng(0), 3, 4, 3)
    with pytest.raises(ValueError, match=f"write: {says}"):
        write(parameters, first, u, temperature)
