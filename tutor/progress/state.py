"""The state of a learner: a fold over the events of the log, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tutor.progress import kinds
from tutor.progress.event import SCHEMA, Event
from tutor.progress.facts import Answer, Attempt, Exercise, Place, Prediction, Rated
from tutor.progress.review import rating_of

StepKey = tuple[str, str]
"""A lesson and one of its steps."""


@dataclass
class State:
    """Everything that the log says; only `apply` changes it."""

    last: Place | None = None
    """Where to go on."""
    places: dict[StepKey, Place] = field(default_factory=dict)
    """Where the learner was in each step."""
    opened: set[StepKey] = field(default_factory=set)
    done: set[StepKey] = field(default_factory=set)
    predictions: list[Prediction] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    ratings: list[Rated] = field(default_factory=list)
    """What the cards of review.py are replayed from: each template's first answer, its reviews."""
    not_understood: int = 0
    """Events of kinds, versions or contents that this version does not know."""

    def apply(self, event: Event) -> None:
        """Take in the event that comes next. None makes this fail: at worst it is counted."""
        take = _TAKE.get(event.kind)
        if take is None or event.schema > SCHEMA:
            self.not_understood += 1
            return
        try:
            take(self, _Data(event))
        except (KeyError, TypeError):
            self.not_understood += 1

    def opened_in(self, lesson: str) -> set[str]:
        """The steps of a lesson that were opened."""
        return {step for own, step in self.opened if own == lesson}

    def done_in(self, lesson: str) -> set[str]:
        """The steps of a lesson that are done."""
        return {step for own, step in self.done if own == lesson}

    def place(self, lesson: str, step: str) -> Place:
        """Where the learner was in a step; its start when it was never opened."""
        return self.places.get((lesson, step)) or Place(lesson, step)

    def prediction(self, lesson: str, step: str, question: str) -> Prediction | None:
        """The latest bet on a question of a step."""
        asked = lesson, step, question
        for one in reversed(self.predictions):
            if (one.lesson, one.step, one.question) == asked:
                return one
        return None

    def exercise(self, exercise: str) -> Exercise:
        """What was done with an exercise; a blank one when nothing was."""
        return self.exercises.get(exercise) or Exercise()


def fold(events: Iterable[Event]) -> State:
    """The state after some events, in whatever order they come."""
    state = State()
    for event in sorted(events, key=lambda event: event.order):
        state.apply(event)
    return state


class _Data:
    """An event's data, each value of the type that is asked for. Errors: KeyError, TypeError."""

    def __init__(self, event: Event) -> None:
        self.event = event

    def any(self, name: str) -> Any:
        return self.event.data[name]

    def text(self, name: str) -> str:
        return self._of(name, str)

    def whole(self, name: str) -> int:
        return self._of(name, int)

    def truth(self, name: str) -> bool:
        return self._of(name, bool)

    def texts(self, name: str) -> dict[str, str]:
        return {str(key): str(value) for key, value in self._of(name, dict).items()}

    def _of(self, name: str, kind: type[Any]) -> Any:
        value = self.event.data[name]
        # True is an int to Python, and not to a reader of the log.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"{name} is no {kind.__name__}")
        return value


# Each reads all that it needs before it changes anything, so that a bad event changes nothing.


def _session_started(state: State, data: _Data) -> None:
    data.text("version")


def _step_opened(state: State, data: _Data) -> None:
    key = data.text("lesson"), data.text("step")
    state.opened.add(key)
    state.last = state.place(*key)


def _place(state: State, data: _Data) -> None:
    key = data.text("lesson"), data.text("step")
    state.last = Place(*key, data.whole("position"), data.texts("settings"))
    state.places[key] = state.last


def _step_done(state: State, data: _Data) -> None:
    state.done.add((data.text("lesson"), data.text("step")))


def _predicted(state: State, data: _Data) -> None:
    asked = data.text("lesson"), data.text("step"), data.text("question")
    outcome = data.any("value"), data.any("truth"), data.any("off_by")
    state.predictions.append(Prediction(*asked, *outcome))


def _answered(state: State, data: _Data) -> None:
    answer = Answer(
        template=data.text("template"),
        seed=data.whole("seed"),
        answer=data.any("answer"),
        right=data.truth("right"),
        misconception=data.text("misconception"),
        attempt=data.whole("attempt"),
    )
    # The first answer ever makes the card. Later ones in a lesson are practice and move nothing:
    # twenty "new numbers" in a row are not twenty reviews.
    if all(rated.template != answer.template for rated in state.ratings):
        rating = rating_of(answer.right, answer.attempt)
        state.ratings.append(Rated(answer.template, rating, data.event.time))
    state.answers.append(answer)


def _draft(state: State, data: _Data) -> None:
    text = data.text("text")
    _exercise(state, data).draft = text


def _attempted(state: State, data: _Data) -> None:
    attempt = Attempt(data.truth("passed"), data.text("verdict"))
    _exercise(state, data).attempts.append(attempt)


def _hint_shown(state: State, data: _Data) -> None:
    number = data.whole("number")
    exercise = _exercise(state, data)
    exercise.hints = max(exercise.hints, number)


def _solution_shown(state: State, data: _Data) -> None:
    _exercise(state, data).solution_shown = True


def _exercise(state: State, data: _Data) -> Exercise:
    return state.exercises.setdefault(data.text("exercise"), Exercise())


def _reviewed(state: State, data: _Data) -> None:
    rated = Rated(data.text("template"), data.whole("rating"), data.event.time)
    data.whole("seed")
    state.ratings.append(rated)


def _reset(state: State, data: _Data) -> None:
    scope = data.text("scope")

    def stays(name: str) -> bool:
        return scope != kinds.EVERYTHING and name.split("/")[0] != scope

    if state.last and not stays(state.last.lesson):
        state.last = None
    state.places = {key: place for key, place in state.places.items() if stays(key[0])}
    state.opened = {key for key in state.opened if stays(key[0])}
    state.done = {key for key in state.done if stays(key[0])}
    state.predictions = [one for one in state.predictions if stays(one.lesson)]
    state.answers = [one for one in state.answers if stays(one.template)]
    state.exercises = {name: one for name, one in state.exercises.items() if stays(name)}
    state.ratings = [one for one in state.ratings if stays(one.template)]


_TAKE: dict[str, Callable[[State, _Data], None]] = {
    "session_started": _session_started,
    "step_opened": _step_opened,
    "place": _place,
    "step_done": _step_done,
    "predicted": _predicted,
    "answered": _answered,
    "draft": _draft,
    "attempted": _attempted,
    "hint_shown": _hint_shown,
    "solution_shown": _solution_shown,
    "reviewed": _reviewed,
    "reset": _reset,
}
