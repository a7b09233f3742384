"""Two convolutions in a row as one: the composed kernel, which exists because both are linear.

With a non-linearity between the two there is no such kernel. Source of the formula: convolution is
associative, Goodfellow et al. 2016, 9.1; written here for kernels that are not turned.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import ShapeError
from engine.trace import Trace

RELATIONS = relations("""
w[f,c,p,q] = sum(w2[f,m,s,t] * w1[m,c,p-s,q-t] for m, s, t
    if 0 <= p - s < rows and 0 <= q - t < columns)
b[f] = b2[f] + sum(b1[m] * sum(w2[f,m,s,t] for s, t) for m)
""")


def composed(first: Trace, second: Trace) -> Trace:
    """The one filter bank that does what two convolutions in a row do.

    first, second: traces of `conv2d` with stride 1 and dilation 1, without padding; the second
    takes as many channels as the first has filters. Of w1 (M,C,K,K) and w2 (F,M,L,L) it gives
    w (F,C,K+L-1,K+L-1) and b (F,). Errors: ShapeError, ValueError for other settings.
    """
    for trace in (first, second):
        settings = [trace.constants[name] for name in ("stride", "dilation", "padding")]
        if settings != [1, 1, 0]:
            raise ValueError(
                "composed: both convolutions need stride 1 and dilation 1, and no padding"
            )
    w1, b1, w2, b2 = first["w"], first["b"], second["w"], second["b"]
    if w2.shape[1] != len(w1):
        raise ShapeError(
            f"composed: w2 {w2.shape} takes {w2.shape[1]} channels, w1 {w1.shape} gives {len(w1)}"
        )
    (_, channels, rows, columns), (filters, _, tall, wide) = w1.shape, w2.shape
    w = np.zeros((filters, channels, rows + tall - 1, columns + wide - 1))
    for s in range(tall):
        for t in range(wide):
            spread = np.tensordot(w2[:, :, s, t], w1, axes=1)
            w[:, :, s : s + rows, t : t + columns] += spread
    both = Trace(
        operation="two convolutions as one",
        arrays={"w1": w1, "b1": b1, "w2": w2, "b2": b2, "w": w, "b": b2 + w2.sum((2, 3)) @ b1},
        relations=RELATIONS,
        constants={"rows": rows, "columns": columns},
    )
    for number, trace in (("1", first), ("2", second)):
        both.link(f"w{number}", trace, "w")
        both.link(f"b{number}", trace, "b")
    return both
