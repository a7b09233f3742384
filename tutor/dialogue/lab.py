"""A step's lab in the dialogue: its film, its settings, its bet, and asking why."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from lessons.kit.answer import AnswerError
from lessons.kit.control import Control
from lessons.kit.figure import Panel
from lessons.kit.script import Lesson, Step
from tutor import taking
from tutor.bet import BET_RUNS, COVERED
from tutor.dialogue.asking_why import Asking
from tutor.dialogue.command import Command, Refusal
from tutor.dialogue.hearing import interruptible
from tutor.dialogue.naming import called
from tutor.dialogue.questions import can_be_read, option_lines
from tutor.dialogue.room import StepRoom
from tutor.dialogue.setting import Setting
from tutor.dialogue.telling import name_of, news, told, told_whole
from tutor.plain import caption_of

if TYPE_CHECKING:
    from tutor.dialogue.talk import Talk

USUAL_PLAY = 10
"""Moments that play goes on by when no number is said."""
TELL_EVERY = 1.0
"""Seconds between two words on how far a training has come."""
LAST = "This is the last moment."
WAITS = "The lab waits for your bet: say bet, and your answer."
KEYS = (
    "Keys that the text names can be said as words: right and left for a moment on or back, "
    "space to play, x for all settings as they came, and the letter of a setting for its next "
    "value, the capital letter for the one before."
)


_TAB = "`⇥`"


class LabRoom(StepRoom):
    """A step with its lab."""

    def __init__(self, talk: Talk, lesson: Lesson, step: Step) -> None:
        super().__init__(talk, lesson, step)
        place = talk.state.place(lesson.id, step.id)
        self.session, self.trouble = taking.opened_lab(lesson, step, place, talk.image)
        self.bet = taking.opened_bet(lesson, step, self.session, talk.state)
        self.asking = Asking(self.say)
        self.setting = Setting(self.session, self.say)
        self._told: dict[str, list[str]] = {}
        """What was said of each panel last."""

    @property
    def own(self) -> tuple[Command, ...]:
        free, bets = self._after_the_bet, self.bet is not None and self.bet.open
        of_panel = "says all numbers of a panel, and their names; without a name, the panels"
        of_what = "why a number is what it is; without a name, the one of this moment"
        takes = f": {self.bet.prediction.kind.takes}" if self.bet else ""
        bet = (Command("bet", "X", f"makes your bet{takes}", self.make_bet, first=True),)
        return (
            *(bet if bets else ()),
            *(self._of_film(not bets) if self.session.film.length > 1 else ()),
            Command("set", "NAME VALUE", "sets what the lab shows", free(self.set), (), not bets),
            Command("put", "NAME[i,j] X", "puts a number into a cell", free(self.put)),
            Command("defaults", "", "all settings as they came", free(self.defaults), ("x",)),
            Command("why", "NAME[i,j]", of_what, free(self.why), ("enter",), not bets),
            Command("up", "", "back to the number asked before", free(lambda _: self.asking.up()),
                    ("backspace",)),
            Command("look", "", "says what the lab shows now", lambda _: self.tell(), first=bets),
            Command("panel", "NAME", of_panel, self.panel, ("tab",)),
            *super().own,
        )  # fmt: skip

    def _of_film(self, first: bool) -> tuple[Command, ...]:
        """What can be said about a film of several moments."""
        free = self._after_the_bet
        where = "goes to a moment: its number, +N or -N from here, first or last"
        end = "goes on to its end; ctrl+c stops"
        train = Command("train", "", end, free(self.train), (), first)
        return (
            Command("moment", "N", where, free(self.moment), (), first),
            Command("right", "", "the next moment", free(lambda _: self.go(+1)), ("→", ".")),
            Command("left", "", "the moment before", free(lambda _: self.go(-1)), ("←", ",")),
            Command("later", "", "goes on by a twentieth of the film", free(self.later), ("]",)),
            Command("earlier", "", "goes back by as much", free(self.earlier), ("[",)),
            Command("play", "N", "says the next N moments", free(self.play), ("space",), first),
            *((train,) if self.session.film.arrives else ()),
            Command("rewind", "", "goes to where the step starts", free(self.rewind), ("r",)),
        )

    def about(self) -> tuple[str, ...]:
        return (
            "An empty line goes on by a moment, and at the end of the film to the next step.",
            "After a move or a setting only the lines that are new are said; look says all.",
            KEYS,
        )

    def _after_the_bet(self, run: Callable[[str], None]) -> Callable[[str], None]:
        """What can be said only once the bet stands."""

        def guarded(rest: str) -> None:
            if self.bet is not None and self.bet.open:
                raise Refusal(WAITS)
            run(rest)

        return guarded

    def note(self) -> None:
        if self.bet is None or not (self.bet.open or self.bet.waiting):
            self.talk.record(taking.place_in(self.lesson, self.step, self.session))

    def passed(self) -> None:
        if self.step.predict is None:
            self.done()

    # Telling ------------------------------------------------------------------------------------

    def enter(self) -> None:
        super().enter()
        if self.trouble:
            self.say("", self.trouble)
        opens_at = self.session.wanted
        if opens_at is not None:
            self.say("", "Computing up to the moment where it opens; ctrl+c stops that.")
            self._reach(opens_at)
            if self.bet is not None and self.bet.open and self.session.position < opens_at:
                self.session.wanted = opens_at  # that is the moment that the bet is about
        self.tell()
        if _TAB in self.step.prose:
            self.say(self.setting.instead_of_the_cursor())
        self.tell_bet()

    def tell(self) -> None:
        """Everything that the lab shows now."""
        self.say("", f"The lab: {self.session.lab.title}")
        if now := self.setting.now():
            self.say(now)
        self._told = {}
        self.tell_moment()

    def tell_moment(self) -> None:
        """Of the panels, those that are not as they were told last; then the moment in a line."""
        for panel in self.session.figure.panels:
            lines = self._lines_of(panel, told)
            self.say(*news(self._told.get(panel.key, []), lines))
            self._told[panel.key] = lines
        self.tell_line()

    def tell_line(self) -> None:
        """The moment in one line."""
        session, caption = self.session, caption_of(self.session.figure)
        if session.film.length > 1:
            where = f"Moment {session.position + 1} of {session.film.length}"
            self.say(f"{where}: {caption}" if caption else f"{where}.")
        elif caption:
            self.say(caption)

    def _lines_of(self, panel: Panel, tell: Callable[[Panel], list[str]]) -> list[str]:
        bet = self.bet
        if bet is not None and bet.open and panel.key in bet.prediction.covers:
            return [f"{name_of(panel)}: {COVERED}."]
        return tell(panel)

    def panel(self, name: str) -> None:
        panels = self.session.figure.panels
        if not name:
            self.say(*(f"{panel.key}: {name_of(panel)}" for panel in panels))
            return
        wanted = name.casefold()
        for same in (str.__eq__, str.startswith):
            for panel in panels:
                names = panel.key.casefold(), name_of(panel).casefold()
                if any(same(one, wanted) for one in names):
                    self.say(*self._lines_of(panel, self._whole_with_names))
                    return
        known = ", ".join(panel.key for panel in panels)
        raise Refusal(f"There is no panel {name!r} here; there is {known}.")

    def _whole_with_names(self, panel: Panel) -> list[str]:
        names = called(self.session.figure, panel)
        return [*told_whole(panel), *([f"  {names}"] if names else [])]

    # The bet ------------------------------------------------------------------------------------

    def tell_bet(self) -> None:
        bet = self.bet
        if bet is not None and bet.open:
            self.say("", f"Your bet: {bet.prediction.prompt}")
            self.say(*option_lines(bet.entry))
            self.say(f"It takes {bet.prediction.kind.takes}.")

    def make_bet(self, text: str) -> None:
        bet = self.bet
        assert bet is not None  # only then it can be said
        try:
            bet.entry.give(text)
        except AnswerError as error:
            raise Refusal(str(error)) from error
        bet.commit()
        if bet.open:
            raise Refusal(bet.message)
        if bet.waiting:
            self.say("The bet stands. Now it is computed; ctrl+c stops that.")
            self.session.halt()
            self._reach(bet.position)
        self.settle()
        self.tell_moment()

    def settle(self) -> None:
        """Hold a bet that stands against the truth, once the film has arrived there."""
        bet = self.bet
        if bet is not None and bet.settle():
            for record in taking.bet_made(self.lesson, self.step, bet):
                self.talk.record(record)
            assert bet.outcome is not None
            self.say(f"{bet.outcome.text} Say why for where {bet.asks or 'the number'} comes from.")

    # The film -----------------------------------------------------------------------------------

    def go_on(self) -> None:
        bet, session = self.bet, self.session
        if bet is not None and bet.open:
            raise Refusal(f"The lab waits for your bet: say bet, and {bet.prediction.kind.takes}.")
        if session.at_end:
            self.turn(1)
        else:
            self.go(+1)

    def go(self, by: int) -> None:
        session = self.session
        if by > 0 and session.at_end:
            raise Refusal(LAST)
        if by < 0 and session.position == 0:
            raise Refusal("This is the first moment.")
        self._move_to(session.position + by)

    def later(self, _: str, by: int = 1) -> None:
        self.go(by * max(1, self.session.film.length // 20))

    def earlier(self, _: str) -> None:
        self.later("", -1)

    def moment(self, given: str) -> None:
        last = self.session.film.length
        if not given:
            self.tell_line()
            return
        words = {"first": 1, "last": last}
        if given in words:
            number = words[given]
        elif given.lstrip("+-").isdecimal() and len(given) < 10:
            here = self.session.position + 1
            number = here + int(given) if given[0] in "+-" else int(given)
        else:
            number = 0
        if not 1 <= number <= last:
            raise Refusal(f"moment takes a number from 1 to {last}, +N or -N, first or last.")
        self._move_to(number - 1)

    def rewind(self, _: str) -> None:
        self._move_to(self.session.start)

    def _move_to(self, position: int) -> None:
        self.asking.forget()
        self._reach(position)
        self.settle()
        self.tell_moment()

    def play(self, given: str) -> None:
        if given and not (given.isdecimal() and int(given[:9]) > 0):
            raise Refusal("play takes how many moments, such as play 10.")
        self.asking.forget()
        with interruptible() as stop:
            for _ in range(int(given[:9]) if given else USUAL_PLAY):
                if stop.is_set() or self.session.at_end:
                    break
                self.session.step(1)
                self.tell_line()
        self.settle()
        if self.session.at_end:
            self.say(LAST)

    def train(self, _: str) -> None:
        waits = self.bet is not None and self.bet.waiting
        if self.session.at_end and not waits:
            raise Refusal(LAST)
        end = self.bet.position if self.bet and waits else self.session.film.length - 1
        self._move_to(end)

    def _reach(self, position: int) -> None:
        """Go to a moment; one that has not arrived is computed, and every second it is said how
        far that is. Ctrl+c stops it, and the film stays where it came to."""
        session = self.session
        session.go(position)
        with interruptible() as stop:
            last_told = time.monotonic()
            while session.wanted is not None:
                if stop.is_set() or not session.film.advance():
                    session.halt()
                    break
                session.arrive()
                if time.monotonic() - last_told >= TELL_EVERY:
                    self.tell_line()
                    last_told = time.monotonic()
        if stop.is_set():
            self.say("Stopped.")
            if self.bet is not None and self.bet.waiting:
                end = self.bet.position + 1
                self.say(f"Your bet is settled at moment {end}: say train to go on.")

    def other_first(self, line: str) -> bool:
        """A bet of several words may begin as a command does."""
        bet = self.bet
        if bet is None or not bet.open or " " not in line:
            return False
        return can_be_read(bet.prediction.kind, line) and self.other(line)

    # Settings -----------------------------------------------------------------------------------

    def other(self, line: str) -> bool:
        """The letter of a control sets its next value; what can be read as a bet is one."""
        bet = self.bet
        if bet is not None and bet.open:
            if not can_be_read(bet.prediction.kind, line):
                if any(one.key and line.lower() == one.key for one in self.session.lab.controls):
                    raise Refusal(WAITS)
                return False
            self.make_bet(line)
            return True
        if self.step.predict and line.split()[0] == "bet":
            raise Refusal("Your bet is made, and it is one a step.")
        for control in self.session.lab.controls:
            if control.key and line in (control.key, control.key.upper()):
                self._change(control, "next" if line == control.key else "before")
                return True
        return False

    def set(self, given: str) -> None:
        if given:
            self._change(*self.setting.read(given))
        else:
            self.setting.tell_all()

    def _change(self, control: Control, value: str) -> None:
        if self.bet is not None and self.bet.waiting:
            raise Refusal(BET_RUNS)
        self.setting.change(control, value)
        self.asking.forget()
        self.tell_moment()

    def put(self, given: str) -> None:
        if self.bet is not None and self.bet.waiting:
            raise Refusal(BET_RUNS)
        self.setting.put(given)
        self.asking.forget()
        self.tell_moment()

    def defaults(self, _: str) -> None:
        if self.bet is not None and self.bet.waiting:
            raise Refusal(BET_RUNS)
        opening = taking.opening_settings(self.step, self.session.lab, self.talk.image)
        self.session.reset(self.session.lab.settings(opening))
        self.asking.forget()
        self.tell()

    # Why ----------------------------------------------------------------------------------------

    def why(self, name: str) -> None:
        bet, session = self.bet, self.session
        of_bet = bet.truth if bet and session.position == bet.position else None
        self.asking.why(session.figure, name, of_bet.element if of_bet else None)
