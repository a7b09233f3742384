"""Which cells of a picture a convolution's parts cover."""

from __future__ import annotations

from engine.conv import slid_over
from engine.conv_size import dropped
from engine.trace import Trace
from lessons.kit.figure import Mark


def window(trace: Trace, i: int, j: int) -> Mark:
    """The cells of the padded input under the kernel when it writes y[:,i,j]."""
    stride, dilation = int(trace.constants["stride"]), int(trace.constants["dilation"])
    _, _, rows, columns = trace["w"].shape
    return Mark(
        "window",
        tuple(i * stride + u * dilation for u in range(rows)),
        tuple(j * stride + v * dilation for v in range(columns)),
    )


def current(row: int, column: int) -> Mark:
    """The one cell that is being written."""
    return Mark("current", (row,), (column,))


def padding_marks(trace: Trace) -> tuple[Mark, ...]:
    """The rings of zeros around the input."""
    padding = int(trace.constants["padding"])
    rows, columns = trace[slid_over(trace)].shape[1:]
    all_rows, all_columns = tuple(range(rows)), tuple(range(columns))
    return (
        Mark("padding", all_rows[:padding] + all_rows[rows - padding :], all_columns),
        Mark("padding", all_rows, all_columns[:padding] + all_columns[columns - padding :]),
    )


def dropped_marks(trace: Trace) -> tuple[Mark, ...]:
    """The last rows and columns of the padded input that no window reaches."""
    settings = [int(trace.constants[name]) for name in ("stride", "padding", "dilation")]
    rows, columns = trace[slid_over(trace)].shape[1:]
    marks = []
    lost_rows = dropped(trace["x"].shape[1], trace["w"].shape[2], *settings)
    lost_columns = dropped(trace["x"].shape[2], trace["w"].shape[3], *settings)
    all_rows, all_columns = tuple(range(rows)), tuple(range(columns))
    if lost_rows:
        marks.append(Mark("dropped", all_rows[rows - lost_rows :], all_columns))
    if lost_columns:
        marks.append(Mark("dropped", all_rows, all_columns[columns - lost_columns :]))
    return tuple(marks)
