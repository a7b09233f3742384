"""Numbers with normal noise added."""

from __future__ import annotations

import numpy as np

from engine.activation import elementwise
from engine.shapes import Array
from engine.trace import Trace

TEXT = """
y[*] = x[*] + sigma*noise[*]
"""


def noisy(x: Array, sigma: float, rng: np.random.Generator, *, batched: bool = False) -> Trace:
    """Add noise of the standard deviation sigma: y = x + sigma * noise.

    x: any shape; `batched` says that its last axis is the batch. sigma: 0 or more.
    Gives a trace with x, sigma, noise (of standard deviation 1, in x's shape) and y.
    Errors: ValueError.
    """
    if not 0 <= sigma < np.inf:
        raise ValueError(f"noisy: sigma must be a number from 0 on, got {sigma!r}")
    noise = rng.standard_normal(x.shape)
    return Trace(
        operation="noise",
        arrays={"x": x, "noise": noise, "y": np.asarray(x + sigma * noise)},
        relations=elementwise(TEXT, x.ndim - batched),
        constants={"sigma": sigma},
        batched=batched,
        meanings={"x": "the input", "noise": "a normal random number"},
    )
