"""The series of the lesson, by name; and a column of the learner's own table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.shapes import Array
from lessons.data import STOCKS, lynx, stock_prices, sunspots
from lessons.kit.control import File, Settings, Text
from lessons.own.file import FileError, Stamp, stamp
from lessons.own.sequence_file import load_series

FILE = "file"
"""The option that stands for the learner's own table."""
SERIES = ("sunspots", "lynx", *STOCKS)
LEAST = 24
"""Fewer values leave too little to learn from, or to test on."""
MOST = 1000
"""Of a longer series of the learner's, so many values are read."""
WANTED = "a table of numbers (CSV)"


@dataclass(frozen=True)
class OwnColumn:
    """A column of a file as it is now."""

    file: Stamp
    column: str
    """Its name or number; empty for the first that is a series."""


WhichSeries = str | OwnColumn


@dataclass(frozen=True, eq=False)
class Series:
    """A series, and how to speak of it."""

    values: Array
    """(N,)."""
    ticks: tuple[str, ...]
    """What each value is called: its year or month."""
    what: str
    """What a value is."""
    step: str
    """What is from one value to the next."""
    note: str = ""
    """What was left out, in a sentence; empty for nothing."""


@lru_cache(maxsize=16)
def series(which: WhichSeries) -> Series:
    """A series of SERIES, or the learner's own. Errors: FileError for a file that has none."""
    if isinstance(which, OwnColumn):
        own = load_series(which.file.path, which.column, least=LEAST, most=MOST)
        count = tuple(map(str, range(1, len(own.values) + 1)))
        return Series(own.values, count, f"a value of {own.name}", "row", own.note)
    if which in STOCKS:
        months, prices = stock_prices(which)
        names = tuple(f"{str(month)[5:]}/{str(month)[2:4]}" for month in months)
        return Series(prices, names, f"the price of a share of {which}, in dollars", "month")
    years, values = lynx() if which == "lynx" else sunspots()
    what = "how many lynx were trapped that year" if which == "lynx" else "that year's sunspots"
    return Series(values, tuple(f"{year:.0f}" for year in years), what, "year")


def own_column(settings: Settings) -> OwnColumn:
    """The file and column that the settings name. Errors: FileError, also when there is none."""
    if not settings["file"]:
        raise FileError("There is no table of your own yet: o takes the path of a CSV file.")
    return OwnColumn(stamp(settings["file"], WANTED), settings["column"])


def file_controls(
    sets: tuple[tuple[str, str], ...], resets: tuple[str, ...] = ()
) -> tuple[File, Text]:
    """The controls that choose a column of a file; a path sets something beside, and both put
    other controls back."""
    return (
        File(name="file", label="own", key="o", what=WANTED, sets=sets, resets=("column", *resets)),
        Text(name="column", label="column", key="u", most=30, resets=resets),
    )


def shuffled(values: Array) -> Array:
    """The same values in another order, always the same one."""
    order = np.random.default_rng(1).permutation(len(values))
    mixed: Array = values[order]
    mixed.setflags(write=False)
    return mixed
