"""State machines over what holds an open lab: its film, the way down in "why?", edited cells."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from engine.conv import conv2d, conv2d_backward
from engine.notation import format_number
from lessons.catalog import labs, lessons
from lessons.kit.control import Control, Settings, Stepper, Toggle, Typed
from lessons.kit.figure import Figure, Matrix, Panel, Timeline
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from tests.monkey.holds import assert_session
from tutor.drawing.ink import width_of
from tutor.drawing.layout import Cursor
from tutor.drawing.why import Trail, draw_trail
from tutor.lab_session import LabSession

QUICK = settings(max_examples=40, stateful_step_count=40, derandomize=True, deadline=None)


def counted(setting: Settings) -> Film:
    """A film that counts; its moments may arrive, and may end before their time."""

    def figure(n: int, state: int | None = None) -> Figure:
        assert state in (None, n)
        return Figure(columns=(), caption=str(n))

    if not setting["arrives"]:
        return Film(setting["length"], figure)
    stops = setting["stops"]
    recording = Recording(
        0,
        lambda n: n + 1,
        setting["length"] - 1,
        nbytes=lambda _: 8,
        ended=lambda n: "It diverged." if n == stops else "",
        bound=64,  # so that it keeps every fourth or so, and computes the others again
    )
    return Recorded(recording, figure)


COUNTING = Lab(
    "count",
    "Counting",
    (
        Stepper(name="length", label="length", key="l", low=1, high=40, default=9),
        Stepper(name="stops", label="stops", key="s", low=1, high=60, default=60),
        Toggle(name="arrives", label="arrives", key="a"),
    ),
    counted,
)


class FilmPlayer(RuleBasedStateMachine):
    """Keys of a film in any order, while its moments arrive or not."""

    @initialize(
        length=st.integers(1, 40), stops=st.integers(1, 60), arrives=st.booleans(), start=st.just(0)
    )
    def opened(self, length: int, stops: int, arrives: bool, start: int) -> None:
        values = {"length": length, "stops": stops, "arrives": arrives}
        self.session = LabSession(COUNTING, values, start=start)

    @rule(by=st.integers(-50, 50))
    def step(self, by: int) -> None:
        self.session.playing = False
        before, last = self.session.position, self.session.film.length - 1
        self.session.step(by)
        target = max(0, min(before + by, last))
        # There, or on the way: as near as the film is ready for.
        assert self.session.wanted in (None, target)
        if self.session.wanted is None:
            assert self.session.position == min(target, self.session.film.length - 1)
        else:
            assert self.session.position == self.session.film.ready - 1

    @rule(twentieths=st.integers(-25, 25))
    def scrub(self, twentieths: int) -> None:
        self.session.scrub(twentieths)

    @rule(position=st.integers(-5, 60))
    def go(self, position: int) -> None:
        self.session.go(position)

    @rule()
    def play(self) -> None:
        before = self.session.moving
        self.session.toggle_play()
        if self.session.film.length > 1:
            assert self.session.moving is not before
        else:
            assert not self.session.playing

    @rule(by=st.sampled_from((-1, 1)))
    def faster(self, by: int) -> None:
        self.session.faster(by)

    @precondition(lambda self: self.session.playing)
    @rule(seconds=st.floats(0, 2))
    def play_on(self, seconds: float) -> None:
        before = self.session.position
        left = self.session.play_on(seconds)
        assert 0 <= left <= seconds
        assert self.session.position >= before

    @rule(moments=st.integers(1, 9))
    def some_arrive(self, moments: int) -> None:
        """The worker gets as much ready as is wanted, or a part of it."""
        session = self.session
        for _ in range(moments):
            if session.wanted is None or session.film.ready > session.wanted:
                break
            session.film.advance()
        session.arrive()

    @rule()
    def all_arrives(self) -> None:
        session = self.session
        while session.wanted is not None and session.film.ready <= session.wanted:
            if not session.film.advance():
                break
        session.arrive()
        assert session.wanted is None

    @rule()
    def rewind(self) -> None:
        self.session.rewind()
        assert self.session.position == min(self.session.start, self.session.film.length - 1)

    @rule(name=st.sampled_from(("length", "stops", "arrives")), by=st.sampled_from((-7, -1, 1, 7)))
    def turn(self, name: str, by: int) -> None:
        self.session.turn(COUNTING.control(name), by)

    @rule()
    def halt(self) -> None:
        self.session.halt()
        assert not self.session.moving

    @invariant()
    def shows_its_moment(self) -> None:
        assert_session(self.session)
        assert self.session.figure.caption == str(self.session.position)
        assert not (self.session.playing and self.session.at_end)


def convolved() -> Any:
    rng = np.random.default_rng(4)
    x, w, b = rng.normal(size=(2, 5, 4)), rng.normal(size=(3, 2, 3, 3)), rng.normal(size=3)
    trace = conv2d(x, w, b, padding=1)
    conv2d_backward(trace, rng.normal(size=trace["y"].shape))
    return trace


TRACE = convolved()


class WhyPanel(RuleBasedStateMachine):
    """The way down from a number and back up."""

    @initialize(name=st.sampled_from(sorted(TRACE.arrays)), data=st.data())
    def asked(self, name: str, data: Any) -> None:
        from engine.why import Element

        index = tuple(data.draw(st.integers(0, n - 1)) for n in TRACE[name].shape)
        self.trail = Trail.start(Element(TRACE, name, index))

    @rule(by=st.integers(-20, 20))
    def pick(self, by: int) -> None:
        self.trail.pick(by)

    @rule(by=st.integers(-3, 3))
    def pick_factor(self, by: int) -> None:
        self.trail.pick_factor(by)

    @rule()
    def down(self) -> None:
        wanted, before = self.trail.element, len(self.trail.stops)
        went = self.trail.down()
        assert went is (wanted is not None)
        assert len(self.trail.stops) == before + went
        if wanted is not None:
            assert self.trail.here.value == wanted.value

    @rule()
    def up(self) -> None:
        before = list(self.trail.stops)
        went = self.trail.up()
        assert went is (len(before) > 1)
        assert self.trail.stops == (before[:-1] if went else before)

    @rule(width=st.integers(1, 150), height=st.integers(1, 40))
    def draw(self, width: int, height: int) -> None:
        lines = draw_trail(self.trail, width, height)
        assert len(lines) <= height
        assert all(width_of(line) <= width for line in lines)
        if width >= 60 and height >= 12:
            text = "\n".join("".join(part for part, _ in line) for line in lines)
            assert format_number(self.trail.here.value) in text
            assert "▸" in text or not self.trail.here.terms

    @invariant()
    def picks_what_there_is(self) -> None:
        terms = self.trail.here.terms
        if terms:
            assert 0 <= self.trail.picked < len(terms)
            assert 0 <= self.trail.factor < len(terms[self.trail.picked].elements)
        else:
            assert self.trail.element is None


EDITED = tuple(
    labs(lesson_id)[name]
    for lesson_id, name in (
        ("cnn", "slide"),
        ("entropy", "odds"),
        ("entropy", "logits"),
        ("lstm", "by-hand"),
        ("rnn", "unrolled"),
    )
)
"""Labs whose numbers are edited: matrices, bars and rows over time."""


def _edits(panel: Panel) -> bool:
    """Whether numbers of a panel are edited."""
    rows = panel.rows if isinstance(panel, Timeline) else ()
    return bool(getattr(panel, "edits", "") or any(row.edits for row in rows))


NUMBER = st.one_of(
    st.floats(-120, 120).map(lambda value: f"{value:.3g}"),
    st.sampled_from(("nan", "inf", "", "-", "1e999", "1_0", "٣", "−0.5", "0.5.5", " 1 ")),
)


class CellEditor(RuleBasedStateMachine):
    """A cursor that goes over a lab's panels, and numbers that are typed under it."""

    @initialize(lab=st.sampled_from(EDITED))
    def opened(self, lab: Lab) -> None:
        self.session = LabSession(lab, lab.settings())

    @rule(by=st.sampled_from((-1, 1)))
    def panel(self, by: int) -> None:
        self.session.next_panel(by)

    @rule(rows=st.integers(-3, 3), columns=st.integers(-3, 3))
    def move(self, rows: int, columns: int) -> None:
        try:
            self.session.move_cursor(rows, columns)
        except ValueError as error:
            assert str(error)

    @rule(text=NUMBER, row=st.integers(0, 9), column=st.integers(0, 9), points=st.booleans())
    def edit(self, text: str, row: int, column: int, points: bool) -> None:
        """Type a number where the cursor is, or where the mouse puts it."""
        session, before = self.session, dict(self.session.settings)
        for panel in [one for one in session.figure.panels if points and _edits(one)][:1]:
            session.point(Cursor(panel.key, row, column))
        editing = session.editable()
        try:
            session.edit(text)
        except ValueError as error:
            assert str(error) and session.settings == before
            return
        if editing is None:
            assert session.settings == before
            return
        element, number = session.element(), editing.control.number(text)
        assert element is not None and math.isclose(element.value, number, abs_tol=1e-9)

    @rule(by=st.sampled_from((-1, 1)))
    def nudge(self, by: int) -> None:
        before = self.session.settings
        try:
            self.session.nudge(by)
        except ValueError:
            assert self.session.settings == before

    @rule(data=st.data())
    def turn(self, data: Any) -> None:
        control = data.draw(st.sampled_from([one for one in self.session.lab.controls if one.key]))
        try:
            self.session.turn(control, data.draw(st.sampled_from((-1, 1))))
        except ValueError as error:
            assert str(error)

    @invariant()
    def is_whole(self) -> None:
        assert_session(self.session)
        for panel in self.session.figure.panels:
            if isinstance(panel, Matrix):
                assert np.all(np.isfinite(panel.view.array))


