"""Numbers of a figure by name: what they are called, and which one is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.why import Element
from lessons.kit.figure import Figure, Panel
from tutor.drawing.panel import cells
from tutor.lookup import element_of


def named(figure: Figure, given: str, asked: str) -> Element:
    """The number of "y[0,2]", or of "PANEL y[0,2]" where two panels call theirs alike.

    Errors: CommandError.
    """
    key, _, name = given.partition(" ")
    for panel in figure.panels:
        if key.casefold() == panel.key.casefold() and name[:1].isalpha():
            return element_of(_alone(figure, panel), name, asked)
    return element_of(figure, given, asked)


def _alone(figure: Figure, panel: Panel) -> Figure:
    return replace(figure, columns=((panel,),), below=(), focus=None)


def called(figure: Figure, panel: Panel) -> str:
    """What the numbers of a panel are called, in a line; empty where none can be asked about."""
    elements = [element for row in cells(panel) for element in row]
    if not elements:
        return ""
    names = ", ".join(names_of(elements))
    first = elements[0]
    if named(figure, first.label, "").origin().trace is first.origin().trace:
        return f"by name: {names}"
    return f"by name, after the word {panel.key}: {names}, such as why {panel.key} {first.label}"


def names_of(elements: Iterable[Element]) -> list[str]:
    """Elements by the first and the last of each array: "p[0] to p[3]"."""
    by_name: dict[str, list[str]] = {}
    for element in elements:
        by_name.setdefault(element.name, []).append(element.label)
    return [
        labels[0] if labels[0] == labels[-1] else f"{labels[0]} to {labels[-1]}"
        for labels in by_name.values()
    ]
