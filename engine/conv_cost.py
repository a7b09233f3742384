"""What a convolution costs: weights, multiply-adds, and how much of the input a cell sees.

A multiply-add is one product and its addition. Sources: Simonyan & Zisserman 2015
(arXiv:1409.1556) for stacks of small kernels; Dumoulin & Visin 2016 for sizes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.conv_size import output_size
from engine.relation import relations
from engine.shapes import ShapeError, check_whole
from engine.trace import Trace

CONV_RELATIONS = relations("""
field[k] = dilation * (K[k] - 1) + 1
out[k] = floor((size + 2*padding[k] - dilation*(K[k] - 1) - 1) / stride) + 1
weights[k] = K[k] * K[k] * C * F
parameters[k] = weights[k] + F
multiply_adds[k] = out[k] * out[k] * weights[k]
""")

STACK_RELATIONS = relations("""
field = layers * (K - 1) + 1
out[l] = (size if l == 0 else out[l-1]) + 2*padding - (K - 1)
layer_weights[l] = K * K * C * C
layer_multiply_adds[l] = out[l] * out[l] * layer_weights[l]
weights = sum(layer_weights[l] for l)
multiply_adds = sum(layer_multiply_adds[l] for l)
""")

DENSE_RELATIONS = relations("""
inputs = size * size * C
outputs = out * out * F
weights = inputs * outputs
parameters = weights + outputs
""")


def conv_cost(
    size: int,
    kernels: Sequence[int],
    paddings: Sequence[int],
    *,
    stride: int = 1,
    dilation: int = 1,
    channels: int = 1,
    filters: int = 1,
) -> Trace:
    """What one layer costs on a size×size input, for each of several square kernels.

    kernels, paddings: cells, one of each for every candidate k. Gives a trace with K, padding,
    field (receptive field in cells), out (rows of the map), weights (without biases), parameters
    (with them, one for each filter) and multiply_adds, each with the axis k.
    Errors: ValueError where a kernel does not fit.
    """
    if len(kernels) != len(paddings):
        raise ShapeError(
            f"conv_cost: paddings must have the shape ({len(kernels)},) of kernels, "
            f"got ({len(paddings)},)"
        )
    check_whole("conv_cost", "channels", channels, 1)
    check_whole("conv_cost", "filters", filters, 1)
    pairs = list(zip(kernels, paddings, strict=True))
    out = np.array([output_size(size, k, stride, p, dilation) for k, p in pairs], dtype=float)
    side = np.array(kernels, dtype=float)
    weights = side * side * channels * filters
    return Trace(
        operation="the cost of a convolution",
        arrays={
            "K": side,
            "padding": np.array(paddings, dtype=float),
            "field": dilation * (side - 1) + 1,
            "out": out,
            "weights": weights,
            "parameters": weights + filters,
            "multiply_adds": out * out * weights,
        },
        relations=CONV_RELATIONS,
        constants={
            "size": size,
            "stride": stride,
            "dilation": dilation,
            "C": channels,
            "F": filters,
        },
        meanings={
            "K": "the kernel's rows (and columns), as you chose",
            "padding": "the zeros on each side, as you chose",
        },
    )


def stack_cost(size: int, kernel: int, layers: int, padding: int, channels: int = 1) -> Trace:
    """What several layers of one kernel cost, each with `channels` channels in and out, stride 1.

    Gives a trace with out, layer_weights and layer_multiply_adds (axis l: layer), and their
    totals weights and multiply_adds; field is what one cell of the last map sees of the input.
    Errors: ValueError where the kernel does not fit.
    """
    check_whole("stack_cost", "layers", layers, 1)
    out = np.empty(layers)
    for layer in range(layers):
        rows = size if layer == 0 else int(out[layer - 1])
        out[layer] = output_size(rows, kernel, padding=padding)
    weights = np.full(layers, float(kernel * kernel * channels * channels))
    return Trace(
        operation="the cost of a stack",
        arrays={
            "field": np.array(layers * (kernel - 1) + 1.0),
            "out": out,
            "layer_weights": weights,
            "layer_multiply_adds": out * out * weights,
            "weights": np.array(weights.sum()),
            "multiply_adds": np.array((out * out * weights).sum()),
        },
        relations=STACK_RELATIONS,
        constants={
            "size": size,
            "K": kernel,
            "layers": layers,
            "padding": padding,
            "C": channels,
        },
    )


def dense_cost(size: int, out: int, channels: int = 1, filters: int = 1) -> Trace:
    """The weights of a dense layer from a size×size×C input to an out×out×F map.

    Gives a trace with the scalars inputs, outputs, weights (without biases) and parameters (with
    them, one for each output).
    """
    inputs, outputs = size * size * channels, out * out * filters
    return Trace(
        operation="the cost of a dense layer",
        arrays={
            "inputs": np.array(float(inputs)),
            "outputs": np.array(float(outputs)),
            "weights": np.array(float(inputs * outputs)),
            "parameters": np.array(float(inputs * outputs + outputs)),
        },
        relations=DENSE_RELATIONS,
        constants={"size": size, "out": out, "C": channels, "F": filters},
    )
