"""A row of many numbers laid out as lines of a picture."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import check_whole
from engine.trace import Trace

RELATIONS = relations("""
laid[i,j] = value[i*columns + j] if i*columns + j < count else 0
""")


def laid_out(trace: Trace, name: str, columns: int) -> Trace:
    """An array (N,) of a trace in lines of so many columns, the rest of the last line filled with
    zeros. Gives a trace with value (N,), linked, and laid (ceil(N/columns), columns).

    Errors: ValueError for less than one column.
    """
    check_whole("laid_out", "columns", columns, 1)
    value = trace[name]
    rows = -(-len(value) // columns)
    laid = np.zeros(rows * columns)
    laid[: len(value)] = value
    found = Trace(
        operation=f"{name} in lines",
        arrays={"value": value, "laid": laid.reshape(rows, columns)},
        relations=RELATIONS,
        constants={"columns": columns, "count": len(value)},
    )
    found.link("value", trace, name)
    return found
