"""The answers to "why this number?": formula, numbers put in, terms, and the way down."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.activation import relu, relu_backward
from engine.conv import conv2d, conv2d_backward
from engine.conv_place import conv_place
from engine.loss import cross_entropy
from engine.pool import max_pool2d, max_pool2d_backward
from engine.relation import relations
from engine.shapes import ShapeError
from engine.trace import Trace
from engine.why import MOST_TERMS, Element, Explanation, why
from tests.engine.cases import NETWORKS, numbers

RUNS = {case.name: case.both() for case in NETWORKS}


def a_trace(text: str, value: float, **arrays: list[float]) -> Trace:
    """A trace with one relation, for the array r."""
    given = {name: np.array(row) for name, row in arrays.items()}
    return Trace("test", {**given, "r": np.array(value)}, relations(text))


def labels(answer: Explanation) -> list[str]:
    """Every element that one can go down to."""
    return [element.label for term in answer.terms for element in term.elements]


def test_a_cell_of_the_map() -> None:
    x, w = np.array([[[1.0, 2], [3, 4]]]), np.array([[[[1.0, 0], [0, -1]]]])
    answer = why(conv2d(x, w, np.array([0.5])), "y", (0, 0, 0))
    assert answer.element.label == "y[0,0,0]"
    assert answer.formula == "y[f,i,j] = b[f] + Σ(c,u,v) w[f,c,u,v] · x[c,i+u,j+v]"
    assert answer.numbers == "0.5 + 1 · 1 + 0 · 2 + 0 · 3 + (−1) · 4"
    assert answer.value == -2.5
    assert labels(answer)[:3] == ["b[0]", "w[0,0,0,0]", "x[0,0,0]"]
    assert [term.value for term in answer.terms] == [0.5, 1, 0, 0, -4]
    assert (answer.rest_count, answer.rest_value) == (0, 0)


def test_constants_that_matter_stay_in_the_formula() -> None:
    trace = conv2d(numbers(1, 1, 5, 5), numbers(2, 1, 1, 2, 2), stride=2, padding=1)
    answer = why(trace, "y", (0, 0, 0))
    assert answer.formula.endswith("w[f,c,u,v] · x_padded[c,i·stride+u,j·stride+v]")


def test_a_long_sum_shows_its_largest_terms_and_the_rest_as_one() -> None:
    row = [float(n) for n in range(40)]
    answer = why(a_trace("r = b + sum(a[i] for i)", 780.25, a=row, b=0.25), "r", ())  # type: ignore[arg-type]
    assert len(answer.terms) == MOST_TERMS - 1
    assert labels(answer) == ["b", *(f"a[{n}]" for n in range(26, 40))]
    assert (answer.rest_count, answer.rest_value) == (26, sum(range(26)))
    assert answer.numbers.endswith("+ 39 + 26 more")


def test_a_mean_has_terms_like_any_sum() -> None:
    row = [float(n) for n in range(40)]
    answer = why(a_trace("r = sum(a[i]**2 for i) / 40", 513.5, a=row), "r", ())
    assert answer.formula == "r = (Σ(i) a[i]^2) / 40"
    assert labels(answer) == [f"a[{n}]" for n in range(25, 40)]
    assert [term.value for term in answer.terms] == [n * n / 40 for n in range(25, 40)]
    assert (answer.rest_count, answer.numbers[:11]) == (25, "25^2 / 40 +")
    assert answer.rest_value == pytest.approx(sum(n * n for n in range(25)) / 40)
    assert not any(term.is_its_element for term in answer.terms)
    norm = why(a_trace("r = sum(a[i] for i) / sum(b[i] for i)", 2, a=[4], b=[2]), "r", ())
    assert [term.value for term in norm.terms] == [2]
    assert labels(norm) == ["a[0]", "b[0]"]


def test_a_sum_inside_a_term_lists_its_largest_elements() -> None:
    row = [float(-n) for n in range(40)]
    answer = why(a_trace("r = sqrt(sum(a[i]**2 for i))", 143.3, a=row), "r", ())
    (term,) = answer.terms
    assert [element.label for element in term.elements] == [f"a[{n}]" for n in range(24, 40)]
    assert term.rest_count == 24


def test_of_a_long_max_the_chosen_term_is_listed() -> None:
    row = [-100.0 - n for n in range(30)]
    row[7] = -1.0
    answer = why(a_trace("r = max(a[i] for i)", -1, a=row), "r", ())
    assert [term.elements[0].label for term in answer.terms if term.chosen] == ["a[7]"]
    assert answer.rest_count == 15
    assert answer.rest_value == 0


def test_max_pool_marks_the_winner() -> None:
    trace = max_pool2d(np.array([[[1.0, -2], [5, 3]]]))
    max_pool2d_backward(trace, np.array([[[7.0]]]))
    answer = why(trace, "y", (0, 0, 0))
    assert answer.numbers == "max(1, −2, 5, 3)"
    assert [term.chosen for term in answer.terms] == [False, False, True, False]
    assert labels(why(trace, "dx", (0, 1, 0))) == ["dy[0,0,0]"]
    assert labels(why(trace, "dx", (0, 0, 0))) == []
    assert why(trace, "dx", (0, 0, 0)).numbers == "0"


def test_signs() -> None:
    answer = why(a_trace("r = a[0] - sum(b[i] for i)", 4, a=[3], b=[1, -2]), "r", ())
    assert answer.numbers == "3 − (1 + (−2))"
    assert [term.value for term in answer.terms] == [3, -1, 2]
    answer = why(a_trace("r = -sum(b[i] for i)", 1, b=[1, -2]), "r", ())
    assert answer.numbers == "−(1 + (−2))"
    assert [term.value for term in answer.terms] == [-1, 2]
    answer = why(a_trace("r = a[0] + b[0]", -5, a=[-3], b=[-2]), "r", ())
    assert answer.numbers == "−3 + (−2)"


def test_what_decides_is_a_term_too() -> None:
    trace = relu(np.array([-1.0, 2.0]))
    relu_backward(trace, np.array([5.0, 6.0]))
    assert labels(why(trace, "dz", (0,))) == ["z[0]"]
    assert labels(why(trace, "dz", (1,))) == ["dy[1]", "z[1]"]
    assert why(trace, "dz", (0,)).numbers == "0"


def test_padding_is_zero_because_nothing_is_there() -> None:
    trace = conv2d(np.ones((1, 2, 2)), np.ones((1, 1, 3, 3)), padding=1)
    assert why(trace, "x_padded", (0, 0, 0)).terms == ()
    assert labels(why(trace, "x_padded", (0, 1, 1))) == ["x[0,0,0]"]


def test_a_batch_names_the_example() -> None:
    trace = conv2d(numbers(3, 1, 3, 3, 2), numbers(4, 1, 1, 2, 2))
    conv2d_backward(trace, np.ones((1, 2, 2, 2)))
    assert "dy[f,i,j,n] · x[c,i+u,j+v,n]" in why(trace, "dw", (0, 0, 0, 0)).formula
    assert labels(why(trace, "y", (0, 0, 0, 1)))[-1] == "x[0,1,1,1]"


def test_what_nothing_computed_says_what_it_is() -> None:
    answer = why(conv2d(np.ones((1, 2, 2)), np.ones((1, 1, 1, 1))), "w", (0, 0, 0, 0))
    assert answer.relation is None
    assert answer.formula == "w[0,0,0,0] is a weight of the kernel"
    assert (answer.numbers, answer.terms) == ("", ())
    assert why(a_trace("r = a[0]", 3, a=[3]), "a", (0,)).formula == "a[0] is given to test"


def test_what_is_not_there() -> None:
    trace = conv2d(np.ones((1, 2, 2)), np.ones((1, 1, 1, 1)))
    with pytest.raises(KeyError, match="conv2d has no array 'dw'; it has b, w, x, y"):
        why(trace, "dw", (0, 0, 0, 0))
    with pytest.raises(ShapeError, match=re.escape("y[0, 2, 0] is not in the array of shape")):
        why(trace, "y", (0, 2, 0))


def test_the_loss_of_the_likely_class_is_small() -> None:
    answer = why(cross_entropy(np.array([0.0, 0.0]), 1), "loss", ())
    assert answer.formula == "loss = −Σ(k) target[k] · log_p[k]"
    assert answer.numbers == "−(0 · (−0.693) + 1 · (−0.693))"


def descend(element: Element) -> set[tuple[str, str]]:
    """The layer and name of everything that lies below an element, itself included."""
    found, waiting = set(), [element]
    seen: set[tuple[int, str, tuple[int, ...]]] = set()
    while waiting:
        answer = why(waiting[-1].trace, waiting[-1].name, waiting.pop().index)
        here = answer.element
        found.add((here.trace.layer, here.name))
        for term in answer.terms:
            for below in term.elements:
                key = (id(below.trace), below.name, below.index)
                if key not in seen:
                    seen.add(key)
                    waiting.append(below)
    return found


@pytest.mark.parametrize("name", ["images-one", "images-batch"])
def test_the_way_down_from_the_loss_to_the_pixels(name: str) -> None:
    loss = RUNS[name]["loss"]
    found = descend(Element(loss, "mean_loss", ()))
    assert {("conv1", "x"), ("conv1", "w"), ("conv2", "w"), ("dense3", "b")} <= found
    assert ("pool1", "y") in found and ("pool1", "x") not in found


def test_the_way_down_in_one_example_of_a_batch() -> None:
    run = RUNS["images-batch"]
    loss = run["loss"].example(1)
    assert why(loss, "loss", ()).value == run["loss"]["loss"][1]
    assert ("conv1", "x") in descend(Element(loss, "loss", ()))


@pytest.mark.parametrize("name", ["images-one", "images-batch"])
def test_the_way_from_a_weights_gradient_up_to_the_loss(name: str) -> None:
    conv = RUNS[name]["conv1"]
    index = np.unravel_index(np.abs(conv["dw"]).argmax(), conv["dw"].shape)
    found = descend(Element(conv, "dw", tuple(int(part) for part in index)))
    assert {("dense3", "dx"), ("loss", "dz"), ("loss", "target"), ("loss", "p")} <= found
    assert ("conv1", "dy") not in found


def test_a_choice_inside_a_formula_shows_the_branch_that_holds() -> None:
    trace = conv2d(np.arange(16.0).reshape(1, 4, 4), np.ones((1, 1, 3, 3)))
    place = conv_place(trace, 0, 1, 1)
    first = why(place, "running_sum", (0, 0, 0)).formula
    later = why(place, "running_sum", (0, 1, 2)).formula
    assert first == "running_sum[c,u,v] = b[f] + product[c,u,v]"
    assert later == "running_sum[c,u,v] = running_sum[c,u,v−1] + product[c,u,v]"
    assert why(place, "product", (0, 1, 2)).formula == (
        "product[c,u,v] = w[f,c,u,v] · x[c,i+u,j+v]"
    )
