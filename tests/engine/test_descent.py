"""Update rules by hand, against PyTorch where it is installed, and schedules at their corners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.descent import Adam, Momentum, Plain, Rule, started, updated
from engine.schedule import Constant, Cosine, Schedule, StepDecay, WarmUpCosine, WarmUpLinear
from engine.shapes import Array, ShapeError
from tests.engine.cases import RULES, numbers

try:
    import torch
except ImportError:
    torch = None

TORCH: dict[str, Callable[[Any], Any]] = {
    "plain": lambda w: torch.optim.SGD(w, 0.1),
    "momentum": lambda w: torch.optim.SGD(w, 0.1, momentum=0.9),
    "nesterov": lambda w: torch.optim.SGD(w, 0.1, momentum=0.9, nesterov=True),
    "adam": lambda w: torch.optim.Adam(w, 0.1, (0.9, 0.99)),
}


def walked(rule: Rule, w: Array, gradients: Array, rate: float) -> Array:
    """The parameter after an update for each gradient."""
    memory = rule.start(w)
    for update, dw in enumerate(gradients):
        trace = rule.step(w, dw, memory, rate, update)
        w, memory = trace["w_new"], {name: trace[f"{name}_new"] for name in memory}
    return w


@pytest.mark.skipif(torch is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("name", RULES)
def test_twenty_updates_equal_those_of_pytorch(name: str) -> None:
    w, gradients = numbers(1, 3, 4), numbers(2, 20, 3, 4)
    theirs = torch.tensor(w)
    optimiser = TORCH[name]([theirs])
    for dw in gradients:
        theirs.grad = torch.tensor(dw)
        optimiser.step()
    ours = walked(RULES[name], w, gradients, 0.1)
    np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Plain(), 1 - 0.1 * 2 - 0.1 * 1),
        (Momentum(0.5), 1 - 0.1 * 2 - 0.1 * (0.5 * 2 + 1)),
        (Momentum(0.5, nesterov=True), 1 - 0.1 * (2 + 0.5 * 2) - 0.1 * (1 + 0.5 * (0.5 * 2 + 1))),
    ],
)
def test_two_updates_by_hand(rule: Rule, expected: float) -> None:
    found = walked(rule, np.array([1.0]), np.array([[2.0], [1.0]]), 0.1)
    np.testing.assert_allclose(found, [expected], rtol=1e-15)


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient() -> None:
    trace = Adam().step(np.zeros(3), np.array([1e-3, -5.0, 1e6]), Adam().start(np.zeros(3)), 0.1, 0)
    np.testing.assert_allclose(trace["w_new"], [-0.1, 0.1, -0.1], rtol=1e-4)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("rule", RULES.values())
@pytest.mark.parametrize("shape", [(), (2,), (2, 3, 2, 2)])
def test_what_a_rule_is_given_stays_as_it_was(
    rule: Rule, dtype: str, shape: tuple[int, ...]
) -> None:
    w, dw = (np.asarray(numbers(seed, *shape)).astype(dtype) for seed in (1, 2))
    w, dw = np.asarray(w), np.asarray(dw)
    memory = rule.start(w)
    before = [array.copy() for array in (w, dw, *memory.values())]
    trace = rule.step(w, dw, memory, 0.1, 0)
    for array, copy in zip((w, dw, *memory.values()), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    assert {array.dtype for array in trace.arrays.values()} == {np.dtype(dtype)}


def test_parameters_of_any_model_move_together() -> None:
    parameters = {"U": numbers(1, 2, 3), "b": numbers(2, 2)}
    gradients = {"U": numbers(3, 2, 3), "b": numbers(4, 2)}
    rule = Momentum(0.9)
    step = updated(parameters, gradients, rule, started(parameters, rule), 0.1, 0)
    for name, w in parameters.items():
        np.testing.assert_allclose(step.parameters[name], w - 0.1 * gradients[name])
        np.testing.assert_array_equal(step.memory[name]["velocity"], gradients[name])
    with pytest.raises(KeyError, match="b"):
        updated(parameters, {"U": gradients["U"]}, rule, started(parameters, rule), 0.1, 0)


@pytest.mark.parametrize("rule", RULES.values())
def test_a_gradient_of_another_shape(rule: Rule) -> None:
    with pytest.raises(ShapeError, match=r"dw must have the shape \(2,\), got \(3,\)"):
        rule.step(np.zeros(2), np.zeros(3), rule.start(np.zeros(2)), 0.1, 0)


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (Constant(0.1), {0: 0.1, 99: 0.1}),
        (StepDecay(0.8, 0.5, 10), {0: 0.8, 9: 0.8, 10: 0.4, 25: 0.2}),
        (Cosine(0.2, 10, 0.1), {0: 0.2, 5: 0.15, 10: 0.1, 30: 0.1}),
        (WarmUpLinear(0.1, 20, 4, 0.02, 0.0), {0: 0.02, 2: 0.06, 4: 0.1, 12: 0.05, 20: 0, 30: 0}),
        (WarmUpCosine(0.1, 20, 4, 0.02, 0.0), {0: 0.02, 2: 0.06, 4: 0.1, 12: 0.05, 20: 0, 30: 0}),
        (WarmUpLinear(0.1, 20, 0), {0: 0.1, 10: 0.05}),
    ],
)
def test_rates(schedule: Schedule, rates: dict[int, float]) -> None:
    for update, rate in rates.items():
        assert schedule.rate(update) == pytest.approx(rate, abs=1e-15)
        assert float(schedule.trace(update)["rate"]) == schedule.rate(update)


@pytest.mark.skipif(torch is None, reason="PyTorch is not installed")
def test_the_cosine_is_that_of_pytorch() -> None:
    optimiser = torch.optim.SGD([torch.zeros(1)], 0.3)
    theirs = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 12, 0.01)
    for update in range(12):
        assert Cosine(0.3, 12, 0.01).rate(update) == pytest.approx(theirs.get_last_lr()[0])
        optimiser.step()
        theirs.step()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Momentum(1.0), "Momentum: momentum must be from 0 to below 1, got 1.0"),
        (lambda: Adam(beta_2=-0.1), "Adam: beta_2 must be from 0 to below 1, got -0.1"),
        (lambda: Adam(epsilon=0), "Adam: epsilon must be above 0, got 0"),
        (lambda: Constant(-1), "Constant: value must be a number from 0 on, got -1"),
        (lambda: Constant(float("nan")), "Constant: value must be a number from 0 on, got nan"),
        (lambda: StepDecay(1, 0.5, 0), "StepDecay: every must be a whole number of at least 1"),
        (lambda: WarmUpLinear(1, 5, 5), "WarmUpLinear: warm_up must be below updates = 5, got 5"),
    ],
)
def test_settings_that_make_no_sense(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()
