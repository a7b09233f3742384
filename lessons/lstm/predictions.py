"""The predictions of the lesson: what to bet on in each lab, and where the truth is read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.why import Element, why
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.figure import Bars, Curves, Figure, Timeline
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    ToEnd,
    Truth,
    focus,
    next_moment,
    panel,
    stay,
    the_focus,
)
from lessons.lstm import back_by_hand, by_hand
from lessons.lstm.adding import SOLVED, UPDATES
from lessons.lstm.back_by_hand import BACK_BY_HAND
from lessons.lstm.backward import BACKWARD
from lessons.lstm.by_hand import BY_HAND
from lessons.lstm.gates import GATES_OVER_TIME
from lessons.lstm.highway import HIGHWAY, STEPS
from lessons.lstm.race import RACE
from lessons.lstm.seeds import COUNTS, WAYS, moments
from lessons.lstm.size import SIZE

WINNERS = ("both", "the LSTM alone", "the RNN alone", "neither")


def _who_learned(here: Moment, there: Figure) -> Truth:
    lines = {line.letter: line.y[-1] < SOLVED for line in panel(there, Curves, "error").series}
    lstm, rnn = lines["l"], lines["r"]
    return Truth(WINNERS[(0 if rnn else 1) if lstm else (2 if rnn else 3)], focus(there))


RANGES = ("c and h", "h alone", "c alone", "neither")


def _stays_within_one(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    trace, unit = element.trace, element.index[1]
    c, h = (float(np.abs(trace[name][:, unit]).max()) <= 1 for name in "ch")
    t = int(np.abs(trace["c"][:, unit]).argmax())
    which = RANGES[(0 if h else 2) if c else (1 if h else 3)]
    return Truth(which, Element(trace, "c", (t, unit)))


SHARES = ("near 0", "near a half", "near 1")


def _share(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    return Truth(SHARES[min(2, int(element.value * 3))], element)


CLASSES = ("class 1", "class 2", "class 3")


def _likeliest(here: Moment, there: Figure) -> Truth:
    p = focus(there).trace["p"]
    best = int(p.argmax())
    return Truth(CLASSES[best], Element(focus(there).trace, "p", (best,)))


LOSSES = ("lower", "about the same", "higher")


def _loss_when_held(here: Moment, there: Figure) -> Truth:
    rows = {row.label: row for row in panel(there, Timeline, "unit").rows}
    held, free = (Element(rows[name].view.trace, "mean_loss", ()) for name in ("loss", "loss free"))
    ratio = held.value / free.value
    return Truth(LOSSES[0 if ratio < 0.95 else 2 if ratio > 1.05 else 1], held)


def _numbers_of_gate(here: Moment, there: Figure) -> Truth:
    view = panel(there, Timeline, "all").rows[0].view
    gate = view.trace["f"]
    return Truth(float(gate.shape[1]), Element(view.trace, "f", (0, 0)))


def _forget_of_unit(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    return Truth.of(Element(element.trace, "f", element.index))


def _parts_from_later(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    return Truth(float(len(why(element.trace, element.name, element.index).terms)), element)


WAYS_TO_C = ("through h", "through the next c", "as much through each")


def _larger_way(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    by_h, later = (
        abs(element.trace.value(f"dc_from_{way}", element.index)) for way in ("h", "next")
    )
    which = 0 if by_h > later else 1 if later > by_h else 2
    return Truth(WAYS_TO_C[which], Element(element.trace, "dc_from_next", element.index))


def _step_0_of_last_loss(here: Moment) -> Moment:
    settings = {**here.settings, "loss": "last step"}
    film = BACK_BY_HAND.film(settings)
    for position in range(film.length):
        element = focus(film.at(position))
        if element.name == "dc" and element.index[0] == 0:
            return Moment(settings, position)
    raise AssertionError("the film goes back to step 0")


COLUMNS = ("h1", "h2", "x1", "x2")


def _unchanged_column(here: Moment, there: Figure) -> Truth:
    """The column of the four sets' sums to which the newest step adds nothing."""
    sums = focus(there).trace
    t = focus(there).index[0]
    added = np.abs(np.concatenate([sums[f"dW_{gate}_step"][t] for gate in "figo"])).max(axis=0)
    k = int(added.argmin())
    return Truth(COLUMNS[k], Element(sums, "dW_g_step", (t, 0, k)))


LEFT = ("more than before", "about as much", "nearly nothing")


def _left_when_shut(here: Moment, there: Figure) -> Truth:
    before = focus(BACKWARD.film(here.settings).at(0)).trace
    element = focus(there)
    was, now = (float(np.abs(one["dc_from_next"]).max()) for one in (before, element.trace))
    which = 0 if now > 1.5 * was else 2 if now < 0.1 * was else 1
    return Truth(LEFT[which], Element(element.trace, "dc_from_next", element.index))


SIZES = ("about a half", "about a hundredth", "a thousandth at the most")


