"""The data that the course ships is what its loaders say, and cannot be changed by who reads it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lessons.data import (
    STOCKS,
    breast_cancer,
    digit_split,
    digits,
    lynx,
    photograph,
    stock_prices,
    sunspots,
    verse,
)


def test_sunspots() -> None:
    years, numbers = sunspots()
    np.testing.assert_array_equal(years, np.arange(1700, 2009))
    assert (numbers.min(), numbers.max()) == (0, 190.2)
    assert years[numbers.argmax()] == 1957


def test_lynx() -> None:
    years, trapped = lynx()
    np.testing.assert_array_equal(years, np.arange(1821, 1935))
    assert trapped[:3].tolist() == [269, 321, 585]
    assert (trapped.min(), trapped.max(), trapped.sum()) == (39, 6991, 175334)


def test_stock_prices() -> None:
    for symbol in STOCKS:
        months, prices = stock_prices(symbol)
        assert len(months) == len(prices) == (68 if symbol == "GOOG" else 123)
        assert str(months[0]) == ("2004-08" if symbol == "GOOG" else "2000-01")
        assert str(months[-1]) == "2010-03"
        assert (np.diff(months).astype(int) == 1).all()
        assert prices.min() > 0
    assert stock_prices("MSFT")[1][0] == 39.81
    with pytest.raises(ValueError, match=r"symbol must be one of AAPL, .*, got 'X'"):
        stock_prices("X")


def test_breast_cancer() -> None:
    x, y, names = breast_cancer()
    assert x.shape == (569, 30) and len(names) == len(set(names)) == 30
    assert (names[0], names[-1]) == ("mean radius", "worst fractal dimension")
    assert y.sum() == 357
    assert (x[0, 0], y[0]) == (17.99, 0)
    assert np.isfinite(x).all()
    # a malignant tumour's nuclei are larger
    assert x[y == 0, 0].mean() > 17 > 13 > x[y == 1, 0].mean()


def test_verse() -> None:
    text, plain = verse(), verse(plain=True)
    assert text.startswith("'Twas brillig, and the slithy toves\n")
    assert text.endswith("Dare frame thy fearful symmetry?\n")
    assert "#" not in text and text.isascii()
    assert sorted(set(plain)) == sorted("\n abcdefghijklmnopqrstuvwxyz")
    assert "snicker snack" in plain and "  " not in plain and " \n" not in plain
    assert plain.count("\n") == text.count("\n")


@pytest.mark.parametrize("kind", ["random", "writers"])
def test_a_split_has_every_digit_once(kind: str) -> None:
    train, test = digit_split(kind)
    assert (len(train), len(test)) == (1437, 360)
    np.testing.assert_array_equal(np.sort(np.concatenate([train, test])), np.arange(1797))
    labels = digits()[1]
    assert np.bincount(labels[test].astype(int), minlength=10).min() >= 20


def test_the_writers_split_ends_the_file_and_no_other_split_is_known() -> None:
    np.testing.assert_array_equal(digit_split("writers")[1], np.arange(1437, 1797))
    with pytest.raises(ValueError, match='"random" or "writers", got \'rows\''):
        digit_split("rows")


def test_nobody_can_change_the_data() -> None:
    pairs = (digits(), digit_split("random"), sunspots(), lynx(), stock_prices("IBM"))
    arrays = [photograph("cat"), *breast_cancer()[:2], *(each for pair in pairs for each in pair)]
    assert not any(array.flags.writeable for array in arrays)
    assert sunspots()[0] is sunspots()[0]


def test_every_file_has_its_source(root: Path) -> None:
    folder = root / "lessons" / "data"
    sources = (folder / "SOURCES.md").read_text(encoding="utf-8")
    shipped = {path.name for path in folder.iterdir() if path.is_file()}
    for name in shipped - {"SOURCES.md", "__init__.py"}:
        assert f"| `{name}` |" in sources, name
