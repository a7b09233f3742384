"""The labs of the lstm lesson: what they claim holds, and no setting breaks them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine.gradient_check import relative_error
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.why import Element
from lessons.kit.control import Choice, Stepper, Toggle
from lessons.kit.figure import Figure, Formula, Number, Table, Timeline
from lessons.kit.lab import Lab
from lessons.kit.lint_figure import FigureLint
from lessons.kit.prediction import focus, panel
from lessons.lstm import adding, back_by_hand, by_hand
from lessons.lstm.back_by_hand import BACK_BY_HAND
from lessons.lstm.backward import BACKWARD
from lessons.lstm.by_hand import BY_HAND
from lessons.lstm.gates import GATES_OVER_TIME, HOLDS
from lessons.lstm.highway import HIGHWAY, STEPS, products
from lessons.lstm.labs import LABS
from lessons.lstm.race import recording as race
from lessons.lstm.reader import HIDDEN, read
from lessons.lstm.seeds import COUNTS, moments
from lessons.lstm.seeds import recording as tally
from lessons.lstm.size import SIZE
from lessons.lstm.small import BIASES, ROUND

AT_ONCE = [lab for lab in LABS if lab.name not in ("race", "seeds")]


def figure(lab: Lab, position: int = -1, **settings: Any) -> Figure:
    film = lab.film(lab.settings(settings))
    return film.at(position % film.length)


def sigma(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def shown(table: Table) -> dict[str, list[float]]:
    """The numbers of a table by the name of their row."""
    rows = {}
    for name, *cells in table.rows:
        rows[str(name)] = [cell.element.value for cell in cells if isinstance(cell, Number)]
    return rows


def test_the_step_by_hand_is_what_plain_arithmetic_gives() -> None:
    last = figure(BY_HAND)
    gates, states = shown(panel(last, Table, "gates")), shown(panel(last, Table, "states"))
    output = shown(panel(last, Table, "output"))
    h, c, x = (0.5, -0.2), (1.5, -0.5), (1.0, 0.0)
    hx, h_new = [*h, *x], []
    assert gates["hx"] == hx
    for j in range(2):
        act = {}
        for gate in "figo":
            bias = 1.0 if gate == "f" else BIASES[f"b_{gate}"][j]
            a = bias + sum(w * v for w, v in zip(ROUND[f"W_{gate}"][j], hx, strict=True))
            act[gate] = math.tanh(a) if gate == "g" else sigma(a)
            assert gates[f"{gate}{j + 1}"][-2:] == pytest.approx([a, act[gate]])
        new = act["f"] * c[j] + act["i"] * act["g"]
        h_new.append(act["o"] * math.tanh(new))
        assert states["c"][j] == pytest.approx(new)
        assert states["h"][j] == pytest.approx(h_new[j])
    bias_z = (0.0, 0.0, 0.5)
    z = [
        bias_z[k] + sum(w * v for w, v in zip(ROUND["W_z"][k], h_new, strict=True))
        for k in range(3)
    ]
    assert output["z"] == pytest.approx(z)
    parts = [math.exp(one) for one in z]
    assert output["ŷ"] == pytest.approx([part / sum(parts) for part in parts])
    assert abs(states["c"][0]) > 1 > abs(states["h"][0])


def test_each_moment_by_hand_fills_in_one_thing_and_is_about_it() -> None:
    film = BY_HAND.film(BY_HAND.settings())
    assert film.length == len(by_hand.MOVES) + 1
    filled = []
    for position in range(film.length):
        now = film.at(position)
        tables = [panel(now, Table, key) for key in ("gates", "states", "output")]
        filled.append(sum(len(row) for table in tables for row in shown(table).values()))
        if position:
            name, index = by_hand.MOVES[position - 1].place
            assert (focus(now).name, focus(now).index) == (name, index)
            assert by_hand.moment_of(name, *index) == position
    assert set(np.diff(filled)) == {1, 4}  # the row [h, x] is filled at once


def test_an_open_forget_gate_keeps_and_a_shut_one_erases() -> None:
    kept = shown(panel(figure(BY_HAND, forget="6"), Table, "states"))
    erased = shown(panel(figure(BY_HAND, forget="-6"), Table, "states"))
    assert kept["c"][0] - erased["c"][0] == pytest.approx(1.5, abs=0.05)


def test_drawn_weights_are_those_of_the_engine_to_one_place() -> None:
    trace = focus(figure(BY_HAND, weights="drawn", seed="3")).trace.sources["z"].trace
    drawn = lstm_parameters(np.random.default_rng(3), 2, 2, 3)
    for name, array in drawn.items():
        np.testing.assert_allclose(trace[name], array, atol=0.0501)


@pytest.mark.parametrize("loss", ["every step", "last step"])
def test_every_gradient_by_hand_is_what_is_measured(loss: str) -> None:
    for unit in (1, 2):
        film = BACK_BY_HAND.film(BACK_BY_HAND.settings({"loss": loss, "check": "on", "unit": unit}))
        for position in range(1, film.length):
            first = panel(film.at(position), Formula, "formula").lines[0]
            derived, measured = (part.element for part in first if isinstance(part, Number))
            assert derived.value == pytest.approx(measured.value, abs=1e-8), position
            assert (derived.name, derived.index) == (
                focus(film.at(position)).name,
                focus(film.at(position)).index,
            )


def test_the_sums_by_hand_end_at_the_gradients() -> None:
    last = figure(BACK_BY_HAND)
    sums = shown(panel(last, Table, "sums"))
    model = focus(figure(BACK_BY_HAND, 2)).trace
    for gate in "figo":
        for j in range(2):
            whole = [*model[f"dW_{gate}"][j], model[f"db_{gate}"][j]]
            assert sums[f"{gate}{j + 1}"] == pytest.approx(whole)
    states = shown(panel(figure(BACK_BY_HAND, back_by_hand.moment_of("c", 2)), Table, "states"))
    assert states["    + later"] == [0.0, 0.0]


def row(figure: Figure, key: str, label: str) -> np.ndarray:
    rows = {one.label: one for one in panel(figure, Timeline, key).rows}
    return rows[label].view.array[0]


def test_holding_gates() -> None:
    assert np.all(row(figure(GATES_OVER_TIME, hold="i=0"), "unit", "c") == 0)
    kept = figure(GATES_OVER_TIME, hold="f=1", unit="3")
    assert np.all(row(kept, "unit", "f") == 1)
    c, i, g = (row(kept, "unit", name) for name in "cig")
    np.testing.assert_allclose(c, np.cumsum(i * g))
    assert row(kept, "unit", "loss").sum() > 1.05 * row(kept, "unit", "loss free").sum()
    blanks = figure(GATES_OVER_TIME, hold="f=0 at blanks", text="one two", unit="3")
    f, free = (
        row(blanks, "unit", "f"),
        row(figure(GATES_OVER_TIME, text="one two", unit="3"), "unit", "f"),
    )
    assert f[3] == 0 and np.all(f[:3] == free[:3])


def test_the_reader_has_learned_and_its_cell_state_has_no_bounds() -> None:
    text = "and through and through"
    fresh, trained = (read(kind, text) for kind in ("fresh", "trained"))
    assert fresh.loss["loss"].mean() == pytest.approx(math.log(28), abs=0.1)
    assert trained.loss["loss"].mean() < 0.7 * fresh.loss["loss"].mean()
    assert np.abs(trained.model["c"]).max() > 4
    assert np.abs(trained.model["h"]).max() <= 1
    assert trained.model["f"].shape == (len(text), HIDDEN)
    assert len({round(float(f), 3) for f in trained.model["f"][5]}) == HIDDEN
    open_gates = read("fresh", text, 4.0).model["f"]
    assert open_gates.mean() == pytest.approx(sigma(4), abs=0.02)


def test_a_text_that_the_reader_cannot_read_is_refused() -> None:
    for lab in (GATES_OVER_TIME, BACKWARD):
        with pytest.raises(ValueError, match="knows the letters a to z and the space, not 'é'"):
            lab.film(lab.settings({"text": "café"}))
    assert panel(figure(GATES_OVER_TIME, text="A Bee"), Timeline, "unit").ticks == tuple("a_bee")


def test_the_way_back_over_time() -> None:
    first, last = (figure(BACKWARD, position) for position in (0, -1))
    assert panel(first, Timeline, "back one unit").written == (5, 6)
    assert panel(last, Timeline, "back one unit").written == (0, 6)
    for label in ("∂h later", "∂c later"):
        assert row(first, "back one unit", label)[-1] == 0
    weights = figure(BACKWARD, show="weights", unit="2")
    model = focus(weights).trace
    for gate in "figo":
        adds, sums = (row(weights, "back weights", f"W_{gate} {word}") for word in ("adds", "sum"))
        assert sums[0] == pytest.approx(adds.sum()) == pytest.approx(model[f"dW_{gate}"][1, 1])


def test_what_is_left_of_a_gradient_after_49_steps() -> None:
    def left(lstm: str, rnn: str = "uniform") -> tuple[float, float]:
        pairs = [products(rnn, lstm, seed) for seed in range(20)]
        of_rnn, of_lstm = np.array([[trace["left"][0] for trace in pair] for pair in pairs]).T
        return float(np.median(of_rnn)), float(np.median(of_lstm))

    rnn, closed = left("b_f 0")
    assert rnn < 1e-11 and closed < 1e-7
    assert closed < left("b_f 1")[1] < left("b_f 2")[1] < left("b_f 4")[1] < 1
    assert left("chrono")[1] > 0.05
    assert left("b_f 1", "orthogonal")[0] > 1e-3 > left("b_f 1", "radius 0.9")[0] > rnn
    film = HIGHWAY.film(HIGHWAY.settings())
    assert film.length == STEPS and focus(film.at(0)).value == 1


def test_an_rnn_gives_up_where_an_lstm_does_not() -> None:
    for length, learns in ((5, True), (20, False)):
        end = race(length, "chrono", 0).state(adding.UPDATES)
        errors = [adding.tested(one) for one in (end.lstm, end.rnn)]
        assert errors[0] < adding.SOLVED
        assert (errors[1] < adding.SOLVED) is learns
    assert errors[1] > 0.14  # as good as always saying 1


def test_the_counts_are_those_of_the_trainings() -> None:
    recording = tally(10, 1)
    last = recording.state(moments(1) - 1)
    assert last.now is None and len(last.losses) == 3
    learned = [loss < adding.SOLVED for loss in last.losses]
    assert learned == [False, True, True]
    one = adding.learner("chrono", 10, 0)
    while not one.finished:
        one = one.advanced()
    assert (one.mean, one.state.update) == (last.losses[2], last.updates[2])
    film = COUNTS.film(COUNTS.settings())
    assert film.length == moments(3) and film.at(0).focus.value == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(("D", "H", "K"), [(3, 4, 3), (1, 1, 1), (10, 7, 5)])
def test_the_counts_of_weights_are_those_of_the_networks(D: int, H: int, K: int) -> None:
    cost = focus(figure(SIZE, 0, inputs=D, hidden=H, outputs=K)).trace
    rng = np.random.default_rng(0)
    assert cost["lstm"] == sum(w.size for w in lstm_parameters(rng, D, H, K).values())
    assert cost["rnn"] == sum(w.size for w in rnn_parameters(rng, D, H, K).values())
    assert cost["ratio"] == 4


@pytest.mark.parametrize("lab", AT_ONCE, ids=lambda lab: lab.name)
def test_no_setting_breaks_a_lab_and_every_number_is_explained(lab: Lab) -> None:
    rng, lint = np.random.default_rng(0), FigureLint()
    for _ in range(12):
        settings = lab.settings()
        for control in lab.controls:
            value = settings[control.name]
            if isinstance(control, Choice | Stepper | Toggle) or rng.random() < 0.5:
                value = control.step(value, int(rng.integers(-5, 6)))
            settings[control.name] = value
        film = lab.film(settings)
        for position in {0, int(rng.integers(film.length)), film.length - 1}:
            assert list(lint.problems(lab, film.at(position))) == []


def test_every_hold_has_a_film() -> None:
    for hold in HOLDS:
        assert figure(GATES_OVER_TIME, hold=hold).focus is not None


def test_a_gradient_that_is_wrong_would_be_seen() -> None:
    """The measurement does not come from the derivation."""
    film = BACK_BY_HAND.film(BACK_BY_HAND.settings({"check": "on"}))
    now = film.at(back_by_hand.moment_of("a_f", 1))
    first = panel(now, Formula, "formula").lines[0]
    derived, measured = (part.element for part in first if isinstance(part, Number))
    assert isinstance(measured, Element) and measured.trace is not derived.trace
    assert relative_error(np.array(derived.value), np.array(measured.value)) < 1e-7
    assert {"above", "below"} <= set(measured.trace.arrays)
