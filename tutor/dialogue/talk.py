"""The dialogue: hears a line, has the place it is said at do it, and goes from place to place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from lessons.catalog import lesson, lessons, template, template_ids
from tutor.dialogue.command import Refusal
from tutor.dialogue.hearing import Listener
from tutor.dialogue.room import HomeRoom, Room
from tutor.dialogue.speech import Speaker, typed
from tutor.lookup import CommandError
from tutor.progress import kinds
from tutor.progress.kinds import Record
from tutor.progress.log import NotSaved
from tutor.progress.session import Progress
from tutor.progress.state import State, StepKey

if TYPE_CHECKING:
    from lessons.kit.question import Template

LEAVING = "Say quit, or press ctrl+d, to leave; ctrl+c once more leaves too."


class Talk:
    """A sitting of one learner."""

    def __init__(
        self, progress: Progress, speaker: Speaker, listener: Listener, image: str = ""
    ) -> None:
        """image: the path of the learner's own picture, for every lab that can show it."""
        self.progress = progress
        self.speaker = speaker
        self.listener = listener
        self.image = image
        self.room: Room | None = None

    @property
    def state(self) -> State:
        """What is known about the learner."""
        return self.progress.state

    def record(self, record: Record) -> None:
        """Write down what happened; it is on disk when this returns, or the learner is told."""
        try:
            self.progress.record(record)
        except NotSaved as error:
            self.speaker.say(str(error))

    def due(self) -> tuple[Template, ...]:
        """The question templates that are to be reviewed now."""
        return tuple(map(template, self.progress.due(template_ids())))

    def last(self) -> StepKey:
        """The step to go on with: where the learner was, if the course still has it."""
        last = self.state.last
        if last and self._exists(last.lesson, last.step):
            return last.lesson, last.step
        first = lessons()[0]
        return first.id, first.step_ids[0]

    def _exists(self, lesson_id: str, step_id: str) -> bool:
        return any(one.id == lesson_id and step_id in one.step_ids for one in lessons())

    # From place to place ------------------------------------------------------------------------

    def open_step(self, lesson_id: str, step_id: str) -> None:
        """Open a lesson at a step."""
        self._leave_room()
        self.record(kinds.step_opened(lesson_id, step_id))
        self._enter(self._room_of(lesson_id, step_id))

    def _room_of(self, lesson_id: str, step_id: str) -> Room:
        one = lesson(lesson_id)
        step = one.step(step_id)
        # Imported here: what needs no lab waits for no NumPy.
        if step.check:
            from tutor.dialogue.questions import CheckRoom

            return CheckRoom(self, one, step)
        if step.code:
            from tutor.dialogue.code import CodeRoom

            return CodeRoom(self, one, step)
        if step.lab:
            from tutor.dialogue.lab import LabRoom

            return LabRoom(self, one, step)
        from tutor.dialogue.room import StepRoom

        return StepRoom(self, one, step)

    def open_review(self) -> None:
        """Ask what is due. Errors: Refusal when nothing is."""
        due = self.due()
        if not due:
            raise Refusal("Nothing is due for review. Answer a lesson's questions to start.")
        from tutor.dialogue.questions import ReviewRoom

        self._leave_room()
        self._enter(ReviewRoom(self, due))

    def go_home(self) -> None:
        """To the list of lessons."""
        self._leave_room()
        self._enter(HomeRoom(self))

    def leave(self) -> None:
        """End the dialogue."""
        self._leave_room()
        self.room = None

    def _leave_room(self) -> None:
        if self.room:
            self.room.note()

    def _enter(self, room: Room) -> None:
        self.room = room
        room.enter()
        room.offer()

    # Line by line -------------------------------------------------------------------------------

    def run(self, start: StepKey | None = None, *, review: bool = False) -> None:
        """Open a step, else where the learner was, else the list of lessons; then hear and do,
        until the learner leaves or no line is left."""
        self.speaker.say(*self.progress.notices)
        last = self.state.last
        if review:
            self.go_home()
            self.hear("review")
        elif start or (last and self._exists(last.lesson, last.step)):
            self.open_step(*(start or self.last()))
        else:
            self.go_home()
        asked_to_end = False
        while self.room is not None:
            try:
                line = self.listener.line(self.speaker, f"{self.room.name}: ")
            except KeyboardInterrupt:
                if asked_to_end:
                    self.leave()
                    raise
                asked_to_end = True
                self.speaker.say("", LEAVING)
                continue
            asked_to_end = False
            if line is None:
                self.leave()
            else:
                self.hear(line)

    def hear(self, line: str) -> None:
        """Do what a line says, and say what cannot be done."""
        room = self.room
        assert room is not None
        try:
            room.take(typed(line))
        except (Refusal, CommandError) as error:
            self.speaker.say(str(error))
        if self.room is room:
            room.note()
            room.offer()


def run(
    start: StepKey | None,
    *,
    write: Callable[[str], None],
    width: int,
    ascii_only: bool,
    progress: Progress,
    review: bool = False,
    image: str = "",
) -> None:
    """Hold the dialogue on standard input and with `write`, until the learner leaves."""
    speaker = Speaker(write, width, ascii_only)
    talk = Talk(progress, speaker, Listener(sys.stdin), image)
    talk.run(start, review=review)
