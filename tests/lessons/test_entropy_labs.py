"""The labs of the lesson on entropy: what they claim, against closed forms and plain counting."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest

from engine.information import entropy
from engine.trace import Trace
from lessons.catalog import lesson
from lessons.entropy.cross import CROSS
from lessons.entropy.guess import GUESS, LETTERS, MANY, PLANS, QUESTIONS, ROUNDS, VERSE
from lessons.entropy.guess import PRESETS as GUESS_PRESETS
from lessons.entropy.jacobian import CHAIN_AT, JACOBIAN, LAST
from lessons.entropy.labs import LABS
from lessons.entropy.logits import LOGITS
from lessons.entropy.measure import MEASURE, radii
from lessons.entropy.odds import ODDS
from lessons.entropy.predictions import PREDICTIONS
from lessons.entropy.race import RACE
from lessons.entropy.samples import DRAWS, FAIR, SAMPLES
from lessons.entropy.surprise import SURPRISE
from lessons.entropy.targets import TARGETS
from lessons.entropy.teams import TEAMS
from lessons.entropy.tumours import GOAL, TUMOURS, tumours
from lessons.kit.cells import Grid, Values
from lessons.kit.control import SettingError
from lessons.kit.figure import Bars, Curves, Figure, Formula, Note, Number, Table
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.lint_figure import numbers_of
from lessons.kit.prediction import panel


def shown(lab: Lab, position: int = -1, **settings: Any) -> Figure:
    """The figure of a moment, the last one where none is given."""
    film = lab.film(lab.settings(settings))
    return film.at(position % film.length)


def values(figure: Figure) -> dict[str, list[float]]:
    """All numbers of a figure by the name of their array, in reading order."""
    found: dict[str, list[float]] = {}
    for one in figure.panels:
        for element in numbers_of(one):
            found.setdefault(element.name, []).append(element.value)
    return found


def close(got: Any, expected: Any) -> None:
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("p", [1.0, 0.5, 0.1, 0.003])
def test_surprise_is_the_logarithm_of_how_rare_it_is(p: float) -> None:
    found = values(shown(SURPRISE, p=str(p)))
    close(found["bits"], -math.log(p) / math.log(2))
    close(found["nats"], -math.log(p))
    close(found["log2_p"], math.log(p) / math.log(2))
    assert found["inverse"] == [1 / p]


def test_what_never_comes_is_infinitely_surprising_and_too_small_a_p_is_refused() -> None:
    assert values(shown(SURPRISE, p="0"))["bits"] == [math.inf]
    with pytest.raises(ValueError, match="p must be 0 or at least 1e-300"):
        shown(SURPRISE, p="1e-310")


def test_two_teams_alike_in_goals_and_wins_are_unlike_in_spread_and_entropy() -> None:
    rows = panel(shown(TEAMS), Table, "answers").rows
    cells = [[one.element.value for one in row[2:] if isinstance(one, Number)] for row in rows]
    steady = -2 * (0.1 * math.log2(0.1) + 0.4 * math.log2(0.4))
    close(cells, [[1.5, 1.5], [2.25, 0.65], [1.0, steady], [0.45, 0.45]])
    assert steady == pytest.approx(1.721928, abs=1e-6)


def test_teams_say_a_question_at_a_time() -> None:
    for position in range(4):
        rows = panel(shown(TEAMS, position), Table, "answers").rows
        assert [row[2] != "" for row in rows] == [n <= position for n in range(4)]


def test_who_mostly_wins_is_as_predictable_as_who_mostly_loses() -> None:
    for p in ("0.9 0.1", "0.1 0.9"):
        close(values(shown(ODDS, p=p))["H"], 0.46899559358928117)
    close(values(shown(ODDS, p="0.5 0.5"))["H"], 1.0)
    close(values(shown(ODDS, p="0.5 0.5", unit="nats"))["H"], math.log(2))
    assert values(shown(ODDS, p="1 0"))["H"] == [0.0]


@pytest.mark.parametrize(
    ("p", "bits"),
    [("0.5 0.5", 1.0), ("0.9 0.1", 0.468995593589), ("0.7 0.2 0.1", 1.156779649447)],
)
def test_entropy_of_the_bars(p: str, bits: float) -> None:
    close(values(shown(SAMPLES, p=p))["H"], bits)


@pytest.mark.parametrize("seed", range(6))
def test_the_average_surprise_comes_to_h(seed: int) -> None:
    figure = shown(SAMPLES, seed=seed)
    assert figure.focus is not None
    drawn = figure.focus.trace
    assert abs(figure.focus.value - 1.5) < 4 * drawn["standard_error"][-1]
    mean, line = panel(figure, Curves, "mean").series
    assert len(mean.y) == DRAWS and set(line.y) == {1.5}
    close(mean.y[-1], np.array([1.0, 2.0, 2.0])[drawn["sample"]].mean())


def test_nothing_is_less_predictable_than_alike() -> None:
    rng = np.random.default_rng(0)
    for outcomes in (2, 3, 16):
        most = values(shown(SAMPLES, p=" ".join([repr(1 / outcomes)] * outcomes)))
        close(most["H"], math.log2(outcomes))
        for _ in range(20):
            p = rng.dirichlet(np.ones(outcomes))
            assert float(entropy(p)["H"]) < math.log2(outcomes)


def test_what_is_no_distribution_gets_a_sentence() -> None:
    control = SAMPLES.control("p")
    for text in ("0.5 0.6", "1", "-1 2", " ".join(["0.001"] * 1000), "nan 1"):
        with pytest.raises(SettingError, match="p takes 2 to 16 numbers from 0 to 1 with the sum"):
            control.parse(text)
    close(entropy(np.full(1000, 0.001))["H"], math.log2(1000))


def test_letters_come_as_often_as_in_the_poems() -> None:
    assert LETTERS == ("e", "t", "a", "h", "s", "o")
    assert sum(VERSE) == pytest.approx(1, abs=1e-12) and max(VERSE) == VERSE[0]


def averages(p: tuple[float, ...]) -> tuple[dict[str, float], float]:
    """What each plan needs on average, and H."""
    plans = {}
    for name in PLANS[1:]:
        figure = shown(GUESS, play=MANY, strategy=name, p=" ".join(map(repr, p)))
        lines = panel(figure, Formula, "average").lines
        numbers = [one.element.value for line in lines for one in line if isinstance(one, Number)]
        plans[name] = numbers[0]
        assert numbers[1] <= numbers[0] + 1e-12
    return plans, numbers[2]


@pytest.mark.parametrize("p", GUESS_PRESETS)
def test_no_plan_is_better_than_huffman_s_and_none_beats_h(p: tuple[float, ...]) -> None:
    plans, bits = averages(p)
    assert bits - 1e-12 <= plans["Huffman"] <= min(plans.values()) + 1e-12
    assert plans["Huffman"] < bits + 1


def test_halves_of_probability_reach_h_exactly() -> None:
    plans, bits = averages(GUESS_PRESETS[1])
    close(plans["Huffman"], bits)
    close(plans["one by one"], bits)


@pytest.mark.parametrize("letter", range(1, 13))
@pytest.mark.parametrize("strategy", PLANS[1:])
def test_a_round_is_won_in_as_many_bits_as_the_plan_says(strategy: str, letter: int) -> None:
    figure = shown(GUESS, strategy=strategy, letter=letter)
    assert figure.caption.startswith("found")
    assert figure.focus is not None
    plan, (_, hidden) = figure.focus.trace, figure.focus.index
    assert figure.focus.value == plan["length"][hidden]
    said = [line for line in panel(figure, Formula, "round").lines if str(line[0]).endswith("?")]
    answers = [line for line in panel(figure, Formula, "round").lines if "? " in str(line[0])]
    assert len(answers) == figure.focus.value and not said
    marked = [bar.label for bar in panel(figure, Bars, "p").bars if bar.marked]
    assert marked == [LETTERS[hidden]]


def test_questions_by_hand_are_asked_row_by_row() -> None:
    rows = [[0.0] * 6 for _ in range(QUESTIONS)]
    control = GUESS.control("plan")
    assert "name some, not all" in str(panel(shown(GUESS, 0), Formula, "round").lines[-1])
    rows[0] = [1, 1, 0, 0, 0, 0]
    painted = control.show(tuple(map(tuple, rows)))
    first = shown(GUESS, 0, plan=painted)
    assert values(first)["worth"] == [pytest.approx(entropy(np.array([0.43, 0.57]))["H"])]
    after = shown(GUESS, 1, plan=painted)
    left = {bar.label for bar in panel(after, Bars, "p").bars if bar.marked}
    assert left in ({"e", "t"}, {"a", "h", "s", "o"})
    assert values(after)["used"] == [1.0]
    assert "not told apart by any row" in str(panel(shown(GUESS, plan=painted), Formula, "round"))
    many = shown(GUESS, play=MANY, plan=painted)
    assert panel(many, Formula, "average").lines[-1] == ("not told apart: e t a h s o",)


def test_cross_entropy_is_entropy_and_kl_and_has_a_direction() -> None:
    p, q = np.array([0.7, 0.2, 0.1]), np.array([0.2, 0.3, 0.5])
    for swap, (one, other) in (("off", (p, q)), ("on", (q, p))):
        bars = panel(shown(CROSS, swap=swap), Bars, "sums").bars
        own, both, cross = ([part.element.value for part in bar.parts] for bar in bars)
        close(own, -(one * np.log2(one)).sum())
        close(cross, -(one * np.log2(other)).sum())
        close(sum(both), cross[0])
        close(both[1], (one * np.log2(one / other)).sum())
    assert values(shown(CROSS, q="0.7 0.2 0.1"))["KL"] == [0.0]


def test_who_rules_out_what_comes_pays_without_end_and_is_told_why() -> None:
    figure = shown(CROSS, q="0.6 0.4 0")
    assert values(figure)["H_pq"] == [math.inf]
    assert "q rules snow out" in panel(figure, Note, "because").text
    swapped = shown(CROSS, q="0.6 0.4 0", swap="on")
    assert math.isfinite(values(swapped)["H_pq"][0])


@pytest.mark.parametrize("z", [(2.0, 1.0, -1.0), (1000.0, 999.0, 990.0), (-1000.0, -999.0, -990.0)])
@pytest.mark.parametrize("target", [0, 1, 2])
def test_log_sum_exp_gives_the_loss_that_the_formula_means(
    z: tuple[float, ...], target: int
) -> None:
    name = ("cat", "dog", "owl")[target]
    exact = math.log(sum(math.exp(one - z[target]) for one in z))
    close(values(shown(LOGITS, z=z, target=name, way="log-sum-exp"))["loss"], exact)
    written = values(shown(LOGITS, z=z, target=name))["loss"]
    if max(map(abs, z)) < 100:
        close(written, exact)
    else:
        assert not math.isfinite(written[0])


def test_logits_a_thousand_apart_still_have_a_loss() -> None:
    settings = {"z": (1000.0, -1000.0, 0.0), "target": "dog"}
    assert values(shown(LOGITS, way="log-sum-exp", **settings))["loss"] == [2000.0]
    assert values(shown(LOGITS, **settings))["loss"] == [math.inf]
    with pytest.raises(SettingError, match="z takes 3 numbers from -1000 to 1000"):
        shown(LOGITS, z="1001 0 0")


def test_which_wrong_class_gets_what_matters_only_to_a_soft_target() -> None:
    for y, same in (("1 0 0", True), ("0.7 0.2 0.1", False)):
        plain, swapped = (values(shown(TARGETS, y=y, swap=on))["mean_loss"] for on in ("off", "on"))
        assert (plain == pytest.approx(swapped, abs=1e-12)) is same


def test_the_floor_of_the_loss_is_the_entropy_of_the_target() -> None:
    y = np.array([0.7, 0.2, 0.1])
    floor = -(y * np.log(y)).sum()
    found = values(shown(TARGETS, y="0.7 0.2 0.1", z=tuple(np.log(y))))
    close(found["H"], floor)
    close(found["mean_loss"], floor)
    assert values(shown(TARGETS, y="0.7 0.2 0.1"))["mean_loss"][0] > floor + 0.1


def runs() -> tuple[Trace, Trace]:
    """The traces of the race, cross-entropy first."""
    rows = panel(shown(RACE, 0), Table, "now").rows
    one, other = (row[1] for row in rows)
    assert isinstance(one, Number) and isinstance(other, Number)
    return one.element.trace, other.element.trace


def test_the_race_starts_with_gradients_a_hundred_times_apart() -> None:
    cross, squared = runs()
    close(cross["dz"][0], -0.99)
    close(squared["dz"][0], -0.009801)
    close(cross["dz"][0] / squared["dz"][0], 1 / (0.01 * 0.99))
    # The plateau: MSE's gradient grows before it shrinks, cross-entropy's only shrinks.
    assert np.all(np.diff(np.abs(cross["dz"])) < 0)
    assert np.abs(squared["dz"]).argmax() > 40
    assert int((cross["a"] > 0.5).argmax()) * 10 < int((squared["a"] > 0.5).argmax())


def test_tumours_need_as_many_updates_as_a_plain_loop_counts() -> None:
    x, y = tumours()
    film = TUMOURS.film(TUMOURS.settings())
    assert isinstance(film, Recorded)
    reached = film.recording.state(film.length - 1).reached
    for squared, updates in zip((False, True), reached, strict=True):
        w, b, n = np.zeros(30), -5.0, 0
        while ((w @ x + b > 0) == y[0]).mean() < GOAL:
            a = 1 / (1 + np.exp(-(w @ x + b)))
            dz = (a - y[0]) * (a * (1 - a) if squared else 1) / y.size
            w, b, n = w - 0.5 * x @ dz, b - 0.5 * dz.sum(), n + 1
        assert n == updates
    assert reached == (19, 228)


def test_where_nothing_flattens_mse_gives_the_whole_error_and_finds_least_squares() -> None:
    x, y = radii()
    close(values(shown(MEASURE, 0))["db"], -5.0)
    found = values(shown(MEASURE, rate="0.5"))
    close(found["w"], float((x * y).mean()))
    close(found["b"], 0.0)
    with pytest.raises(
        ValueError, match=r"wants a target from 0 to 1\. These radii go from −1\.73 to 4\.09"
    ):
        shown(MEASURE, loss="CE")


def test_nine_derivatives_come_down_to_p_minus_y() -> None:
    z, y = np.array([2.0, 1.0, -1.0]), np.array([0.7, 0.2, 0.1])
    p = np.exp(z) / np.exp(z).sum()
    found = values(shown(JACOBIAN, y="0.7 0.2 0.1", measure="on"))
    close(found["jacobian"], (np.diag(p) - np.outer(p, p)).ravel())
    for name in ("dz", "difference"):
        close(found[name], p - y)
    np.testing.assert_allclose(found["measured"], p - y, atol=1e-9)


def test_the_jacobian_is_written_a_cell_at_a_time() -> None:
    counts = [len(values(shown(JACOBIAN, n)).get("jacobian", [])) for n in range(LAST + 1)]
    assert counts == [0, 0, *range(1, 10), 9, 9, 9, 9]
    sums = [len(values(shown(JACOBIAN, n)).get("dz", [])) for n in range(CHAIN_AT, LAST)]
    # The rule of each moment repeats the sum that it makes.
    assert sums == [2, 3, 4]


BETS = {
    "half-as-likely": "3",
    "one-bit-in-nats": "0.69",
    "goals-of-b": "1.5",
    "harder-to-guess": "team B",
    "mostly-loses": "just as predictable",
    "mean-in-the-end": "1.5",
    "sixteen-alike": "4",
    "huffman-against-h": "at H or less than one bit above",
    "swapped": "larger",
    "ruled-out": "infinite",
    "true-owl": "3.35",
    "as-written": "no number at all (nan)",
    "wrong-two-swapped": "the same",
    "times-steeper": "101",
    "times-longer": "12",
    "far-off": "−5",
    "gradient-of-cat": "0.71",
}


@pytest.mark.parametrize("bet", PREDICTIONS, ids=lambda one: one.id)
def test_a_bet_is_about_what_the_lab_shows(bet: Any) -> None:
    step = next(one for one in lesson("entropy").steps if one.predict and one.predict.bet == bet.id)
    assert step.lab is not None
    truth, _ = bet.truth(bet.lab.settings(step.lab.settings), step.lab.at)
    assert bet.kind.same(bet.kind.parse(BETS[bet.id]), truth.value)


@pytest.mark.parametrize("lab", LABS, ids=lambda one: one.name)
def test_no_setting_breaks_a_lab(lab: Lab) -> None:
    """A walk over the controls, with the numbers that break things; refusals are sentences."""
    rng = np.random.default_rng(7)
    settings, refused = lab.settings(), 0
    for _ in range(60):
        control = lab.controls[int(rng.integers(len(lab.controls)))]
        if isinstance(control, Values) and rng.random() < 0.7:
            here = np.array([settings[control.name]])
            column = int(rng.integers(here.shape[1]))
            extreme = (control.low, control.high, 0.5, control.low / 7 + 0.3)
            value = control.put(here, 0, column, float(rng.choice(extreme)))
        elif isinstance(control, Grid):
            shape = (QUESTIONS, len(LETTERS))
            value = control.put(rng.integers(0, 2, shape), 0, 0, float(rng.random()))
        else:
            value = control.step(settings[control.name], int(rng.choice([-1, 1])))
        changed = lab.changed(settings, control.name, value)
        lab.settings(changed)  # what a key sets can be written down and read again
        try:
            film = lab.film(changed)
            for position in {0, min(film.length - 1, 4 if film.arrives else ROUNDS)}:
                assert film.at(position).panels
        except ValueError as error:
            refused += 1
            assert re.search(r"\w+: .{20}|\. .+\.$", str(error))
            continue
        settings = changed
    assert refused < 40


def test_a_fair_coin_is_the_first_preset() -> None:
    control = SAMPLES.control("p")
    assert isinstance(control, Values) and control.presets[0] == FAIR
    assert control.step((0.3, 0.3, 0.4), 1) == FAIR
    # Round the ring either way, so that half of it is the most.
    assert len(control.presets) // 2 <= 3
