"""Plain text: panels, prose and explanations in a given width."""

from __future__ import annotations

import numpy as np
import pytest

from engine.conv import conv2d
from engine.trace import Trace
from engine.why import Element, why
from lessons.catalog import labs, lesson
from lessons.kit.figure import (
    Bar,
    Bars,
    Curves,
    Figure,
    Flow,
    Formula,
    Maps,
    Mark,
    Matrix,
    Note,
    Number,
    Pixels,
    Plane,
    Series,
    Stage,
    Table,
    Timeline,
    TimeRow,
    View,
)
from tutor.drawing.pen import Pen
from tutor.lab_session import open_lab
from tutor.plain import figure_lines, moment_line, panel_lines, prose_lines, step_lines, why_lines

SHADES, NUMBERS = Pen(look="shades"), Pen(look="numbers")


@pytest.fixture
def ramp() -> Trace:
    """A picture of 30×30 whose columns go from black to white."""
    return Trace("given", {"x": np.tile(np.linspace(0.0, 1.0, 30), (30, 1))})


def test_prose_is_wrapped_text_without_markup() -> None:
    text = "Some *words* and `code`,\nand **more**.\n\n- one\n- two"
    assert prose_lines(text, 24) == [
        "Some words and code, and",
        "more.",
        "",
        " • one",
        " • two",
    ]


def test_prose_has_no_escapes_even_where_colours_are_forced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert prose_lines("# A *word* and [a link](https://example.org)", 60)[-1].count("\x1b") == 0


def test_a_picture_that_fits_is_whole(ramp: Trace) -> None:
    lines = panel_lines(Pixels(key="x", title="ramp", view=View(ramp, "x")), 61, SHADES)
    assert lines[0] == 'ramp 30×30; " .:-=+*#%@" from 0 to 1'
    assert len(lines) == 31
    assert lines[1].split() == lines[30].split()
    assert lines[1].endswith("@ @ @")


def test_on_a_light_page_white_has_no_ink(ramp: Trace) -> None:
    light = Pen(look="shades", dark=False)
    lines = panel_lines(Pixels(key="x", title="ramp", view=View(ramp, "x")), 61, light)
    assert lines[0] == 'ramp 30×30; "@%#*+=-:. " from 0 to 1'
    assert lines[1].startswith(" @ @ @")


def test_a_picture_too_wide_shows_the_part_around_its_marks(ramp: Trace) -> None:
    window = Mark("window", (14, 15, 16), (20, 21, 22))
    panel = Pixels(key="x", title="ramp", view=View(ramp, "x"), marks=(window,))
    lines = panel_lines(panel, 36, NUMBERS)
    assert " ".join(lines[:2]).split() == ("ramp 30×30, rows 12 to 18 and columns 18 to 24".split())
    body = lines[2:] if len(lines[0]) < 30 else lines[1:]
    assert len(body) == 7
    assert max(map(len, lines)) <= 36
    assert f"[{20 / 29:.2f} {21 / 29:.2f} {22 / 29:.2f}]" in body[2]
    assert [row.count("[") for row in body] == [0, 0, 1, 1, 1, 0, 0]


def test_a_signed_map_says_its_characters() -> None:
    trace = Trace("given", {"y": np.array([[-2.0, 0.0, 2.0]])})
    panel = Pixels(key="y", title="map", view=View(trace, "y"), signed=True, limits=(0.0, 2.0))
    assert panel_lines(panel, 80, SHADES) == [
        "map 1×3; above zero ·+*#@, below ·-=oO, up to ±2",
        " O · @",
    ]


def test_numbers_not_yet_written_are_dots() -> None:
    trace = Trace("given", {"y": np.array([[1.0, -2.5], [3.0, 4.0]])})
    panel = Matrix(key="y", title="sums", view=View(trace, "y"), written=2)
    assert panel_lines(panel, 80, SHADES) == ["sums 2×2", "  1.00 −2.50", "     ·     ·"]


