"""Relations are read, evaluated and carried over to a batch; what they cannot do they say."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from engine.relation import RelationError, every_index, over_batch, relation, relations
from engine.shapes import ShapeError
from engine.trace import Trace

A = np.array([[1.0, 2, 3], [4, 5, 6]])


def value(text: str, *index: int, **names: Any) -> float:
    """The right side of a relation over A and whatever else is named."""
    return float(relation(text).value({"a": A, **names}, index, {}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("r = sum(a[i,j] for i, j)", 21),
        ("r = sum(a[i,j] for i, j if i + j == 1)", 6),
        ("r = sum(a[i,j] for i, j if i > 0 and not j == 1)", 10),
        ("r = sum(a[i,j] for i, j if i > 5)", 0),
        ("r = max(a[i,j] for i, j)", 6),
        ("r = min(a[0,j] for j)", 1),
        ("r = argmax(a[i,j] for i, j)", 5),
        ("r = sum(a[i,j] * sum(a[i,k] for k) for i, j)", 6 * 6 + 15 * 15),
        ("r = sum(a[i, j] if i > 0 else 0 for i, j)", 15),
        ("r = max(a[0,0], 3) + min(a[0,1], 1)", 4),
        ("r = 7 // 2 + 7 % 2 - 2**3", -4),
        ("r = floor(a[1,1] / 2) + abs(-3)", 5),
        ("r = exp(0) + log(1) + log2(8) + tanh(0) + sqrt(9)", 7),
        ("r = -a[0,0] if 1 < a[0,1] <= 2 else 9", -1),
        ("r = 1 / (1 + exp(1000 * a[0,0]))", 0),
    ],
)
def test_value(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


def test_indices_constants_and_scalar_arrays_are_names() -> None:
    assert value("r[i,j] = a[i, j + shift] * scale", 1, 0, shift=2, scale=np.array(10.0)) == 60


def test_an_index_runs_as_far_as_the_extents_say() -> None:
    one = relation("r = sum(a[0, j + 1] for j)")
    assert float(one.value({"a": A}, (), {"j": 2})) == 5


def test_a_branch_that_is_not_taken_may_lie_outside() -> None:
    text = "r = sum(a[0,j] * (a[1,j-1] if j > 0 else 0) for j)"
    assert value(text) == 2 * 4 + 3 * 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y[i] == a[i]", "cannot read the relation 'y[i] == a[i]': there is no ' = '"),
        ("y[i] = (a[i]", "cannot read the relation 'y[i] = (a[i]'"),
        ("y[0] = a[0,0]", "the left side of 'y[0] = a[0,0]' must be a name"),
        ("f(y) = 3", "the left side of 'f(y) = 3' must be a name"),
    ],
)
def test_what_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(RelationError, match=re.escape(message)):
        relation(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("r = missing", "'missing' in 'r = missing' is not known"),
        ("r = a[0]", "a[0] has 1 indices, the array has shape (2, 3)"),
        ("r = a[0,3]", "leaves the array of shape (2, 3): index (0, 3)"),
        ("r = a[0,-1]", "leaves the array of shape (2, 3): index (0, -1)"),
        ("r = sum(a[0, j + 1] for j)", "how far 'j' runs in"),
        ("r = max(a[i,j] for i, j if i > 5)", "has no terms"),
        ("r = tan(a[0,0])", "'tan(a[0, 0])' in 'r = tan(a[0,0])' has no meaning here"),
        ("r = (a)[0,0].real", "has no meaning here"),
        ("r[i] = a[i,0]", "r has 1 indices (i), got ()"),
    ],
)
def test_what_cannot_be_evaluated(text: str, message: str) -> None:
    with pytest.raises(RelationError, match=re.escape(message)):
        value(text)


def test_several_relations() -> None:
    found = relations("""
    y[i] = sum(
        a[i,j] for j)
    z = 1
    """)
    assert {name: str(one) for name, one in found.items()} == {
        "y": "y[i] = sum( a[i,j] for j)",
        "z": "z = 1",
    }
    with pytest.raises(RelationError, match="two relations define 'z'"):
        relations("z = 1\nz = 2")
    with pytest.raises(RelationError, match="a bracket is not closed"):
        relations("z = (1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y[k] = w[k] * x[k]", "y[k,n] = w[k] * x[k, n]"),
        ("s = max(x[k] for k)", "s[n] = max((x[k, n] for k))"),
        ("y[k] = x[k] - s", "y[k,n] = x[k, n] - s[n]"),
        ("dw[k] = y[k] * x[k]", "dw[k] = sum((y[k, n] * x[k, n] for n))"),
        ("dw[k] = sum(x[j] for j)", "dw[k] = sum((x[j, n] for j, n))"),
    ],
)
def test_over_a_batch(text: str, expected: str) -> None:
    batched = over_batch(relation(text), frozenset({"w", "dw"}), frozenset({"s"}))
    assert str(batched) == expected


def test_every_index_in_row_major_order() -> None:
    assert list(every_index((2, 2))) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert list(every_index(())) == [()]


def a_trace() -> Trace:
    return Trace("doubling", {"x": A, "y": 2 * A}, relations("y[i,j] = 2 * x[i,j]"))


def test_a_trace_says_what_it_has() -> None:
    trace = a_trace()
    assert "y" in trace and "z" not in trace
    with pytest.raises(KeyError, match="doubling has no array 'z'; it has x, y"):
        trace["z"]
    with pytest.raises(KeyError, match="doubling has no relation for 'x'"):
        trace.recompute("x", (0, 0))
    with pytest.raises(ShapeError, match=re.escape("y[0, 5] is not in the array of shape (2, 3)")):
        trace.value("y", (0, 5))
    with pytest.raises(ShapeError, match=re.escape("y[0, -1] is not in the array")):
        trace.value("y", (0, -1))


def test_an_example_of_a_batch_keeps_links_that_go_round() -> None:
    first, second = a_trace(), a_trace()
    first.batched = second.batched = True
    second.link("x", first, "y")
    first.link("x", second, "y")
    view = second.example(1)
    np.testing.assert_array_equal(view["y"], 2 * A[:, 1])
    assert view.sources["x"].trace.sources["x"].trace is view
