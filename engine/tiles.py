"""Columns of numbers laid out as pictures, so that what a network computes can be looked at."""

from __future__ import annotations

from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes, check_whole
from engine.trace import Trace

ONE = relations("tile[i,j] = column[i*width + j]")
MANY = relations("tile[n,i,j] = column[i*width + j, n]")


def tiles(column: Array, width: int, meaning: str = "a number to look at") -> Trace:
    """Lay every column out as a picture, row by row.

    column: (D,), or (D,N) for N pictures. width: how many numbers a row takes; D is a multiple of
    it. meaning: what a number of column stands for. Gives a trace with column and tile, H rows of
    W = width: (H,W) or (N,H,W). Errors: ShapeError, ValueError.
    """
    check_axes("tiles", "column", column, "(D,)", "(D,N)")
    check_whole("tiles", "width", width, 1)
    if len(column) % width:
        raise ShapeError(f"tiles: {len(column)} numbers do not make rows of {width}")
    many = column.ndim == 2
    shape = (-1,) if many else ()
    return Trace(
        operation="tiles",
        arrays={
            "column": column,
            "tile": column.T.reshape(*shape, len(column) // width, width),
        },
        relations=MANY if many else ONE,
        constants={"width": width},
        meanings={"column": meaning},
    )
