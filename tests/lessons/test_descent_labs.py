"""The labs of the descent lesson show what the lesson says: closed forms, counts, and no chance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from engine.basins import basins
from engine.batches import Batches
from engine.descent import Plain
from engine.schedule import Schedule
from engine.shapes import Array
from engine.training import Training, evaluate
from engine.two_hidden import TwoHidden, solved
from lessons.catalog import lesson
from lessons.descent.labs import LABS
from lessons.descent.paths import Paths, Walker, lowest, schedules
from lessons.descent.problems import TASKS, lynx_wave, sunspot_lags, sunspot_line
from lessons.descent.race import (
    EPOCHS,
    RUNS,
    SLICES,
    Entry,
    Race,
    diverged,
    ghost_of,
    raced,
    trainings,
)
from lessons.descent.race_lab import RACE
from lessons.descent.sweep import MINIMA, Sweep, best_valley, counted, curve
from lessons.descent.update import UPDATE, trained
from lessons.descent.weight import WEIGHT, began_to_diverge, walk
from lessons.descent.xor import descent as xor_descent
from lessons.kit.figure import Curves, Figure, Note, Table
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording

QUICK = Entry("tumours", "examples", 32, 0.1, 0.0)


def at(lab: Lab, position: int, **settings: Any) -> Figure:
    """A moment of a lab."""
    film = lab.film(lab.settings(settings))
    return film.at(position if position >= 0 else film.length + position)


def told(figure: Figure) -> str:
    """The line under the picture."""
    return next(panel.text for panel in figure.panels if isinstance(panel, Note))


def recorded(race: Race, moments: int) -> Recording[Any]:
    """A race recorded afresh, by no cache."""
    recording = Recording(
        race.start(),
        race.advance,
        moments,
        nbytes=lambda standings: standings.nbytes,
        measure=race.measure,
    )
    recording.reach(moments)
    return recording


# One weight


@pytest.mark.parametrize("rate", [0.1, 1.0, 1.9, 2.1])
def test_one_weight_follows_the_closed_form(rate: float) -> None:
    points = sunspot_line()
    x, y = points.inputs["x"], points.y
    steep, goal = (x * x).mean(), (x * y).mean() / (x * x).mean()
    moments = walk("sunspots", rate, 2)
    start = float(moments[0][0]["w"])
    for n in (1, 2, 10, 40):
        expected = goal + (1 - rate * steep) ** n * (start - goal)
        assert float(moments[n][0]["w"]) == pytest.approx(expected, rel=1e-9)


def test_divergence_is_named_with_the_update_at_which_it_began() -> None:
    assert began_to_diverge(np.array([1.0, 0.5, 0.6, 0.8])) is None  # not above the start
    assert began_to_diverge(np.array([1.0, 0.5, 0.8, 1.2, 1.9])) == 2
    assert began_to_diverge(np.array([1.0, 1.1, 1.2])) is None  # two in a row may be chance
    words = told(at(WEIGHT, 6, rate=2.1))
    assert words == "after update 6: diverging since update 1; w has left the picture"
    assert "diverging" not in told(at(WEIGHT, 40, rate=1.9))


# The race


def test_curves_reproduce_bit_for_bit_from_the_seed() -> None:
    first, second = recorded(Race(QUICK), 12), recorded(Race(QUICK), 12)
    for name in RUNS:
        for over in ("updates", "examples", "train", "test"):
            key = f"{name} {over}"
            np.testing.assert_array_equal(first.curve(key, 12)[1], second.curve(key, 12)[1])


def test_the_runs_of_a_race_are_plain_trainings_from_the_same_weights() -> None:
    standings = recorded(Race(QUICK), SLICES["tumours"]).state(SLICES["tumours"])
    task = TASKS["tumours"]()
    for name, size in zip(RUNS, (455, 32, 1), strict=True):
        training = trainings(QUICK)[name]
        assert isinstance(training, Training) and training.batch_size == size
        state = training.start(task.network)
        while training.batches.epoch(state.update) == 0:
            state = training.advance(state)
        raced_to = standings.runs[name]
        assert raced_to.update == state.update == Batches(455, size).per_epoch
        for key, array in state.network.parameters.items():
            np.testing.assert_array_equal(raced_to.network.parameters[key], array)


def test_all_three_have_seen_the_same_examples_at_every_epoch() -> None:
    recording = recorded(Race(QUICK), 2 * SLICES["tumours"])
    for epoch in (0, 1, 2):
        moment = epoch * SLICES["tumours"]
        seen = {recording.curve(f"{name} examples", moment)[1][-1] for name in RUNS}
        assert seen == {epoch * 455}
    between = [recording.curve(f"{name} examples", 5)[1][-1] for name in RUNS]
    assert between == sorted(between) and all(count <= 5 * 455 / 8 for count in between)


def test_every_epoch_of_a_run_is_a_permutation_and_its_last_batch_is_ragged() -> None:
    batches = trainings(QUICK)["mini-batch"].batches
    epochs = [
        np.concatenate([batches.indices(e * 15 + k) for k in range(batches.per_epoch)])
        for e in (0, 1)
    ]
    for order in epochs:
        np.testing.assert_array_equal(np.sort(order), np.arange(455))
    assert not np.array_equal(*epochs)
    assert len(batches.indices(14)) == 455 - 14 * 32


def test_a_ragged_batch_divides_by_its_own_size() -> None:
    training = trainings(QUICK)["mini-batch"]
    task = TASKS["tumours"]()
    state = training.start(task.network)
    for _ in range(14):
        state = training.advance(state)
    rows = training.batches.indices(14)
    run = training.run(state)
    z = state.network.parameters["out.w"] @ task.x[:, rows] + state.network.parameters["out.b"]
    error = 1 / (1 + np.exp(-z)) - task.target[:, rows]
    expected = (error * task.x[:, rows]).sum(axis=1) / len(rows)
    np.testing.assert_allclose(run["out"]["dw"][0], expected, rtol=1e-12)


def test_who_leads_depends_on_what_is_counted() -> None:
    by_examples = losses(at(RACE, -1))
    assert by_examples["S"] < by_examples["M"] < by_examples["B"]
    by_updates = losses(at(RACE, -1, data="digits", each="update", axis="updates"))
    assert by_updates["M"] == pytest.approx(by_updates["B"], rel=0.05)
    assert by_updates["S"] > 1.5 * by_updates["B"]
    faster = losses(at(RACE, -1, rate=1.0))
    assert faster["M"] < min(faster["B"], faster["S"])


def losses(figure: Figure) -> Mapping[str, float]:
    """The losses of the table of a race."""
    table = next(panel for panel in figure.panels if isinstance(panel, Table))
    place = table.head.index("loss")
    return {str(row[0]): row[place].element.value for row in table.rows}  # type: ignore[union-attr]


def test_a_run_that_diverges_stops_with_a_sentence_and_the_others_go_on() -> None:
    settings = RACE.settings({"data": "sunspots", "rate": 1.0})
    film = RACE.film(settings)
    assert film.length == EPOCHS["sunspots"] * SLICES["sunspots"] + 1
    last = film.at(film.length - 1)
    words = told(last)
    assert re.search(r"Diverged: .*stochastic with update \d+\. A smaller rate helps\.", words)
    table = next(panel for panel in last.panels if isinstance(panel, Table))
    assert [row[2] for row in table.rows if row[0] == "S"] == ["diverged"]
    _, recording = raced(Entry("sunspots", "examples", 32, 1.0, 0.0), None)
    standings = recording.state(film.length - 1)
    assert diverged(standings.runs["stochastic"]) and not diverged(standings.runs["batch"])


def test_a_race_ends_with_a_sentence_when_all_have_diverged() -> None:
    film = RACE.film(RACE.settings({"data": "sunspots", "rate": 100.0, "momentum": 0.9}))
    last = film.at(film.length - 1)
    _, recording = raced(Entry("sunspots", "examples", 32, 100.0, 0.9), None)
    assert recording.end == "All three have diverged. A smaller learning rate helps."
    assert film.length == recording.ready + 1
    assert told(last).count("with update") == 3
    again = RACE.film(RACE.settings({"data": "sunspots"}))
    assert again.at(3).focus is not None


def test_a_ghost_is_the_same_race_with_one_thing_changed() -> None:
    assert ghost_of(QUICK, "none") is None
    assert ghost_of(QUICK, "half the rate") == Entry("tumours", "examples", 32, 0.05, 0.0)
    figure = at(RACE, 8, ghost="half the rate")
    curves = next(panel for panel in figure.panels if isinstance(panel, Curves))
    assert [series.ghost for series in curves.series] == [True] * 3 + [False] * 3
    alone = next(panel for panel in at(RACE, 8, rate=0.1).panels if isinstance(panel, Curves))
    for shown, plain in zip(curves.series[3:], alone.series, strict=True):
        np.testing.assert_array_equal(shown.y, plain.y)


def test_a_batch_larger_than_the_data_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="There are 239 examples: choose a mini-batch"):
        RACE.film(RACE.settings({"data": "sunspots", "batch": 256}))


def test_seconds_are_shown_and_nothing_hangs_on_them() -> None:
    figure = at(RACE, 4, axis="seconds")
    curves, table, _ = figure.panels
    assert isinstance(curves, Curves) and isinstance(table, Table)
    assert curves.x_limits is not None and curves.x_limits[1] > 0
    assert "seconds" in table.head
    assert losses(figure) == losses(at(RACE, 4))


# One update


def test_batch_lies_on_the_full_gradient_and_never_raises_the_loss() -> None:
    film = UPDATE.film(UPDATE.settings({"batch": "all"}))
    losses_seen = []
    for position in range(12):
        figure = film.at(position)
        assert figure.focus is not None
        losses_seen.append(figure.focus.value)
        table = next(panel for panel in figure.panels if isinstance(panel, Table))
        angle = table.rows[0][4]
        assert not isinstance(angle, str)
        assert angle.element.value == pytest.approx(0, abs=1e-5)
    assert (np.diff(losses_seen) < 0).all()


def test_single_points_often_point_elsewhere_and_the_loss_falls_all_the_same() -> None:
    task = TASKS["tumours"]()
    training, recording = trained("tumours", "1", 0.1)
    film = UPDATE.film(UPDATE.settings({"batch": "1"}))
    angles = []
    for position in range(30):
        table = next(p for p in film.at(position).panels if isinstance(p, Table))
        angle = table.rows[0][4]
        assert not isinstance(angle, str)
        angles.append(angle.element.value)
    assert sum(angle > 45 for angle in angles) > 15
    before, after = (
        evaluate(recording.state(n).network, task.x, task.target).loss for n in (0, 30)
    )
    assert after < before / 2
    assert training.batches.examples_seen(30) == 30


# Planes


def test_batch_on_the_valley_comes_to_the_least_squares_fit() -> None:
    points = sunspot_lags()
    x = np.stack([points.inputs["x"], points.inputs["x2"]], axis=1)
    fitted, *_ = np.linalg.lstsq(x, points.y, rcond=None)
    least = ((x @ fitted - points.y) ** 2).mean() / 2
    assert lowest("valley") == pytest.approx(least, rel=1e-9)


def walked(place: str, start: tuple[float, float], rate: float) -> dict[str, Array]:
    """The distances from the middle, and the losses, of batch and stochastic."""
    constant = schedules(rate, 200)["constant"]
    walkers = tuple(Walker(n, n, size, Plain(), constant) for n, size in (("B", None), ("S", 1)))
    paths = Paths(place, start, walkers, 200)
    paths.recording.reach(200)
    curve_of = paths.recording.curve
    found = {}
    for letter in "BS":
        u, v = (curve_of(f"{letter} {name}", 200)[1] for name in "uv")
        found[letter] = np.hypot(u, v)
        found[f"{letter} loss"] = curve_of(f"{letter} loss", 200)[1]
    return found


def test_batch_lingers_at_the_saddle_and_stochastic_passes_it_by() -> None:
    found = walked("saddle", (-1.25, 1.75), 0.1)
    assert (found["B"] < 0.3).sum() > 40
    assert (found["S"] < 0.3).sum() == 0


def test_nobody_leaves_the_saddle_itself() -> None:
    found = walked("saddle", (0.0, 0.0), 0.3)
    assert (found["B"] == 0).all() and (found["S"] == 0).all()


def test_nobody_gets_on_from_the_plateau() -> None:
    found = walked("saddle", (-3.0, -1.0), 0.1)
    for name in ("B", "S"):
        assert found[f"{name} loss"][-1] > 1.3 * lowest("saddle")


def test_a_schedule_that_ends_at_nothing_settles_lower_than_a_constant_rate() -> None:
    named: dict[str, Schedule] = schedules(0.3, 240)
    walkers = tuple(Walker(name, name, 4, Plain(), schedule) for name, schedule in named.items())
    paths = Paths("valley", (-1.5, 1.5), walkers, 240)
    paths.recording.reach(240)
    ends = {name: paths.recording.curve(f"{name} loss", 240)[1][-1] for name in named}
    above = {name: end - lowest("valley") for name, end in ends.items()}
    assert all(above["constant"] > 5 * above[name] for name in ("step", "cosine", "warm-up"))


# Local minima


def test_the_lynx_s_loss_has_six_valleys_and_the_deepest_is_their_cycle() -> None:
    w, loss, summit = curve()
    assert len(summit) == 5
    years = 20 * np.pi / w[loss.argmin()]
    assert years == pytest.approx(9.62, abs=0.01)
    assert best_valley() == 2
    assert len(lynx_wave().y) == 114


def shares(batch: int, rate: float, updates: int, schedule: str = "constant") -> tuple[float, ...]:
    """The share of forty runs in the deepest valley, and its interval."""
    sweep = Sweep(rate, schedule, 40, True)
    descent = sweep.descent(batch)
    state = descent.start({"w": sweep.first()})
    for _ in range(updates):
        state = descent.advance(state)
    trace = counted(state)
    return tuple(float(trace[name][best_valley()]) for name in ("share", "low", "high"))


def test_batch_keeps_the_valley_that_it_starts_in() -> None:
    sweep = Sweep(0.2, "constant", 40, True)
    descent = sweep.descent(114)
    state = descent.start({"w": sweep.first()})
    before = counted(state)["valley"]
    for _ in range(300):
        state = descent.advance(state)
    np.testing.assert_array_equal(counted(state)["valley"], before)


@pytest.mark.parametrize(
    ("batch", "rate", "known"), [(20, 0.05, 0.26), (5, 0.2, 0.97), (1, 0.05, 0.93), (1, 0.2, 0.42)]
)
def test_counts_are_those_known(batch: int, rate: float, known: float) -> None:
    """Against two hundred starts that were counted elsewhere: the intervals of both meet."""
    _, low, high = shares(batch, rate, 2000)
    there = basins(
        np.repeat([0.0, 2.0], [200 - round(200 * known), round(200 * known)]), np.ones(1)
    )
    assert low <= float(there["high"][1]) and float(there["low"][1]) <= high


def test_the_table_of_the_sweep_is_what_is_counted() -> None:
    figure = at(MINIMA, 2, starts=50)
    table = next(panel for panel in figure.panels if isinstance(panel, Table))
    for row in table.rows:
        count, share = row[1], row[2]
        assert not isinstance(count, str) and not isinstance(share, str)
        assert share.element.value == pytest.approx(count.element.value / 50)


def test_at_a_large_rate_noise_keeps_networks_from_xor() -> None:
    """Counted elsewhere with two hundred networks at rate 5: batch .75, two points .45, one .11."""
    found = {}
    for batch in (4, 1):
        descent = xor_descent(5.0, batch, 60)
        state = descent.start(TwoHidden().start(0, 60))
        for _ in range(1500):
            state = descent.advance(state)
        found[batch] = float(solved(descent.whole(state))["share"])
    assert 0.6 < found[4] < 0.87
    assert found[1] < 0.3


# The lesson


def test_every_lab_is_called_and_every_objective_has_a_lab() -> None:
    steps = lesson("descent").steps
    assert {step.lab.lab for step in steps if step.lab} == {lab.name for lab in LABS}
    shown = {objective for step in steps if step.lab for objective in step.teaches}
    assert shown == {f"D{n}" for n in range(1, 9)}
    assert all(step.words <= 90 for step in steps)