def _left_after_all(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    return Truth(SIZES[0 if element.value > 0.1 else 1 if element.value > 0.002 else 2], element)


def _learned_with_bias(here: Moment, there: Figure) -> Truth:
    bar = panel(there, Bars, "counts").bars[list(WAYS).index("b_f 1")]
    return Truth.of(bar.parts[0].element)


PREDICTIONS = (
    Prediction(
        id="longer-race",
        lab=RACE,
        prompt="The same race over 20 steps: who will have learned it at the end?",
        kind=OneOf(options=WINNERS),
        reveal=Change({"length": 20.0}, UPDATES),
        read=_who_learned,
    ),
    Prediction(
        id="within-one",
        lab=GATES_OVER_TIME,
        prompt="Which of the two states of this unit will stay between −1 and 1?",
        kind=OneOf(options=RANGES),
        reveal=ToEnd(GATES_OVER_TIME),
        read=_stays_within_one,
    ),
    Prediction(
        id="first-sum",
        lab=BY_HAND,
        prompt="What will a be for f1, unit 1 of the forget gate?",
        kind=Numeric(tolerance=0.1),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="open-gate",
        lab=BY_HAND,
        prompt="With the bias b_f at 6: where will the forget gate of unit 1 be?",
        kind=OneOf(options=SHARES),
        reveal=Change({"forget": 6.0}, by_hand.moment_of("f", 0, 0)),
        read=_share,
    ),
    Prediction(
        id="second-candidate",
        lab=BY_HAND,
        prompt="What will tanh make of g2's pre-activation?",
        kind=Numeric(tolerance=0.1),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="new-cell",
        lab=BY_HAND,
        prompt="What will the new c of unit 1 be?",
        kind=Numeric(tolerance=0.1),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="let-out",
        lab=BY_HAND,
        prompt="What will h of unit 1 be?",
        kind=Numeric(tolerance=0.05),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="likeliest-class",
        lab=BY_HAND,
        prompt="Which class will get the largest ŷ?",
        kind=OneOf(options=CLASSES),
        reveal=Change(position=len(by_hand.MOVES)),
        read=_likeliest,
    ),
    Prediction(
        id="times-an-rnn",
        lab=SIZE,
        prompt="How many times as many weights and biases has the LSTM's cell as the RNN's?",
        kind=Numeric(tolerance=0.1),
        reveal=stay,
        read=the_focus,
        covers=("counts", CAPTION),
    ),
    Prediction(
        id="nothing-enters",
        lab=GATES_OVER_TIME,
        prompt="The input gate is held at 0 from the first letter on. What is c at the last one?",
        kind=Numeric(tolerance=0.01),
        reveal=ToEnd(GATES_OVER_TIME, {"hold": "i=0"}),
        read=the_focus,
    ),
    Prediction(
        id="never-forgets",
        lab=GATES_OVER_TIME,
        prompt="The forget gate is held at 1: will the loss over the text be lower or higher?",
        kind=OneOf(options=LOSSES),
        reveal=ToEnd(GATES_OVER_TIME, {"hold": "f=1"}),
        read=_loss_when_held,
    ),
    Prediction(
        id="gate-numbers",
        lab=GATES_OVER_TIME,
        prompt="How many numbers does the forget gate give at each letter?",
        kind=Numeric(unit="numbers"),
        reveal=stay,
        read=_numbers_of_gate,
        covers=("all",),
    ),
    Prediction(
        id="biased-gate",
        lab=GATES_OVER_TIME,
        prompt="With 4 added to every forget bias, what will f of this unit be about?",
        kind=Numeric(tolerance=0.05),
        reveal=ToEnd(GATES_OVER_TIME, {"forget": 4.0}),
        read=_forget_of_unit,
    ),
    Prediction(
        id="right-class",
        lab=BACK_BY_HAND,
        prompt="What will ∂L/∂z be for the class that came?",
        kind=Numeric(tolerance=0.02),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="parts-from-later",
        lab=BACK_BY_HAND,
        prompt="How many numbers of the ∂L/∂a column of step 2 go into it?",
        kind=Numeric(unit="numbers"),
        reveal=next_moment,
        read=_parts_from_later,
    ),
    Prediction(
        id="larger-way",
        lab=BACK_BY_HAND,
        prompt="The loss at the last step alone: which way brings more to c of step 0, unit 1?",
        kind=OneOf(options=WAYS_TO_C),
        reveal=_step_0_of_last_loss,
        read=_larger_way,
    ),
    Prediction(
        id="through-sigma",
        lab=BACK_BY_HAND,
        prompt="f1 has its ∂L/∂act. What will its ∂L/∂a be?",
        kind=Numeric(relative=0.1),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="unchanged-column",
        lab=BACK_BY_HAND,
        prompt="Step 1 now adds its parts to four sets: to which column does it add nothing?",
        kind=OneOf(options=COLUMNS),
        reveal=Change(position=back_by_hand.moment_of("W_o", 1)),
        read=_unchanged_column,
    ),
    Prediction(
        id="shut-on-the-way",
        lab=BACKWARD,
        prompt="With every forget gate shut, how much will “∂c later” be?",
        kind=OneOf(options=LEFT),
        reveal=ToEnd(BACKWARD, {"forget": -6.0}),
        read=_left_when_shut,
    ),
    Prediction(
        id="left-after-49",
        lab=HIGHWAY,
        prompt="How much is left along the LSTM's cell path, 49 steps back?",
        kind=OneOf(options=SIZES),
        reveal=Change(position=STEPS - 1),
        read=_left_after_all,
    ),
    Prediction(
        id="learned-with-bias",
        lab=COUNTS,
        prompt="How many of the seeds will the LSTM with forget bias 1 learn?",
        kind=Numeric(unit="seeds"),
        reveal=lambda here: replace(here, position=moments(int(here.settings["seeds"])) - 1),
        read=_learned_with_bias,
    ),
)
