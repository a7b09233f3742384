"""A recurrent network writes: each character that it draws is the next one that it reads.

Letters: K characters, L of them to write. Source: Graves 2013 (arXiv:1308.0850), section 2.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.shapes import Array, check_axes, check_whole


def write(
    parameters: Mapping[str, Array], first: int, u: Array, temperature: float = 1.0
) -> NDArray[np.int64]:
    """Characters that an RNN draws one after another, fed back as its input.

    parameters: U (H,K), W, b, V (K,H) and c, as `rnn_parameters` makes them. first: the character
    that it reads first. u: (L,), numbers from 0 to 1 that decide each draw: the character into
    whose piece of the cumulative probabilities it falls. temperature: what the logits are divided
    by: below 1 likely characters become likelier; 1 takes the network at its word.
    Gives the first character and the L drawn ones. Errors: ShapeError; ValueError.
    """
    U, W, b, V, c = (parameters[name] for name in ("U", "W", "b", "V", "c"))
    check_axes("write", "u", u, "(L,)")
    check_whole("write", "first", first, 0)
    if first >= len(c):
        raise ValueError(f"write: first must be one of the {len(c)} characters, got {first}")
    if not temperature > 0:
        raise ValueError(f"write: temperature must be above 0, got {temperature!r}")
    written = [first]
    h = np.zeros(len(b), b.dtype)
    for draw in u:
        h = np.tanh(U[:, written[-1]] + W @ h + b)
        z = (V @ h + c) / temperature
        up_to = np.cumsum(np.exp(z - z.max()))
        place = int(np.searchsorted(up_to, draw * up_to[-1], side="right"))
        written.append(min(place, len(c) - 1))
    return np.array(written)
