"""The glossary: what the words of the course mean, and the step that teaches each."""

from __future__ import annotations

from collections import Counter

from textual.app import ComposeResult
from textual.binding import Binding

from lessons.catalog import lessons
from lessons.kit.glossary import Term, glossary
from tutor.drawing.asking import wrapped
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, Line
from tutor.screens.base import TutorScreen
from tutor.widgets.canvas import Canvas
from tutor.widgets.chrome import Header, KeyLine


class TermList(Canvas):
    """Terms by name; the selected one with what it means."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        found = [term for lesson in lessons() for term in glossary(lesson.id)]
        self.terms: list[Term] = sorted(found, key=lambda term: term.name.casefold())
        self.lessons_of = Counter(term.name for term in found)
        """How many lessons have a term of that name."""
        self.selected = 0

    @property
    def here(self) -> Term:
        return self.terms[self.selected]

    def select(self, term: Term) -> None:
        self.selected = self.terms.index(term)

    def move(self, by: int) -> None:
        self.selected = max(0, min(self.selected + by, len(self.terms) - 1))
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        lines: list[Line] = []
        at = 0
        for number, term in enumerate(self.terms):
            picked = number == self.selected
            names = ", ".join(term.also)
            at = len(lines) if picked else at
            where = f"  in {term.step.partition('/')[0]}" if self.lessons_of[term.name] > 1 else ""
            lines.append(
                [
                    (" ▸ " if picked else "   ", ACCENT),
                    (term.name, ACCENT if picked else PLAIN),
                    (where, MUTED),
                    (f"  also {names}" if picked and names else "", MUTED),
                ]
            )
            if picked:
                key = self.tutor.key_of("open-term", "⏎")
                lines += wrapped(
                    f"{term.says} {key} goes to {term.step}.", width - 2, MUTED, "     "
                )
        top = max(0, min(at - height // 3, len(lines) - height))
        return lines[top : top + height]


class TermsScreen(TutorScreen):
    """Where words are looked up."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "up", key_display="↑", id="list-up"),
        Binding("down,j", "move(1)", "down", key_display="↓", id="list-down"),
        Binding("enter", "open", "the step that teaches it", id="open-term"),
        Binding("h", "home", "home", tooltip="the map of the course", id="home"),
        Binding("escape", "home", "home", show=False, id="leave"),
    ]

    def __init__(self, wanted: Term | None = None) -> None:
        super().__init__()
        self.wanted = wanted

    def content(self) -> ComposeResult:
        yield Header(id="header")
        yield TermList(id="terms")
        yield KeyLine(id="keys")

    def mounted(self) -> None:
        terms = self.query_one(TermList)
        if self.wanted:
            terms.select(self.wanted)
        self.query_one(Header).show([("terms", ACCENT), (f"  {len(terms.terms)}", MUTED)], [])
        self.show_keys()

    def action_move(self, by: int) -> None:
        self.query_one(TermList).move(by)

    def action_open(self) -> None:
        self.tutor.open_step(*self.query_one(TermList).here.lesson_and_step)

    def action_home(self) -> None:
        self.tutor.go_home()
