"""Pictures of numbers, what is no picture at all, and what is kept of a picture."""

from __future__ import annotations

import io
import os
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from lessons.data import digits
from lessons.own.file import FileError
from lessons.own.picture_file import load_picture, own_picture
from lessons.own.raster import LUMA
from tests.lessons.own.conftest import Write
from tests.lessons.own.pictures import npy, png, saved

Refused = Callable[..., str]


def array_file(array: np.ndarray, version: tuple[int, int] = (1, 0), **options: bool) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version, **options)
    return file.getvalue()


COLOURS = np.eye(3).reshape(1, 3, 3)
"""A red, a green and a blue pixel, as rows × columns × channels."""


@pytest.mark.parametrize(
    ("array", "grey"),
    [
        (np.array([[0, 51, 255]], np.uint8), [[0, 0.2, 1]]),
        (np.array([[0, 51, 255]]), [[0, 0.2, 1]]),
        (np.array([[0, 51, 255]], ">i4"), [[0, 0.2, 1]]),
        (np.array([[0, 13107, 65535]], np.uint16), [[0, 0.2, 1]]),
        (np.array([[0, 1]], np.uint8), [[0, 1]]),
        (np.array([[False, True]]), [[0, 1]]),
        (np.array([[0.25, 0.5]]), [[0.25, 0.5]]),
        (np.array([[0.25, 0.5]], np.float16), [[0.25, 0.5]]),
        (np.array([[0.0, 4.0, 16.0]]), [[0, 0.25, 1]]),
        (np.array([[[0.25], [0.5]]]), [[0.25, 0.5]]),
        (np.array([[[0.25, 0.5]]]), [[0.25, 0.5]]),
        (COLOURS, [LUMA]),
        (np.moveaxis(COLOURS, -1, 0).repeat(2, axis=2), [LUMA.repeat(2)]),
        (np.array([[[0, 0, 0, 0], [0, 0, 0, 51], [255, 255, 255, 255]]]), [[1, 0.8, 1]]),
        (np.asfortranarray(np.array([[0, 0.5], [1, 0.25]])), [[0, 0.5], [1, 0.25]]),
    ],
)
def test_an_array_of_any_kind_of_number(write: Write, array: np.ndarray, grey: object) -> None:
    for version in ((1, 0), (2, 0)):
        picture = load_picture(write("x", array_file(array, version)))
        assert picture.dtype == np.float64
        assert picture.shape == (1, *np.shape(grey)) and np.allclose(picture[0], grey, atol=1e-12)


def test_a_digit_as_it_is_published(write: Write) -> None:
    digit = digits()[0][0]
    assert np.array_equal(load_picture(write("x", array_file(digit * 16)))[0], digit)
    table = "\n".join(",".join(f"{value:g}" for value in row) for row in digit * 16)
    assert np.array_equal(load_picture(write("x", table))[0], digit)


def test_128_bytes_that_ask_for_32_gigabytes(write: Write, refused: Refused) -> None:
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536), }"
    data = npy(header.ljust(117))
    assert len(data) == 128
    assert refused(load_picture, write("x.npy", data)).endswith(
        "x.npy: its header promises 34359738368 bytes of numbers, and 0 follow. Save it again."
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (array_file(np.zeros(3)), "an array of shape 3 is no picture. Save rows × columns, or"),
        (array_file(np.zeros((2, 3, 5))), "an array of shape 2×3×5 is no picture."),
        (array_file(np.zeros((1, 2, 3, 1))), "an array of shape 1×2×3×1 is no picture."),
        (array_file(np.array(0.5)), "an array of shape single is no picture."),
        (array_file(np.zeros((0, 3))), "the picture has no pixel."),
        (array_file(np.array([[0.5, np.nan]])), "some values are nan or infinite."),
        (array_file(np.array([[0.5, np.inf]])), "some values are nan or infinite."),
        (array_file(np.array([[-0.5, 1]])), "its values go from -0.5 to 1. A picture has them"),
        (array_file(np.array([[0, 70000]])), "its values go from 0 to 70000."),
        (array_file(np.array([["a"]])), "it holds str32 values. Save numbers"),
        (array_file(np.array([[1j]])), "it holds complex128 values."),
        (array_file(np.zeros((2, 2), "f4,i4")), "values. Save numbers"),
        (array_file(np.array([[{}]]), allow_pickle=True), "holds no plain numbers."),
        (array_file(np.zeros((2, 2)))[:-1], "promises 32 bytes of numbers, and 31 follow."),
        (array_file(np.zeros((2, 2))) + b"x", "promises 32 bytes of numbers, and 33 follow."),
        (npy("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2)}"), "no plain numbers"),
        (npy("{'descr': '|u1', 'shape': (1, 2)}"), "the header of this NumPy file"),
        (npy("__import__('os').abort()"), "the header of this NumPy file cannot be read."),
        (npy("(" * 5000), "the header of this NumPy file cannot be read."),
        (b"\x93NUMPY\x09\x00", "the header of this NumPy file cannot be read."),
    ],
)
def test_arrays_that_are_no_picture(
    write: Write, refused: Refused, data: bytes, sentence: str
) -> None:
    assert sentence in refused(load_picture, write("x", data))


