"""Clipping by the global norm: all gradients are made smaller together when they are too long.

Source: Pascanu et al. 2013 (arXiv:1211.5063), algorithm 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from engine.relation import Relation, relations
from engine.shapes import Array
from engine.trace import Trace

LETTERS = ("j", "k", "u", "v")
"""What the axes of a gradient are called."""


def clip_by_norm(gradients: Mapping[str, Array], limit: float) -> Trace:
    """Scale all gradients by one number, so that their common norm is at most `limit`.

    gradients: by name, such as dW, each of up to four axes. The norm is that of all their numbers
    in one row; the direction stays. Gives a trace with the gradients, squares_<name> (sum of
    squares), norm, scale (1 when nothing is clipped) and clipped_<name> in each one's shape.
    Errors: ValueError for a limit that is not above 0, no gradients, or more than four axes.
    """
    if not limit > 0:
        raise ValueError(f"clip_by_norm: limit must be above 0, got {limit!r}")
    if not gradients or any(array.ndim > len(LETTERS) for array in gradients.values()):
        raise ValueError("clip_by_norm: gradients must be at least one, each of up to four axes")
    squares = {f"squares_{name}": np.vdot(each, each) for name, each in gradients.items()}
    norm = np.sqrt(sum(squares.values()))
    scale = limit / norm if norm > limit else norm.dtype.type(1)
    return Trace(
        operation="clip_by_norm",
        arrays={
            **gradients,
            **{name: np.asarray(value) for name, value in squares.items()},
            "norm": np.asarray(norm),
            "scale": np.asarray(scale),
            **{f"clipped_{name}": np.asarray(each * scale) for name, each in gradients.items()},
        },
        relations=_relations(tuple((name, array.ndim) for name, array in gradients.items())),
        constants={"limit": limit},
        meanings=dict.fromkeys(gradients, "the gradient of a weight"),
    )


def clip_gradients(trace: Trace, limit: float) -> Trace:
    """`clip_by_norm` of the gradients of all weights in a trace, linked to where they come from.

    Errors: as in `clip_by_norm`.
    """
    names = [name for name in trace.arrays if name in trace.shared and name in trace.relations]
    clipped = clip_by_norm({name: trace[name] for name in names}, limit)
    for name in names:
        clipped.link(name, trace, name)
    return clipped


@cache
def _relations(axes: tuple[tuple[str, int], ...]) -> dict[str, Relation]:
    """The formulas for gradients of these names, with so many axes each."""
    lines = []
    for name, count in axes:
        at = ",".join(LETTERS[:count])
        here = f"[{at}]" if at else ""
        square = f"sum({name}{here}**2 for {at})" if at else f"{name}**2"
        lines += [f"squares_{name} = {square}", f"clipped_{name}{here} = {name}{here} * scale"]
    lines.append(f"norm = sqrt({' + '.join(f'squares_{name}' for name, _ in axes)})")
    lines.append("scale = limit / norm if norm > limit else 1")
    return relations("\n".join(lines))