def test_long_lines_are_wrapped_and_tables_cropped(ramp: Trace) -> None:
    number = Number(Element(ramp, "x", (0, 29)))
    formula = Formula(key="f", title="sum", lines=(("one two three four five six",), ("",), ("x",)))
    assert panel_lines(formula, 20, SHADES) == ["sum", "one two three four", "  five six", "", "x"]
    note = Note(key="n", text="one two three four five")
    assert panel_lines(note, 20, SHADES) == ["one two three four", "five"]
    table = Table(key="t", head=("name", "value"), rows=(("a name too long for it", number),))
    assert [len(line) for line in panel_lines(table, 20, SHADES)] == [20, 20]


def test_curves_do_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    series = Series("cost", np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 9.0]))
    panel = Curves(key="c", title="", series=(series,), x_label="size", y_label="weights")
    drawn = []
    for columns in ("30", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        drawn.append(panel_lines(panel, 50, SHADES))
    assert drawn[0] == drawn[1]
    assert max(map(len, drawn[0])) <= 50


def test_bars_are_labels_and_numbers() -> None:
    trace = Trace("given", {"p": np.array([0.5, 0.25])})
    bars = tuple(
        Bar(label, (Number(Element(trace, "p", (n,)), 2),), marked=n == 1)
        for n, label in enumerate(("cat", "a dog"))
    )
    panel = Bars(key="p", title="bet", bars=bars, line=("chance", 0.5))
    assert panel_lines(panel, 80, SHADES) == [
        "bet",
        " cat    0.50",
        "▸a dog  0.25",
        " line at 0.5: chance",
    ]


def test_a_matrix_says_its_shape_once_and_under_a_title_alone() -> None:
    trace = Trace("given", {"W": np.array([[1.0, 2.0]])})
    for title, head in (("W", ["W 1×2"]), ("W 1×2", ["W 1×2"]), ("", [])):
        lines = panel_lines(Matrix(key="w", title=title, view=View(trace, "W")), 40, SHADES)
        assert lines[:-1] == head and len(lines[-1].split()) == 2


def test_a_timeline_is_a_table_with_a_line_for_each_step() -> None:
    trace = Trace("given", {"f": np.array([0.5, 1.0, 0.0]), "c": np.array([-0.5, 2.0, 0.0])})
    rows = (TimeRow("forget  f", View(trace, "f")), TimeRow("c", View(trace, "c"), (-2.0, 2.0)))
    panel = Timeline(
        key="t", title="gates", rows=rows, ticks=tuple("abc"), current=1, written=(0, 2)
    )
    whole = [
        "gates",
        "       forget f      c",
        " 0 a      0.50  −0.50",
        "▸1 b      1.00   2.00",
        "1 of 3 steps are not written yet",
    ]
    assert [line.split() for line in panel_lines(panel, 40, SHADES)] == [
        line.split() for line in whole
    ]
    assert [line.split() for line in panel_lines(panel, 18, SHADES)[4:6]] == [
        ["c"],
        ["0", "a", "−0.50"],
    ]


def test_a_chart_is_told_in_words_too() -> None:
    x = np.array([1.0, 2.0, 3.0])
    series = (
        Series("batch", x, np.array([4.0, np.nan, 1.0]), letter="B"),
        Series("old", x[:0], x[:0], ghost=True),
    )
    panel = Curves(key="c", series=series, x_label="updates", y_label="loss")
    assert panel_lines(panel, 70, SHADES)[-2:] == [
        "batch (B): from 4 at 1 to 1 at 3; lowest 1 at 3, highest 4 at 1",
        "old (b), to compare: nothing yet",
    ]


def test_a_flow_is_a_row_of_stages() -> None:
    stages = (Stage("image", (1, 8, 8)), Stage("dense", (10,), "a number for each digit"))
    panel = Flow(key="f", title="net", stages=stages, current=1)
    assert panel_lines(panel, 60, SHADES) == [
        "net",
        "image 1×8×8 → dense 10",
        "now dense: a number for each digit",
    ]


def test_maps_and_planes_say_what_their_characters_mean(ramp: Trace) -> None:
    trace = Trace("given", {"m": np.zeros((2, 2, 2))})
    maps = Maps(key="m", title="conv", view=View(trace, "m"), names=("a", "b"), marked=1)
    head = 'conv 2 maps of 2×2; " .:-=+*#%@" from 0 to 1; marked: b'
    assert panel_lines(maps, 80, SHADES)[0] == head
    plane = Plane(
        key="p",
        title="loss",
        x_limits=(0, 1),
        y_limits=(0, 1),
        x_label="a",
        y_label="b",
        field=View(ramp, "x"),
        field_limits=(0.01, 1.0),
        log_field=True,
    )
    head = 'loss; " .:-=+*#%@" from 0.01 to 1 on a logarithmic scale'
    assert panel_lines(plane, 80, SHADES)[0] == head


def test_a_figure_is_its_panels_one_after_another(ramp: Trace) -> None:
    note = Note(key="n", text="look")
    figure = Figure(
        columns=((note,), (Note(key="m", title="there", text="and look"),)),
        below=(Note(key="o", text="below"),),
        caption="now: ",
        focus=Element(ramp, "x", (0, 29)),
    )
    assert figure_lines(figure, 40, SHADES) == [
        "look",
        "",
        "there",
        "and look",
        "",
        "below",
        "",
        "now: x[0,29] = 1",
    ]
    assert figure_lines(Figure(((note,),), caption="a", focus=figure.focus), 40, SHADES)[-1] == (
        "a: x[0,29] = 1"
    )
    assert figure_lines(Figure(((note,),)), 40, SHADES) == ["look"]


def test_the_moment_and_the_settings_in_one_line() -> None:
    lab = labs("cnn")["slide"]
    session = open_lab(lab, {"stride": 2, "cells": "1 0 / 0 1", "flip": "on"}, 11)
    line = moment_line(session)
    assert line.startswith("Moment 12 of 196, with picture=coffee ")
    assert "cells='1 0 / 0 1' flip=on" in line
    assert "stride=2" in line.split()


def test_a_step_without_a_lab_is_its_prose() -> None:
    step = lesson("cnn").step("slide")
    lines = step_lines(step, None, 70, SHADES)
    assert lines[:3] == ["One output cell at a time", "=" * 25, ""]
    assert lines[3:] == prose_lines(step.prose, 70)


def test_why_a_cell_of_a_map() -> None:
    trace = conv2d(np.arange(9.0).reshape(1, 3, 3), np.array([[[[1.0, 0.0], [0.0, -2.0]]]]))
    assert why_lines(why(trace, "y", (0, 0, 1)), 80) == [
        "Why is y[0,0,1] −9?",
        "  y[f,i,j] = b[f] + Σ(c,u,v) w[f,c,u,v] · x[c,i+u,j+v]",
        "  = 0 + 1 · 1 + 0 · 2 + 0 · 4 + (−2) · 5 = −9",
        "    b[0] = 0",
        "    w[0,0,0,0] = 1   x[0,0,1] = 1   → 1",
        "    w[0,0,0,1] = 0   x[0,0,2] = 2   → 0",
        "    w[0,0,1,0] = 0   x[0,1,1] = 4   → 0",
        "    w[0,0,1,1] = −2   x[0,1,2] = 5   → −10",
    ]


def test_why_of_a_long_sum_tells_its_rest() -> None:
    trace = conv2d(np.ones((1, 5, 5)), np.ones((1, 1, 5, 5)))
    explanation = why(trace, "y", (0, 0, 0))
    assert explanation.rest_count > 0
    lines = why_lines(explanation, 80)
    rest = f"{explanation.rest_count} smaller terms, together {explanation.rest_value:g}"
    assert lines[-1] == f"    and {rest}"
    assert max(map(len, lines)) <= 80


def test_why_of_a_number_that_nothing_computed() -> None:
    trace = conv2d(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)))
    assert why_lines(why(trace, "w", (0, 0, 0, 1)), 80) == [
        "Why is w[0,0,0,1] 1?",
        "  w[0,0,0,1] is a weight of the kernel",
    ]
