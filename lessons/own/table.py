"""Tables of a text file: rows of cells, and the numbers in them."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from lessons.kit.clean import clean_line
from lessons.kit.number import read_number
from lessons.own.file import FileError

_DELIMITERS = "\t;,"
"""In this order: where cells are parted by a tab or semicolon, a comma stands inside numbers."""
_LOOKED_AT = 20
"""Rows by which the delimiter is told."""


@dataclass(frozen=True)
class Row:
    """The cells of one row."""

    line: int
    """Where it stands in the file, from 1."""
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells; empty lines and those that begin with # are left out."""

    name: str
    """The file's, for messages."""
    rows: tuple[Row, ...]
    comma: bool
    """Whether 0,5 is a number here."""

    def number(self, row: Row, column: int) -> float:
        """The number in a cell. Errors: FileError that names the line."""
        if column >= len(row.cells):
            raise FileError(
                f"{self.name}:{row.line}: this row has {len(row.cells)} cells, and no cell "
                f"{column + 1}. Give every row as many."
            )
        try:
            return self._number(row.cells[column])
        except ValueError:
            cell = clean_line(row.cells[column], 30)
            what = f"{cell!r} is no finite number" if cell else "a cell is empty"
            raise FileError(
                f"{self.name}:{row.line}: {what}. Put one there, such as 0.5 or -2e3, or leave "
                "the line out."
            ) from None

    def is_number(self, row: Row, column: int) -> bool:
        """Whether there is a cell with a number."""
        try:
            self._number(row.cells[column])
        except (ValueError, IndexError):
            return False
        return True

    def _number(self, cell: str) -> float:
        return read_number(cell.replace(",", ".", 1) if self.comma else cell)


def table_of(text: str, name: str) -> Table:
    """The table that a text is: cells parted by commas, semicolons or tabs; numbers also by blanks.

    Errors: FileError.
    """
    lines = [
        (at, line)
        for at, line in enumerate(text.split("\n"), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    delimiter = _delimiter([line for _, line in lines[:_LOOKED_AT]])
    if not delimiter and lines and _all_numbers(lines[-1][1].split()):
        return Table(name, tuple(Row(at, tuple(line.split())) for at, line in lines), comma=False)
    rows: list[Row] = []
    reader = csv.reader((f"{line}\n" for _, line in lines), delimiter=delimiter or ",", strict=True)
    while True:
        begun = reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FileError(
                f"{name}:{lines[begun][0]}: the quotes, or the length, of a cell are wrong. "
                "Mend this line."
            ) from error
        if cells is None:
            break
        rows.append(Row(lines[begun][0], tuple(cell.strip() for cell in cells)))
    return Table(name, tuple(rows), comma=delimiter in ("\t", ";"))


def _delimiter(lines: list[str]) -> str:
    """What parts every line into the same number of cells, more than one; else what stands in
    the most lines; empty when none does."""
    counts = {one: [line.count(one) for line in lines] for one in _DELIMITERS}
    for one in _DELIMITERS:
        if lines and min(counts[one]) > 0 and len(set(counts[one])) == 1:
            return one
    best = max(_DELIMITERS, key=lambda one: sum(map(bool, counts[one])))
    return best if any(counts[best]) else ""


def _all_numbers(cells: list[str]) -> bool:
    try:
        for cell in cells:
            read_number(cell)
    except ValueError:
        return False
    return True
