"""A place in the dialogue: what is told there, and what can be said there and everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.catalog import lessons
from lessons.kit.glossary import find as find_terms
from lessons.kit.glossary import glossary
from lessons.kit.script import Lesson, Step
from tutor.dialogue.command import Command, Refusal, found, help_lines, short_list, unknown
from tutor.dialogue.speech import said_prose
from tutor.lookup import CommandError, find
from tutor.plain import prose_lines
from tutor.plain_tasks import single_spaced
from tutor.progress import kinds

if TYPE_CHECKING:
    from tutor.dialogue.talk import Talk


class Room:
    """Base of all places."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.say = talk.speaker.say
        self._offered = ""

    @property
    def name(self) -> str:
        """What stands before the line that is typed."""
        raise NotImplementedError

    @property
    def own(self) -> tuple[Command, ...]:
        """What can be said here and not everywhere."""
        return ()

    @property
    def commands(self) -> tuple[Command, ...]:
        """All that can be said here."""
        talk = self.talk
        return (
            *self.own,
            Command("open", "LESSON/STEP", "opens a lesson, or one of its steps", self.open_named,
                    first=not self.own),
            Command("list", "[LESSON]", "names the steps of a lesson", self.say_steps,
                    first=not self.own),
            Command("term", "WORD", "says what a word of the course means", self.term),
            Command("review", "", "asks what is due for review", lambda _: talk.open_review()),
            Command("home", "", "goes to the list of lessons", lambda _: talk.go_home(), ("h",)),
            Command("help", "", "says all that can be said here", self.help, ("?",), first=True),
            Command("quit", "", "leaves", lambda _: talk.leave(), ("q", "exit"), first=True),
        )  # fmt: skip

    # What a kind of place does its own way -------------------------------------------------------

    def enter(self) -> None:
        """Tell what there is."""
        raise NotImplementedError

    def go_on(self) -> None:
        """What an empty line does."""
        raise NotImplementedError

    def other(self, line: str) -> bool:
        """Take a line that is no command; False when it means nothing here."""
        return False

    def note(self) -> None:
        """Write down where the learner is, where there is such a place."""

    def about(self) -> tuple[str, ...]:
        """What the help says before it names the commands."""
        return ("An empty line goes on.",)

    # ----------------------------------------------------------------------------------------------

    def take(self, line: str) -> None:
        """Do what a line says. Errors: Refusal, CommandError with a sentence."""
        if not line:
            self.go_on()
        elif not self.other_first(line):
            word, _, rest = line.partition(" ")
            command = found(word.lower() if len(word) > 1 else word, self.commands)
            if command is not None:
                command.run(rest.strip())
            elif not self.other(line):
                raise unknown(word, self.commands)

    def other_first(self, line: str) -> bool:
        """Take a line before commands are looked for; False when it is left to them."""
        return False

    def offer(self) -> None:
        """Say what can be said, unless it was the last thing offered here."""
        offered = short_list(self.commands)
        if offered != self._offered:
            self._offered = offered
            self.say(offered)

    def prose(self, markdown: str) -> None:
        """Say a text of the course."""
        speaker = self.talk.speaker
        text = speaker.plain(said_prose(markdown))  # before it is wrapped: ASCII may be longer
        speaker.verbatim(single_spaced(prose_lines(text, speaker.width)))

    def help(self, _: str) -> None:
        self.say(*self.about(), *help_lines(self.commands))

    def open_named(self, where: str) -> None:
        if not where:
            raise Refusal("open takes a lesson, or a lesson and a step, such as cnn/slide.")
        lesson, step = find(where)
        self.talk.open_step(lesson.id, (step or lesson.steps[0]).id)

    def say_steps(self, where: str) -> None:
        lesson = find(where)[0] if where else None
        chosen = [one for one in lessons() if lesson in (None, one)]
        for one in chosen:
            self.say(lesson_line(self.talk, one))
            if len(chosen) == 1:
                self.say(*step_lines(self.talk, one))

    def term(self, word: str) -> None:
        terms = [term for one in lessons() for term in glossary(one.id)]
        near = find_terms(terms, word) if word else ()
        if not near:
            raise Refusal("term takes a word that the course explains, such as kernel.")
        for term in near[:3]:
            also = f", also {', '.join(term.also)}" if term.also else ""
            self.say(f"{term.name}{also}: {term.says} Taught in {term.step}.")


