"""Autoencoders: networks that give back their input, through a code of a few numbers.

Letters: D numbers in and out, K numbers in the code, N examples, in the last axis. The target of
the loss is the input. Sources: Goodfellow et al. 2016, 14.1 and 14.2; Glorot & Bengio 2010 (PMLR 9,
249), equation 16, for the weights at the start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.network import ACTIVATIONS, Layer, Network, dense_layer
from engine.shapes import check_whole

CODE = "code"
"""The name of the layer whose output is the code."""
OUT = "out"
"""The name of the last dense layer."""
LINEAR = "linear"
"""Says that there is no activation."""


def autoencoder(
    rng: np.random.Generator,
    sizes: Sequence[int],
    activation: str = "tanh",
    output: str = LINEAR,
    loss: str = "mean_squared_error",
) -> Network:
    """An autoencoder of dense layers, its decoder the encoder's mirror.

    sizes: the lengths from the input to the code, (64, 32, 8) say; the decoder goes back through
    them. activation: after every hidden layer; none follows the code. output: the activation of
    the last layer; "sigmoid" where the input lies between 0 and 1. Layers are called encoder1,
    encoder2, …, code, decoder1, …, out, their activations the same with _activation. Weights
    start normal with the variance 2/(D + K), as far as the layer goes from D numbers to K; biases
    at 0. Errors: ValueError.
    """
    if len(sizes) < 2:
        raise ValueError(f"autoencoder: sizes must have an input and a code, got {tuple(sizes)}")
    for size in sizes:
        check_whole("autoencoder", "each of sizes", size, 1)
    for argument, name in (("activation", activation), ("output", output)):
        if name not in ACTIVATIONS | {LINEAR}:
            known = ", ".join((LINEAR, *sorted(ACTIVATIONS)))
            raise ValueError(f"autoencoder: {argument} must be one of {known}, got {name!r}")
    hidden = len(sizes) - 2
    names = [
        *(f"encoder{n + 1}" for n in range(hidden)),
        CODE,
        *(f"decoder{n + 1}" for n in range(hidden)),
        OUT,
    ]
    lengths = (*sizes, *sizes[-2::-1])
    layers: list[Layer] = []
    for name, into, out in zip(names, lengths, lengths[1:], strict=False):
        layers.append(dense_layer(name, rng, into, out, 2 * into / (into + out)))
        after = output if name == OUT else LINEAR if name == CODE else activation
        if after != LINEAR:
            layers.append(Layer(f"{name}_activation", after))
    return Network(tuple(layers), loss)


def encoder(network: Network) -> Network:
    """The layers up to the code. Errors: ValueError when none is called "code"."""
    return Network(network.layers[: _after_code(network)], network.loss)


def decoder(network: Network) -> Network:
    """The layers after the code: from any code, (K,) or (K,N), they draw a picture.

    Errors: ValueError when no layer is called "code".
    """
    return Network(network.layers[_after_code(network) :], network.loss)


def _after_code(network: Network) -> int:
    names = [layer.name for layer in network.layers]
    if CODE not in names:
        raise ValueError(f"autoencoder: no layer is called {CODE!r}; there is {', '.join(names)}")
    return names.index(CODE) + 1

