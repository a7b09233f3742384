"""How numbers, references and relations read as one line of mathematics."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.relation import (
    RelationError,
    array_name,
    is_reduction,
    reduction_parts,
    subscript_parts,
)

MINUS = "\u2212"
WRITTEN = {"log": "ln"}
"""Functions whose name in a relation, which is NumPy's, is not the one that is read."""
SIGNS: dict[type, tuple[str, int]] = {
    ast.Add: (" + ", 1),
    ast.Sub: (f" {MINUS} ", 1),
    ast.Mult: (" · ", 2),
    ast.Div: (" / ", 2),
    ast.Mod: (" mod ", 2),
    ast.Pow: ("^", 4),
    ast.Eq: (" = ", 0),
    ast.NotEq: (" ≠ ", 0),
    ast.Lt: (" < ", 0),
    ast.LtE: (" ≤ ", 0),
    ast.Gt: (" > ", 0),
    ast.GtE: (" ≥ ", 0),
    ast.And: (" and ", -1),
    ast.Or: (" or ", -2),
}
"""How an operator is written, and how tightly it binds."""

_SPACED = re.compile(f" ([-+·/{MINUS}]) ")

ATOM = 9
NEGATIVE = 1
"""How tightly a number with a minus binds: as a sum does, so that a product brackets it."""


def format_number(value: float, decimals: int = 3) -> str:
    """A number as people write it: no needless zeros, a real minus, powers of ten when tiny."""
    if value == 0:
        return "0"
    if abs(value) >= 1e7 or abs(value) < 0.5 * 10**-decimals:
        return with_power(value)
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def with_power(value: float) -> str:
    """A number with three digits and its power of ten: 1.25e−6."""
    text = f"{value:.2e}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
    return text.replace("-", MINUS)


def fixed(value: float, decimals: int = 2) -> str:
    """A number with a fixed count of decimals, for columns that line up; never minus zero."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def reference(name: str, index: tuple[int, ...]) -> str:
    """An element as it is named on screen: y[0,2,2]."""
    return f"{name}[{','.join(map(str, index))}]" if index else name


def formula(expression: ast.expr, constants: Mapping[str, Any] = {}) -> str:
    """The expression in mathematical writing. Constants that change nothing (a stride of 1, a
    padding of 0) are left out, as one would on a blackboard."""
    return _Writer(constants).write(expression)[0]


class _Writer:
    """Writes expressions; each part comes with how tightly it binds."""

    def __init__(
        self,
        constants: Mapping[str, Any],
        number: Callable[[ast.expr], str] | None = None,
    ) -> None:
        self.constants = constants
        self.number = number

    def write(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Constant(value=int() | float() as value):
                return format_number(value), ATOM
            case ast.Name() | ast.Subscript() if self.number is not None:
                text = self.number(node)
                return text, NEGATIVE if text.startswith(MINUS) else ATOM
            case ast.Name():
                return node.id, ATOM
            case ast.Subscript():
                return self.named_element(node), ATOM
            case ast.BinOp():
                return self.binary(node)
            case ast.UnaryOp(op=ast.USub()):
                rank = 1 if is_reduction(node.operand) else 3
                return MINUS + self.inside(node.operand, rank), NEGATIVE
            case ast.UnaryOp(op=ast.Not()):
                return "not " + self.inside(node.operand, 1), -1
            case ast.Compare():
                parts = [self.inside(node.left, 1)]
                for op, part in zip(node.ops, node.comparators, strict=True):
                    parts += [SIGNS[type(op)][0], self.inside(part, 1)]
                return "".join(parts), 0
            case ast.BoolOp():
                sign, rank = SIGNS[type(node.op)]
                return sign.join(self.inside(part, rank) for part in node.values), rank
            case ast.IfExp():
                body, test = self.inside(node.body, 0), self.inside(node.test, -2)
                return f"{body} if {test}, else {self.inside(node.orelse, 0)}", -3
            case ast.Call() if is_reduction(node):
                return self.reduction(node)
            case ast.Call():
                arguments = ", ".join(self.write(part)[0] for part in node.args)
                name = ast.unparse(node.func)
                name = WRITTEN.get(name, name)
                return (f"⌊{arguments}⌋" if name == "floor" else f"{name}({arguments})"), ATOM
        raise RelationError(f"{ast.unparse(node)!r} cannot be written")

    def inside(self, node: ast.expr, rank: int) -> str:
        text, own = self.write(node)
        return text if own >= rank else f"({text})"

    def binary(self, node: ast.BinOp) -> tuple[str, int]:
        left, right = self.known(node.left), self.known(node.right)
        match node.op:
            case ast.Mult() if right == 1:
                return self.write(node.left)
            case ast.Mult() if left == 1:
                return self.write(node.right)
            case ast.Add() | ast.Sub() if right == 0:
                return self.write(node.left)
            case ast.Add() if left == 0:
                return self.write(node.right)
            case ast.Div() if right == 1:
                return self.write(node.left)
            case ast.FloorDiv():
                return f"⌊{self.inside(node.left, 2)} / {self.inside(node.right, 3)}⌋", ATOM
        sign, rank = SIGNS[type(node.op)]
        loose = isinstance(node.op, ast.Add | ast.Mult)
        after = self.inside(node.right, rank if loose else rank + 1)
        after = f"({after})" if after.startswith(MINUS) else after
        return self.inside(node.left, rank) + sign + after, rank

    def known(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.constants.get(node.id)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            left, right = self.known(node.left), self.known(node.right)
            return 0 if 0 in (left, right) else 1 if left == right == 1 else None
        return None

    def reduction(self, node: ast.Call) -> tuple[str, int]:
        name, body, indices, conditions = reduction_parts(node)
        over = ",".join(indices)
        where = f" where {' and '.join(self.write(test)[0] for test in conditions)}"
        where = where if conditions else ""
        if name == "sum":
            return f"Σ({over}) {self.inside(body, 2)}{where}", 1
        return f"{name}({over}) of {self.inside(body, 2)}{where}", 0

    def named_element(self, node: ast.Subscript) -> str:
        parts = (_SPACED.sub(r"\1", self.write(part)[0]) for part in subscript_parts(node))
        return f"{array_name(node)}[{','.join(parts)}]"


def with_numbers(
    expression: ast.expr,
    number: Callable[[ast.expr], str],
    constants: Mapping[str, Any] = {},
) -> str:
    """The expression with every name and element written as `number` has it. Constants that
    change nothing are left out, as in `formula`."""
    return _Writer(constants, number).write(expression)[0]
