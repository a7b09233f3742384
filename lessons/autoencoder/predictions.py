"""The predictions of the lesson: what to bet on in each lab, and where the truth is read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.subspace import principal_angles
from engine.trace import Trace
from engine.why import Element
from lessons.autoencoder.against import AGAINST, AXES
from lessons.autoencoder.anomaly import ANOMALY
from lessons.autoencoder.denoise import DENOISE
from lessons.autoencoder.idea import IDEA
from lessons.autoencoder.map import MAP_LAB
from lessons.autoencoder.networks import Plan
from lessons.autoencoder.pictures import farthest_test_digit
from lessons.autoencoder.training import TRAINING
from lessons.autoencoder.walk import WALK
from lessons.kit.answer import Numeric, OneOf, Sign
from lessons.kit.figure import Figure, Formula, Maps, Matrix, Number, Pixels
from lessons.kit.prediction import (
    Change,
    Moment,
    Prediction,
    Truth,
    focus,
    in_table,
    next_moment,
    panel,
    the_focus,
)

EPOCH = 45
"""Updates after which every digit was seen once."""


def _at_end(**settings: object) -> Callable[[Moment], Moment]:
    """The reveal of the end of a training, perhaps with other settings."""
    # Asked for when the bet stands: the number of updates needs the data.
    return lambda here: Change(settings, Plan(code=2).updates)(here)


def _darkest_gradient(here: Moment, there: Figure) -> Truth:
    """The gradient at the pixel on which the reconstruction has most ink too much."""
    loss = focus(there).trace
    worst = int(loss["difference"].argmax())
    return Truth.of(Element(loss, "dy", (worst,)))


FIRST = ("noise", "one blur, the same for all three", "three different digits")


def _what_comes_first(here: Moment, there: Figure) -> Truth:
    """Whether the reconstructions differ from one another, against how the inputs do."""
    x, y = (panel(there, Maps, key).view.array for key in ("in", "out"))
    spread = float(y.var(axis=0).mean() / x.var(axis=0).mean())
    # Noise would be far from the digits' mean; a blur is near it.
    blurred = float(((y - x.mean(axis=0)) ** 2).mean()) < float(x.var(axis=0).mean())
    answer = FIRST[2] if spread > 0.2 else FIRST[1] if blurred else FIRST[0]
    return Truth(answer, focus(there))


def _times_the_error(here: Moment, there: Figure) -> Truth:
    film = TRAINING.film(here.settings)
    before = focus(film.at(min(here.position, film.length - 1))).value
    element = focus(there)
    return Truth(element.value / before, element)


PACE = ("much the same", "about twice as large", "over five times as large")


def _pace(here: Moment, there: Figure) -> Truth:
    times = _times_the_error(here, there)
    bounds = (1.4, 5.0)
    return Truth(PACE[int(np.searchsorted(bounds, times.value))], times.element)


def _own_kind(here: Moment, there: Figure) -> Truth:
    share = panel(there, Formula, "far").lines[-1][-1]
    assert isinstance(share, Number)
    return Truth(share.element.value, share.element)


OFF = ("nothing: an empty sheet", "a digit", "ink, but no digit")


def _off_the_map(here: Moment, there: Figure) -> Truth:
    """Whether the drawing is as near to a real digit as those of the test are."""
    ink = panel(there, Pixels, "drawn").view.array
    real = panel(there, Formula, "far").lines[1][-1]
    assert isinstance(real, Number)
    digit = real.element.value <= farthest_test_digit()
    answer = OFF[0] if ink.max() < 0.2 else OFF[1] if digit else OFF[2]
    return Truth(answer, real.element)


MIXED = ("the mixed codes", "the mixed pixels")


def _nearer(here: Moment, there: Figure) -> Truth:
    codes, pixels = (in_table(there, "near", name) for name in ("codes", "pixels"))
    return Truth(MIXED[0] if codes.value < pixels.value else MIXED[1], codes)


LEVEL = ("clearly above PCA's", "within 2 % of PCA's", "clearly below PCA's")


def _linear_against_pca(here: Moment, there: Figure) -> Truth:
    pca, linear = (in_table(there, "errors", name) for name in ("PCA", "linear"))
    ratio = linear.value / pca.value
    answer = LEVEL[2] if ratio < 0.98 else LEVEL[1] if ratio <= 1.02 else LEVEL[0]
    return Truth(answer, linear)


def _bent_against_pca(here: Moment, there: Figure) -> Truth:
    pca, bent = (in_table(there, "errors", name) for name in ("PCA", "with relu"))
    return Truth(bent.value / pca.value, bent)


CHANGES = ("the space", "the directions in it", "both", "neither")


def _other_start(here: Moment) -> Moment:
    start = AXES.control("start").step(here.settings["start"], 1)
    if start == here.settings["start"]:
        start -= 1
    return Moment({**here.settings, "start": start}, here.position)


def _directions(figure: Figure) -> Trace:
    return panel(figure, Matrix, "angles").view.trace


def _what_changed(here: Moment, there: Figure) -> Truth:
    film = AXES.film(here.settings)
    before = _directions(film.at(min(here.position, film.length - 1)))["a"]
    after = _directions(there)
    turned = principal_angles(after["a"], before)
    space = bool(turned["angle"].max() > 10)
    axes = bool(np.abs(np.diag(turned["alignment"])).min() < 0.95)
    answer = CHANGES[2 if space and axes else 0 if space else 1 if axes else 3]
    return Truth(answer, focus(there))


def _noise_left(here: Moment, there: Figure) -> Truth:
    given, left = (in_table(there, "errors", name) for name in ("as given", "network"))
    return Truth(left.value / given.value, left)


SHARES = ("mostly gone", "about half gone", "hardly less")


def _noise_copied(here: Moment, there: Figure) -> Truth:
    left = _noise_left(here, there)
    return Truth(SHARES[int(np.searchsorted((0.4, 0.8), left.value))], left.element)


def _share_below(here: Moment, there: Figure) -> Truth:
    return Truth.of(Element(focus(there).trace, "share", ()))


RANKS = ("under one in ten", "about half", "over nine in ten")


def _rank(here: Moment, there: Figure) -> Truth:
    share = _share_below(here, there)
    return Truth(RANKS[int(np.searchsorted((0.1, 0.9), share.value))], share.element)


PREDICTIONS = (
    Prediction(
        id="first-loss",
        lab=IDEA,
        prompt="Pixels go from 0 to 1. What is the mean of the squared differences?",
        kind=Numeric(tolerance=0.01),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="gradient-sign",
        lab=IDEA,
        prompt="At the pixel with the most excess ink: which sign has dL/dy?",
        kind=Sign(),
        reveal=Change(position=6),
        read=_darkest_gradient,
    ),
    Prediction(
        id="comes-first",
        lab=TRAINING,
        prompt="Each digit was seen once. What are the three reconstructions?",
        kind=OneOf(options=FIRST),
        reveal=Change(position=EPOCH),
        read=_what_comes_first,
    ),
    Prediction(
        id="code-of-two",
        lab=TRAINING,
        prompt="A code of 2 instead: how many times as large does the error get?",
        kind=Numeric(relative=0.25),
        reveal=_at_end(code=2.0),
        read=_times_the_error,
    ),
    Prediction(
        id="plain-pace",
        lab=TRAINING,
        prompt="Plain descent at the same rate, as many updates: its error will be …",
        kind=OneOf(options=PACE),
        reveal=_at_end(optimiser="plain"),
        read=_pace,
    ),
    Prediction(
        id="own-kind",
        lab=MAP_LAB,
        prompt="In the end, what share of digits has its own kind as neighbour?",
        kind=Numeric(tolerance=0.1),
        reveal=_at_end(),
        read=_own_kind,
    ),
    Prediction(
        id="off-the-map",
        lab=MAP_LAB,
        prompt="What will the decoder draw in the lower right corner?",
        kind=OneOf(options=OFF),
        reveal=_at_end(x=8.0, y=-7.0),
        read=_off_the_map,
    ),
    Prediction(
        id="half-way",
        lab=WALK,
        prompt="Half-way: which picture will be nearer to a real digit?",
        kind=OneOf(options=MIXED),
        reveal=Change(position=10),
        read=_nearer,
    ),
    Prediction(
        id="linear-end",
        lab=AGAINST,
        prompt="Where will the linear autoencoder's error end?",
        kind=OneOf(options=LEVEL),
        reveal=_at_end(),
        read=_linear_against_pca,
    ),
    Prediction(
        id="bent-end",
        lab=AGAINST,
        prompt="A code of 4: what part of PCA's error will the one with relu have?",
        kind=Numeric(tolerance=0.08),
        reveal=_at_end(code=4.0),
        read=_bent_against_pca,
    ),
    Prediction(
        id="another-start",
        lab=AXES,
        prompt="The same training from other weights: what comes out different?",
        kind=OneOf(options=CHANGES),
        reveal=_other_start,
        read=_what_changed,
    ),
    Prediction(
        id="noise-left",
        lab=DENOISE,
        prompt="At the end, what part of the noisy digits' error will be left?",
        kind=Numeric(tolerance=0.08),
        reveal=_at_end(),
        read=_noise_left,
    ),
    Prediction(
        id="wide-code",
        lab=DENOISE,
        prompt="A code of 64, as wide as the picture: the noise will be …",
        kind=OneOf(options=SHARES),
        reveal=_at_end(network="linear", trained="clean", code=64.0),
        read=_noise_copied,
    ),
    Prediction(
        id="turned-digit",
        lab=ANOMALY,
        prompt="Turned by a quarter: how many test digits have smaller scores?",
        kind=OneOf(options=RANKS),
        reveal=_at_end(picture="turned", drawing=()),
        read=_rank,
    ),
    Prediction(
        id="blank-sheet",
        lab=ANOMALY,
        prompt="A blank sheet: how many test digits have smaller scores?",
        kind=OneOf(options=RANKS),
        reveal=_at_end(picture="blank", network="linear", code=32.0, drawing=()),
        read=_rank,
    ),
)
