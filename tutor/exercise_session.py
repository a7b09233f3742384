"""An exercise as one learner works on it. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lessons.kit.exercise import Exercise
from lessons.kit.verdict import Verdict
from tutor.progress import kinds
from tutor.progress.kinds import Record
from tutor.progress.state import State, StepKey

TRIES_BEFORE_SOLUTION = 3


@dataclass
class ExerciseSession:
    """The code so far, the hints that were shown, and the last verdict; all is written down as it
    happens."""

    exercise: Exercise
    step: StepKey
    state: State
    """What is known about the learner; `record` changes it."""
    record: Callable[[Record], None]
    verdict: Verdict | None = None
    checking: bool = False
    hints: int = field(init=False)
    reference: bool = field(init=False)
    """Whether the reference is shown."""

    def __post_init__(self) -> None:
        done = self.state.exercise(self.exercise.id)
        self.hints, self.reference = done.hints, done.solution_shown

    @property
    def code(self) -> str:
        """The code as it was left; before anything was written, the starter."""
        draft = self.state.exercise(self.exercise.id).draft
        return self.exercise.starter if draft is None else draft

    @property
    def more_hints(self) -> bool:
        return self.hints < len(self.exercise.hints)

    @property
    def solution_earned(self) -> bool:
        """The reference is shown after success, or after three tries."""
        done = self.state.exercise(self.exercise.id)
        return done.passed or len(done.attempts) >= TRIES_BEFORE_SOLUTION

    def keep(self, text: str) -> None:
        """Write the code down, once something was written."""
        if text != self.exercise.starter or self.state.exercise(self.exercise.id).draft:
            self.record(kinds.draft(self.exercise.id, text))

    def hint(self) -> None:
        """One more hint."""
        self.hints += 1
        self.record(kinds.hint_shown(self.exercise.id, self.hints))
        self.verdict = None

    def turn_reference(self) -> None:
        """Show the reference, or hide it."""
        self.reference = not self.reference
        self.record(kinds.solution_shown(self.exercise.id))

    def judged(self, verdict: Verdict) -> None:
        """Write a verdict down."""
        self.record(kinds.attempted(self.exercise.id, verdict.passed, verdict.stage))
        if verdict.passed:
            self.record(kinds.step_done(*self.step))
        self.verdict, self.checking = verdict, False
