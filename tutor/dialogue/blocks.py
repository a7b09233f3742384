"""Grids of numbers in a text, drawn beside one another for the eye: told one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from engine.notation import MINUS

_NUMBERS = re.compile(rf"[\d\s.+{MINUS}·?-]*\d[\d\s.+{MINUS}·?-]*")
_NAMED = re.compile(rf"(?P<name>[^\d\s](?:\S| (?! ))*) {{2,}}(?P<numbers>{_NUMBERS.pattern})")
_HEADS = re.compile(r"\S+(?: \S+)*")
_CROSS = [1, 3, 1]
"""How many numbers stand in the lines of a place with its four neighbours."""


def told_block(lines: Sequence[str], said: Callable[[str], str]) -> list[str]:
    """The lines of a block of code; of grids each by its name, and its rows with commas."""

    def row(numbers: str) -> str:
        return ", ".join("question mark" if cell == "?" else said(cell) for cell in numbers.split())

    filled = [line.rstrip() for line in lines if line.strip()]
    grids = [bool(_NUMBERS.fullmatch(line)) for line in filled]
    if filled and all(grids):
        rows = [line.split() for line in filled]
        if [len(cells) for cells in rows] == _CROSS:
            above, (left, here, right), below = rows[0][0], rows[1], rows[2][0]
            places = zip(
                ("in the middle", "left", "right", "above", "below"),
                (here, left, right, above, below),
                strict=True,
            )
            return [f"{where}: {said(number)}" for where, number in places]
        return [f"row {n}: {row(line)}" for n, line in enumerate(filled)]
    if len(filled) > 1 and not grids[0] and all(grids[1:]):
        heads = list(_HEADS.finditer(filled[0]))
        starts = [0, *(head.start() for head in heads[1:]), None]
        told = []
        for head, left_end, right_end in zip(heads, starts, starts[1:], strict=False):
            parts = [line[left_end:right_end].strip() for line in filled[1:]]
            told.append(f"{head[0]}:")
            told += [f"  row {n}: {row(part)}" for n, part in enumerate(parts) if part]
        return told
    named = map(_NAMED.fullmatch, lines)
    return [
        f"{said(match['name'])}: {row(match['numbers'])}" if match else line
        for match, line in zip(named, lines, strict=True)
    ]