@pytest.mark.parametrize(
    "text",
    [
        "0,0.5,1\n1,0.25,0\n",
        "0;0,5;1\r\n1;0,25;0\r\n",
        "\ufeff0\t0.5\t1\n\n1\t2.5e-1\t0",
        "# a comment\n0.0e+00 5.0e-01 1\n 1 .25 0.\n",
        '"0","0.5","1"\n"1"," 0.25 ","+0"\n',
    ],
)
def test_a_table_of_numbers(write: Write, text: str) -> None:
    assert load_picture(write("x", text)).tolist() == [[[0, 0.5, 1], [1, 0.25, 0]]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0,1\n0,nan\n", "x:2: 'nan' is no finite number. Put one there, such as 0.5"),
        ("0,1\n\n1e999,1\n", "x:3: '1e999' is no finite number."),
        ("0,1_000\n1,1", "x:1: '1_000' is no finite number."),
        ("0,1\n1,x\x1b[31my", "x:2: 'xy' is no finite number."),
        ("0,1\n1,", "x:2: a cell is empty. Put one there"),
        ("0,1\n1\n", "x:2: this row has 1 numbers, the first one 2. Give every row as many."),
        ('0,1\n"0,1\n', "x:2: the quotes, or the length, of a cell are wrong."),
        ("0,1\n2,-1", "its values go from -1 to 2."),
        ("\n# nothing\n", "there is no number in it."),
        ("Dear cat,\nhow are you?", "x:1: this is text, not a picture or a table of numbers."),
        ("0,1\n0,٣", "x:2: '٣' is no finite number."),
    ],
)
def test_tables_that_are_no_picture(
    write: Write, refused: Refused, text: str, sentence: str
) -> None:
    assert sentence in refused(load_picture, write("x", text))


def test_a_huge_table(write: Write, refused: Refused) -> None:
    message = refused(load_picture, write("x", b"1,2\n" * 1_250_001))
    assert "a table larger than 5 MB takes too long to read. Save it with np.save." in message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\3\4" + bytes(30), "a ZIP archive (as office documents and .npz files are)"),
        (b"RIFF\1\2\3\4WEBPVP8 ", "a WebP picture"),
        (b"II*\0" + bytes(8), "a TIFF picture"),
        (b"\0\0\0\x18ftypheic", "a HEIC picture"),
        (b"<?xml version='1.0'?>\n<SVG xmlns=''>", "an SVG drawing"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\x80\4\x95cos\nsystem\n.", "a Python pickle, which could run code"),
        (b"\x7fELF\2\1\1\0", "a program"),
        (b"\x1f\x8b\x08\0", "a compressed file"),
    ],
)
def test_what_it_is_instead(write: Write, refused: Refused, data: bytes, kind: str) -> None:
    assert f"x: this is {kind}, which is not read here. Save it as PNG." in refused(
        load_picture, write("x", data)
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty. Name one with a picture."),
        (b"\1\2\3\0\4", "this is no picture that is known here."),
        (b"\xff\xfe1\0,\x002\0", "this is no picture that is known here."),
        (b"1,2\n3,\xe94\n", "x:2: this is not UTF-8 text; it may be Latin-1"),
    ],
)
def test_what_nobody_knows(write: Write, refused: Refused, data: bytes, sentence: str) -> None:
    assert sentence in refused(load_picture, write("x", data))


def test_a_file_of_too_many_bytes(
    write: Write, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lessons.own.picture_file.MOST_BYTES", 100_000)
    data = png(1, 1, 8, 0, [b"\0"], b"tEXt" + bytes(100_000))
    assert "the file is larger than 100 kB. Make it smaller." in refused(
        load_picture, write("x", data)
    )


def test_a_picture_is_read_again_only_when_it_was_written_to(write: Write) -> None:
    black, white = (saved(Image.new("L", (2, 2), grey), "PNG") for grey in (0, 255))
    path = write("x.png", black)
    picture = own_picture(path)
    assert picture.max() == 0 and own_picture(path) is picture
    with pytest.raises(ValueError, match="read-only"):
        picture[0, 0, 0] = 1
    write("x.png", white)
    os.utime(path, ns=(1, 1))
    assert own_picture(path).min() == 1
    os.unlink(path)
    with pytest.raises(FileError, match="no such file"):
        own_picture(path)


def test_without_a_path_there_is_no_picture(refused: Refused) -> None:
    assert refused(own_picture, "") == ("There is no picture of your own yet. Name its file first.")
