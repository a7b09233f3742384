"""From events to the learner's state: the only place where a state changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tutor.progress import kinds
from tutor.progress.event import SCHEMA, Event
from tutor.progress.review import AGAIN, EASY, rating_of
from tutor.progress.state import Answer, Attempt, Exercise, Place, Prediction, Rated, State

T = TypeVar("T")


def fold(events: Iterable[Event]) -> State:
    """The state after some events, in whatever order they are given."""
    state = State()
    for event in sorted(events, key=lambda event: event.order):
        apply(state, event)
    return state


def apply(state: State, event: Event) -> None:
    """Take in the event that comes next. None makes this fail: at worst it is only counted."""
    take = _TAKE.get(event.kind)
    if take is None or event.schema > SCHEMA:
        state.not_understood += 1
        return
    try:
        take(state, _Data(event))
    except (KeyError, TypeError, ValueError):
        state.not_understood += 1


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

    def _of(self, name: str, kind: type[T]) -> T:
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
    state.last_steps[key[0]] = key[1]


def _place(state: State, data: _Data) -> None:
    key = data.text("lesson"), data.text("step")
    state.last = Place(*key, data.whole("position"), data.texts("settings"))
    state.places[key] = state.last
    state.last_steps[key[0]] = key[1]


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
    if answer.template not in state.ratings:
        first = Rated(rating_of(answer.right, answer.attempt), data.event.time)
        state.ratings[answer.template] = [first]
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
    rated = Rated(data.whole("rating"), data.event.time)
    if not AGAIN <= rated.rating <= EASY:
        raise ValueError(f"there is no rating {rated.rating}")
    state.ratings.setdefault(data.text("template"), []).append(rated)


def _reset(state: State, data: _Data) -> None:
    scope = data.text("scope")

    def stays(name: str) -> bool:
        return scope != kinds.EVERYTHING and name.split("/")[0] != scope

    if state.last and not stays(state.last.lesson):
        state.last = None
    state.last_steps = {name: step for name, step in state.last_steps.items() if stays(name)}
    state.places = {key: place for key, place in state.places.items() if stays(key[0])}
    state.opened = {key for key in state.opened if stays(key[0])}
    state.done = {key for key in state.done if stays(key[0])}
    state.predictions = [one for one in state.predictions if stays(one.lesson)]
    state.answers = [one for one in state.answers if stays(one.template)]
    state.exercises = {name: one for name, one in state.exercises.items() if stays(name)}
    state.ratings = {name: one for name, one in state.ratings.items() if stays(name)}


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
