"""Where the bets of the lesson are revealed, and how their truths are read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.why import Element
from lessons.descent.loop import EPOCHS, lines, turns
from lessons.descent.paths import RULE_NAMES, SCHEDULE_LETTERS
from lessons.descent.race import RUNS
from lessons.descent.update import UPDATE, trained
from lessons.descent.weight import walk
from lessons.descent.xor import LETTERS, NAMES
from lessons.kit.figure import Figure, Number, Plane, Table
from lessons.kit.prediction import (
    Moment,
    PredictionError,
    Truth,
    focus,
    in_table,
    panel,
)

FEW = 10
"""Updates that a bet on steadiness looks ahead."""
LEVEL = 0.05
"""Losses that differ by less than this part of the smaller one are about level."""
NEAR = 0.3
"""This near to the middle of the plane a path is at its saddle."""

NAMED = {
    **dict(zip("BMS", RUNS, strict=True)),
    **dict(zip("pmNA", RULE_NAMES, strict=True)),
    **{f"{letter} {name}": name for letter, name in SCHEDULE_LETTERS.items()},
}
"""The names behind what stands first in a row of the table of runs."""


def element_of(cell: str | Number) -> Element:
    """The number in a cell. Errors: PredictionError where it says that the run has diverged."""
    if isinstance(cell, str):
        raise PredictionError("That run has diverged: choose a smaller rate first.")
    return cell.element


def column_of(there: Figure, head: str) -> dict[str, str | Number]:
    """A column of the table of runs, by the names of the runs."""
    table = panel(there, Table, "runs")
    place = table.head.index(head)
    return {NAMED.get(str(row[0]), str(row[0])): row[place] for row in table.rows}


def losses_of(there: Figure) -> dict[str, Element]:
    """The losses in the table of runs, by the names of those that have not diverged."""
    cells = column_of(there, "loss")
    return {name: cell.element for name, cell in cells.items() if isinstance(cell, Number)}


def which_way(here: Moment, there: Figure) -> Truth:
    """Whether the weight has become larger."""
    moments = walk(here.settings["data"], here.settings["rate"], here.settings["start"])
    before = float(moments[here.position][0]["w"])
    after = Element(moments[here.position + 1][0], "w", ())
    if after.value == before:
        return Truth("as it was", after)
    return Truth("larger" if after.value > before else "smaller", after)


RISES = ("a lower loss, on this side", "a lower loss, on the other side", "a higher loss")
FASTER = 2.5
"""The rate that the bet on learning rates is about."""


def with_larger_rate(here: Moment, there: Figure) -> Truth:
    """What the first update does to the loss at that rate."""
    (before, _), (after, _), *_ = walk(here.settings["data"], FASTER, here.settings["start"])
    loss = Element(after, "loss", ())
    if loss.value > float(before["loss"]):
        return Truth(RISES[2], loss)
    return Truth(RISES[float(before["dw"]) * float(after["dw"]) < 0], loss)


def few_on(here: Moment) -> Moment:
    """A few moments on."""
    return replace(here, position=here.position + FEW)


def rises(here: Moment, there: Figure) -> Truth:
    """How many of the next updates raise the loss on all points."""
    film = UPDATE.film(here.settings)
    positions = range(here.position, here.position + FEW + 1)
    losses = [focus(film.at(position)).value for position in positions]
    return Truth(float((np.diff(losses) > 0).sum()), focus(there))


def per_epoch(here: Moment, there: Figure) -> Truth:
    """How many updates make an epoch."""
    settings = here.settings
    training, _ = trained(settings["data"], settings["batch"], settings["rate"])
    return Truth.of(Element(training.batches.cut(), "per_epoch", ()))


def leader(here: Moment, there: Figure) -> Truth:
    """The run with the lowest loss."""
    losses = losses_of(there)
    if not losses:
        raise PredictionError("All runs have diverged: choose a smaller rate first.")
    best = min(losses, key=lambda name: losses[name].value)
    return Truth(best, losses[best])


CLOSE = ("batch, by far", "neither: about level", "mini-batch, by far")


def batch_and_mini(here: Moment, there: Figure) -> Truth:
    """How the losses of batch and mini-batch compare."""
    losses = losses_of(there)
    if len(losses.keys() & set(RUNS[:2])) < 2:
        raise PredictionError("Show batch and mini-batch, at a rate at which both go on.")
    batch, mini = losses["batch"].value, losses["mini-batch"].value
    if abs(batch - mini) < LEVEL * min(batch, mini):
        return Truth(CLOSE[1], losses["mini-batch"])
    return Truth(CLOSE[0 if batch < mini else 2], losses["mini-batch"])


AT_LARGER_RATE = {"rate": 0.3, "runs": "all three", "each": "examples"}
"""The race at a larger rate, with all three in view."""
NONE = "none of them"


def examples(updates: str | Number) -> Element:
    """The examples that belong to a number of updates."""
    return Element(element_of(updates).trace, "examples", ())


def first_to_diverge(here: Moment, there: Figure) -> Truth:
    """The run that diverged after the fewest examples."""
    updates, losses = column_of(there, "updates"), column_of(there, "loss")
    gone = {name: examples(updates[name]) for name in losses if losses[name] == "diverged"}
    if not gone:
        return Truth(NONE, examples(updates["stochastic"]))
    first = min(gone, key=lambda name: gone[name].value)
    return Truth(first, gone[first])


NOISES = ("a quarter", "half", "as large as before")


def four_times_the_batch(here: Moment, there: Figure) -> Truth:
    """How the distance changes from 4 points to 16."""
    small, large = (in_table(there, "sizes", size, 1) for size in ("4", "16"))
    factor = large.value / small.value
    near = min(range(3), key=lambda n: abs(np.log(factor) - np.log((0.25, 0.5, 1.0)[n])))
    return Truth(NOISES[near], large)


def lowest(here: Moment, there: Figure) -> Truth:
    """The path with the lowest loss."""
    losses = losses_of(there)
    best = min(losses, key=lambda name: losses[name].value)
    return Truth(best, losses[best])


def longest_at_the_saddle(here: Moment, there: Figure) -> Truth:
    """The path with most moments near the middle, where the saddle is."""
    groups = panel(there, Plane, "plane").groups
    counts = {one.label: int((np.hypot(one.x, one.y) < NEAR).sum()) for one in groups}
    name = max(counts, key=lambda label: counts[label])
    losses = losses_of(there)
    if counts[name] == 0 or name not in losses:
        raise PredictionError("From here no path comes near the saddle: start elsewhere.")
    return Truth(name, losses[name])


SHARES = ("fewer than with batch", "about as many", "many more than with batch")


def stochastic_against_batch(here: Moment, there: Figure) -> Truth:
    """Whether more stochastic than batch runs end in the deepest valley."""
    batch, single = (in_table(there, "counts", row, 2) for row in ("a all", "o 1"))
    gap = single.value - batch.value
    return Truth(SHARES[1 if abs(gap) < 0.1 else 2 if gap > 0 else 0], single)


SIZES = ("all", "20", "5", "1")


def most_in_the_deepest(here: Moment, there: Figure) -> Truth:
    """The batch size with the most runs in the deepest valley."""
    names = [str(row[0]) for row in panel(there, Table, "counts").rows]
    shares = {name: in_table(there, "counts", name, 2) for name in names}
    best = max(shares, key=lambda name: shares[name].value)
    return Truth(best.partition(" ")[2], shares[best])


def most_solved(here: Moment, there: Figure) -> Truth:
    """The batch size with the most networks that solve it."""
    shares = {NAMES[size]: in_table(there, "counts", row, 2) for size, row in LETTERS.items()}
    best = max(shares, key=lambda name: shares[name].value)
    return Truth(best, shares[best])


def highest(here: Moment, there: Figure) -> Truth:
    """The rule with the highest loss."""
    losses = losses_of(there)
    worst = max(losses, key=lambda name: losses[name].value)
    return Truth(worst, losses[worst])


def loop_last_batch(here: Moment) -> Moment:
    """The moment at which the last batch of the first epoch is taken."""
    size, rate = int(here.settings["batch"]), here.settings["rate"]
    moments = lines(size, rate)
    last = len(turns(size, rate)[1]) // EPOCHS - 1
    return replace(here, position=moments.index((3, last)))


def batch_length(here: Moment, there: Figure) -> Truth:
    """How many points the batch has."""
    return Truth.of(in_table(there, "names", "len(batch)", 1))
