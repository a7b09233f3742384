"""The lab on cross-entropy: what comes with p, reckoned with what a model expects."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.information import divergence, infinite_because
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Values
from lessons.kit.control import Choice, Settings, Toggle
from lessons.kit.figure import Bar, Bars, Figure, Formula, Note, Number, Panel
from lessons.kit.film import Film
from lessons.kit.lab import Lab

OUTCOMES = ("sun", "rain", "snow")
COMES, EXPECTED = (0.7, 0.2, 0.1), (0.2, 0.3, 0.5)
PRESETS = (COMES, EXPECTED, (1 / 3, 1 / 3, 1 / 3), (1.0, 0.0, 0.0), (0.5, 0.5, 0.0))


@lru_cache(maxsize=64)
def _trace(p: tuple[float, ...], q: tuple[float, ...], unit: str) -> Trace:
    return divergence(np.array(p), np.array(q), unit)


def _film(settings: Settings) -> Film:
    unit = settings["unit"]
    names = ("q", "p") if settings["swap"] else ("p", "q")
    trace = _trace(settings[names[0]], settings[names[1]], unit)
    log = "log2" if unit == "bits" else "ln"
    sums = [Number(Element(trace, name, ()), 4) for name in ("H_p", "KL", "H_pq")]
    largest = max([one.element.value for one in sums if np.isfinite(one.element.value)] + [1.0])
    because = infinite_because(trace)
    for k, outcome in enumerate(OUTCOMES):
        because = because.replace(f"outcome {k} ", f"{outcome} ")

    def chances(name: str, edits: str, title: str, marked: int) -> Bars:
        return Bars(
            key=name,
            title=title,
            bars=tuple(
                Bar(outcome, (Number(Element(trace, name, (k,)), 3),), marked=k == marked)
                for k, outcome in enumerate(OUTCOMES)
            ),
            edits=edits,
        )

    def moment(position: int) -> Figure:
        last = position == len(OUTCOMES)
        lines = []
        for k in range(min(position + 1, len(OUTCOMES))):
            parts = [
                Number(Element(trace, name, (k,)), 3) for name in ("p", "surprise_q", "cross_term")
            ]
            lines.append((f"{OUTCOMES[k]:<5}", parts[0], " · ", parts[1], " = ", parts[2]))
        right: list[Panel] = [
            Formula(key="terms", title=f"p · {log}(1/q)", lines=tuple(lines)),
        ]
        if last:
            right.append(
                Bars(
                    key="sums",
                    title=f"in {unit}",
                    bars=(
                        Bar("H(p)", (sums[0],)),
                        Bar("H(p)+KL", (sums[0], sums[1])),
                        Bar("H(p,q)", (sums[2],)),
                    ),
                    limits=(0.0, largest),
                )
            )
        focus = Element(trace, "H_pq", ()) if last else Element(trace, "cross_term", (position,))
        return Figure(
            columns=(
                (
                    chances("p", names[0], "p: what comes", position),
                    chances("q", names[1], "q: what the model expects", position),
                ),
                tuple(right),
            ),
            below=(Note(key="because", text=because),) if because else (),
            caption="all together: " if last else f"what {OUTCOMES[position]} adds: ",
            focus=focus,
        )

    return Film(len(OUTCOMES) + 1, moment)


def _chances(name: str, default: tuple[float, ...]) -> Values:
    return Values(
        name=name,
        label=name,
        key="pe"[name == "q"],
        default=default,
        least=len(OUTCOMES),
        most=len(OUTCOMES),
        distribution=True,
        presets=PRESETS,
    )


CROSS = Lab(
    name="cross",
    title="Expect one thing, get another",
    controls=(
        _chances("p", COMES),
        _chances("q", EXPECTED),
        Toggle(name="swap", label="swap p and q", key="s"),
        Choice(name="unit", label="unit", key="u", options=("bits", "nats"), default="bits"),
    ),
    film=_film,
)
