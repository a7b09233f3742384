"""Plans of questions: bits counted by playing every round by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.huffman import huffman
from engine.question_plan import plan_of, plan_questions, sample_plan
from engine.questions import start_guessing
from engine.shapes import Array, ShapeError

P = np.array([0.4, 0.3, 0.2, 0.1])


def played(p: Array, plan: Array, hidden: int) -> tuple[int, int]:
    """Bits used and outcomes left, by asking the questions one after another."""
    game = start_guessing(p, hidden)
    for row in plan:
        named = [k for k in game.candidates if row[k]]
        if 0 < len(named) < len(game.candidates):
            game = game.ask(named)
    return game.bits, len(game.candidates)


def test_any_plan_costs_what_its_rounds_cost() -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        p = rng.dirichlet(np.ones(6)) * (rng.random(6) < 0.8)
        if not p.sum():
            continue
        p, plan = p / p.sum(), rng.integers(0, 2, (4, 6)).astype(float)
        trace = plan_questions(p, plan)
        for k in np.flatnonzero(p):
            assert (trace["length"][k], trace["left"][k]) == played(p, plan, int(k))
        assert trace["length"][p == 0].sum() == trace["left"][p == 0].sum() == 0


@pytest.mark.parametrize("p", [P, np.full(6, 1 / 6), np.array([0.5, 0, 0.25, 0.25])])
def test_huffman_s_words_are_a_plan_of_their_own_length(p: Array) -> None:
    code = huffman(p)
    trace = plan_questions(p, plan_of(code.words, 5))
    np.testing.assert_array_equal(trace["length"], code.trace["length"])
    assert float(trace["average"]) == pytest.approx(float(code.trace["average"]), abs=1e-12)
    assert set(trace["left"][p > 0]) == {1}


def test_one_by_one_needs_a_question_for_each_but_the_last() -> None:
    trace = plan_questions(P, np.eye(3, 4))
    assert trace["length"].tolist() == [1, 2, 3, 3]
    assert float(trace["average"]) == pytest.approx(0.4 + 0.6 + 0.6 + 0.3, abs=1e-12)


def test_many_rounds_near_the_average() -> None:
    trace = plan_questions(P, np.eye(3, 4))
    rounds = sample_plan(trace, 4000, 1)
    assert float(rounds["expected"]) == float(trace["average"])
    assert abs(rounds["mean"][-1] - trace["average"]) < 4 * rounds["standard_error"][-1]


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"plan must have the shape \(M, 4\)"):
        plan_questions(P, np.eye(3))
    with pytest.raises(ValueError, match="1 for an outcome that is named, else 0"):
        plan_questions(P, np.full((1, 4), 0.5))
    with pytest.raises(ValueError, match="at most 1 letters, got '10'"):
        plan_of(["1", "10"], 1)
