"""The predictions of the lesson: what to bet on in each lab, and where the truth is read."""

from __future__ import annotations

import math
from dataclasses import replace

from engine.why import Element
from lessons.entropy.cross import CROSS
from lessons.entropy.guess import GUESS, ROUNDS
from lessons.entropy.jacobian import CHAIN_AT, JACOBIAN
from lessons.entropy.logits import LOGITS
from lessons.entropy.measure import MEASURE
from lessons.entropy.odds import ODDS
from lessons.entropy.race import RACE
from lessons.entropy.samples import DRAWS, SAMPLES
from lessons.entropy.surprise import SURPRISE
from lessons.entropy.targets import TARGETS
from lessons.entropy.teams import TEAMS
from lessons.entropy.tumours import TUMOURS, UPDATES, recording
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.figure import Bars, Figure, Formula, Number
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    Truth,
    focus,
    in_table,
    named,
    next_moment,
    panel,
    stay,
    the_focus,
)

HARDER = ("team A", "team B", "both alike")


def _higher_entropy(here: Moment, there: Figure) -> Truth:
    a, b = (in_table(there, "answers", 2, column) for column in (2, 3))
    return Truth(HARDER[2 if math.isclose(a.value, b.value) else a.value < b.value], b)


def _compared(before: float, after: Element, words: tuple[str, str, str]) -> Truth:
    """Whether a number is larger, smaller or the same as it was."""
    same = math.isclose(before, after.value, rel_tol=1e-9, abs_tol=1e-9)
    return Truth(words[2 if same else after.value < before], after)


def _odds_turned(here: Moment) -> Moment:
    win, lose = here.settings["p"]
    return Moment({**here.settings, "p": (lose, win)}, 0)


def _less_or_more(here: Moment, there: Figure) -> Truth:
    before = focus(ODDS.film(here.settings).at(0)).value
    return _compared(before, focus(there), UNPREDICTABLE)


UNPREDICTABLE = ("harder to predict", "easier to predict", "just as predictable")


AGAINST = ("below H", "at H or less than one bit above", "one bit above H or more")


def _average_against_h(here: Moment, there: Figure) -> Truth:
    ends = [line[1] for line in panel(there, Formula, "average").lines if len(line) > 1]
    mine, _, least = (part.element for part in ends if isinstance(part, Number))
    gap = mine.value - least.value
    return Truth(AGAINST[0 if gap < -1e-9 else 1 if gap < 1 else 2], mine)


CHANGES = ("larger", "smaller", "the same")


def _swapped(here: Moment) -> Moment:
    return replace(here, settings={**here.settings, "swap": not here.settings["swap"]})


def _cross_changed(here: Moment, there: Figure) -> Truth:
    return _compared(
        focus(CROSS.film(here.settings).at(here.position)).value, focus(there), CHANGES
    )


COSTS = ("the same as before", "one bit more", "larger, but a number", "infinite")


def _what_never_costs(here: Moment, there: Figure) -> Truth:
    before = focus(CROSS.film(here.settings).at(here.position)).value
    after = panel(there, Bars, "sums").bars[2].parts[0].element
    if not math.isfinite(after.value):
        return Truth(COSTS[3], after)
    if math.isclose(after.value, before):
        return Truth(COSTS[0], after)
    return Truth(COSTS[1 if math.isclose(after.value, before + 1) else 2], after)


BROKEN = ("a number", "infinite", "no number at all (nan)", "0")


def _what_became_of_it(here: Moment, there: Figure) -> Truth:
    loss = focus(there)
    if math.isnan(loss.value):
        return Truth(BROKEN[2], loss)
    if math.isinf(loss.value):
        return Truth(BROKEN[1], loss)
    return Truth(BROKEN[3 if loss.value == 0 else 0], loss)


def _loss_changed(here: Moment, there: Figure) -> Truth:
    return _compared(focus(TARGETS.film(here.settings).at(0)).value, focus(there), CHANGES)


def _ratio_of_gradients(here: Moment, there: Figure) -> Truth:
    steep, flat = (in_table(there, "now", row, 5) for row in (0, 1))
    return Truth(steep.value / flat.value, flat)


def _ratio_of_updates(here: Moment, there: Figure) -> Truth:
    tape = recording(here.settings["bias"], here.settings["rate"])
    quick, slow = tape.state(UPDATES).reached
    return Truth(slow / quick, focus(there))


