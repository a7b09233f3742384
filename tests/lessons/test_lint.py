"""Lint: one lesson in which nothing is wrong, and what can be with its script and its labs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Control
from lessons.kit.figure import Figure, Formula, Matrix, Note, Number, Table, View
from lessons.kit.lab import Lab
from lessons.kit.lint import Report, lint
from lessons.kit.lint_figure import numbers_of
from lessons.kit.lint_script import MOST_WORDS
from lessons.kit.material import Material
from lessons.kit.script import parse_lesson
from tests.lessons.small import CONTROLS, GOOD, figure, film_of
from tests.lessons.small_folder import TEMPLATE, judged

ASKED = """
# How much? {#how-much}

What is the double of a number?

```check
questions = ["double-of"]
```
"""


@pytest.fixture
def good() -> str:
    """The lesson with a step that asks what it teaches."""
    return GOOD + ASKED


def report(text: str, *labs: Lab) -> Report:
    lesson = parse_lesson("double", "double/lesson.md", text)
    material = Material(lesson, {lab.name: lab for lab in labs}, templates={TEMPLATE.id: TEMPLATE})
    return lint(material, {"before": (), "double": ()}, judged)


def said(text: str, *labs: Lab) -> list[str]:
    return [str(problem) for problem in report(text, *labs).problems]


def test_nothing_is_wrong_with_a_good_lesson(good: str, double: Lab) -> None:
    found = report(good, double)
    assert found.problems == ()
    # Four moments of 4 + 4 numbers: the first, the middle, the last, and the one it opens at.
    assert (found.counts["steps"], found.counts["figures"], found.counts["numbers"]) == (3, 4, 8)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{#twice D1}", "{#twice}", "1: no step's heading teaches the objective D1"),
        (
            "{#end}",
            "{#end D2}",
            "22: the heading teaches 'D2', which the front matter does not declare; it has D1",
        ),
        (
            '"before"',
            '"later"',
            "1: needs names 'later', which is no lesson; there is before, double",
        ),
        ("Every number becomes *twice* as large.", "", "12: the step 'twice' has no prose"),
        (
            "at = 1",
            "at = 4",
            "16: at = 4 is not in the film of the lab 'double', which goes from 0 to 3",
        ),
        (
            "at = 1",
            "at = -1",
            "16: at = -1 is not in the film of the lab 'double', which goes from 0 to 3",
        ),
        ("by = 2", "by = 9", "16: the lab 'double' fails: nine is too much for doubling"),
        (
            "by = 2",
            "by = 10",
            "16: the lab 'double' fails: by takes a whole number from 1 to 9, not '10'",
        ),
        (
            "by = 2",
            "bye = 2",
            "16: the lab 'double' fails: the lab 'double' has no control 'bye'; "
            "it has kind, by, flip, cells",
        ),
    ],
)
def test_refuses(good: str, double: Lab, old: str, new: str, message: str) -> None:
    assert old in good
    assert said(good.replace(old, new), double) == [f"double/lesson.md:{message}"]


def test_an_objective_must_be_shown_in_a_lab(good: str, double: Lab) -> None:
    moved = good.replace("{#twice D1}", "{#twice}").replace("{#end}", "{#end D1}")
    assert said(moved, double) == [
        "double/lesson.md:22: no step that teaches the objective D1 has a lab"
    ]


def test_prose_must_fit_beside_a_picture(good: str, double: Lab) -> None:
    words = "word " * MOST_WORDS
    assert said(good.replace("Every number becomes *twice* as large.", words), double) == []
    assert said(good.replace("Every number becomes *twice* as large.", words + "word"), double) == [
        "double/lesson.md:12: the step 'twice' has 91 words of prose; "
        "more than 90 do not fit beside a picture"
    ]


def test_a_lab_must_exist_and_be_used(good: str, double: Lab) -> None:
    assert said(good, replace(double, name="halve")) == [
        "double/labs.py:1: the lab 'halve': no step uses it",
        "double/lesson.md:16: the lesson has no lab 'double'; it has halve",
    ]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("y", "two controls have the key 'y'"),
        ("q", "the application keeps the key 'q' for itself"),
        ("g", "the application keeps the key 'g' for itself"),
        ("K", "the key 'K' of a control is not one letter from a to z"),
        ("ab", "the key 'ab' of a control is not one letter from a to z"),
        ("7", "the key '7' of a control is not one letter from a to z"),
    ],
)
def test_keys_of_controls(good: str, double: Lab, key: str, message: str) -> None:
    lab = replace(double, controls=(replace(CONTROLS[0], key=key), *CONTROLS[1:]))
    assert said(good, lab) == [f"double/labs.py:1: the lab 'double': {message}"]


def test_names_of_controls(good: str, double: Lab) -> None:
    resetting: Control = replace(CONTROLS[0], resets=("cell",))
    twice = replace(CONTROLS[2], key="", sets=(("by", "10"), ("bye", "")))
    lab = replace(double, controls=(resetting, *CONTROLS[1:], twice))
    assert said(good, lab) == [
        "double/labs.py:1: the lab 'double': two controls have the name 'flip'",
        "double/labs.py:1: the lab 'double': kind resets 'cell', which is no control",
        "double/labs.py:1: the lab 'double': flip sets 'by': by takes a whole number from 1 to 9, "
        "not '10'",
        "double/labs.py:1: the lab 'double': flip sets 'bye': the lab 'double' has no control "
        "'bye'; it has kind, by, flip, cells, flip",
    ]


def test_panels_are_told_apart_by_their_keys(good: str, double: Lab) -> None:
    def two(trace: Trace, position: int) -> Figure:
        return figure(trace, position, Note(key="x", text="again"))

    found = said(good, replace(double, film=film_of(two)))
    assert found[0] == ("double/lesson.md:16: the lab 'double' at = 0: two panels have the key 'x'")
    assert len(found) == 4


def test_what_a_panel_edits_is_a_grid(good: str, double: Lab) -> None:
    lab = replace(double, controls=CONTROLS[:-1])
    assert said(good, lab)[0] == (
        "double/lesson.md:16: the lab 'double' at = 0: "
        "the panel 'x' edits 'cells', which is no control of cells"
    )


def test_every_number_is_what_its_relation_gives(good: str, double: Lab) -> None:
    lab = replace(double, film=film_of(figure, claimed=2.1))
    found = said(good, lab)
    # 0 is 0 at any factor; each wrong number is told once, though several panels show it.
    assert found == [
        f"double/lesson.md:16: the lab 'double' at = {at}: the panel 'y': "
        f"y[{at}] is {2.1 * 2 * at!r}, but its relation gives {4.0 * at!r}"
        for at in (1, 2, 3)
    ]


def test_a_tiny_difference_is_no_wrong_number(good: str, double: Lab) -> None:
    assert said(good, replace(double, film=film_of(figure, claimed=2 + 1e-13))) == []
    assert said(good, replace(double, film=film_of(figure, claimed=2 + 1e-6))) != []


def test_a_number_that_cannot_be_explained(good: str, double: Lab) -> None:
    def outside(trace: Trace, position: int) -> Figure:
        return replace(figure(trace, position), focus=Element(trace, "y", (9,)))

    assert said(good, replace(double, film=film_of(outside)))[0] == (
        "double/lesson.md:16: the lab 'double' at = 0: y[9] is not in the array of shape (4,)"
    )


def test_a_number_is_what_it_is_where_it_comes_from(good: str, double: Lab) -> None:
    def copied(trace: Trace, position: int) -> Figure:
        copy = replace(trace, arrays={"y": trace["y"] + 1}, sources={}, operation="copy")
        copy.link("y", trace, "y")
        return replace(figure(trace, position), focus=Element(copy, "y", (0,)))

    assert said(good, replace(double, film=film_of(copied)))[0] == (
        "double/lesson.md:16: the lab 'double' at = 0: "
        "the focus: y[0] is 1.0, but y[0] of double, where it comes from, is 0.0"
    )


def test_a_figure_that_fails_is_a_finding(good: str, double: Lab) -> None:
    def broken(trace: Trace, position: int) -> Figure:
        return {}[position]  # type: ignore[no-any-return]

    assert said(good, replace(double, film=film_of(broken)))[0] == (
        "double/lesson.md:16: the lab 'double' at = 0: KeyError: 0"
    )


def test_numbers_of_panels() -> None:
    trace = Trace("given", {"x": np.array([[1.0, 2.0], [3.0, 4.0]])})
    cell = Number(Element(trace, "x", (1, 0)))
    for panel, labels in (
        (Matrix(key="a", view=View(trace, "x"), written=3), ["x[0,0]", "x[0,1]", "x[1,0]"]),
        (Matrix(key="a", view=View(trace, "x", (1,))), ["x[1,0]", "x[1,1]"]),
        (Formula(key="a", lines=(("one ", cell), ("none",))), ["x[1,0]"]),
        (Table(key="a", head=("a", "b"), rows=(("row", cell), (cell, ""))), ["x[1,0]"] * 2),
        (Note(key="a", text="nothing"), []),
    ):
        assert [element.label for element in numbers_of(panel)] == labels