class StepRoom(Room):
    """A step of a lesson."""

    def __init__(self, talk: Talk, lesson: Lesson, step: Step) -> None:
        super().__init__(talk)
        self.lesson, self.step = lesson, step

    @property
    def name(self) -> str:
        return f"{self.lesson.id}/{self.step.id}"

    @property
    def own(self) -> tuple[Command, ...]:
        return (
            Command("next", "", "the next step", lambda _: self.turn(1), ("n",), first=True),
            Command("back", "", "the step before", lambda _: self.turn(-1), ("b",)),
            Command("step", "N", "a step of this lesson, by its number or name", self.go_to),
            Command("text", "", "says the text of this step again", lambda _: self.tell_text()),
        )

    def enter(self) -> None:
        steps = self.lesson.step_ids
        place = f"step {steps.index(self.step.id) + 1} of {len(steps)}"
        done = ", done" if self.step.id in self.talk.state.done_in(self.lesson.id) else ""
        self.say("", f"{self.lesson.id}, {place}: {self.step.title}{done}", "")
        self.tell_text()

    def tell_text(self) -> None:
        self.prose(self.step.prose)

    def go_on(self) -> None:
        self.turn(1)

    def say_steps(self, where: str) -> None:
        super().say_steps(where or self.lesson.id)

    def turn(self, by: int) -> None:
        """Go to another step; before the first one lies the list of lessons."""
        number = self.lesson.step_ids.index(self.step.id) + by
        if number >= len(self.lesson.steps):
            self.passed()
            raise Refusal("This is the last step of the lesson; home goes to the list of lessons.")
        if by > 0:
            self.passed()
        if number < 0:
            self.talk.go_home()
        else:
            self.talk.open_step(self.lesson.id, self.lesson.step_ids[number])

    def passed(self) -> None:
        """Called when the learner goes on from here to the next step."""

    def done(self) -> None:
        """Write down that all was done that the step asks for."""
        self.talk.record(kinds.step_done(self.lesson.id, self.step.id))

    def go_to(self, given: str) -> None:
        ids = self.lesson.step_ids
        if given.isdecimal() and 1 <= int(given) <= len(ids):
            self.talk.open_step(self.lesson.id, ids[int(given) - 1])
        elif given in ids:
            self.talk.open_step(self.lesson.id, given)
        else:
            raise Refusal(f"step takes a number from 1 to {len(ids)}, or a name that list says.")


class HomeRoom(Room):
    """The lessons, and where to go on."""

    name = "home"

    def enter(self) -> None:
        self.say("", "dl-tutor: deep learning, by seeing and doing.", "")
        for one in lessons():
            self.say(lesson_line(self.talk, one))
        if due := len(self.talk.due()):
            count = f"{due} questions are" if due > 1 else "1 question is"
            self.say(f"{count} due for review; say review.")
        lesson_id, step_id = self.talk.last()
        self.say(f"An empty line goes on with {lesson_id}/{step_id}.")

    def go_on(self) -> None:
        self.talk.open_step(*self.talk.last())

    def other(self, line: str) -> bool:
        """The name of a lesson, or of a step, opens it."""
        try:
            find(line)
        except CommandError:
            return False
        self.open_named(line)
        return True


def lesson_line(talk: Talk, lesson: Lesson) -> str:
    """A lesson, and how much of it is done."""
    done = len(talk.state.done_in(lesson.id))
    return (
        f"{lesson.id}: {lesson.title}. {lesson.sentence} {done} of {len(lesson.steps)} steps "
        f"done, {lesson.minutes} minutes in all."
    )


def step_lines(talk: Talk, lesson: Lesson) -> list[str]:
    """The steps of a lesson by number and name."""
    done = talk.state.done_in(lesson.id)
    return [
        f"  {n}: {step.title} ({step.id}){', done' if step.id in done else ''}"
        for n, step in enumerate(lesson.steps, 1)
    ]
