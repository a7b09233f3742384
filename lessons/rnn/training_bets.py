"""The predictions about the long chain, the trainings, and what comes after the RNN."""

from __future__ import annotations

import math

from lessons.kit.answer import Numeric, OneOf
from lessons.kit.figure import Figure
from lessons.kit.film import Recorded
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    ToEnd,
    Truth,
    focus,
    in_table,
    named,
    stay,
    the_focus,
)
from lessons.kit.training import LOSS
from lessons.rnn import forecaster, writer
from lessons.rnn.chain import CHAIN
from lessons.rnn.forecasting import FORECAST
from lessons.rnn.leads import LEADS
from lessons.rnn.order import FORECASTS
from lessons.rnn.writing import WRITER

LEFT = ("more than a half", "about a tenth", "less than a hundredth")


def _left(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    return Truth(LEFT[0 if element.value > 0.5 else 1 if element.value > 0.01 else 2], element)


EXPLODES = ("as large as before", "smaller, but an explosion", "no explosion at all")


def _against_quiet(here: Moment, there: Figure) -> Truth:
    """What is left of the gradient with loud input, beside what was left with quiet input."""
    quiet = focus(CHAIN.film(here.settings).at(ToEnd(CHAIN)(here).position)).value
    element = focus(there)
    if element.value < 100:
        return Truth(EXPLODES[2], element)
    return Truth(EXPLODES[0 if element.value > quiet / 10 else 1], element)


SHARE = ("larger", "the same", "smaller")


def _share_after_clipping(here: Moment, there: Figure) -> Truth:
    element = named(there, "numbers", "clipped_share")
    before = named(there, "numbers", "share").value
    if math.isclose(element.value, before, rel_tol=1e-9):
        return Truth(SHARE[1], element)
    return Truth(SHARE[0 if element.value > before else 2], element)


def _percent_of_today(here: Moment, there: Figure) -> Truth:
    network, today = (in_table(there, "errors", FORECASTS[key], 1) for key in ("network", "today"))
    return Truth(100 * network.value / today.value, network)


STOCKS = ("off by much less", "about as good", "off by much more")


def _against_today(here: Moment, there: Figure) -> Truth:
    truth = _percent_of_today(here, there)
    return Truth(STOCKS[0 if truth.value < 80 else 2 if truth.value > 125 else 1], truth.element)


READS = ("down as far", "down, but not as far", "not down at all")


def _kept_back(here: Moment, there: Figure) -> Truth:
    """What becomes of the loss on the verse that was kept back."""
    film = WRITER.film(here.settings)
    assert isinstance(film, Recorded)
    recorded = film.recording
    (_, loss), (_, test) = (recorded.curve(name, writer.UPDATES) for name in (LOSS, writer.TEST))
    if test[-1] > 0.9 * test[0]:
        return Truth(READS[2], focus(there))
    near = test[-1] < 1.1 * loss[-20:].mean()
    return Truth(READS[0 if near else 1], focus(there))


MORE = ("the RNN", "the LSTM, along its cell path", "both about the same")


def _keeps_more(here: Moment, there: Figure) -> Truth:
    plain, gated = (in_table(there, "paths", row, 2) for row in (0, 1))
    if 0.1 < plain.value / gated.value < 10:
        return Truth(MORE[2], gated)
    return Truth(MORE[0 if plain.value > gated.value else 1], gated)


TRAINING_PREDICTIONS = (
    Prediction(
        id="left-of-it",
        lab=CHAIN,
        prompt="At the first step: how much of ∂L/∂h will be left?",
        kind=OneOf(options=LEFT),
        reveal=ToEnd(CHAIN),
        read=_left,
    ),
    Prediction(
        id="louder",
        lab=CHAIN,
        prompt="The same W reads real input (× 1). How large is the explosion then?",
        kind=OneOf(options=EXPLODES),
        reveal=ToEnd(CHAIN, {"loudness": 1.0}),
        read=_against_quiet,
    ),
    Prediction(
        id="clipped-share",
        lab=CHAIN,
        prompt="Clipping comes on. How large will the first steps' part of ∂L/∂W be then?",
        kind=OneOf(options=SHARE),
        reveal=ToEnd(CHAIN, {"clip": "clip 1"}),
        read=_share_after_clipping,
    ),
    Prediction(
        id="percent-of-today",
        lab=FORECAST,
        prompt=(
            "After training: how large will its error on the kept-back years be, in percent of "
            "that of “tomorrow = today”?"
        ),
        kind=Numeric(tolerance=5, unit="%"),
        reveal=Change(position=forecaster.UPDATES),
        read=_percent_of_today,
    ),
    Prediction(
        id="stocks",
        lab=FORECAST,
        prompt="After training, against “tomorrow = today” on the months that were kept back:",
        kind=OneOf(options=STOCKS),
        reveal=Change(position=forecaster.UPDATES),
        read=_against_today,
    ),
    Prediction(
        id="first-surprise",
        lab=WRITER,
        prompt=(
            "Its surprise at each character is −ln p; 28 characters, nothing learned yet. What "
            "will it be on average?"
        ),
        kind=Numeric(relative=0.1),
        reveal=stay,
        read=the_focus,
        covers=("loss", "surprise", "own", "p", CAPTION),
    ),
    Prediction(
        id="kept-back-verse",
        lab=WRITER,
        prompt="The loss on its own verse will fall. Where does that on the rest go?",
        kind=OneOf(options=READS),
        reveal=Change(position=writer.UPDATES),
        read=_kept_back,
    ),
    Prediction(
        id="keeps-more",
        lab=LEADS,
        prompt="All the way back at the first step: where will more be left?",
        kind=OneOf(options=MORE),
        reveal=ToEnd(LEADS),
        read=_keeps_more,
    ),
)
