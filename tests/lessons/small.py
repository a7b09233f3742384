"""A small lesson with one lab, in which nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.relation import relations
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Grid
from lessons.kit.control import Choice, Control, Settings, Stepper, Toggle
from lessons.kit.figure import Figure, Formula, Matrix, Number, Panel, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

GOOD = """\
+++
title = "Doubling"
sentence = "Twice as much."
place = 1
minutes = 5
needs = ["before"]

[objectives]
D1 = "What doubling does"
+++

# Twice {#twice D1}

Every number becomes *twice* as large.

```lab
lab = "double"
set = { by = 2 }
at = 1
```

# The end {#end}

No lab is needed here.

```
not a call
```
"""

CONTROLS: tuple[Control, ...] = (
    Choice(name="kind", label="kind", key="k", options=("plain", "odd"), default="plain"),
    Stepper(name="by", label="by", key="y", low=1, high=9, default=1, by=1),
    Toggle(name="flip", label="flip", key="f"),
    Grid(name="cells", label="cells"),
)


def doubled(settings: Settings, claimed: float = 2.0) -> Trace:
    """A trace of y = 2 x; `claimed` is what the numbers were really multiplied by."""
    x = np.arange(4.0) * settings["by"]
    return Trace(
        operation="double",
        arrays={"x": x, "y": claimed * x},
        relations=relations("y[i] = 2 * x[i]"),
        meanings={"x": "what is doubled"},
    )


def film_of(make: Callable[[Trace, int], Figure], claimed: float = 2.0) -> Callable[..., Film]:
    """A film of four moments over one trace."""

    def film(settings: Settings) -> Film:
        if settings["by"] == 9:
            raise ValueError("nine is too much for doubling")
        trace = doubled(settings, claimed)
        return Film(4, lambda position: make(trace, position))

    return film


def figure(trace: Trace, position: int, *extra: Panel) -> Figure:
    """What was given, what came out so far, and the newest number in a line."""
    number = Number(Element(trace, "y", (position,)))
    return Figure(
        columns=(
            (Matrix(key="x", title="given", view=View(trace, "x"), edits="cells"),),
            (
                Matrix(key="y", title="doubled", view=View(trace, "y"), written=position + 1),
                Formula(key="line", lines=(("twice: ", number),)),
                *extra,
            ),
        ),
        caption="doubled: ",
        focus=number.element,
    )


DOUBLE = Lab("double", "Doubling", CONTROLS, film_of(figure))
"""The lab of the lesson."""
