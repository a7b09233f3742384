"""The answer to "why this number?" as lines of inked text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from engine.notation import format_number
from engine.why import Element, Explanation, Term, why
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, Ink, Line, crop, width_of


@dataclass
class Trail:
    """The way down from the number that was asked about, and what is picked at each stop."""

    stops: list[Explanation]
    picked: int = 0
    """Which term is picked."""
    factor: int = 0
    """Which element of that term."""

    @classmethod
    def start(cls, element: Element) -> Trail:
        trail = cls([why(element.trace, element.name, element.index)])
        trail.pick_first()
        return trail

    @property
    def here(self) -> Explanation:
        return self.stops[-1]

    def pick_first(self) -> None:
        """Pick the first term; of a max or min the one that was taken."""
        taken = (n for n, term in enumerate(self.here.terms) if term.chosen)
        self.picked, self.factor = next(taken, 0), 0

    def pick(self, by: int) -> None:
        """Pick another term."""
        if self.here.terms:
            self.picked = max(0, min(self.picked + by, len(self.here.terms) - 1))
            self.factor = min(self.factor, len(self.here.terms[self.picked].elements) - 1)

    def pick_factor(self, by: int) -> None:
        """Pick another element of the term."""
        if self.here.terms:
            count = len(self.here.terms[self.picked].elements)
            self.factor = max(0, min(self.factor + by, count - 1))

    @property
    def element(self) -> Element | None:
        """The element that is picked."""
        return self.here.terms[self.picked].elements[self.factor] if self.here.terms else None

    def down(self) -> bool:
        """Ask why the picked element is what it is; False where nothing lies below."""
        element = self.element
        if element is None:
            return False
        self.stops.append(why(element.trace, element.name, element.index))
        self.pick_first()
        return True

    def up(self) -> bool:
        """Back to the number before; False at the first."""
        if len(self.stops) == 1:
            return False
        self.stops.pop()
        self.pick_first()
        return True


def draw_trail(trail: Trail, width: int, height: int) -> list[Line]:
    """The stop of a trail in at most `height` lines, the picked term always among them."""
    here = trail.here
    lines = _head(trail, width)
    lines += [[(line, PLAIN)] for line in _wrapped(here.formula, width, 2)]
    if here.relation is not None:
        value = f" = {format_number(here.value)}"
        tail = "" if here.numbers.strip("()") == format_number(here.value) else value
        numbers = _wrapped(f"= {here.numbers}{tail}", width, 4, most=3)
        lines += [[(line, MUTED)] for line in numbers]
    room = max(1, height - len(lines))
    widths = _widths(here.terms)
    terms = [_term_line(trail, n, term, widths) for n, term in enumerate(here.terms)]
    if here.rest_count:
        rest = format_number(here.rest_value)
        terms.append([(f"   and {here.rest_count} smaller terms, together {rest}", MUTED)])
    top = max(0, min(trail.picked - room // 2, len(terms) - room))
    shown = terms[top : top + room]
    if top > 0 and shown:
        shown[0] = [("   ▴ more above", MUTED)]
    if top + room < len(terms) and len(shown) > 1:
        shown[-1] = [("   ▾ more below", MUTED)]
    return [crop(line, width) for line in [*lines, *shown][:height]]


def _head(trail: Trail, width: int) -> list[Line]:
    here = trail.here
    line: Line = [
        (" why ", MUTED),
        (format_number(here.value), ACCENT),
        ("?   ", MUTED),
        (here.element.label, TITLE),
    ]
    way = " ‹ ".join(stop.element.label for stop in reversed(trail.stops[:-1]))
    if way and width_of(line) + len(way) + 3 <= width:
        line.append((f" ‹ {way}", MUTED))
    elif way:
        line.append((f" ‹ {len(trail.stops) - 1} above", MUTED))
    return [line]


def _wrapped(text: str, width: int, indent: int, most: int = 2) -> list[str]:
    first, rest = " " * indent, " " * (indent + 2)
    return textwrap.wrap(
        text,
        max(20, width),
        initial_indent=first,
        subsequent_indent=rest,
        max_lines=most,
        placeholder=" …",
    )


def _widths(terms: tuple[Term, ...]) -> list[int]:
    """How wide the first, second, … elements of the terms are."""
    widths: list[int] = []
    for term in terms:
        for k, element in enumerate(term.elements):
            widths += [0] if k == len(widths) else []
            widths[k] = max(widths[k], len(_named(element)))
    return widths


def _named(element: Element) -> str:
    return f"{element.label} = {format_number(element.value)}"


def _term_line(trail: Trail, n: int, term: Term, widths: list[int]) -> Line:
    picked = n == trail.picked
    line: Line = [(" ▸ " if picked else "   ", ACCENT)]
    for k, element in enumerate(term.elements):
        text = _named(element)
        ink = Ink("accent", reverse=True) if picked and k == trail.factor else PLAIN
        line += [(text, ink), (" " * (widths[k] - len(text) + 3), PLAIN)]
    if term.rest_count:
        line.append((f"and {term.rest_count} smaller   ", MUTED))
    if not term.is_its_element:
        line.append((f"→ {format_number(term.value)}", ACCENT if term.chosen else MUTED))
    if not term.chosen:
        line.append(("  not taken", MUTED))
    return line
