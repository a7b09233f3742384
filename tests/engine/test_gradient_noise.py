"""Gradients compared and scattered: against plain vectors, and against every possible batch."""

from __future__ import annotations

from itertools import combinations, product
from math import sqrt

import numpy as np
import pytest

from engine.basins import basins, summits
from engine.batches import Batches
from engine.dense import dense, dense_backward
from engine.gradient_noise import batch_spread, one_point_gradients, running_average
from engine.laid_out import laid_out
from engine.shapes import ShapeError
from tests.engine.descent_cases import compared, points


def test_angle_and_length_are_those_of_the_long_arrows() -> None:
    trace = compared(2)
    names = [name[2:] for name in trace.arrays if name.startswith("g_")]
    assert len(names) == 4
    g, full = (
        np.concatenate([trace[f"{prefix}_{name}"].ravel() for name in names])
        for prefix in ("g", "full")
    )
    lengths = np.linalg.norm(g), np.linalg.norm(full)
    angle = np.degrees(np.arccos(g @ full / lengths[0] / lengths[1]))
    assert float(trace["angle"]) == pytest.approx(angle, rel=1e-12)
    assert float(trace["ratio"]) == pytest.approx(lengths[0] / lengths[1], rel=1e-12)
    assert float(trace["along"]) ** 2 + float(trace["across"]) ** 2 == pytest.approx(
        float(trace["ratio"]) ** 2
    )


def test_a_batch_of_all_lies_on_the_full_gradient() -> None:
    trace = compared(6)
    assert float(trace["angle"]) == pytest.approx(0, abs=1e-5)
    assert float(trace["ratio"]) == pytest.approx(1, rel=1e-12)


def test_one_point_gradients_average_to_the_full_one() -> None:
    trace = points()
    layer = trace.sources["dy"].trace
    np.testing.assert_allclose(trace["one"].mean(axis=1), layer["dw"][0], rtol=1e-12)
    np.testing.assert_allclose(trace["full"], layer["dw"][0], rtol=1e-12)


def test_the_spread_of_all_pairs_is_what_the_formulas_say() -> None:
    one = points()
    count = one["one"].shape[1]
    with_repeats = batch_spread(one, np.array(list(product(range(count), repeat=2))))
    assert float(with_repeats["measured"]) == pytest.approx(float(with_repeats["line"]), rel=1e-12)
    assert float(with_repeats["line"]) == pytest.approx(float(one["spread"]) / sqrt(2), rel=1e-12)
    without = batch_spread(one, np.array(list(combinations(range(count), 2))))
    assert float(without["measured"]) == pytest.approx(float(without["without_repeats"]), rel=1e-12)
    everything = batch_spread(one, np.arange(count)[None])
    assert float(everything["without_repeats"]) == 0
    assert float(everything["measured"]) == pytest.approx(0, abs=1e-15)


def test_the_mean_over_an_epoch_is_the_full_gradient_in_any_order() -> None:
    one = points()
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(one["one"].shape[1])
        trace = running_average(one, order)
        assert float(trace["distance"][-1]) == pytest.approx(0, abs=1e-14)
        assert float(trace["distance"][0]) > 0.01


def test_only_one_output_is_taken() -> None:
    layer = dense(np.ones((3, 4)), np.ones((2, 3)))
    dense_backward(layer, np.ones((2, 4)))
    with pytest.raises(ShapeError, match="must have one output"):
        one_point_gradients(layer)


def test_counts_by_valley_and_wilson_s_interval() -> None:
    trace = basins(np.array([0.0, 0.4, 1.0, 2.5, 9.0]), np.array([1.0, 3.0]))
    np.testing.assert_array_equal(trace["valley"], [0, 0, 1, 1, 2])
    np.testing.assert_array_equal(trace["count"], [2, 2, 1])
    # Wilson's interval for 51 of 200, worked by hand.
    many = basins(np.repeat([0.0, 2.0], [149, 51]), np.array([1.0]))
    assert float(many["low"][1]) == pytest.approx(0.1996, abs=5e-4)
    assert float(many["high"][1]) == pytest.approx(0.3197, abs=5e-4)
    assert list(summits(np.array([0.0, 2.0, 1.0, 3.0, 3.0, 0.0, 1.0]))) == [1]


@pytest.mark.parametrize(("count", "size"), [(10, 4), (12, 4), (5, 5), (7, 1)])
def test_an_epoch_is_cut_as_it_is_used(count: int, size: int) -> None:
    batches = Batches(count, size, 3)
    cut = batches.cut()
    assert int(cut["per_epoch"]) == batches.per_epoch
    lengths = [len(batches.indices(update)) for update in range(batches.per_epoch)]
    np.testing.assert_array_equal(cut["length"], lengths)
    for update in range(3 * batches.per_epoch):
        assert int(batches.progress(update)["examples"]) == batches.examples_seen(update)


def test_numbers_laid_out_keep_their_order() -> None:
    trace = points()
    found = laid_out(trace, "square", 4)["laid"]
    assert found.shape == (2, 4)
    np.testing.assert_array_equal(found.ravel()[:6], trace["square"])
    np.testing.assert_array_equal(found.ravel()[6:], 0)
