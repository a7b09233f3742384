"""Averages of areas, and a digit of any size as the course's digits are."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from lessons.data import digits
from lessons.own.resize import (
    NoInkError,
    area_average,
    as_digit,
    averaged,
    fitted,
    shares,
    square,
)


@pytest.mark.parametrize(("size", "cells"), [(1, 1), (7, 7), (10, 4), (4, 10), (1000, 28), (3, 1)])
def test_every_cell_is_an_average_and_no_pixel_is_lost(size: int, cells: int) -> None:
    parts = shares(size, cells)
    assert parts.shape == (cells, size) and parts.min() >= 0
    assert np.allclose(parts.sum(axis=1), 1) and np.allclose(parts.sum(axis=0), cells / size)


def test_the_same_size_is_the_same_picture() -> None:
    assert np.array_equal(shares(7, 7), np.eye(7))


def test_by_hand() -> None:
    assert area_average(np.array([[[0.0, 0.3, 0.6]]]), 1, 2).round(12).tolist() == [[[0.1, 0.5]]]
    even = np.arange(16.0).reshape(1, 4, 4)
    assert area_average(even, 2, 2).tolist() == [[[2.5, 4.5], [10.5, 12.5]]]
    assert area_average(np.full((3, 9, 5), 0.7), 2, 2).max() <= 0.7


def test_the_mean_stays() -> None:
    picture = np.random.default_rng(0).random((1, 37, 91))
    small = area_average(picture, *fitted(37, 91, 28))
    assert small.shape == (1, 11, 28)
    assert np.isclose(small.mean(), picture.mean())


@pytest.mark.parametrize(
    ("size", "small"),
    [((28, 28), (28, 28)), ((5, 9), (5, 9)), ((600, 800), (21, 28)), ((10_000, 1), (28, 1))],
)
def test_proportions(size: tuple[int, int], small: tuple[int, int]) -> None:
    assert fitted(*size, 28) == small


def test_in_bands_or_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = np.random.default_rng(0).random((100, 30))
    monkeypatch.setattr("lessons.own.resize._BAND", 30 * 7)
    asked: list[int] = []

    def part(top: int, below: int) -> np.ndarray:
        asked.append(below - top)
        return picture[top:below]

    small = averaged(part, (100, 30), 28)
    assert asked == [7] * 14 + [2]
    assert np.allclose(small, area_average(picture[None], 28, 8), atol=1e-12)


def test_the_middle_square() -> None:
    wide = np.arange(15.0).reshape(1, 3, 5)
    assert square(wide).tolist() == [[[1, 2, 3], [6, 7, 8], [11, 12, 13]]]
    assert square(wide.transpose(0, 2, 1)).shape == (1, 3, 3)


def on_a_page(ink: np.ndarray, paper: float, pen: float) -> np.ndarray:
    """A drawing, 1 where there is ink, somewhere on a larger page."""
    page = np.full((1, ink.shape[0] + 90, ink.shape[1] + 130), paper)
    part = page[0, 31 : 31 + ink.shape[0], 77 : 77 + ink.shape[1]]
    part += (pen - paper) * ink
    return page


@pytest.mark.parametrize(("paper", "pen"), [(1.0, 0.0), (0.9, 0.3), (0.0, 1.0), (0.1, 0.6)])
def test_a_digit_anywhere_on_a_page_is_found(paper: float, pen: float) -> None:
    """The course's own digits, without their grey: dark on light, and light on dark."""
    compared = 0
    for digit in digits()[0][:200]:
        ink = digit > 0.4
        rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
        width = columns[-1] - columns[0] + 1
        if width % 2 or len(rows) < 8:
            continue  # its middle is in the middle of a cell
        compared += 1
        large = np.kron(ink[:, columns[0] : columns[-1] + 1], np.ones((20, 20)))
        read = as_digit(on_a_page(large, paper, pen))[0]
        left = 4 - width // 2
        assert np.allclose(read[:, left : left + width], ink[:, columns[0] : columns[-1] + 1])
        assert np.isclose(read.sum(), ink.sum())
    assert compared > 50


def test_a_digit_drawn_with_a_pen_is_known_again() -> None:
    """Enlarged smoothly and traced in black, a digit is nearest to others of its kind."""
    images, labels = digits()
    known = 0
    for number in range(0, 900, 9):
        smooth = Image.fromarray(images[number].astype(np.float32))
        traced = np.asarray(smooth.resize((160, 160), Image.Resampling.BICUBIC)) > 0.5
        read = as_digit(on_a_page(traced.astype(float), 1.0, 0.0))[0]
        distances = ((images - read) ** 2).sum(axis=(1, 2))
        distances[number] = np.inf
        known += int(labels[distances.argmin()] == labels[number])
    assert known >= 90


def test_a_digit_is_as_high_as_the_course_s_and_as_strong() -> None:
    line = np.ones((1, 500, 400))
    line[0, 100:300, 190:216] = 0.2
    read = as_digit(line)[0]
    assert read.shape == (8, 8)
    assert read.max() == 1 and np.allclose(read.max(axis=1), 1)
    assert np.allclose(read, read[:, ::-1])
    assert np.allclose(as_digit(line.transpose(0, 2, 1))[0], read.T)


@pytest.mark.parametrize("grey", [0.0, 0.4, 1.0])
def test_an_empty_page_has_no_digit(grey: float) -> None:
    with pytest.raises(NoInkError, match="one brightness"):
        as_digit(np.full((1, 9, 9), grey))
