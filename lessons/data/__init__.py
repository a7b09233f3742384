"""The real data that the course ships. Sources and licences: SOURCES.md.

Loaders read their file once; the arrays that they give are read-only and shared.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from engine.shapes import Array

DIGITS = 1797
"""How many handwritten digits there are."""
DIGITS_TESTED = 360
"""How many of them either split keeps for the test."""
SPLIT_SEED = 0
STOCKS = ("AAPL", "AMZN", "GOOG", "IBM", "MSFT")
"""The companies whose prices ship, by their ticker symbols."""
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz \n")


@cache
def photograph(name: str) -> Array:
    """A grey photograph, "coffee" (28,28) or "cat" (56,56); 0 is black, 1 is white."""
    with as_file(files(__name__) / f"{name}.npy") as path:
        pixels: Array = np.load(path) / 255.0
    return _frozen(pixels)


@cache
def colour_photograph(name: str) -> Array:
    """A photograph in colour, "coffee" or "cat": (3,18,18), its channels red, green and blue, each
    from 0 (none of it) to 1."""
    with as_file(files(__name__) / f"{name}_colour.npy") as path:
        pixels: Array = np.load(path) / 255.0
    pixels.setflags(write=False)
    return pixels


@cache
def digits() -> tuple[Array, Array]:
    """The handwritten digits: images (1797,8,8) from 0 (paper) to 1 (ink), labels (1797,)."""
    with as_file(files(__name__) / "digits.npz") as path, np.load(path) as archive:
        images: Array = archive["images"] / 16.0
        labels: Array = archive["labels"].astype(float)
    return _frozen(images), _frozen(labels)


@cache
def digit_split(kind: str) -> tuple[Array, Array]:
    """Which of the digits to train on, (1437,), and which to test on, (360,): row numbers, sorted.

    kind: "random" draws the 360 from all rows, with a fixed seed: the same people wrote both
    parts. "writers" takes the file's last 360 rows, which other people wrote: the harder test.
    Errors: ValueError for another kind.
    """
    if kind not in ("random", "writers"):
        raise ValueError(f'digit_split: kind must be "random" or "writers", got {kind!r}')
    rows = np.arange(DIGITS)
    if kind == "random":
        rows = np.random.default_rng(SPLIT_SEED).permutation(DIGITS)
    return _frozen(np.sort(rows[:-DIGITS_TESTED])), _frozen(np.sort(rows[-DIGITS_TESTED:]))


@cache
def sunspots() -> tuple[Array, Array]:
    """Years 1700 to 2008, (309,), and the mean sunspot number of each, (309,)."""
    years, numbers = np.array(_rows("sunspots.csv")[1:], dtype=float).T
    return _frozen(years), _frozen(numbers)


@cache
def lynx() -> tuple[Array, Array]:
    """Years 1821 to 1934, (114,), and how many lynx were trapped in each, (114,), in the Mackenzie
    River district of Canada."""
    years, trapped = np.array(_rows("lynx.csv")[1:], dtype=float).T
    return _frozen(years), _frozen(trapped)


@cache
def stock_prices(symbol: str) -> tuple[Array, Array]:
    """Months, (T,) as datetime64[M], and a closing price of each, (T,), in US dollars.

    symbol: one of STOCKS. T is 123, January 2000 to March 2010; for GOOG, sold since August 2004,
    it is 68. Errors: ValueError for another symbol.
    """
    if symbol not in STOCKS:
        raise ValueError(f"stock_prices: symbol must be one of {', '.join(STOCKS)}, got {symbol!r}")
    header, *rows = _rows("stocks.csv")
    column = header.index(symbol)
    known = [row for row in rows if row[column]]
    months = np.array([row[0] for row in known], dtype="datetime64[M]")
    return _frozen(months), _frozen(np.array([row[column] for row in known], dtype=float))


@cache
def breast_cancer() -> tuple[Array, Array, tuple[str, ...]]:
    """Measurements of breast tumours: x (569,30), y (569,) and the names of the 30 columns.

    x: ten measurements of the cell nuclei, each as its mean, its standard error and its worst
    (largest) values; lengths in pixels of the microscope's picture, not yet standardised.
    y: 1 for benign (357), 0 for malignant (212).
    """
    header, *rows = _rows("breast_cancer.csv")
    x = np.array([row[1:] for row in rows], dtype=float)
    y = np.array([row[0] == "B" for row in rows], dtype=float)
    return _frozen(x), _frozen(y), tuple(header[1:])


@cache
def verse(plain: bool = False) -> str:
    """Poems by Lewis Carroll and William Blake, a blank line between stanzas, no titles.

    plain: lower case and nothing but letters, single spaces and line ends: 28 characters to tell
    apart, for a model that writes character by character.
    """
    lines = _text("verse.txt").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).strip("\n") + "\n"
    if not plain:
        return text
    kept = "".join(sign for sign in text.lower().replace("-", " ") if sign in _PLAIN)
    return "\n".join(" ".join(line.split()) for line in kept.split("\n"))


def _text(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _rows(name: str) -> list[list[str]]:
    """The rows of a table, the header among them."""
    return list(csv.reader(_text(name).splitlines()))


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
