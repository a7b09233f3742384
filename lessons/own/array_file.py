"""Reads pictures from numbers: NumPy's .npy files, and tables of text."""

from __future__ import annotations

import io
import math

import numpy as np

from engine.shapes import Array
from lessons.own.file import FileError, size_of
from lessons.own.raster import brightness, refuse_large
from lessons.own.resize import averaged
from lessons.own.table import table_of
from lessons.own.text import text_of

WHITES = (1, 16, 255, 65535)
"""What white may be in a picture of numbers: the least of these that none is above. 16 is that of
the handwritten digits as they are published."""
CHANNELS = (1, 3, 4)
MOST_TEXT = 5_000_000
"""Bytes of a table."""


def npy_picture(data: bytes, name: str, longest: int) -> Array:
    """The picture in a .npy file's bytes, (1,H,W): as `numbers_picture` makes it.

    Nothing is allocated by what the header promises, and nothing is unpickled. Errors: FileError.
    """
    shape, fortran, dtype, begin = _header(data, name)
    if dtype.kind not in "buif":
        raise FileError(
            f"{name}: it holds {dtype.name} values. Save numbers, with array.astype(float)."
        )
    promised = math.prod(shape) * dtype.itemsize
    if promised != len(data) - begin:
        raise FileError(
            f"{name}: its header promises {promised} bytes of numbers, and {len(data) - begin} "
            "follow. Save it again."
        )
    flat = np.frombuffer(data, dtype, offset=begin)
    return numbers_picture(flat.reshape(shape, order="F" if fortran else "C"), name, longest)


def csv_picture(data: bytes, name: str, longest: int) -> Array:
    """The picture in a table of numbers, a row of it in each line. Errors: FileError."""
    if len(data) > MOST_TEXT:
        raise FileError(
            f"{name}: a table larger than {size_of(MOST_TEXT)} takes too long to read. "
            "Save it with np.save."
        )
    table = table_of(text_of(data, name), name)
    if not table.rows:
        raise FileError(f"{name}: there is no number in it. Name a file with a picture.")
    first = table.rows[0]
    if not any(table.is_number(first, column) for column in range(len(first.cells))):
        raise FileError(
            f"{name}:{first.line}: this is text, not a picture or a table of numbers. "
            "Name a file with a picture."
        )
    columns = len(first.cells)
    for row in table.rows:
        if len(row.cells) != columns:
            raise FileError(
                f"{name}:{row.line}: this row has {len(row.cells)} numbers, the first one "
                f"{columns}. Give every row as many."
            )
    numbers = [[table.number(row, column) for column in range(columns)] for row in table.rows]
    return numbers_picture(np.array(numbers), name, longest)


def numbers_picture(values: np.ndarray, name: str, longest: int) -> Array:
    """Numbers as a grey picture, averaged down to `longest`; (1,H,W), 0 black, 1 white.

    values: (H,W), or with 1, 3 or 4 channels in the last axis or the first; the fourth is how
    opaque a pixel is. White is the least of WHITES that no value is above. Errors: FileError.
    """
    if values.ndim == 3 and values.shape[-1] not in CHANNELS and values.shape[0] in CHANNELS:
        values = np.moveaxis(values, 0, -1)
    if values.ndim == 2:
        values = values[..., None]
    if values.ndim != 3 or values.shape[-1] not in CHANNELS:
        shape = "×".join(map(str, values.shape)) or "single"
        raise FileError(
            f"{name}: an array of shape {shape} is no picture. Save rows × columns, or "
            "rows × columns × 1, 3 or 4 channels."
        )
    rows, columns, channels = values.shape
    refuse_large(rows, columns, name)
    if not np.isfinite(values).all():
        raise FileError(f"{name}: some values are nan or infinite. Replace them by numbers.")
    low, high = float(values.min()), float(values.max())
    if low < 0 or high > WHITES[-1]:
        raise FileError(
            f"{name}: its values go from {low:g} to {high:g}. A picture has them from 0 to 1, or "
            "to 255."
        )
    white = next(one for one in WHITES if high <= one)

    def grey(top: int, below: int) -> Array:
        part: Array = values[top:below].astype(float)
        return part[..., 0] / white if channels == 1 else brightness(part, white)

    return averaged(grey, (rows, columns), longest)


def _header(data: bytes, name: str) -> tuple[tuple[int, ...], bool, np.dtype, int]:
    """Shape, order, type, and where the numbers begin."""
    file = io.BytesIO(data)
    readers = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    try:
        shape, fortran, dtype = readers[np.lib.format.read_magic(file)](file)
    except Exception as error:  # a header is a text in Python's syntax: much can be wrong with it
        raise FileError(
            f"{name}: the header of this NumPy file cannot be read. Save it again with np.save."
        ) from error
    if any(size < 0 for size in shape) or dtype.hasobject:
        raise FileError(f"{name}: this NumPy file holds no plain numbers. Save an array of them.")
    return shape, fortran, dtype, file.tell()
