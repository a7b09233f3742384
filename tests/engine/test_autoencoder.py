"""Autoencoders and PCA against known values, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from engine.autoencoder import autoencoder, decoder, encoder
from engine.blend import blend
from engine.nearest import nearest
from engine.network import Network
from engine.pca import pca, pca_fit
from engine.rank import rank
from engine.shapes import ShapeError
from engine.subspace import principal_angles
from engine.tied import tied
from engine.tiles import tiles


def numbers(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape)


def test_decoder_mirrors_the_encoder() -> None:
    network = autoencoder(np.random.default_rng(0), (64, 32, 8), "relu", "sigmoid")
    assert [layer.name for layer in network.layers] == [
        "encoder1",
        "encoder1_activation",
        "code",
        "decoder1",
        "decoder1_activation",
        "out",
        "out_activation",
    ]
    shapes = [layer.parameters["w"].shape for layer in network.layers if layer.parameters]
    assert shapes == [(32, 64), (8, 32), (32, 8), (64, 32)]


def test_linear_autoencoder_has_two_layers() -> None:
    network = autoencoder(np.random.default_rng(0), (64, 3), "linear")
    assert [layer.name for layer in network.layers] == ["code", "out"]


def test_weights_start_with_the_variance_of_glorot() -> None:
    w = autoencoder(np.random.default_rng(0), (300, 100), "tanh").parameters["code.w"]
    assert w.shape == (100, 300)
    assert abs(float(w.var()) - 2 / 400) < 1e-4


@pytest.mark.parametrize("examples", [(), (3,)])
def test_halves_make_the_whole(examples: tuple[int, ...]) -> None:
    network = autoencoder(np.random.default_rng(1), (6, 4, 2), "tanh", "sigmoid")
    x = numbers(0, 6, *examples)
    code = encoder(network).forward(x).output
    assert code.shape == (2, *examples)
    np.testing.assert_array_equal(decoder(network).forward(code).output, network.forward(x).output)


def test_refuses_what_is_no_autoencoder() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="sizes must have an input and a code, got \\(64,\\)"):
        autoencoder(rng, (64,))
    with pytest.raises(ValueError, match="each of sizes must be a whole number of at least 1"):
        autoencoder(rng, (64, 0))
    with pytest.raises(ValueError, match="activation must be one of linear, relu"):
        autoencoder(rng, (64, 2), "softmax")
    with pytest.raises(ValueError, match="output must be one of linear, relu"):
        autoencoder(rng, (64, 2), "tanh", "exp")
    whole = autoencoder(rng, (6, 2))
    with pytest.raises(ValueError, match="no layer is called 'code'; there is out"):
        encoder(Network(whole.layers[1:], "mean_squared_error"))


def test_pca_error_is_what_the_left_out_components_hold() -> None:
    x = numbers(2, 5, 40)
    fit = pca_fit(x)
    for kept in range(1, 6):
        y = pca(x, fit["mean"], fit["component"][:kept])["y"]
        error = float(((y - x) ** 2).sum() / 40)
        assert error == pytest.approx(float(fit["left_over"][kept - 1]), abs=1e-12)


def test_components_are_eigenvectors_of_the_covariance() -> None:
    x = numbers(3, 4, 30)
    fit = pca_fit(x)
    covariance = np.cov(x, bias=True)
    component, variance = fit["component"], fit["variance"]
    np.testing.assert_allclose(covariance @ component.T, component.T * variance, atol=1e-12)
    np.testing.assert_allclose(component @ component.T, np.eye(4), atol=1e-12)
    assert all(row[np.abs(row).argmax()] > 0 for row in component)


def test_angles_between_known_planes() -> None:
    a = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    turn = np.deg2rad(30)
    b = np.array([[1.0, 0.0], [0.0, np.cos(turn)], [0.0, np.sin(turn)]])
    np.testing.assert_allclose(principal_angles(a, b)["angle"], [0, 30], atol=1e-9)


def test_same_space_in_another_basis_has_no_angle_but_other_axes() -> None:
    a = numbers(4, 6, 3)
    trace = principal_angles(a, a @ numbers(5, 3, 3))
    assert float(trace["angle"].max()) < 1e-5
    assert float(np.abs(trace["alignment"]).min()) < 0.9


def test_dependent_directions_are_refused() -> None:
    a = np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]])
    with pytest.raises(ValueError, match="the columns of b must not depend on one another"):
        principal_angles(numbers(0, 3, 2), a)


def test_tiles_go_row_by_row() -> None:
    tile = tiles(np.arange(12.0).reshape(2, 6).T, 3)["tile"]
    np.testing.assert_array_equal(tile[1], [[6, 7, 8], [9, 10, 11]])
    with pytest.raises(ShapeError, match="7 numbers do not make rows of 3"):
        tiles(np.zeros((7, 1)), 3)


def test_nearest_blend_and_rank() -> None:
    found = nearest(np.array([0.0, 0.0]), np.array([[3.0, 1.0], [4.0, 0.0]]))
    assert found["distance"].tolist() == [5.0, 1.0] and float(found["nearest"]) == 1.0
    a, b = np.array([0.0, 2.0]), np.array([4.0, 4.0])
    assert blend(a, b, 0.25)["y"].tolist() == [1.0, 2.5]
    place = rank(0.5, np.array([0.1, 0.5, 0.9, 0.2]))
    assert float(place["below"]) == 2 and float(place["share"]) == 0.5
    with pytest.raises(ValueError, match="share must be a finite number, got nan"):
        blend(a, b, float("nan"))
    with pytest.raises(ValueError, match="takes a finite score among others"):
        rank(float("inf"), a)


def test_tied_weights_refuse_what_does_not_fit() -> None:
    with pytest.raises(ShapeError, match="w \\(2, 3\\) has 3 inputs, x \\(4,\\) has 4"):
        tied(np.zeros(4), np.zeros((2, 3)), np.zeros(2), np.zeros(4))
    with pytest.raises(ShapeError, match="c must have the shape \\(4,\\)"):
        tied(np.zeros(4), np.zeros((2, 4)), np.zeros(2), np.zeros(2))
