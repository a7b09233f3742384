"""The learner's own picture in the labs of the cnn lesson."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.conv import conv2d
from lessons.catalog import labs
from lessons.cnn.kernels import kernel
from lessons.cnn.pictures import OWN_SIDE, PICTURES, picture
from lessons.kit.figure import Pixels
from lessons.kit.lab import Lab
from lessons.kit.lint_figure import FigureLint
from lessons.kit.prediction import panel
from lessons.own.file import FileError
from lessons.own.picture_file import IMAGE, load_picture

LABS = {name: lab for name, lab in labs("cnn").items() if {IMAGE, "picture"} <= set(lab.defaults)}
"""The labs that choose among pictures; that of the whole network chooses among digits."""
EACH = pytest.mark.parametrize("name", LABS)


@pytest.fixture
def wide(tmp_path: Path) -> str:
    """A photograph of 40 rows and 90 columns."""
    pixels = np.random.default_rng(0).integers(0, 256, (40, 90), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "wide.png")
    return str(tmp_path / "wide.png")


def shown(lab: Lab, **given: str) -> np.ndarray:
    """The picture that a lab shows, or what it makes of it."""
    panels = lab.film(lab.settings(given)).at(0).panels
    return next(one.view.array for one in panels if isinstance(one, Pixels))


def test_there_are_labs_that_take_it() -> None:
    assert set(LABS) == {"structure", "slide", "answers", "cost", "relu", "pooling", "shift"}
    assert "own" not in PICTURES


@EACH
def test_it_waits_for_a_file(name: str) -> None:
    lab = LABS[name]
    with pytest.raises(FileError, match="There is no picture of your own yet"):
        lab.film(lab.settings({"picture": "own"}))
    assert lab.defaults["picture"] in PICTURES


@EACH
def test_a_path_shows_the_picture_and_a_name_shows_another_again(name: str, wide: str) -> None:
    lab = LABS[name]
    own = lab.changed(lab.defaults, IMAGE, wide)
    assert own["picture"] == "own"
    back = lab.changed(own, "picture", "cat")
    assert back[IMAGE] == wide
    before = shown(lab, picture="cat")
    assert np.array_equal(shown(lab, **{key: back[key] for key in ("picture", IMAGE)}), before)
    assert shown(lab, picture="own", image=wide).shape != before.shape


@EACH
def test_every_number_made_of_it_has_its_reason(name: str, wide: str) -> None:
    lab, figures = LABS[name], FigureLint()
    film = lab.film(lab.settings({"picture": "own", IMAGE: wide}))
    for position in {0, film.length // 2, film.length - 1}:
        assert list(figures.problems(lab, film.at(position))) == []
    assert figures.numbers > 100


def test_the_map_is_the_engine_s(wide: str) -> None:
    small = load_picture(wide, OWN_SIDE)
    assert small.shape == (1, 12, 28)
    assert np.array_equal(shown(LABS["slide"], picture="own", image=wide), small[0])
    film = LABS["answers"].film(
        LABS["answers"].settings({"picture": "own", IMAGE: wide, "kernel": "sobel-x"})
    )
    y = conv2d(small, kernel("sobel-x")[None, None])["y"][0]
    assert np.array_equal(panel(film.at(0), Pixels, "map").view.array, y)
    assert film.at(0).caption == "the whole map of sobel-x on your picture"


def test_weights_are_counted_on_its_middle_square(wide: str) -> None:
    small = load_picture(wide, OWN_SIDE)[0]
    assert np.array_equal(shown(LABS["structure"], picture="own", image=wide), small[:, 8:20])


@EACH
def test_what_is_written_to_the_file_is_seen(name: str, wide: str) -> None:
    before = shown(LABS[name], picture="own", image=wide)
    pixels = np.random.default_rng(1).integers(0, 256, (40, 90), dtype=np.uint8)
    Image.fromarray(pixels).save(wide)
    os.utime(wide, ns=(1, 1))
    after = shown(LABS[name], picture="own", image=wide)
    assert after.shape == before.shape and not np.allclose(after, before)


@EACH
def test_a_picture_too_small_for_the_kernel_is_refused_in_a_sentence(
    name: str, tmp_path: Path
) -> None:
    Image.new("L", (2, 2)).save(tmp_path / "tiny.png")
    lab = LABS[name]
    settings = lab.settings({"picture": "own", IMAGE: str(tmp_path / "tiny.png")})
    with pytest.raises(ValueError, match="does not fit into 2"):
        lab.film(settings)


def test_names_are_as_before() -> None:
    assert picture("coffee").shape == (1, 28, 28)
    assert picture("digit-4").shape == (1, 8, 8)
