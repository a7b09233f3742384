"""Panels drawn as text: what they show, what gives where room is short, where the cursor goes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.trace import Trace
from engine.why import Element
from lessons.kit.figure import (
    Bar,
    Bars,
    Curves,
    Figure,
    Flow,
    Maps,
    Mark,
    Matrix,
    Number,
    Panel,
    Plane,
    Points,
    Series,
    Stage,
    Timeline,
    TimeRow,
    View,
)
from lessons.kit.lint_figure import numbers_of
from tutor.drawing.ink import ASCII, text_of
from tutor.drawing.layout import draw_page, place
from tutor.drawing.panel import cell_at, cells, draw_panel, natural_size
from tutor.drawing.pen import Pen
from tutor.drawing.places import place_of, pointed_out

SHADES, BLOCKS = Pen(look="shades"), Pen(look="blocks")


def given(**arrays: Any) -> Trace:
    return Trace("given", {name: np.asarray(array, dtype=float) for name, array in arrays.items()})


def drawn(panel: Panel, width: int, height: int, pen: Pen = SHADES) -> list[str]:
    return [text_of(line).rstrip() for line in draw_panel(panel, width, height, pen).lines]


def tiles(count: int = 4, **options: Any) -> Maps:
    """Maps of 2×3; the numbers of map n go from n up."""
    trace = given(m=np.arange(count)[:, None, None] + np.arange(6).reshape(2, 3) / 10)
    return Maps(key="m", title="maps", view=View(trace, "m"), limits=(0.0, 4.0), **options)


def bar(label: str, *values: float, marked: bool = False) -> Bar:
    trace = given(p=values)
    numbers = tuple(Number(Element(trace, "p", (n,)), 2) for n in range(len(values)))
    return Bar(label, numbers, marked)


def gates(steps: int, **options: Any) -> Timeline:
    """A gate from 0 to 1 and a state from −1 to 1, over so many steps."""
    trace = given(f=np.linspace(0, 1, steps), c=np.linspace(-1, 1, steps))
    rows = (TimeRow("f", View(trace, "f")), TimeRow("c", View(trace, "c"), (-1.0, 1.0)))
    ticks = tuple(str(n + 1) for n in range(steps))
    return Timeline(key="t", rows=rows, ticks=ticks, **options)


def curve(x: Any, y: Any, **options: Any) -> Curves:
    series = (Series("loss", np.asarray(x, dtype=float), np.asarray(y, dtype=float)),)
    return Curves(key="c", series=series, x_label="updates", y_label="loss", **options)


# Maps -----------------------------------------------------------------------------------------


def test_tiles_stand_beside_one_another_under_their_names() -> None:
    assert drawn(tiles(names=("a", "b", "c", "d"), marked=1), 40, 9) == [
        "maps",
        " a     ▸b      c      d",
        "       [ : : -] + + +  # # %",
        "    . .[ - - -] + * *  % % %",
    ]


def test_tiles_that_do_not_fit_are_left_out_whole_and_told() -> None:
    panel = tiles(8, names=tuple("abcdefgh"), marked=6, per_row=4)
    lines = drawn(panel, 30, 4)
    assert lines[0] == "maps [4–7 of 8]"
    assert lines[1].split() == ["e", "f", "▸g", "h"]
    assert drawn(panel, 16, 20)[1].split() == ["a", "b"]


def test_the_cursor_moves_over_tiles_as_over_one_grid() -> None:
    panel = tiles(4, per_row=2)
    rows = cells(panel)
    assert [[one.index for one in row] for row in rows[1:3]] == [
        [(0, 1, 0), (0, 1, 1), (0, 1, 2), (1, 1, 0), (1, 1, 1), (1, 1, 2)],
        [(2, 0, 0), (2, 0, 1), (2, 0, 2), (3, 0, 0), (3, 0, 1), (3, 0, 2)],
    ]
    assert place_of(panel, rows[3][4]) == (3, 4)


@pytest.mark.parametrize("pen", [SHADES, BLOCKS, Pen(look="numbers")])
@pytest.mark.parametrize("size", [(40, 9), (16, 9), (16, 4)])
def test_a_click_on_a_tile_finds_the_number_under_it(pen: Pen, size: tuple[int, int]) -> None:
    panel = tiles(4, names=tuple("abcd"), per_row=2, marked=3)
    drawing = draw_panel(panel, *size, pen)
    assert drawing.frame
    found = {
        cell_at(panel, drawing.frame, pen, size, x, y)
        for x in range(size[0])
        for y in range(size[1])
    }
    assert (2, 3) in found
    assert all(0 <= cell[0] < 4 and 0 <= cell[1] < 6 for cell in found - {None} if cell)


# Bars -----------------------------------------------------------------------------------------


def test_bars_end_in_eighths_of_a_character() -> None:
    panel = Bars(key="b", bars=(bar("a", 0.5), bar("bc", 0.28, marked=True), bar("d", 0.0)))
    assert drawn(panel, 17, 9) == ["  a ████     0.50", "▸bc ██▎      0.28", "  d          0.00"]


def test_signed_bars_go_both_ways_from_zero() -> None:
    panel = Bars(key="b", bars=(bar("a", 0.5), bar("b", -0.5)), limits=(-1.0, 1.0))
    assert drawn(panel, 17, 9) == [" a     ██    0.50", " b   ██▏    −0.50"]


def test_stacked_parts_differ_by_glyph_and_have_their_numbers() -> None:
    panel = Bars(key="b", bars=(bar("q", 0.5, 0.25),), line=("H", 0.5))
    assert drawn(panel, 21, 9) == [" q ████│▓   0.50 0.25", "       └ H 0.5"]


def test_bars_that_do_not_fit_follow_the_marked_one() -> None:
    bars = tuple(bar(str(n), n / 10, marked=n == 8) for n in range(10))
    panel = Bars(key="b", title="p", bars=bars)
    lines = drawn(panel, 30, 4)
    assert lines[0].startswith("p [") and "of 10" in lines[0]
    assert any(line.startswith("▸8") for line in lines)
    assert pointed_out(panel) == (8, 0)


# Timelines ------------------------------------------------------------------------------------


def test_steps_have_level_and_number_where_there_is_room() -> None:
    assert drawn(gates(3, current=1), 40, 3) == [
        "      1       ▾2        3",
        " f    ▁  .00  <▄  .50>  ▇ 1.00",
        " c    − 1.00  <   .00>  + 1.00",
    ]


def test_many_steps_are_levels_with_the_number_of_the_current_one() -> None:
    lines = drawn(gates(15, current=14, written=(2, 15)), 30, 3)
    assert lines == [
        "   1    6    11  ▾    15",
        " f ··▂▂▃▃▄▄▅▅▅▆▇▇▇    1.00",
        " c ··Ooo=-·+*##@@@   +1.00",
    ]


def test_the_signs_of_a_state_share_no_character_even_in_ascii() -> None:
    line = drawn(gates(15), 30, 3)[2][3:18].translate(ASCII)
    assert line.isascii()
    assert not set(line[:7]) & set(line[8:])


def test_where_there_is_colour_what_is_below_zero_hangs() -> None:
    lines = draw_panel(gates(15), 30, 3, BLOCKS).lines
    below = [ink.reverse for text, ink in lines[2] if set(text) <= set("▁▂▃▄▅▆▇") and text]
    assert below[0] and not below[-1]


def test_a_window_of_steps_follows_the_current_one() -> None:
    panel = replace_title(gates(60, current=50))
    lines = drawn(panel, 30, 4)
    assert "of 60" in lines[0]
    assert "51" in lines[1].split()


def test_the_cursor_goes_over_written_steps_only() -> None:
    panel = gates(5, written=(1, 4), current=2)
    assert [[one.index for one in row] for row in cells(panel)] == [[(1,), (2,), (3,)]] * 2
    assert pointed_out(panel) == (0, 1)
    assert place_of(panel, cells(panel)[1][2]) == (1, 2)
    drawing = draw_panel(panel, 60, 3, SHADES)
    assert drawing.frame
    first = text_of(drawing.lines[1]).index("▂")
    assert cell_at(panel, drawing.frame, SHADES, (60, 3), first, 1) == (0, 0)
    assert cell_at(panel, drawing.frame, SHADES, (60, 3), first - 5, 1) is None


def replace_title(panel: Timeline) -> Timeline:
    return Timeline(key="t", title="gates", rows=panel.rows, ticks=panel.ticks, current=50)


# Flow and matrix ------------------------------------------------------------------------------


def test_stages_wrap_at_arrows_and_the_current_one_is_pointed_out() -> None:
    stages = (Stage("image", (1, 8, 8)), Stage("conv", (4, 8, 8), "3×3"), Stage("dense", (10,)))
    panel = Flow(key="f", stages=stages, current=1)
    assert drawn(panel, 60, 3) == [" image 1×8×8 →▸conv 4×8×8◂→ dense 10", " conv: 3×3"]
    assert drawn(panel, 30, 3)[:2] == [" image 1×8×8 →▸conv 4×8×8◂→", " dense 10"]


def test_names_of_rows_and_columns_stay_in_step_with_a_window() -> None:
    trace = given(a=np.arange(36.0).reshape(6, 6))
    panel = Matrix(
        key="a",
        view=View(trace, "a"),
        decimals=0,
        row_names=tuple("abcdef"),
        column_names=tuple("uvwxyz"),
        marks=(Mark("current", (4,), (5,)),),
    )
    lines = drawn(panel, 17, 4)
    assert lines == ["    x   y   z", "d  21  22  23", "e  27  28< 29>", "f  33  34  35"]
    row = lines[2]
    drawing = draw_panel(panel, 17, 4, SHADES)
    assert drawing.frame
    at = row.index("29")
    assert cell_at(panel, drawing.frame, SHADES, (17, 4), at, lines.index(row)) == (4, 5)


# Curves and planes ----------------------------------------------------------------------------


def test_axes_stay_put_while_a_curve_grows() -> None:
    x = np.arange(1, 1001.0)
    limits: dict[str, Any] = {"x_limits": (0, 1000), "y_limits": (0, 2)}
    before, after = (
        drawn(curve(x[:n], 2 * np.exp(-x[:n] / 300), **limits), 60, 14, BLOCKS) for n in (500, 520)
    )
    differ = [
        (a, b)
        for was, now in zip(before, after, strict=True)
        for a, b in zip(was.ljust(60), now.ljust(60), strict=True)
        if a != b
    ]
    assert 0 < len(differ) <= 3
    assert before[-1].split() == ["0", "500", "1", "000"]
    assert " updates ─┴" in before[-2]


def test_curves_end_in_letters_and_ghosts_are_quiet() -> None:
    x = np.arange(20.0)
    series = (
        Series("old", x, x, ghost=True),
        Series("new", x, 19 - x, letter="N"),
        Series("other", x, 19 - x, letter="O"),
    )
    panel = Curves(key="c", series=series, x_label="x", y_label="y")
    lines = drawn(panel, 40, 10, BLOCKS)
    assert lines[0] == "y  a old  N new  O other"
    assert lines[1].endswith("a")
    assert "ON" in lines[7] or "NO" in lines[7]


def test_powers_of_ten_are_the_ticks_of_a_logarithmic_axis() -> None:
    panel = curve(np.arange(5.0), [1, 0.1, 0.01, -1, 0.001], log_y=True)
    lines = drawn(panel, 40, 16, BLOCKS)
    assert [line.split("┤")[0].strip() for line in lines if "┤" in line] == [
        "1",
        "0.1",
        "0.01",
        "0.001",
    ]


@pytest.mark.parametrize(
    ("x", "y"),
    [([], []), ([1], [2]), ([1, 2], [np.nan, np.inf]), ([0, 1, 2], [5, 5, 5])],
)
def test_curves_with_hardly_anything_in_them(x: list[float], y: list[float]) -> None:
    assert len(drawn(curve(x, y), 24, 6)) == 6


def test_a_gap_is_no_line() -> None:
    x = np.arange(40.0)
    y = np.where((x > 15) & (x < 25), np.nan, 1.0)
    row = drawn(curve(x, y, y_limits=(0, 2)), 42, 9, BLOCKS)
    line = next(line for line in row if line.count("⠉") + line.count("⠒") + line.count("⣀") > 5)
    assert "     " in line.strip("│ ")


def test_a_plane_has_its_letters_paths_and_pointed_place() -> None:
    field = View(given(f=np.tile(np.linspace(0, 1, 9), (5, 1))), "f")
    groups = (
        Points("a", np.array([0.0]), np.array([1.0]), "start"),
        Points("P", np.array([0.0, 4.0]), np.array([0.0, 0.0]), "way", path=True),
    )
    panel = Plane(
        key="p",
        title="plane",
        x_limits=(0, 4),
        y_limits=(0, 1),
        x_label="x",
        y_label="y",
        groups=groups,
        field=field,
        at=(4.0, 1.0),
    )
    lines = drawn(panel, 26, 10)
    assert lines[:2] == ["plane", "y"]
    assert lines[2] == "1┤a ...:::---++***###%%%@◎"
    assert lines[6].startswith("0┤⣀") and lines[6].endswith("P")
    assert lines[8].split() == ["0", "x", "4"]
    assert lines[9] == " a start  P way  ◎ (4, 1)"


def test_the_letter_that_most_points_of_a_place_have_is_shown() -> None:
    near = np.full(3, 0.5)
    groups = (Points("1", near, near), Points("2", near[:2], near[:2]))
    panel = Plane(
        key="p", x_limits=(0, 1), y_limits=(0, 1), x_label="x", y_label="y", groups=groups
    )
    text = "".join(drawn(panel, 24, 10)[1:6])
    assert "1" in text.replace("1┤", "") and "2" not in text


# Together -------------------------------------------------------------------------------------


def test_columns_that_do_not_fit_stand_on_one_another() -> None:
    chart = curve(np.arange(9.0), np.arange(9.0))
    panel = Bars(key="b", bars=tuple(bar("a long enough label", 0.5) for _ in range(3)))
    other = tiles(4, names=("first map", "second", "third", "fourth"))
    spots = place(Figure(((chart,), (panel,), (other,))), 70, 20, "shades")
    assert len({spot.x for spot in spots}) == 2
    assert all(spot.x + spot.width <= 70 for spot in spots)


def test_a_wide_chart_takes_what_is_left() -> None:
    chart = curve(np.arange(9.0), np.arange(9.0), wide=True)
    panel = Bars(key="b", bars=(bar("a", 0.5),))
    spots = place(Figure(((chart,), (panel,))), 120, 30, "blocks")
    assert spots[0].width == 120 - 3 - natural_size(panel, "blocks", 120)[0]
    page = draw_page(Figure(((chart,), (panel,))), 120, 30, BLOCKS)
    assert len(page.lines) == 30


def test_every_number_that_is_shown_is_listed_for_the_lint() -> None:
    assert len(list(numbers_of(tiles(4)))) == 24
    assert len(list(numbers_of(gates(5, written=(1, 4))))) == 6
    assert [one.value for one in numbers_of(Bars(key="b", bars=(bar("q", 0.5, 0.25),)))] == [
        0.5,
        0.25,
    ]
