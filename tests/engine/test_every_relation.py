"""Every number that an operation computes is what its relation says, at every index."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable

import numpy as np
import pytest

from engine.expression import is_reduction, reduction_parts
from engine.relation import Relation, every_index
from engine.trace import Trace
from engine.why import why
from tests.engine.cases import CASES, OTHER_TRACES, Case, NetworkCase
from tests.engine.information_cases import INFORMATION_TRACES

TOLERANCE = 1e-9


def unexplained(trace: Trace) -> set[str]:
    """Arrays that were computed here, or so it seems, and have no relation."""
    return {
        name
        for name in trace.arrays
        if name not in trace.meanings
        and name not in trace.sources
        and trace.relation_of(name) is None
    }


def check_every_relation(trace: Trace) -> None:
    """Evaluate every relation at every index."""
    assert not unexplained(trace)
    for name in trace.arrays:
        one = trace.relation_of(name)
        if one is None:
            continue
        indices = np.array(list(every_index(trace[name].shape)), dtype=int)
        together = trace.recompute_many(name, indices)
        for index, at_once in zip(every_index(trace[name].shape), together, strict=True):
            value, again = trace.value(name, index), trace.recompute(name, index)
            for found in (again, at_once):
                # nan is a number to show where a computation goes wrong on purpose.
                assert (math.isnan(value) and math.isnan(found)) or math.isclose(
                    found, value, rel_tol=TOLERANCE, abs_tol=TOLERANCE
                ), (name, index)


def chooses(one: Relation) -> bool:
    """Whether a relation takes one of several numbers, so that its terms are no sum."""
    node = one.expression
    return isinstance(node, ast.Call) and is_reduction(node) and reduction_parts(node)[0] != "sum"


def is_sum(one: Relation) -> bool:
    """Whether a relation is one long sum."""
    return is_reduction(one.expression) and not chooses(one)


def check_every_sum(trace: Trace, which: Callable[[Relation], bool] | None = None) -> None:
    """The terms of "why?", with the rest, add up to the value, at the last index of every array
    (or of those `which` says): all but such that have a plain number among the terms."""
    for name in trace.arrays:
        one = trace.relation_of(name)
        if one is None or not (which(one) if which else not chooses(one)):
            continue
        index = tuple(length - 1 for length in trace[name].shape)
        answer = why(trace, name, index)
        value = sum(term.value for term in answer.terms) + answer.rest_value
        assert answer.formula.startswith(f"{name}")
        assert math.isclose(value, answer.value, rel_tol=TOLERANCE, abs_tol=TOLERANCE), name


def test_operation(case: Case) -> None:
    trace = case.both()
    check_every_relation(trace)
    check_every_sum(trace)


def test_one_example_of_a_batch(case: Case) -> None:
    trace = case.both()
    if trace.batched:
        for n in (0, 1):
            check_every_relation(trace.example(n))
            check_every_sum(trace.example(n))


def test_network(network_case: NetworkCase) -> None:
    for trace in network_case.both().traces.values():
        check_every_relation(trace)
        if trace.batched:
            check_every_relation(trace.example(1))


def test_trace_without_gradient(other_trace: Trace) -> None:
    check_every_relation(other_trace)


@pytest.mark.parametrize("name", INFORMATION_TRACES)
def test_information_sums_up(name: str) -> None:
    check_every_sum(INFORMATION_TRACES[name](), is_sum)


@pytest.mark.parametrize("name", INFORMATION_TRACES)
def test_information_can_be_asked_why_everywhere(name: str) -> None:
    trace = INFORMATION_TRACES[name]()
    for array in trace.arrays:
        for index in list(every_index(trace[array].shape))[-3:]:
            answer = why(trace, array, index)
            assert answer.formula and (answer.numbers or answer.relation is None)


@pytest.mark.parametrize("name", INFORMATION_TRACES)
def test_information_given_has_a_meaning_and_no_relation_is_without_an_array(name: str) -> None:
    trace = INFORMATION_TRACES[name]()
    assert set(trace.relations) <= set(trace.arrays)
    given = set(trace.arrays) - set(trace.relations)
    assert given == set(trace.meanings) | set(trace.sources)


def test_one_place_of_a_kernel_sums_up() -> None:
    check_every_sum(OTHER_TRACES["conv_place"]())


def test_what_is_given_has_a_meaning_and_no_relation(case: Case) -> None:
    trace = case.both()
    assert set(trace.arrays) - set(trace.relations) == case.given
    assert set(trace.arrays) & set(trace.meanings) == case.given


def test_no_relation_without_an_array(case: Case) -> None:
    trace = case.both()
    assert set(trace.relations) <= set(trace.arrays)


def test_an_array_without_a_relation_is_found() -> None:
    trace = CASES[0].both()
    trace.arrays["extra"] = np.zeros(3)
    assert unexplained(trace) == {"extra"}
    with pytest.raises(AssertionError):
        check_every_relation(trace)


def test_a_wrong_number_is_found() -> None:
    trace = CASES[0].both()
    trace.arrays["y"][0, 0, 0] += 1e-6
    with pytest.raises(AssertionError):
        check_every_relation(trace)
    trace.arrays["y"][0, 0, 0] -= 1e-6
    check_every_relation(trace)
