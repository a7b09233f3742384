"""Panels and lines as they are told: words, and a few numbers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.trace import Trace
from engine.why import Element
from lessons.kit.figure import (
    Bar,
    Bars,
    Curves,
    Flow,
    Formula,
    Maps,
    Mark,
    Matrix,
    Note,
    Number,
    Pixels,
    Plane,
    Points,
    Series,
    Stage,
    Table,
    Timeline,
    TimeRow,
    View,
)
from tutor.dialogue.blocks import told_block
from tutor.dialogue.command import Command, Refusal, found, help_lines, unknown
from tutor.dialogue.numbers import number_text
from tutor.dialogue.speech import Speaker, said, said_prose, typed
from tutor.dialogue.telling import news, told, told_whole


@pytest.fixture
def ramp() -> Trace:
    """A picture whose numbers grow along its rows, 10×6."""
    return Trace("given", {"x": np.linspace(0.0, 1.0, 60).reshape(10, 6)})


def number(trace: Trace, name: str, *index: int) -> Number:
    return Number(Element(trace, name, index), 2)


def test_pixels_are_a_size_a_range_and_where_the_strongest_is(ramp: Trace) -> None:
    window = Mark("window", (3, 4, 5), (2,))
    panel = Pixels(key="image", view=View(ramp, "x"), marks=(window,))
    assert told(panel) == [
        "image: a picture in 10 rows and 6 columns; the smallest is x[0,0] = 0, "
        "the largest x[9,5] = 1.",
        "  window: rows 3 to 5, column 2",
    ]
    whole = told_whole(panel)
    assert whole[0] == "image: a picture in 10 rows and 6 columns:"
    assert whole[10] == "  row 9: 0.92, 0.93, 0.95, 0.97, 0.98, 1"


def test_what_is_not_written_yet_is_not_told(ramp: Trace) -> None:
    partly = Pixels(key="map", view=View(ramp, "x"), signed=True, written=8)
    assert told(partly)[0] == (
        "map: a map with signs in 10 rows and 6 columns, 8 of 60 cells written; the smallest is "
        "x[0,0] = 0, the largest x[1,1] = 0.119."
    )
    assert len(told_whole(partly)) == 3
    assert told_whole(partly)[2] == "  row 1: 0.1, 0.12"
    empty = Matrix(key="m", title="sums", view=View(ramp, "x"), written=0)
    assert told(empty) == ["sums: numbers in 10 rows and 6 columns; nothing is written yet."]


def test_a_small_matrix_is_told_whole_with_its_names() -> None:
    trace = Trace("given", {"w": np.array([[1.0, -2.5], [np.nan, 4.0]])})
    names = {"row_names": ("cat", ""), "column_names": ("a", "b")}
    panel = Matrix(key="w", title="weights", view=View(trace, "w"), decimals=1, **names)
    assert told(panel) == [
        "weights: numbers in 2 rows and 2 columns:",
        "  columns: a, b",
        "  cat: 1, −2.5",
        "  row 1: nan, 4",
    ]
    nowhere = Trace("given", {"x": np.full((9, 9), np.nan)})
    assert told(Pixels(key="x", view=View(nowhere, "x")))[0].endswith("no number in it is finite.")


def test_maps_are_told_by_the_strongest_and_few_of_them_one_by_one() -> None:
    array = np.zeros((5, 2, 2))
    array[3, 1, 0] = -2.0
    trace = Trace("given", {"y": array})
    panel = Maps(key="y", title="conv", view=View(trace, "y"), names=("a",), marked=0)
    assert told(panel) == [
        "conv: 5 maps of 2 by 2; marked is a; from −2 to 0; strongest in map 3, y[3,1,0] = −2."
    ]
    assert told_whole(panel)[1:4] == [
        "  a: from 0 to 0, the largest is y[0,0,0]",
        "    row 0: 0, 0",
        "    row 1: 0, 0",
    ]


def test_bars_tables_formulas_flows_and_notes_are_their_words() -> None:
    trace = Trace("given", {"p": np.array([0.5, 0.25]), "n": np.array(529984.0)})
    half, quarter = number(trace, "p", 0), number(trace, "p", 1)
    count = Number(Element(trace, "n", ()), 0)
    bars = Bars(
        key="p",
        title="bet",
        bars=(Bar("cat", (half,)), Bar("a dog", (quarter, half), marked=True)),
        line=("chance", 0.5),
    )
    assert told(bars) == [
        "bet:",
        "  cat: 0.5",
        "  a dog: 0.25 and 0.5, marked",
        "  a line stands at 0.5: chance",
    ]
    rows = (("cat", half, "   ·"), ("dog", "", count))
    table = Table(key="t", title="costs", head=("name", "p", "weights"), rows=rows, marked=0)
    assert told(table) == [
        "costs:",
        "  name: cat, p: 0.5, weights: not yet, marked",
        "  name: dog, weights: 529984",
    ]
    formula = Formula(key="f", title="sum", lines=(("so far   ", half), ("",)))
    assert told(formula) == ["sum:", "  so far 0.5"]
    stages = (Stage("image", (1, 8, 8)), Stage("dense", (10,), "a number for each digit"))
    assert told(Flow(key="net", stages=stages, current=1)) == [
        "net: image 1×8×8, then dense 10.",
        "  now dense: a number for each digit",
    ]
    assert told(Note(key="n", title="look", text="here")) == ["look: here"]


def test_a_timeline_is_rows_of_values_and_a_long_one_its_course() -> None:
    values = np.concatenate([[0.5, -1.0, 2.0], np.zeros(17)])
    trace = Trace("given", {"c": values})
    row = TimeRow("cell  c", View(trace, "c"), (-2.0, 2.0))
    ticks = tuple("abc") + ("",) * 17
    short = Timeline(key="t", rows=(row,), ticks=ticks, current=1, written=(0, 2))
    assert told(short) == [
        "t: 1 row over 20 time steps, 2 of them written.",
        "  step 0 (a): cell c 0.5",
        "  now step 1 (b): cell c −1",
    ]
    many = Timeline(key="t", rows=(row,) * 60, ticks=ticks, current=0, written=(0, 2))
    assert told(many)[1] == "  cell c: from 0.5 to −1; lowest −1 at step 1, highest 0.5 at step 0"
    assert len(told(many)) == 62
    whole = Timeline(key="t", rows=(row,), ticks=ticks, current=2)
    assert told(whole)[1:] == [
        "  cell c: from 0.5 to 0; lowest −1 at step 1, highest 2 at step 2",
        "  now step 2 (c): cell c 2",
    ]
    assert len(told_whole(whole)) == 21


def test_curves_and_planes_are_told_by_their_ends(ramp: Trace) -> None:
    x = np.array([1.0, 2.0, 3.0])
    series = Series("loss", x, np.array([4.0, np.nan, 1.0]))
    curves = Curves(key="c", series=(series,), x_label="updates", y_label="loss")
    assert told(curves) == [
        "c: loss over updates.",
        "  loss: from 4 at 1 to 1 at 3; lowest 1 at 3, highest 4 at 1",
    ]
    assert told_whole(curves)[-1] == "  loss, point by point: 4 at 1, 1 at 3"
    plane = Plane(
        key="p",
        title="surface",
        x_limits=(0, 1),
        y_limits=(-1, 1),
        x_label="a",
        y_label="b",
        field=View(ramp, "x"),
        groups=(Points("w", x, -x, "way", path=True), Points("n", x[:0], x[:0])),
        at=(0.5, 0.25),
    )
    assert told(plane) == [
        "surface: a plane, a from 0 to 1 across and b from −1 to 1 upwards.",
        "  its levels: lowest 0 near (0, 1), highest 1 near (1, −1)",
        "  w, way: a path of 3 places, from (1, −1) to (3, −3)",
        "  n: nothing yet",
        "  pointed out: (0.5, 0.25)",
    ]


def test_signs_become_words() -> None:
    assert said("= 0 + (−2) · 5 − x[i−1]") == ("= 0 plus (minus 2) times 5 minus x[i minus 1]")
    assert said("cells -1 0 / x-1, up to ±3") == "cells minus 1, 0 / x-1, up to plus or minus 3"
    assert said("⌊(10 − 3) / 2⌋ = Σ(c,u) w[c,u]") == (
        "floor((10 minus 3) / 2) = sum over c,u of w[c,u]"
    )
    assert said("x[3] = 2.57e−4, 1e7") == "x[3] = 2.57 times 10 to the minus 4, 1 times 10 to the 7"
    assert said("½(a − y)²") == "½(a minus y) squared"
    assert said("+, − or 0, x[i+u]") == "plus, minus or 0, x[i+u]"
    assert said("it is −.") == "it is minus."
    assert said("A Σ x·p = 0·1 + ∏ f") == "A sum of x times p = 0 times 1 plus product of f"
    assert said("∂L/∂z = ŷ − y, by σ′ and eᶻ") == "dL/dz = y hat minus y, by σ prime and e to the z"
    assert said("KL(p‖q) ≥ 0, wᵀ, √(2)") == (
        "KL(p against q) at least 0, w transposed, root of (2)"
    )
    assert said("2^2, (1)^3, 2→1, 90°, angle °: 3") == (
        "2 squared, (1) to the power 3, 2 to 1, 90 degrees, angle in degrees: 3"
    )
    assert said("✓ 187; × that it is not; RNN: ×, 9×7") == (
        "done 187; cross that it is not; RNN: cross, 9×7"
    )
    assert said("Σ over t of da, f ≈ 0.02") == "sum over t of da, f about 0.02"
    assert said("is → was taken for") == "is, then was taken for"
    assert said("_ 0.1, c_0, ␣: 1, to␣be, ¶, a↵b") == (
        "blank 0.1, c_0, space: 1, to be, new line, a new line b"
    )


def test_numbers_beside_one_another_are_heard_apart() -> None:
    assert said("z 2 1 -1, the weights −2 0.5 and W 2×1") == (
        "z 2, 1, minus 1, the weights minus 2, 0.5 and W 2×1"
    )
    assert said("c_0 1.5 −0.5") == "c_0 1.5, minus 0.5"
    assert said("x[0,1] 2") == "x[0,1] 2"
    assert typed("bet minus 0.5") == "bet -0.5" and typed("minus") == "minus"


def test_prose_names_keys_and_reads_grids() -> None:
    code = "```\ny = x[0]   # code\n```\n"
    prose = "Press `→`, then −2, -3 or `x[-1] − 1`.\n\n"
    told = "Press `right`, then minus 2, minus 3 or `x[-1] minus 1`.\n\n"
    assert said_prose(prose + code) == told + code
    assert said_prose("from the start (`home`, `→`)") == "from the start (`moment first`, `right`)"
    code = "`for _ in x: a + b^2`, a + b"
    assert said_prose(code) == "`for _ in x: a + b^2`, a plus b"
    assert said_prose("`[` and `]`; `.` asks") == "`earlier` and `later`; `right` asks"


def test_grids_beside_one_another_are_told_one_after_another() -> None:
    beside = ["window   kernel", "1 4 4     2 −1", "4 1 ?     0  0", "1 4 1"]
    assert told_block(beside, said) == [
        "window:",
        "  row 0: 1, 4, 4",
        "  row 1: 4, 1, question mark",
        "  row 2: 1, 4, 1",
        "kernel:",
        "  row 0: 2, minus 1",
        "  row 1: 0, 0",
    ]
    named = ["x         1   0.4", "y − x  −0.1     0"]
    assert told_block(named, said) == ["x: 1, 0.4", "y minus x: minus 0.1, 0"]
    assert told_block(["1 2", "3 −4"], said) == ["row 0: 1, 2", "row 1: 3, minus 4"]
    place = ["     52", "", "44   46   39", "", "     53"]
    assert told_block(place, said) == [
        "in the middle: 46",
        "left: 44",
        "right: 39",
        "above: 52",
        "below: 53",
    ]


def test_of_a_panel_told_before_only_new_lines_are_told() -> None:
    first = ["gates:", "  f: not yet, marked", "  i: not yet", "  g: 1"]
    then = ["gates:", "  f: not yet", "  i: 2, marked", "  g: 1"]
    assert news([], first) == first
    assert news(first, first) == []
    assert news(first, then) == ["gates:", "  i: 2, marked"]
    assert news(["p:", "  a: 1, marked"], ["p:", "  a: 1"]) == []
    steps = (
        ["time: 1 of 3.", "  now step 0: 1"],
        ["time: 2 of 3.", "  step 0: 1", "  now step 1: 2"],
    )
    assert news(*steps) == ["time: 2 of 3.", "  now step 1: 2"]
    half = ["gates:", "  f: 3", "  i: 2", "  g: 1"]
    assert news(then, half) == ["gates:", "  f: 3"]
    assert news(first, half) == half
    assert news(first, ["other: 1", "  f: not yet"]) == ["other: 1", "  f: not yet"]
    assert news(then, first[:2]) == first[:2]


def test_numbers_have_few_digits_unless_all_are_asked_for() -> None:
    trace = Trace("given", {"a": np.array([0.009801, -4.59512, 1000.3133, 0.5, 2.5e-7, np.inf])})
    heard = [number_text(Number(Element(trace, "a", (n,)), 6), False) for n in range(6)]
    assert heard == ["0.009801", "−4.595", "1000.31", "0.5", "0", "inf"]
    whole = [number_text(Number(Element(trace, "a", (n,)), 6), True) for n in range(3)]
    assert whole == ["0.009801", "−4.59512", "1000.3133"]
    assert number_text(Number(Element(trace, "a", (4,)), 3, powers=True), False) == "2.50e−7"


def test_a_formula_has_commas_where_blanks_part_its_numbers() -> None:
    trace = Trace("given", {"p": np.array([0.5, 0.25])})
    half, quarter = number(trace, "p", 0), number(trace, "p", 1)
    lines = (
        ("RNN ", half, "   LSTM ", quarter),
        ("loss −ln p = ", half),
        ("f(x)     g(x)",),
        ("a − b  = ", half),
    )
    assert told(Formula(key="f", lines=lines)) == [
        "f:",
        "  RNN 0.5, LSTM 0.25",
        "  loss, −ln p = 0.5",
        "  f(x), g(x)",
        "  a − b = 0.5",
    ]
    assert told(Formula(key="now", lines=())) == []


def test_a_mark_says_the_names_of_rows_and_columns() -> None:
    trace = Trace("given", {"w": np.ones((2, 2))})
    panel = Matrix(
        key="w",
        title="is ↓, said →",
        view=View(trace, "w"),
        row_names=("cat", "dog"),
        marks=(Mark("window", (0, 1), (1,)),),
    )
    assert told(panel)[0].startswith("is by row, said by column: numbers in 2 rows")
    assert told(panel)[-1] == "  window: rows cat to dog, column 1"


def test_a_long_curve_is_told_by_some_points_and_what_stays_once() -> None:
    x = np.arange(100.0)
    series = (
        Series("rising", x, x),
        Series("level", x[:3], np.full(3, 2.0), ghost=True),
    )
    panel = Curves(key="c", series=series, x_label="updates", y_label="loss", marked=(4.0, 0.5))
    assert told(panel)[2:] == [
        "  level (b), to compare: 2 at 0, and so all along, to 2",
        "  pointed out: 0.5 at 4",
    ]
    rising, level = told_whole(panel)[-2:]
    assert rising.startswith("  rising, 40 of 100 points: 0 at 0, 3 at 3, ")
    assert rising.endswith(", 99 at 99")
    assert level == "  level, point by point: 2 at 0 to 2"


def test_dots_of_a_plane_have_a_name() -> None:
    x = np.array([1.0])
    limits = {"x_limits": (0, 1), "y_limits": (0, 1), "x_label": "a", "y_label": "b"}
    groups = (Points("·", x, x), Points(".", x, x, "loss"))
    assert told(Plane(key="p", groups=groups, **limits))[1:] == [
        "  dots: (1, 1)",
        "  loss: (1, 1)",
    ]


def test_the_help_names_other_words_that_can_be_heard() -> None:
    right = Command("right", "", "the next moment", print, ("→", ".", "n"))
    assert list(help_lines((right,))) == ["right: the next moment (also n)."]


def test_lines_are_wrapped_under_their_beginning_and_cleaned() -> None:
    lines: list[str] = []
    speaker = Speaker(lines.append, 20, True)
    speaker.say("  one two three four −5 ∂L/∂w \x1b[31mred", "")
    speaker.verbatim(["a line of code that is long"], "    ")
    assert "".join(lines).splitlines() == [
        "  one two three four",
        "  minus 5 dL/dw red",
        "",
        "    a line of code that is long",
    ]


def test_commands_are_found_by_word_key_or_beginning() -> None:
    run: list[str] = []
    moment = Command("moment", "N", "", run.append, ("m",))
    more = Command("more", "", "", run.append)
    for word, command in (("moment", moment), ("m", moment), ("mor", more), ("x", None)):
        assert found(word, (moment, more)) is command
    with pytest.raises(Refusal, match="mo could be moment or more"):
        found("mo", (moment, more))
    assert str(unknown("mroe", (moment, more))).startswith(
        "'mroe' means nothing here. Did you mean more?"
    )
