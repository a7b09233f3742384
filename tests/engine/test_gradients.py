"""Every derived gradient equals the measured one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from engine.gradient_check import numeric_gradient, relative_error
from engine.shapes import Array, ShapeError
from tests.engine.cases import Case, NetworkCase, numbers

TOLERANCE = 1e-7


def loss_along(case: Case, name: str) -> Callable[[Array], float]:
    """The loss as a function of one input."""
    return lambda moved: case.loss(**{name: moved})


def test_operation(case: Case) -> None:
    trace = case.both()
    for name, x in case.inputs.items():
        measured = numeric_gradient(loss_along(case, name), x)
        assert relative_error(trace[f"d{name}"], measured) < TOLERANCE, name


def test_backward_leaves_forward_and_inputs_alone(case: Case) -> None:
    before = {name: array.copy() for name, array in case.run().arrays.items()}
    after = case.both()
    for name, array in before.items():
        np.testing.assert_array_equal(after[name], array)


def test_network_parameters(network_case: NetworkCase) -> None:
    network, run = network_case.network, network_case.both()
    for n, layer in enumerate(network.layers):
        for name, parameter in layer.parameters.items():

            def loss(moved: Array, n: int = n, name: str = name) -> float:
                layer = network.layers[n]
                moved_layer = replace(layer, parameters={**layer.parameters, name: moved})
                layers = (*network.layers[:n], moved_layer, *network.layers[n + 1 :])
                return (
                    replace(network, layers=layers)
                    .forward(network_case.x, network_case.target)
                    .loss
                )

            measured = numeric_gradient(loss, parameter)
            derived = run[layer.name][f"d{name}"]
            assert relative_error(derived, measured) < TOLERANCE, (layer.name, name)


def test_network_input(network_case: NetworkCase) -> None:
    network, run = network_case.network, network_case.both()
    measured = numeric_gradient(
        lambda x: network.forward(x, network_case.target).loss, network_case.x
    )
    assert relative_error(run[network.layers[0].name]["dx"], measured) < TOLERANCE


def test_without_dx_the_parameters_gradients_are_the_same(network_case: NetworkCase) -> None:
    network, full = network_case.network, network_case.both()
    run = network.forward(network_case.x, network_case.target)
    network.backward(run, need_dx=False)
    assert "dx" not in run[network.layers[0].name]
    for layer in network.layers:
        for name in layer.parameters:
            np.testing.assert_array_equal(run[layer.name][f"d{name}"], full[layer.name][f"d{name}"])


def test_the_numeric_gradient_of_a_square_is_twice_the_number() -> None:
    x = numbers(1, 2, 3)
    measured = numeric_gradient(lambda moved: float((moved**2).sum()), x)
    np.testing.assert_allclose(measured, 2 * x, rtol=1e-8)


def test_relative_error() -> None:
    zero, one = np.zeros(2), np.array([1.0, 0.0])
    assert relative_error(zero, zero) == 0
    assert relative_error(one, zero) == 1
    assert relative_error(one, np.array([1.0, 0.5])) == 0.5
    with pytest.raises(ShapeError, match=r"derived must have the shape \(3,\), got \(2,\)"):
        relative_error(one, np.zeros(3))
