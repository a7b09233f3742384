"""Pictures that Pillow decodes: right, upright, bounded, or refused in a sentence."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from lessons.own.file import FileError
from lessons.own.picture_file import load_picture
from lessons.own.raster import LUMA
from tests.lessons.own.conftest import Write
from tests.lessons.own.pictures import png, saved

RAMP = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
"""A grey picture in which no turn or flip goes unnoticed."""


def near(picture: np.ndarray, grey: object, by: float = 1e-12) -> bool:
    return picture.shape == (1, *np.shape(grey)) and bool(np.abs(picture[0] - grey).max() <= by)


@pytest.mark.parametrize(("form", "by"), [("PNG", 1e-12), ("BMP", 1e-12), ("PPM", 1e-12)])
def test_grey_is_exact(write: Write, form: str, by: float) -> None:
    picture = load_picture(write("x", saved(Image.fromarray(RAMP), form)))
    assert near(picture, RAMP / 255, by)
    assert picture.dtype == np.float64


def test_what_it_is_called_does_not_matter(write: Write) -> None:
    assert near(load_picture(write("x.csv", saved(Image.fromarray(RAMP), "PNG"))), RAMP / 255)


def test_a_jpeg_is_near(write: Write) -> None:
    smooth = np.linspace(0, 255, 64, dtype=np.uint8).reshape(8, 8)
    data = saved(Image.fromarray(smooth), "JPEG", quality=95)
    assert near(load_picture(write("x", data)), smooth / 255, 0.03)


def test_colours_become_brightness(write: Write) -> None:
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    picture = load_picture(write("x", saved(Image.fromarray(colours), "PNG")))
    assert near(picture, [[*LUMA, 1.0]])
    cmyk = saved(Image.fromarray(np.full((8, 8, 3), 128, np.uint8)).convert("CMYK"), "JPEG")
    assert near(load_picture(write("x", cmyk)), np.full((8, 8), 0.5), 0.02)


def test_a_palette_is_looked_up(write: Write) -> None:
    image = Image.fromarray(np.array([[0, 1, 1, 0]], np.uint8)).convert("P")
    image.putpalette([255, 0, 0, 0, 0, 255])
    red, _, blue = LUMA
    assert near(load_picture(write("x", saved(image, "PNG"))), [[red, blue, blue, red]])


def test_black_and_white(write: Write) -> None:
    image = Image.fromarray(np.array([[0, 255], [255, 255]], np.uint8)).convert("1")
    for form in ("PNG", "PPM", "BMP"):
        assert near(load_picture(write("x", saved(image, form))), [[0, 1], [1, 1]])


def test_transparency_shows_white_paper(write: Write) -> None:
    black = np.zeros((1, 3, 4), np.uint8)
    black[0, :, 3] = 0, 51, 255
    assert near(load_picture(write("x", saved(Image.fromarray(black), "PNG"))), [[1, 0.8, 0]])
    channels = [Image.fromarray(np.array([row], np.uint8)) for row in ([0, 100], [0, 255])]
    data = saved(Image.merge("LA", channels), "PNG")
    assert near(load_picture(write("x", data)), [[1, 100 / 255]])


def test_one_colour_may_be_transparent(write: Write) -> None:
    rows = [bytes([0, 100, 200])]
    data = png(3, 1, 8, 0, rows, b"tRNS" + struct.pack(">H", 100))
    assert near(load_picture(write("x", data)), [[0, 1, 200 / 255]])
    palette = b"PLTE" + bytes([0, 0, 0, 255, 255, 255, 0, 0, 0])
    data = png(3, 1, 8, 3, [bytes([0, 1, 2])], palette, b"tRNS\x00\xff\xff")
    assert near(load_picture(write("x", data)), [[1, 1, 0]])


def test_sixteen_bits_are_neither_cut_nor_saturated(write: Write) -> None:
    deep = [0, 255, 256, 32768, 65535]
    row = struct.pack(">5H", *deep)
    assert near(load_picture(write("x", png(5, 1, 16, 0, [row]))), [np.array(deep) / 65535])
    clear = b"tRNS" + struct.pack(">H", 256)
    expected = [0, 255 / 65535, 1, 32768 / 65535, 1]
    assert near(load_picture(write("x", png(5, 1, 16, 0, [row], clear))), [expected])
    colour = struct.pack(">6H", 65535, 0, 0, 32768, 32768, 32768)
    assert near(load_picture(write("x", png(2, 1, 16, 2, [colour]))), [[LUMA[0], 0.5]], 0.003)


def test_a_deep_pgm(write: Write) -> None:
    data = b"P5\n# made by hand\n3 1\n65535\n" + struct.pack(">3H", 0, 300, 65535)
    assert near(load_picture(write("x", data)), [[0, 300 / 65535, 1]], 1e-6)
    assert near(load_picture(write("x", b"P2 3 1 15\n0 5 15\n")), [[0, 1 / 3, 1]], 0.002)
    raw = b"P5 3 1 15\n" + bytes([0, 5, 15])
    assert near(load_picture(write("x", raw)), [[0, 1 / 3, 1]], 0.002)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_s_note_turns_the_picture(write: Write, orientation: int) -> None:
    """What is saved is as the note says turned; what is loaded stands upright."""
    upright = np.kron(np.array([[0, 80, 160], [240, 40, 200]], np.uint8), np.ones((8, 8), np.uint8))
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.T,
        6: np.rot90(upright),
        7: np.rot90(upright, 2).T,
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(stored))
    data = saved(image, "JPEG", quality=100, exif=exif)
    assert near(load_picture(write("x", data)), upright / 255, 0.03)


def test_a_damaged_note_is_passed_over(write: Write) -> None:
    image = Image.fromarray(np.full((8, 8), 200, np.uint8))
    data = saved(image, "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 30)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert near(load_picture(write("x", data)), np.full((8, 8), 200 / 255), 0.02)


def test_of_an_animation_the_first_picture(write: Write) -> None:
    frames = [Image.new("L", (4, 3), grey) for grey in (255, 0, 128)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert near(load_picture(write("x", data)), np.ones((3, 4)))
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert near(load_picture(write("x", data)), np.ones((3, 4)))


def test_a_transparent_gif(write: Write) -> None:
    image = Image.fromarray(np.array([[0, 1]], np.uint8)).convert("P")
    image.putpalette([0, 0, 0, 10, 10, 10])
    data = saved(image, "GIF", transparency=0)
    assert near(load_picture(write("x", data)), [[1, 10 / 255]])


@pytest.mark.parametrize("side", [13_000, 8_000, 2**31 - 1])
def test_a_header_that_claims_more_than_anybody_should_unpack(
    write: Write, refused: Callable[..., str], side: int
) -> None:
    """13000×13000 are 169 million pixels, of which Pillow only warns."""
    data = png(side, side, 8, 0, [])
    assert refused(load_picture, write("big.png", data)).endswith(
        "big.png: the picture has more than 50 million pixels. Make it smaller."
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "PPM"])
def test_what_is_cut_off(write: Write, refused: Callable[..., str], form: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 40), dtype=np.uint8)
    whole = saved(Image.fromarray(noise), form)
    for length in (30, len(whole) // 2):
        message = refused(load_picture, write("x", whole[:length]))
        assert "is damaged or cut off. Save it again." in message.replace("but ", "")


def test_what_is_damaged_never_ends_otherwise_than_in_a_sentence(write: Write) -> None:
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 256, (9, 9, 3), dtype=np.uint8)
    forms = ("PNG", "JPEG", "GIF", "BMP", "PPM")
    for whole in [saved(Image.fromarray(noise), form) for form in forms]:
        for _ in range(40):
            data = bytearray(whole)
            for place in rng.integers(2, len(data), 3):
                data[place] = rng.integers(0, 256)
            try:
                picture = load_picture(write("x", bytes(data)))
            except FileError:
                continue
            assert picture.min() >= 0 and picture.max() <= 1


def test_fractions_are_refused(write: Write, refused: Callable[..., str]) -> None:
    assert "this is a PFM picture, which is not read here. Save it as PNG." in refused(
        load_picture, write("x", b"Pf\n1 1\n-1.0\n\0\0\0\0")
    )


def test_large_pictures_are_averaged(write: Write) -> None:
    board = np.kron(np.indices((28, 14)).sum(axis=0) % 2, np.ones((30, 30))).astype(np.uint8) * 255
    data = saved(Image.fromarray(board), "PNG")
    assert near(load_picture(write("x", data), 28), np.indices((28, 14)).sum(axis=0) % 2)
    assert load_picture(write("x", data)).shape == (1, 256, 128)
    assert near(load_picture(write("x", data), 14), np.full((14, 7), 0.5))
