"""Numbers, references and relations read as mathematics."""

from __future__ import annotations

import ast

import pytest

from engine.notation import fixed, format_number, formula, reference, with_numbers
from engine.relation import RelationError, relation


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (-2.0, "−2"),
        (0.12345, "0.123"),
        (100.0, "100"),
        (1234567, "1234567"),
        (1.0001, "1"),
        (0.0004, "4.00e−4"),
        (-1e-12, "−1.00e−12"),
        (2.5e8, "2.50e8"),
        (3e120, "3.00e120"),
    ],
)
def test_format_number(value: float, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(("value", "text"), [(-0.001, "0.00"), (-1.005, "−1.00"), (2, "2.00")])
def test_fixed(value: float, text: str) -> None:
    assert fixed(value) == text


def test_the_natural_logarithm_is_written_as_it_is_read() -> None:
    one = relation("h[k] = log(1 / p[k]) + log2(8)")
    assert formula(one.expression) == "ln(1 / p[k]) + log2(8)"


def test_reference() -> None:
    assert reference("y", (0, 2, 2)) == "y[0,2,2]"
    assert reference("loss", ()) == "loss"


FORMULAS = [
    ("r = b[f] + sum(w[c,u] * x[c, i*stride + u] for c, u)", "b[f] + Σ(c,u) w[c,u] · x[c,i+u]"),
    ("r = (a[i] + b[i]) * c[i]", "(a[i] + b[i]) · c[i]"),
    ("r = a[i] - (b[i] - c[i])", "a[i] − (b[i] − c[i])"),
    ("r = a[i] / (b[i] * c[i])", "a[i] / (b[i] · c[i])"),
    ("r = a[i] + -b[i]", "a[i] + (−b[i])"),
    ("r = a[i]**2", "a[i]^2"),
    ("r = -sum(a[i] * b[i] for i)", "−Σ(i) a[i] · b[i]"),
    ("r = -(a[i] + b[i])", "−(a[i] + b[i])"),
    ("r = sum(a[i] + b[i] for i)", "Σ(i) (a[i] + b[i])"),
    ("r = sum(a[i] for i) * 2", "(Σ(i) a[i]) · 2"),
    ("r = max(a[i] for i)", "max(i) of a[i]"),
    ("r = max(a[i], 0)", "max(a[i], 0)"),
    ("r = floor(a[i] / 2) + 1", "⌊a[i] / 2⌋ + 1"),
    ("r = x[d // (rows*columns), d // rows % 3]", "x[⌊d/(rows·columns)⌋,⌊d/rows⌋ mod 3]"),
    ("r = a[i] if i > 0 else 0", "a[i] if i > 0, else 0"),
    ("r = sum(a[i] for i if i != 2 or not i == 1)", "Σ(i) a[i] where i ≠ 2 or not (i = 1)"),
    ("r = a[i] * stride + padding", "a[i]"),
    ("r = padding*3 + a[i] / stride - padding", "a[i]"),
    ("r = a[i] * gain", "a[i] · gain"),
]


@pytest.mark.parametrize(("text", "expected"), FORMULAS)
def test_formula_leaves_out_what_changes_nothing(text: str, expected: str) -> None:
    constants = {"stride": 1, "padding": 0, "gain": 2}
    assert formula(relation(text).expression, constants) == expected


def test_formula_keeps_other_constants() -> None:
    one = relation("r = x[i*stride + u - padding]")
    assert formula(one.expression, {"stride": 2, "padding": 1}) == "x[i·stride+u−padding]"
    assert formula(one.expression) == "x[i·stride+u−padding]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("r = a[0] * b[0]", "2 · (−3)"),
        ("r = b[0] * a[0]", "(−3) · 2"),
        ("r = b[0] + b[0]", "−3 + (−3)"),
        ("r = a[0] - b[0]", "2 − (−3)"),
        ("r = max(b[0], 0)", "max(−3, 0)"),
        ("r = b[0]**2", "(−3)^2"),
        ("r = exp(-b[0])", "exp(−(−3))"),
        ("r = a[0] / one", "2"),
    ],
)
def test_with_numbers(text: str, expected: str) -> None:
    numbers = {"a[0]": 2.0, "b[0]": -3.0, "one": 1.0}

    def number(node: ast.expr) -> str:
        return format_number(numbers[ast.unparse(node)])

    assert with_numbers(relation(text).expression, number, {"one": 1}) == expected


def test_what_cannot_be_written() -> None:
    with pytest.raises(RelationError, match="cannot be written"):
        formula(ast.parse("[1, 2]", mode="eval").body)
