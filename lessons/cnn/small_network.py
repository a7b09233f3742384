"""A network small enough to see whole: kernel, ReLU, pooling, ten logits and the loss of a digit.

Its gradients are what the labs on the way back show: each comes from the loss.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.conv_size import output_size
from engine.network import Layer, Network, Run, dense_layer
from lessons.cnn.digit import INK, digit_class
from lessons.cnn.kernels import kernel
from lessons.cnn.pictures import picture

CLASSES = 10
SEED = 4


@lru_cache(maxsize=32)
def small_run(name: str, kernel_name: str, pool: str, window: int, stride: int) -> Run:
    """A digit through the network, forwards and backwards; the dense weights are untrained."""
    x = picture(name)
    rows = output_size(output_size(x.shape[1], 3), window, stride)
    parameters = {"w": kernel(kernel_name)[None, None], "b": np.zeros(1)}
    network = Network(
        (
            Layer("conv", "conv2d", parameters),
            Layer("relu", "relu"),
            Layer("pool", f"{pool}_pool2d", settings={"window": window, "stride": stride}),
            Layer("flat", "flatten"),
            dense_layer("dense", np.random.default_rng(SEED), rows * rows, CLASSES),
        )
    )
    run = network.forward(x, digit_class(name))
    network.backward(run)
    run["conv"].meanings = {
        **run["conv"].meanings,
        "x": INK,
        "w": f"a weight of the kernel {kernel_name}",
    }
    return run
