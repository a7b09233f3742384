"""The lab of the training loop: its lines one by one, and what stands in its variables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.descent import Plain
from engine.fit_descent import Descent
from engine.notation import format_number
from engine.schedule import Constant
from engine.trace import Trace
from engine.why import Element
from lessons.descent.problems import sunspot_line
from lessons.descent.told import told
from lessons.kit.control import Scale, Settings
from lessons.kit.figure import Figure, Number, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

EPOCHS = 2
START = -1.0
ORDER_SEED = 0
CODE = (
    "for epoch in range(epochs):",
    "    order = rng.permutation(N)",
    "    for first in range(0, N, B):",
    "        batch = order[first : first + B]",
    "        error = w * x[batch] - y[batch]",
    "        dw = (error * x[batch]).mean()",
    "        w = w - rate * dw",
)
FIRST, BATCH, ERROR, GRADIENT, STEP = range(2, 7)
"""The lines that a batch goes through."""


@dataclass(frozen=True, eq=False)
class Turn:
    """One time through the inner loop."""

    epoch: int
    place: int
    """Which batch of the epoch it is."""
    batch: tuple[int, ...]
    run: Trace
    step: Trace
    whole: Trace
    """All points, with the weight after the step."""


@lru_cache(maxsize=8)
def turns(size: int, rate: float) -> tuple[Descent, tuple[Turn, ...]]:
    """The descent, and all its times through the inner loop."""
    points = sunspot_line()
    descent = Descent(
        points.model, points.inputs, points.y, size, Plain(), Constant(rate), ORDER_SEED
    )
    state = descent.start({"w": START})
    found: list[Turn] = []
    per_epoch = descent.batches.per_epoch
    for update in range(EPOCHS * per_epoch):
        run = descent.run(state)
        step = descent.step(state, run).traces["w"]
        if found:
            run.link("w", found[-1].step, "w_new")
            step.link("w", found[-1].step, "w_new")
        batch = tuple(int(n) for n in descent.indices(update)[:3])
        state = descent.advance(state)
        whole = descent.whole(state)
        whole.link("w", step, "w_new")
        found.append(Turn(update // per_epoch, update % per_epoch, batch, run, step, whole))
    return descent, tuple(found)


def lines(size: int, rate: float) -> list[tuple[int, int]]:
    """For every moment the line that has just been executed, and the number of its turn."""
    _, all_turns = turns(size, rate)
    found = []
    for number, turn in enumerate(all_turns):
        if turn.place == 0:
            found += [(0, number), (1, number)]
        found += [(line, number) for line in range(FIRST, STEP + 1)]
    return found


def _film(settings: Settings) -> Film:
    size, rate = int(settings["batch"]), settings["rate"]
    descent, all_turns = turns(size, rate)
    moments = lines(size, rate)
    cut = descent.batches.cut()

    def moment(position: int) -> Figure:
        line, number = moments[position]
        turn = all_turns[number]
        done = line >= STEP
        w = Element(turn.step, "w_new", ()) if done else Element(turn.run, "w", ())
        indices = ", ".join(map(str, turn.batch))
        more = ", …" if int(cut["length"][turn.place]) > len(turn.batch) else ""
        rows: tuple[tuple[str | Number, ...], ...] = (
            ("epoch", str(turn.epoch)),
            ("first", _when(line >= FIRST, Element(cut, "first", (turn.place,)), 0)),
            ("batch", f"[{indices}{more}]" if line >= BATCH else "—"),
            ("len(batch)", _when(line >= BATCH, Element(cut, "length", (turn.place,)), 0)),
            ("error[0]", _when(line >= ERROR, Element(turn.run, "error", (0,)), 3)),
            ("dw", _when(line >= GRADIENT, Element(turn.run, "dw", ()), 4)),
            ("w", Number(w, 4)),
        )
        code = Table(
            key="code",
            head=("the loop",),
            rows=tuple((text,) for text in CODE),
            marked=line,
        )
        return Figure(
            columns=((code,), (Table(key="names", head=("name", "value"), rows=rows),)),
            below=(told(f"N = {descent.batches.count}, B = {size}, rate = {format_number(rate)}"),),
            caption="w is now" if done else "w still is",
            focus=w,
        )

    return Film(len(moments), moment)


def _when(known: bool, element: Element, decimals: int) -> str | Number:
    return Number(element, decimals) if known else "—"


LOOP = Lab(
    name="loop",
    title="The training loop, line by line",
    controls=(
        Scale(name="batch", label="B", key="m", values=(1, 16, 32, 64, 128, 308), default=64),
        Scale(name="rate", label="rate", key="l", values=(0.03, 0.1, 0.3, 1.0), default=0.3),
    ),
    film=_film,
)
