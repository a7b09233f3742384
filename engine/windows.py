"""The cells of an input that a moving window covers."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from engine.shapes import Array


def windows(
    x: Array, kernel: tuple[int, int], size: tuple[int, int], stride: int, dilation: int = 1
) -> Array:
    """Copies of x (C,H,W[,N]) under every kernel cell: (C,K,K,H_out,W_out[,N])."""
    of_channel, of_row, of_column, *of_example = x.strides
    step = (of_row * dilation, of_column * dilation, of_row * stride, of_column * stride)
    shape = (len(x), *kernel, *size, *x.shape[3:])
    view = as_strided(x, shape, (of_channel, *step, *of_example), writeable=False)
    return np.ascontiguousarray(view)


def places(
    u: int, v: int, size: tuple[int, int], stride: int, dilation: int = 1
) -> tuple[slice, slice, slice]:
    """The cells of the input that kernel cell (u,v) meets as the window moves."""
    top, left = u * dilation, v * dilation
    return (
        slice(None),
        slice(top, top + (size[0] - 1) * stride + 1, stride),
        slice(left, left + (size[1] - 1) * stride + 1, stride),
    )