@pytest.mark.parametrize("machine", [FilmPlayer, WhyPanel, CellEditor])
def test_machine(machine: type[RuleBasedStateMachine]) -> None:
    slower = settings(QUICK, max_examples=30, stateful_step_count=30)
    run_state_machine_as_test(machine, settings=slower if machine is CellEditor else QUICK)


CONTROLS = [
    (f"{one.id}/{lab.name}/{control.name}", control)
    for one in lessons()
    for lab in labs(one.id).values()
    for control in lab.controls
]
UNLIKE = {repr(control): (name, control) for name, control in CONTROLS}
LINE = st.text(st.characters(codec="utf-8"), max_size=40)
"""What may be typed or pasted into the line for a value."""


@given(st.sampled_from(sorted(UNLIKE)), st.one_of(LINE, NUMBER, st.sampled_from(("1 0", "a/b"))))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_typed_value_is_refused_in_words_or_read_back(which: str, text: str) -> None:
    name, control = UNLIKE[which]
    read_or_refused(name, control, text)


@given(st.sampled_from([one for one in CONTROLS if isinstance(one[1], Typed)]), LINE)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_a_line_of_ones_own_is_refused_in_words_or_read_back(
    named: tuple[str, Control], text: str
) -> None:
    read_or_refused(*named, text)


def read_or_refused(name: str, control: Control, text: str) -> None:
    try:
        value = control.parse(text)
    except ValueError as error:
        assert str(error).strip(), name
        return
    shown = control.show(value)
    assert control.parse(shown) == value, name
    assert "\x1b" not in shown and "\n" not in shown, name
    assert isinstance(control.brief(value), str)
