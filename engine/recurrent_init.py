"""Weights for recurrent networks before training: ready to be passed on to `rnn` and `lstm`.

Letters: D inputs, H hidden units, K outputs. Sources: Saxe et al. 2014 (arXiv:1312.6120) for
orthogonal weights; Jozefowicz et al. 2015 for the forget bias; Tallec & Ollivier 2018
(arXiv:1804.11188), section 3, for chrono initialisation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from engine.shapes import Array, check_axes, check_shape, check_whole


def uniform(rng: np.random.Generator, shape: tuple[int, ...], hidden: int) -> Array:
    """Weights between -1/√H and 1/√H, each as likely as the others."""
    bound = 1 / np.sqrt(hidden)
    return rng.uniform(-bound, bound, shape)


def orthogonal(rng: np.random.Generator, size: int) -> Array:
    """A matrix (size,size) that turns and mirrors but changes no length, each as likely."""
    q, r = np.linalg.qr(rng.normal(size=(size, size)))
    # The signs of r's diagonal are the algorithm's choice: without them not each is as likely.
    matrix: Array = q * np.sign(np.diag(r))
    return matrix


def spectral_radius(W: Array) -> float:
    """The largest absolute value of an eigenvalue of W (H,H): how much a state grows per step in
    the long run, without tanh. Errors: ShapeError."""
    check_axes("spectral_radius", "W", W, "(H,H)")
    check_shape("spectral_radius", "W", W, (len(W), len(W)))
    return float(np.abs(np.linalg.eigvals(W)).max())


def largest_stretch(W: Array) -> float:
    """The largest singular value of W: by how much a single step can lengthen a gradient at most.
    Errors: ShapeError."""
    check_axes("largest_stretch", "W", W, "(H,H)")
    return float(np.linalg.norm(W, 2))


def with_spectral_radius(W: Array, radius: float) -> Array:
    """W (H,H), multiplied by one number so that its spectral radius is `radius`.

    Errors: ShapeError; ValueError for a negative radius, or a W whose own is 0.
    """
    own = spectral_radius(W)
    if not np.isfinite(radius) or radius < 0:
        raise ValueError(f"with_spectral_radius: radius must be at least 0, got {radius!r}")
    if own == 0:
        raise ValueError("with_spectral_radius: W has the spectral radius 0; take another W")
    return np.asarray(W * W.dtype.type(radius / own))


def rnn_parameters(
    rng: np.random.Generator,
    inputs: int,
    hidden: int,
    outputs: int,
    *,
    radius: float | None = None,
    orthogonal_W: bool = False,
    dtype: DTypeLike = np.float64,
) -> dict[str, Array]:
    """U, W, b, V, c for `rnn`: weights uniform in ±1/√H, biases 0.

    `orthogonal_W` takes an orthogonal W instead; `radius` scales W to that spectral radius.
    Errors: ValueError for sizes that are not whole numbers of at least 1.
    """
    _check_sizes("rnn_parameters", inputs, hidden, outputs)
    W = orthogonal(rng, hidden) if orthogonal_W else uniform(rng, (hidden, hidden), hidden)
    found = {
        "U": uniform(rng, (hidden, inputs), hidden),
        "W": W if radius is None else with_spectral_radius(W, radius),
        "b": np.zeros(hidden),
        "V": uniform(rng, (outputs, hidden), hidden),
        "c": np.zeros(outputs),
    }
    return {name: array.astype(dtype) for name, array in found.items()}


def lstm_parameters(
    rng: np.random.Generator,
    inputs: int,
    hidden: int,
    outputs: int,
    *,
    forget_bias: float = 1.0,
    chrono: int | None = None,
    dtype: DTypeLike = np.float64,
) -> dict[str, Array]:
    """W_f, W_i, W_g, W_o, b_f, b_i, b_g, b_o, W_z, b_z for `lstm`: weights uniform in ±1/√H,
    biases 0 but for b_f, which is `forget_bias`.

    `chrono` is the longest time in steps over which something has to be remembered; with it,
    b_f = log U(1, chrono - 1) and b_i = -b_f, so that the units forget over all spans up to it.
    Errors: ValueError for sizes that are not whole numbers of at least 1, a chrono below 2.
    """
    _check_sizes("lstm_parameters", inputs, hidden, outputs)
    found = {f"W_{gate}": uniform(rng, (hidden, hidden + inputs), hidden) for gate in "figo"}
    found |= {f"b_{gate}": np.zeros(hidden) for gate in "figo"}
    found["b_f"] += forget_bias
    if chrono is not None:
        check_whole("lstm_parameters", "chrono", chrono, 2)
        found["b_f"] = np.log(rng.uniform(1, chrono - 1, hidden))
        found["b_i"] = -found["b_f"]
    found["W_z"] = uniform(rng, (outputs, hidden), hidden)
    found["b_z"] = np.zeros(outputs)
    return {name: array.astype(dtype) for name, array in found.items()}


def _check_sizes(operation: str, inputs: int, hidden: int, outputs: int) -> None:
    for name, size in (("inputs", inputs), ("hidden", hidden), ("outputs", outputs)):
        check_whole(operation, name, size, 1)
