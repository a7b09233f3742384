"""Fixtures of the tests of the lessons."""

from __future__ import annotations

import pytest

from lessons.kit.lab import Lab
from tests.lessons.small import CONTROLS, GOOD, figure, film_of


@pytest.fixture
def good() -> str:
    """A lesson.md in which nothing is wrong, together with the lab `double`."""
    return GOOD


@pytest.fixture
def double() -> Lab:
    """The lab of that lesson."""
    return Lab("double", "Doubling", CONTROLS, film_of(figure))
