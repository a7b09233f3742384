"""Texts and series of the learner's own: in any script, cleaned, capped, or refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lessons.own.sequence_file import load_series, load_text
from tests.lessons.own.conftest import Write
from tests.lessons.own.pictures import png

Refused = Callable[..., str]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\ntwo\n", "one\ntwo\n"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ufeffмир, 平和, سلام, नमस्ते 👩‍🔬".encode(), "мир, 平和, سلام, नमस्ते 👩‍🔬"),
        ("e\u0301".encode() + b"t", "ét"),
        (b"a\x1b[2Jb\x1b]0;title\x07c\x00"[:-1] + b"\x08d\te", "abcd\te"),
        ("\u202eabc\u200f".encode(), "abc"),
        (b"aaaa", "aaaa"),
        (b"P5 is no picture. BMW neither. MZ", "P5 is no picture. BMW neither. MZ"),
    ],
)
def test_a_text(write: Write, data: bytes, text: str) -> None:
    own = load_text(write("x", data))
    assert (own.text, own.note) == (text, "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "there is no text in it. Name a file with your text."),
        (b" \r\n\x1b[2J\n", "there is no text in it."),
        (b"a", "the text is too short. Give at least 2 characters."),
        ("one\nzwölf".encode("latin-1"), "x:2: this is not UTF-8 text; it may be Latin-1 or"),
        ("hello".encode("utf-16"), "this is UTF-16 text. Save it as UTF-8."),
        ("hello".encode("utf-16-le"), "this is no text, or text in UTF-16: it holds zero bytes."),
        ("日本".encode()[:-1], "x:1: this is not UTF-8 text"),
        (png(1, 1, 8, 0, [b"\0"]), "this is a PNG picture, not text. Name a text file."),
        (b"PK\3\4...", "this is a ZIP archive (as office documents and .npz files are), not text."),
    ],
)
def test_what_is_no_text(write: Write, refused: Refused, data: bytes, sentence: str) -> None:
    assert sentence in refused(load_text, write("x", data))


def test_a_huge_text_is_cut_between_characters_and_it_is_said(write: Write) -> None:
    path = write("x", "平和" * 1000)
    assert load_text(path, most=2000).note == ""
    for most in (7, 100, 1999):
        own = load_text(path, most=most)
        assert own.text == ("平和" * 1000)[:most]
        assert own.note == f"Of a longer text, the first {most} characters."


RISING = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 1.5, 3.0, 6.0, 9.0]


def lines(*columns: list[object], head: str = "", between: str = ",") -> str:
    rows = [between.join(map(str, row)) for row in zip(*columns, strict=True)]
    return "\n".join([head, *rows] if head else rows) + "\n"


YEARS: list[object] = list(range(1900, 1910))
DATES: list[object] = [f"2020-01-{day:02}" for day in range(1, 11)]
VALUES: list[object] = list(RISING)
COMMAS: list[object] = [str(value).replace(".", ",") for value in RISING]


@pytest.mark.parametrize(
    ("text", "column", "name", "columns"),
    [
        (lines(VALUES), "", "column 1", 1),
        (lines(VALUES, head="price"), "", "price", 1),
        (lines(YEARS, VALUES, head="year,spots"), "", "spots", 2),
        (lines(DATES, VALUES, head="Date,Close"), "", "Close", 2),
        (lines(DATES, VALUES), "", "column 2", 2),
        (lines(VALUES, YEARS, head="a,b"), "", "a", 2),
        (lines(YEARS, VALUES, head="year,spots"), "spots", "spots", 2),
        (lines(YEARS, VALUES, head="year,spots"), "Spots", "spots", 2),
        (lines(YEARS, VALUES, head="year,spots"), "2", "spots", 2),
        (lines(YEARS, VALUES), "2", "column 2", 2),
        (lines(YEARS, VALUES), "column 2", "column 2", 2),
        (lines(YEARS, COMMAS, head="year;spots", between=";"), "", "spots", 2),
        (lines(YEARS, COMMAS, between="\t"), "", "column 2", 2),
        (lines(YEARS, VALUES, between=" "), "", "column 2", 2),
        ("\ufeff" + lines(YEARS, VALUES, head='"the year","spots"'), "", "spots", 2),
        (lines(YEARS, VALUES, head="year,spots").replace("\n", "\r\n"), "", "spots", 2),
        ("# made by np.savetxt\n" + lines(VALUES), "", "column 1", 1),
        (lines(VALUES).replace("\n", ","), "", "column 1", 1),
        (lines(YEARS, VALUES, head="year\x1b[31m,sp\x1b]0;x\x07ots"), "", "spots", 2),
        (lines(YEARS, VALUES, head=",spots"), "1", "column 1", 2),
    ],
)
def test_a_column_of_numbers(write: Write, text: str, column: str, name: str, columns: int) -> None:
    own = load_series(write("x", text), column, least=9)
    assert own.name == name
    wanted = YEARS if name == "column 1" and columns == 2 else VALUES
    assert own.values.tolist() == wanted
    assert own.values.dtype == np.float64
    assert len(own.columns) == columns and name in own.columns
    assert own.note == ""


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("", "", "there are no numbers in it. Put each on a line of its own."),
        ("\n\n#\n", "", "there are no numbers in it."),
        ("price\n", "", "x:1: 'price' is no finite number."),
        ("1\n2\n4\n", "", "3 numbers are too few to learn from. Give at least 10."),
        ("7\n" * 20, "", "every number of 'column 1' is the same, 7. Choose another column."),
        (lines(VALUES).replace("2.0", "nan"), "", "x:3: 'nan' is no finite number."),
        (lines(VALUES).replace("2.0", "1e999"), "", "x:3: '1e999' is no finite number."),
        (lines(VALUES).replace("2.0", "1_0"), "", "x:3: '1_0' is no finite number."),
        (lines(VALUES).replace("2.0", "1e300"), "", "x:3: 1e+300 is larger than 1e+15."),
        (lines(VALUES).replace("2.0", "\x1b[31mn/a"), "", "x:3: 'n/a' is no finite number."),
        (lines(YEARS, VALUES, head="a,b").replace("2.0", ""), "b", "x:4: a cell is empty."),
        (lines(DATES, VALUES).replace("2.0", "-"), "", "x:3: '-' is no finite number."),
        (lines(DATES, VALUES, head="a,b"), "a", "x:2: '2020-01-01' is no finite number."),
        (lines(DATES, VALUES, head="a,b"), "c", "there is no column 'c'. There is a, b; or give"),
        (lines(DATES, VALUES, head="a,b"), "3", "no column '3'. There is a, b; or give a number"),
        (lines(DATES, VALUES, head="a,b"), "0", "there is no column '0'."),
        (lines(DATES, VALUES) + "2020\n", "2", "x:11: this row has 1 cells, and no cell 2."),
        (lines(DATES, VALUES, head="a,b") + '"2020', "2", "x:12: the quotes, or the length"),
        ("To be, or not to be\nthat is the question", "", "x:1: 'To be' is no finite number."),
    ],
)
def test_what_is_no_series(
    write: Write, refused: Refused, text: str, column: str, sentence: str
) -> None:
    assert sentence in refused(load_series, write("x", text), column)


def test_a_huge_series_is_cut_and_it_is_said(
    write: Write, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x", lines(VALUES))
    own = load_series(path, most=9, least=3)
    assert own.values.tolist() == RISING[:9]
    assert own.note == "Of a longer series, the first 9 numbers."
    monkeypatch.setattr("lessons.own.sequence_file.MOST_BYTES", 18)
    own = load_series(path, least=3)
    assert own.values.tolist() == RISING[:4]
    assert own.note == "Of a longer series, the first 4 numbers."
    one_line = write("y", "1234 " * 10)
    assert "its first line is longer than 0 kB." in refused(load_series, one_line)


def test_an_even_column_is_taken_where_there_is_no_other(write: Write) -> None:
    assert load_series(write("x", lines(DATES, YEARS))).values.tolist() == YEARS
