"""A network runs forwards and backwards, counts its parameters, and learns."""

from __future__ import annotations

import numpy as np
import pytest

from engine.descent import Plain, started, updated
from engine.network import Layer, Network, conv_layer, dense_layer
from engine.shapes import ShapeError
from tests.engine.cases import NETWORKS, NetworkCase, numbers

IMAGES = NETWORKS[0].network


def test_parameter_count() -> None:
    assert IMAGES.layers[0].parameter_count == 2 * 1 * 3 * 3 + 2
    assert IMAGES.layers[1].parameter_count == 0
    assert IMAGES.parameter_count == 20 + (3 * 2 * 2 * 2 + 3) + (4 * 3 + 4)


def test_without_a_target_there_is_no_loss() -> None:
    run = IMAGES.forward(numbers(1, 1, 6, 6))
    assert run.output.shape == (4,)
    with pytest.raises(KeyError, match="this run has no layer 'loss'; it has conv1, relu1"):
        _ = run.loss


def test_a_batch_is_its_examples_side_by_side(network_case: NetworkCase) -> None:
    run = network_case.both()
    if not run["loss"].batched:
        return
    alone = [
        network_case.network.forward(network_case.x[..., n], network_case.target[..., n])
        for n in range(3)
    ]
    for n, each in enumerate(alone):
        np.testing.assert_allclose(each.output, run.output[..., n], atol=1e-13)
    assert run.loss == pytest.approx(np.mean([each.loss for each in alone]))


def test_he_weights_keep_the_size_of_what_passes() -> None:
    rng = np.random.default_rng(3)
    conv, dense = conv_layer("c", rng, 8, 64, 5, padding=2), dense_layer("d", rng, 400, 300)
    assert conv.parameters["w"].std() == pytest.approx(np.sqrt(2 / 200), rel=0.02)
    assert dense.parameters["w"].std() == pytest.approx(np.sqrt(2 / 400), rel=0.02)
    assert not conv.parameters["b"].any() and not dense.parameters["b"].any()
    assert conv.settings == {"padding": 2}
    plain = dense_layer("d", rng, 400, 300, gain=1.0)
    assert plain.parameters["w"].std() == pytest.approx(np.sqrt(1 / 400), rel=0.02)


def test_the_same_seed_gives_the_same_weights() -> None:
    first, second = (dense_layer("d", np.random.default_rng(4), 3, 2) for _ in range(2))
    np.testing.assert_array_equal(first.parameters["w"], second.parameters["w"])


def test_gradient_descent_lowers_the_loss(network_case: NetworkCase) -> None:
    network = network_case.network
    before = {layer.name: layer.parameters for layer in network.layers}
    losses = []
    for _ in range(30):
        run = network.forward(network_case.x, network_case.target)
        network.backward(run, need_dx=False)
        losses.append(run.loss)
        memory = started(network.parameters, Plain())
        step = updated(network.parameters, network.gradients(run), Plain(), memory, 0.1, 0)
        network = network.with_parameters(step.parameters)
    assert losses[-1] < 0.7 * losses[0]
    for layer in network_case.network.layers:
        assert layer.parameters is before[layer.name]


def test_without_dx_backward_stops_at_the_first_parameters() -> None:
    rng = np.random.default_rng(5)
    network = Network((Layer("flat", "flatten"), dense_layer("dense", rng, 4, 2)))
    run = network.forward(numbers(2, 1, 2, 2), 1)
    network.backward(run, need_dx=False)
    assert "dw" in run["dense"] and "dx" not in run["dense"] and "dy" not in run["flat"]
    network.backward(run)
    assert run["flat"]["dx"].shape == (1, 2, 2)


@pytest.mark.parametrize(
    ("layers", "loss", "message"),
    [
        ((), "cross_entropy", "layers need names of their own"),
        ((Layer("a", "flatten"), Layer("a", "relu")), "cross_entropy", "names of their own"),
        ((Layer("loss", "flatten"),), "cross_entropy", "not 'loss'"),
        ((Layer("a", "blur"),), "cross_entropy", "a asks for 'blur'; there is conv2d, max_pool2d"),
        ((Layer("a", "flatten"),), "hinge", "no loss 'hinge'; there is cross_entropy"),
        ((Layer("a", "relu"),), "cross_entropy", "a, an activation, cannot be the first layer"),
    ],
)
def test_what_is_no_network(layers: tuple[Layer, ...], loss: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Network(layers, loss)


def test_an_image_that_does_not_fit() -> None:
    with pytest.raises(ShapeError, match=r"w \(2, 1, 3, 3\) has 1 input channels"):
        IMAGES.forward(numbers(6, 2, 6, 6))
    with pytest.raises(ShapeError, match=r"w \(4, 3\) has 3 inputs, x \(12,\) has 12"):
        IMAGES.forward(numbers(6, 1, 8, 8))
