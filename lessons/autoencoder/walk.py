"""The lab of the walk: from one digit to another, through the codes and through the pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.autoencoder import CODE, encoder
from engine.blend import blend
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.autoencoder.map import drawn_from, near_digit, plane
from lessons.autoencoder.networks import MAP, trained
from lessons.autoencoder.panels import picture
from lessons.autoencoder.pictures import (
    PIXEL,
    column_of,
    unseen_digits,
    unseen_labels,
)
from lessons.kit.control import Settings, Stepper
from lessons.kit.figure import Figure, Number, Points, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

STEPS = 20
"""From one end of the way to the other."""


@dataclass(frozen=True, eq=False)
class Step:
    """A place on the way."""

    code: Trace
    """The mixture of the two codes."""
    drawn: Trace
    """What the decoder makes of it."""
    mixed: Trace
    """The same mixture of the two pictures."""
    drawn_near: Trace
    """How far each is from the nearest real digit, as pictures are."""
    mixed_near: Trace


@lru_cache(maxsize=1)
def _codes() -> Trace:
    run = encoder(trained(MAP)).forward(unseen_digits())
    run["encoder1"].meanings = {**run["encoder1"].meanings, "x": PIXEL}
    return run[CODE]


@lru_cache(maxsize=64)
def _step(start: int, end: int, n: int) -> Step:
    share, x, codes = n / STEPS, unseen_digits(), _codes()["y"]
    code = blend(codes[:, start], codes[:, end], share)
    code.meanings = {
        **code.meanings,
        "a": "the code of the first digit",
        "b": "the code of the second digit",
    }
    mixed = blend(x[:, start], x[:, end], share)
    mixed.meanings = {
        **mixed.meanings,
        "a": "a pixel of the first digit",
        "b": "a pixel of the second digit",
    }
    drawn = drawn_from(trained(MAP), code["y"], "a number of the code, on the way")
    return Step(code, drawn, mixed, near_digit(drawn), near_digit(mixed))


def _film(settings: Settings) -> Film:
    start = column_of(settings["from"], settings["another"])
    end = column_of(settings["to"], settings["another"])

    def moment(n: int) -> Figure:
        step = _step(start, end, n)
        codes: Array = _codes()["y"]
        here = step.code["y"]
        way = Points("•", codes[0, [start, end]], codes[1, [start, end]], "the way", path=True)
        rows = (
            ("codes", Number(Element(step.drawn_near, "nearest", ()), 2)),
            ("pixels", Number(Element(step.mixed_near, "nearest", ()), 2)),
        )
        return Figure(
            columns=(
                (
                    plane(
                        codes, unseen_labels(), (float(here[0]), float(here[1])), way, steers=False
                    ),
                ),
                (
                    picture("drawn", "codes mixed, then drawn", step.drawn, "y"),
                    picture("mixed", "pixels mixed", step.mixed, "y"),
                    Table(key="near", head=("mixed", "to a real digit"), rows=rows),
                ),
            ),
            caption=f"{n} of {STEPS} parts of the way; the drawing is from a real digit away by ",
            focus=Element(step.drawn_near, "nearest", ()),
        )

    return Film(STEPS + 1, moment)


WALK = Lab(
    name="walk",
    title="A walk from digit to digit",
    controls=(
        Stepper(name="from", label="from", key="f", low=0, high=9, default=1),
        Stepper(name="to", label="to", key="t", low=0, high=9, default=0),
        Stepper(name="another", label="another", key="a", low=0, high=30, default=0),
    ),
    film=_film,
)
