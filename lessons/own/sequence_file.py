"""Texts and series of the learner's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.shapes import Array
from lessons.kit.clean import clean_line
from lessons.own.file import FileError, read_start, shown, size_of
from lessons.own.table import Row, Table, table_of
from lessons.own.text import text_of

MOST_CHARACTERS = 200_000
MOST_BYTES = 4_000_000
"""Bytes of a table that are read."""
MOST_VALUES = 20_000
LARGEST = 1e15
"""Squares of larger numbers, and sums of them, lose what a forecast is about."""
LONGEST_NAME = 30


@dataclass(frozen=True)
class OwnText:
    """A text of the learner's."""

    text: str
    """Cleaned; lines end with a newline."""
    note: str = ""
    """What was left out, in a sentence; empty for nothing."""


@dataclass(frozen=True, eq=False)
class OwnSeries:
    """A column of a table of the learner's."""

    name: str
    """As its head says, else "column 2"."""
    values: Array
    """(T,), not all the same."""
    columns: tuple[str, ...]
    """The names of all columns."""
    note: str = ""
    """What was left out, in a sentence; empty for nothing."""


def load_text(path: str, *, least: int = 2, most: int = MOST_CHARACTERS) -> OwnText:
    """The text in a file, at most so many characters of it. Errors: FileError."""
    name = shown(path)
    data, whole = read_start(path, 4 * most, "your text")  # a character takes 4 bytes at most
    text = text_of(data, name, whole=whole)
    if not text.strip():
        raise FileError(f"{name}: there is no text in it. Name a file with your text.")
    if len(text) < least:
        raise FileError(f"{name}: the text is too short. Give at least {least} characters.")
    if whole and len(text) <= most:
        return OwnText(text)
    return OwnText(text[:most], f"Of a longer text, the first {len(text[:most])} characters.")


def load_series(
    path: str, column: str = "", *, least: int = 10, most: int = MOST_VALUES
) -> OwnSeries:
    """A column of numbers in a CSV file, at most so many of them.

    Cells are parted by commas, semicolons or tabs; where they are not parted by commas, 0,5 is a
    number too. A first row that is no row of numbers is the head. column: a name in the head, or
    a number from 1; without one, the first column of numbers that does not just count on. A file
    of one row is taken for one column. Errors: FileError.
    """
    name = shown(path)
    data, whole = read_start(path, MOST_BYTES, "your numbers")
    if not whole:
        data = data[: data.rfind(b"\n") + 1]
        if not data:
            raise FileError(
                f"{name}: its first line is longer than {size_of(MOST_BYTES)}. "
                "Put each number on a line of its own."
            )
    table = _upright(table_of(text_of(data, name), name), least)
    head, rows = _head(table)
    if not rows:
        raise FileError(f"{name}: there are no numbers in it. Put each on a line of its own.")
    place = _chosen(table, head, rows, column) if column.strip() else _first(table, rows)
    values = np.array([table.number(row, place) for row in rows[:most]])
    for row, value in zip(rows, values, strict=False):
        if abs(value) > LARGEST:
            raise FileError(
                f"{name}:{row.line}: {value:g} is larger than {LARGEST:g}. Count in larger units."
            )
    if len(values) < least:
        raise FileError(
            f"{name}: {len(values)} numbers are too few to learn from. Give at least {least}."
        )
    if np.ptp(values) == 0:
        raise FileError(
            f"{name}: every number of {head[place]!r} is the same, {values[0]:g}. Choose another "
            "column."
        )
    note = ""
    if not whole or len(rows) > most:
        note = f"Of a longer series, the first {len(values)} numbers."
    return OwnSeries(head[place], values, head, note)


def _upright(table: Table, least: int) -> Table:
    """A table of a single row of numbers, as a column."""
    if len(table.rows) != 1 or len(table.rows[0].cells) < least:
        return table
    (row,) = table.rows
    cells = row.cells if row.cells[-1] else row.cells[:-1]  # a delimiter may end it
    return Table(table.name, tuple(Row(row.line, (cell,)) for cell in cells), table.comma)


def _head(table: Table) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The columns' names, and the rows under them."""
    count = max((len(row.cells) for row in table.rows), default=0)
    places = [f"column {place}" for place in range(1, count + 1)]
    rows = table.rows
    if len(rows) > 1 and any(
        table.is_number(rows[1], place) and not table.is_number(rows[0], place)
        for place in range(count)
    ):
        cells = (clean_line(cell, LONGEST_NAME) for cell in rows[0].cells)
        given = [cell or place for cell, place in zip(cells, places, strict=False)]
        return (*given, *places[len(given) :]), rows[1:]
    return tuple(places), rows


def _chosen(table: Table, head: tuple[str, ...], rows: tuple[Row, ...], column: str) -> int:
    """The place of a column that is called for by its name, or by its number."""
    wanted = clean_line(column, LONGEST_NAME)
    for names in (list(head), [one.lower() for one in head]):
        if wanted in names:
            return names.index(wanted)
        wanted = wanted.lower()
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(head):
        return int(wanted) - 1
    known = clean_line(", ".join(head), 200)
    raise FileError(
        f"{table.name}: there is no column {clean_line(column, LONGEST_NAME)!r}. There is {known}; "
        f"or give a number from 1 to {len(head)}."
    )


def _first(table: Table, rows: tuple[Row, ...]) -> int:
    """The first column of numbers that neither counts on evenly nor stands still.

    Where there is none, the column that has the most numbers: what is wrong with it is said.
    """
    rows = rows[:MOST_VALUES]
    counts = [
        sum(table.is_number(row, place) for row in rows)
        for place in range(max(len(row.cells) for row in rows))
    ]
    full = [place for place, count in enumerate(counts) if count == len(rows)]
    for place in full:
        values = np.array([table.number(row, place) for row in rows])
        if len(values) < 3 or not np.allclose(np.diff(values, 2), 0.0, atol=1e-9):
            return place
    return full[0] if full else counts.index(max(counts))