PREDICTIONS = (
    Prediction(
        id="half-as-likely",
        lab=SURPRISE,
        prompt="p becomes half of what it is. How many bits is its surprise then?",
        kind=Numeric(unit="bits", tolerance=0.05),
        reveal=Change({"p": (0.125,)}, 1),
        read=the_focus,
    ),
    Prediction(
        id="one-bit-in-nats",
        lab=SURPRISE,
        prompt="This outcome has a surprise of 1 bit. How many nats is that?",
        kind=Numeric(unit="nats", tolerance=0.05),
        reveal=Change(position=3),
        read=the_focus,
    ),
    Prediction(
        id="goals-of-b",
        lab=TEAMS,
        prompt="How many goals does team B score on average?",
        kind=Numeric(unit="goals", tolerance=0.01),
        reveal=stay,
        read=lambda here, there: Truth.of(in_table(there, "answers", 0, 3)),
        covers=("answers", "work", CAPTION),
    ),
    Prediction(
        id="harder-to-guess",
        lab=TEAMS,
        prompt="Whose goals are harder to guess: which team has the higher entropy?",
        kind=OneOf(options=HARDER),
        reveal=next_moment,
        read=_higher_entropy,
    ),
    Prediction(
        id="mostly-loses",
        lab=ODDS,
        prompt="A team wins one match in ten. Compared with this, its match is …",
        kind=OneOf(options=UNPREDICTABLE),
        reveal=_odds_turned,
        read=_less_or_more,
        covers=("curve",),
    ),
    Prediction(
        id="mean-in-the-end",
        lab=SAMPLES,
        prompt=f"After {DRAWS} draws, about how many bits is the average surprise?",
        kind=Numeric(unit="bits", tolerance=0.1),
        reveal=Change({}, DRAWS - 1),
        read=the_focus,
        covers=("numbers", "mean"),
    ),
    Prediction(
        id="sixteen-alike",
        lab=SAMPLES,
        prompt="How many bits is the entropy of sixteen equally likely outcomes?",
        kind=Numeric(unit="bits", tolerance=0.01),
        reveal=Change({"p": (0.0625,) * 16}, DRAWS - 1),
        read=lambda here, there: Truth.of(named(there, "numbers", "H")),
    ),
    Prediction(
        id="huffman-against-h",
        lab=GUESS,
        prompt="Where does Huffman's average of bits lie, against the entropy H?",
        kind=OneOf(options=AGAINST),
        reveal=Change({}, ROUNDS - 1),
        read=_average_against_h,
        covers=("bits", "average", "mean"),
    ),
    Prediction(
        id="swapped",
        lab=CROSS,
        prompt="p and q change places. What is H(p,q) then?",
        kind=OneOf(options=CHANGES),
        reveal=_swapped,
        read=_cross_changed,
    ),
    Prediction(
        id="ruled-out",
        lab=CROSS,
        prompt="The model gives snow the probability 0. What becomes of H(p,q)?",
        kind=OneOf(options=COSTS),
        reveal=Change({"q": (0.6, 0.4, 0.0)}, 3),
        read=_what_never_costs,
    ),
    Prediction(
        id="true-owl",
        lab=LOGITS,
        prompt="What if the true class were the owl? How many nats is the loss?",
        kind=Numeric(unit="nats", tolerance=0.1),
        reveal=Change({"target": "owl"}, 4),
        read=the_focus,
    ),
    Prediction(
        id="as-written",
        lab=LOGITS,
        prompt="exp, sum, divide, log, as written: what will the loss be?",
        kind=OneOf(options=BROKEN),
        reveal=next_moment,
        read=_what_became_of_it,
        covers=("table", "lines", CAPTION),
    ),
    Prediction(
        id="wrong-two-swapped",
        lab=TARGETS,
        prompt="Dog and owl swap their logits. What is the loss then?",
        kind=OneOf(options=CHANGES),
        reveal=_swapped,
        read=_loss_changed,
    ),
    Prediction(
        id="times-steeper",
        lab=RACE,
        prompt="a = .01, y = 1. How many times as steep as MSE is cross-entropy?",
        kind=Numeric(unit="times", relative=0.2),
        reveal=stay,
        read=_ratio_of_gradients,
        covers=("now", "plateau", "dz", CAPTION),
    ),
    Prediction(
        id="times-longer",
        lab=TUMOURS,
        prompt="How many times as many updates does MSE need to nine in ten?",
        kind=Numeric(unit="times", relative=0.3),
        reveal=Change(position=UPDATES),
        read=_ratio_of_updates,
    ),
    Prediction(
        id="far-off",
        lab=MEASURE,
        prompt="Outputs start on the line; the targets' mean is 0. What is ∂L/∂b?",
        kind=Numeric(tolerance=0.05),
        reveal=stay,
        read=lambda here, there: Truth.of(in_table(there, "now", 0, 3)),
        covers=("now",),
    ),
    Prediction(
        id="gradient-of-cat",
        lab=JACOBIAN,
        prompt="The true class is the dog. What is ∂L/∂z for the cat?",
        kind=Numeric(tolerance=0.02),
        reveal=Change({}, CHAIN_AT),
        read=the_focus,
    ),
)
