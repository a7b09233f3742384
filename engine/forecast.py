"""How far forecasts are from what came: the error of each step, and of all steps so far.

Letters: T steps. The root of the mean square is in the units of the series, and a forecast that
always says the same value cannot do better than the standard deviation around it.
Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2 and 5.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from engine.relation import Relation, relations
from engine.shapes import Array, check_axes, check_shape
from engine.trace import Trace

_ONE = """
error_{name}[t] = {name}[t] - target[t]
squares_{name}[t] = error_{name}[t]**2 + (squares_{name}[t-1] if t > 0 else 0)
rms_{name}[t] = sqrt(squares_{name}[t] / (t + 1))
"""

FORECAST_RELATIONS = relations("""
today[t] = x[t + skip, 0]
mean[t] = 0
network[t] = x[t + skip, 0] + y[t + skip, 0]
target[t] = next[t + skip, 0]
""")


def forecast_errors(target: Array, forecasts: Mapping[str, Array]) -> Trace:
    """The errors of several forecasts of the same steps.

    target: (T,), what came. forecasts: by name, each (T,). Gives a trace with target, the
    forecasts, and of each error_<name>, squares_<name> (the sum so far) and rms_<name> (the root
    of the mean square so far), all (T,). Errors: ShapeError; ValueError for no forecast.
    """
    check_axes("forecast_errors", "target", target, "(T,)")
    if not forecasts:
        raise ValueError("forecast_errors: forecasts must be at least one")
    arrays: dict[str, Array] = {"target": target}
    count = np.arange(1, len(target) + 1)
    for name, forecast in forecasts.items():
        check_shape("forecast_errors", name, forecast, target.shape)
        error = forecast - target
        squares = np.cumsum(error**2)
        arrays |= {name: forecast, f"error_{name}": error, f"squares_{name}": squares}
        arrays[f"rms_{name}"] = np.sqrt(squares / count)
    return Trace(
        operation="the errors of forecasts",
        arrays=arrays,
        relations=_relations(tuple(forecasts)),
        meanings={"target": "what came", **dict.fromkeys(forecasts, "a forecast")},
    )


def network_errors(series: Trace, model: Trace, skip: int) -> Trace:
    """The errors of a network that says by how much the next value differs, beside two that need
    no network: that nothing changes, and that the mean comes.

    series: of `read_series`; model: of `rnn`, run over its x, with one output. The first `skip`
    steps are left out: the network may have been trained on them.
    Gives the trace of `forecast_errors` for network, today and mean, in standard deviations, with
    x, y and next, linked to where they come from. Errors: as there.
    """
    x, y, following = series["x"], model["y"], series["target"]
    check_shape("network_errors", "y", y, x.shape)
    trace = forecast_errors(
        following[skip:, 0],
        {
            "network": (x + y)[skip:, 0],
            "today": x[skip:, 0],
            "mean": np.zeros(len(x) - skip),
        },
    )
    trace.arrays.update({"x": x, "y": y, "next": following})
    trace.relations = {**trace.relations, **FORECAST_RELATIONS}
    trace.constants = {"skip": skip}
    trace.link("x", series, "x")
    trace.link("next", series, "target")
    trace.link("y", model, "y")
    return trace


@cache
def _relations(names: tuple[str, ...]) -> dict[str, Relation]:
    return relations("".join(_ONE.format(name=name) for name in names))
