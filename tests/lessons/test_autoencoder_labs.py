"""The labs on autoencoders: what the lesson says of them is what they show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.autoencoder import decoder, encoder
from engine.shapes import Array
from lessons.autoencoder.labs import (
    AGAINST,
    ANOMALY,
    AXES,
    DENOISE,
    IDEA,
    LABS,
    MAP_LAB,
    TRAINING,
    WALK,
)
from lessons.autoencoder.map import X_LIMITS, Y_LIMITS
from lessons.autoencoder.networks import MAP, Plan, recording, trained
from lessons.autoencoder.pictures import STRANGERS, all_digits, column_of, unseen_digits
from lessons.autoencoder.predictions import PREDICTIONS
from lessons.catalog import lesson
from lessons.kit.cells import Grid
from lessons.kit.figure import Curves, Figure, Formula, Maps, Matrix, Number, Pixels, Plane, Table
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.prediction import panel
from lessons.own.file import FileError
from lessons.own.picture_file import OWN

END = Plan(code=8).updates


def shown(lab: Lab, at: int, **settings: Any) -> Figure:
    return lab.film(lab.settings(settings)).at(at)


def table(figure: Figure, key: str) -> dict[str, float]:
    found = {}
    for first, *_, last in panel(figure, Table, key).rows:
        assert isinstance(first, str) and isinstance(last, Number)
        found[first] = last.element.value
    return found


def picture(figure: Figure, key: str) -> Array:
    return panel(figure, Pixels, key).view.array


def every_setting(lab: Lab) -> Iterator[dict[str, Any]]:
    """All values of each control beside the defaults of the others, then some mixtures."""
    values: dict[str, list[Any]] = {}
    for control in lab.controls:
        if isinstance(control, Grid):
            continue
        # Down to the first value; a choice goes round instead.
        one, found = control.initial, [control.initial]
        for by in (-1, 1):
            one = control.initial
            while (one := control.step(one, by)) not in found:
                found.append(one)
        values[control.name] = found
    for name, found in values.items():
        yield from ({name: one} for one in found)
    rng = np.random.default_rng(0)
    for _ in range(12):
        yield {name: found[rng.integers(len(found))] for name, found in values.items()}


@pytest.mark.parametrize("lab", [lab for lab in LABS if lab not in (IDEA, WALK)])
def test_every_setting_opens(lab: Lab) -> None:
    for given in every_setting(lab):
        if given.get("picture") == OWN:
            with pytest.raises(FileError, match="There is no picture of your own yet"):
                lab.film({**lab.defaults, **given})
            continue
        film = lab.film({**lab.defaults, **given})
        assert isinstance(film, Recorded)
        figure = film.at(0)
        assert figure.panels and figure.focus is not None


def test_one_digit_through_all_stages() -> None:
    film = IDEA.film(IDEA.settings({"digit": 7}))
    shapes = [panel(film.at(n), Matrix, "stage").view.array.size for n in range(film.length)]
    assert shapes == [64, 32, 8, 32, 64, 64, 64, 8]
    last = film.at(film.length - 1)
    x, y = picture(last, "in").reshape(-1), picture(last, "out").reshape(-1)
    np.testing.assert_array_equal(x, unseen_digits()[:, column_of(7, 0)])
    np.testing.assert_array_equal(y, trained(Plan(8)).forward(x).output)
    dy = panel(film.at(6), Matrix, "stage").view.array.reshape(-1)
    np.testing.assert_allclose(dy, 2 * (y - x) / 64, atol=1e-15)
    untrained = shown(IDEA, 5, trained=False).focus
    learned = shown(IDEA, 5).focus
    assert untrained is not None and learned is not None
    assert untrained.value > 5 * learned.value


def test_training_is_the_same_again() -> None:
    plan = Plan(code=8)
    state = recording(plan).state(30)
    again = plan.training.start(plan.network)
    for _ in range(30):
        again = plan.training.advance(again)
    for name, w in state.network.parameters.items():
        np.testing.assert_array_equal(again.network.parameters[name], w)


def test_curves_go_no_further_than_their_moment() -> None:
    recording(Plan(code=8)).reach(60)
    curves = panel(shown(TRAINING, 31), Curves, "curves")
    batch, tested = curves.series
    assert batch.x.tolist() == list(range(1, 32))
    assert tested.x.tolist() == [0, 15, 30]
    assert curves.x_limits == (0, END)


def test_first_all_are_alike_then_each_is_itself() -> None:
    for at, low, high in ((45, 0.0, 0.1), (END, 0.5, 1.0)):
        figure = shown(TRAINING, at)
        x, y = (panel(figure, Maps, key).view.array for key in ("in", "out"))
        assert low <= float(y.var(axis=0).mean() / x.var(axis=0).mean()) <= high


def test_a_training_that_diverges_says_so() -> None:
    film = TRAINING.film(TRAINING.settings({"optimiser": "plain", "activation": "linear"}))
    assert film.at(5).focus is not None
    wild = Plan(code=8, hidden=(), activation="linear", optimiser="plain", rate=300.0)
    kept = recording(wild)
    kept.reach(END)
    assert kept.ready < END and "learning rate" in kept.end


def test_the_map_holds_every_digit_and_draws_at_the_cursor() -> None:
    network = trained(MAP)
    codes = encoder(network).forward(all_digits()[0]).output
    for row, (low, high) in zip(codes, (X_LIMITS, Y_LIMITS), strict=True):
        assert low < row.min() and row.max() < high
    figure = shown(MAP_LAB, END, x=-6.0, y=3.0, digits="all")
    plane = panel(figure, Plane, "map")
    assert sum(len(group.x) for group in plane.groups) == len(all_digits()[1])
    assert plane.at == (-6, 3) and plane.steers == ("x", "y")
    drawn = decoder(network).forward(np.array([-6.0, 3.0])).output
    np.testing.assert_array_equal(picture(figure, "drawn").reshape(-1), drawn)
    lines = panel(figure, Formula, "far").lines
    distance, share = lines[0][-1], lines[-1][-1]
    assert isinstance(distance, Number) and isinstance(share, Number)
    nearest = np.hypot(codes[0] + 6, codes[1] - 3).min()
    assert distance.element.value == pytest.approx(nearest, abs=1e-12)
    assert share.element.value > 0.7


def test_a_walk_goes_from_digit_to_digit() -> None:
    network = trained(MAP)
    for at, digit in ((0, 1), (20, 7)):
        figure = shown(WALK, at, **{"from": 1, "to": 7})
        x = unseen_digits()[:, column_of(digit, 0)]
        np.testing.assert_allclose(picture(figure, "mixed").reshape(-1), x, atol=1e-15)
        drawn = network.forward(x).output
        np.testing.assert_allclose(picture(figure, "drawn").reshape(-1), drawn, atol=1e-12)
    near = table(shown(WALK, 10, **{"from": 1, "to": 7}), "near")
    assert near["codes"] < 0.8 * near["pixels"]


def test_linear_is_pca_and_relu_goes_below() -> None:
    for code in (4.0, 8.0):
        errors = table(shown(AGAINST, END, code=code), "errors")
        assert errors["linear"] == pytest.approx(errors["PCA"], rel=0.01)
        assert errors["with relu"] < 0.85 * errors["PCA"]


@pytest.mark.parametrize("start", [1, 3, 4])
def test_same_space_other_axes(start: int) -> None:
    figure = shown(AXES, END, start=start)
    assert panel(figure, Matrix, "angles").view.array.max() < 1
    assert np.abs(panel(figure, Matrix, "axes").view.array).max(axis=1).min() < 0.9


def test_noise_is_taken_away_and_a_wide_code_copies_it() -> None:
    errors = table(shown(DENOISE, END), "errors")
    assert errors["network"] < 0.8 * errors["best PCA"] < 0.4 * errors["as given"]
    wide = {"network": "linear", "trained": "clean", "code": 64.0}
    errors = table(shown(DENOISE, END, **wide), "errors")
    assert errors["network"] > 0.9 * errors["as given"]
    errors = table(shown(DENOISE, END, **{**wide, "trained": "noisy"}), "errors")
    assert errors["network"] < 0.4 * errors["as given"]


def test_strangers_score_above_the_digits() -> None:
    for name in STRANGERS[1:]:
        focus = shown(ANOMALY, END, picture=name).focus
        assert focus is not None and float(focus.trace["share"]) == 1.0
    focus = shown(ANOMALY, END, picture="blank", network="linear", code=32.0).focus
    assert focus is not None and float(focus.trace["share"]) < 0.1


def test_what_is_drawn_is_scored() -> None:
    cells = tuple(tuple(1.0 if column in (3, 4) else 0.0 for column in range(8)) for _ in range(8))
    figure = shown(ANOMALY, 0, drawing=cells)
    assert panel(figure, Pixels, "in").edits == "drawing"
    np.testing.assert_array_equal(picture(figure, "in"), np.array(cells))
    settings = ANOMALY.changed({**ANOMALY.defaults, "drawing": cells}, "picture", "cat")
    assert settings["drawing"] == ()


def test_a_picture_of_the_learner_s_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "dark.npy"
    sheet = np.ones((40, 40))
    sheet[4:36, 18:22] = 0.0  # a stroke of ink on white paper
    np.save(path, sheet)
    figure = shown(ANOMALY, 0, picture=OWN, image=str(path))
    ink = picture(figure, "in")
    assert ink[:, 3:5].min() > 0.4 and ink[:, :3].max() == 0
    assert panel(figure, Pixels, "in").title == "your picture"
    np.save(path, np.ones((9, 9)))
    with pytest.raises(ValueError, match="there is no digit to be seen"):
        shown(ANOMALY, 0, picture=OWN, image=str(path))


def test_the_bets_are_worth_making() -> None:
    bets = {one.id: one for one in PREDICTIONS}
    told = {}
    for step in lesson("autoencoder").steps:
        if step.predict and step.lab:
            bet = bets[step.predict.bet]
            settings = bet.lab.settings(step.lab.settings)
            truth, _ = bet.truth(settings, step.lab.at)
            told[bet.id] = bet.kind.show(truth.value)
    assert told["comes-first"] == "one blur, the same for all three"
    assert told["plain-pace"] == "over five times as large"
    assert told["off-the-map"] == "ink, but no digit"
    assert told["half-way"] == "the mixed codes"
    assert told["linear-end"] == "within 2 % of PCA's"
    assert told["another-start"] == "the directions in it"
    assert told["wide-code"] == "hardly less"
    assert told["turned-digit"] == "over nine in ten"
    assert told["blank-sheet"] == "under one in ten"
    assert set(told) == set(bets)
