"""The value of a relation's right side, at one place or at many that run together."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.expression import (
    RelationError,
    array_name,
    is_reduction,
    reduction_parts,
    subscript_parts,
)

if TYPE_CHECKING:
    from engine.relation import Relation

Names = Mapping[str, Any]

MOST_AT_ONCE = 1 << 18
"""Terms of reductions that are computed at the same time."""

REDUCTIONS: dict[str, Callable[[Any], Any]] = {
    "sum": np.sum,
    "max": np.max,
    "min": np.min,
    "argmax": np.argmax,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "log": np.log,
    "log2": np.log2,
    "tanh": np.tanh,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "acos": np.arccos,
    "abs": np.abs,
    "floor": np.floor,
    "max": np.maximum,
    "min": np.minimum,
}
OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.And: np.logical_and,
    ast.Or: np.logical_or,
    ast.Not: np.logical_not,
}


class Evaluation:
    """One evaluation: index names may hold one int, or 1-D arrays that run together."""

    def __init__(self, relation: Relation, extents: Mapping[str, int]) -> None:
        self.relation = relation
        self.extents = extents

    def value(self, node: ast.expr, names: Names) -> Any:
        """The value of a part of the expression."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return self.lookup(node.id, names)
            case ast.BinOp():
                apply = OPERATORS[type(node.op)]
                return apply(self.value(node.left, names), self.value(node.right, names))
            case ast.UnaryOp():
                return OPERATORS[type(node.op)](self.value(node.operand, names))
            case ast.Compare():
                return self.compare(node, names)
            case ast.BoolOp():
                apply = OPERATORS[type(node.op)]
                result = self.value(node.values[0], names)
                for other in node.values[1:]:
                    result = apply(result, self.value(other, names))
                return result
            case ast.IfExp():
                return self.choose(node, names)
            case ast.Subscript():
                return self.element(node, names)
            case ast.Call() if is_reduction(node):
                return self.reduce(node, names)
            case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS:
                return FUNCTIONS[name](*(self.value(part, names) for part in node.args))
        raise RelationError(f"{ast.unparse(node)!r} in {self.relation.text!r} has no meaning here")

    def lookup(self, name: str, names: Names) -> Any:
        try:
            found = names[name]
        except KeyError:
            raise RelationError(f"{name!r} in {self.relation.text!r} is not known") from None
        return found[()] if isinstance(found, np.ndarray) and found.ndim == 0 else found

    def compare(self, node: ast.Compare, names: Names) -> Any:
        left = self.value(node.left, names)
        result: Any = True
        for op, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part, names)
            result = np.logical_and(result, OPERATORS[type(op)](left, right))
            left = right
        return result

    def choose(self, node: ast.IfExp, names: Names) -> Any:
        test = self.value(node.test, names)
        if np.ndim(test) == 0:
            return self.value(node.body if test else node.orelse, names)
        # Each branch sees only its own places: the other branch's may lie outside the arrays.
        result = np.empty(len(test))
        for mask, branch in ((test, node.body), (~test, node.orelse)):
            if mask.any():
                result[mask] = self.value(branch, _take(names, mask))
        return result

    def element(self, node: ast.Subscript, names: Names) -> Any:
        array = np.asarray(self.lookup(array_name(node), names))
        index = tuple(self.value(part, names) for part in subscript_parts(node))
        if len(index) != array.ndim:
            raise RelationError(
                f"{ast.unparse(node)} has {len(index)} indices, the array has shape {array.shape}"
            )
        for part, length in zip(index, array.shape, strict=True):
            if np.any(np.less(part, 0)) or np.any(np.greater_equal(part, length)):
                raise RelationError(
                    f"{ast.unparse(node)} in {self.relation.text!r} leaves the array of shape "
                    f"{array.shape}: index {index}"
                )
        return array[index]

    def reduce(self, node: ast.Call, names: Names) -> Any:
        running = {name: value for name, value in names.items() if isinstance(value, _Places)}
        if running:
            return self.reduce_each(node, names, running)
        name, body, _, _ = reduction_parts(node)
        places = self.places(node, names)
        count = len(next(iter(places.values())))
        if count == 0:
            if name == "sum":
                return 0.0
            raise RelationError(f"{ast.unparse(node)} has no terms")
        values = self.value(body, {**names, **places})
        return REDUCTIONS[name](np.broadcast_to(values, (count,)))

    def reduce_each(
        self, node: ast.Call, names: Names, running: Mapping[str, NDArray[Any]]
    ) -> NDArray[Any]:
        """A reduction at every place of those that run around it, many places at a time."""
        name, body, indices, conditions = reduction_parts(node)
        grid = np.indices([self.extent(index, names) for index in indices])
        inner = grid.reshape(len(indices), -1)
        count = len(next(iter(running.values())))
        size = max(1, MOST_AT_ONCE // max(1, inner.shape[1]))
        parts = []
        for start in range(0, count, size):
            rows = min(size, count - start)
            bound: dict[str, Any] = dict(names)
            for each, value in running.items():
                bound[each] = np.repeat(value[start : start + rows], inner.shape[1])
            for each, row in zip(indices, inner, strict=True):
                bound[each] = np.tile(row, rows).view(_Places)
            at = np.arange(rows * inner.shape[1])
            for condition in conditions:
                mask = np.broadcast_to(self.value(condition, bound), at.shape)
                bound, at = _take(bound, mask), at[mask]
            values = np.broadcast_to(self.value(body, bound), at.shape) if at.size else at
            parts.append(_reduced(name, values, at, (rows, inner.shape[1])))
        if any(part is None for part in parts):
            raise RelationError(f"{ast.unparse(node)} has no terms")
        return np.concatenate([part for part in parts if part is not None])

    def places(self, call: ast.Call, names: Names) -> dict[str, NDArray[Any]]:
        """Where a reduction's indices go: one 1-D array for each index, all of one length."""
        _, _, indices, conditions = reduction_parts(call)
        lengths = [self.extent(index, names) for index in indices]
        grid = np.indices(lengths).reshape(len(indices), -1)
        places: dict[str, NDArray[Any]] = {
            index: row.view(_Places) for index, row in zip(indices, grid, strict=True)
        }
        for condition in conditions:
            mask = np.asarray(self.value(condition, {**names, **places}))
            places = {index: row[np.broadcast_to(mask, row.shape)] for index, row in places.items()}
        return places

    def extent(self, index: str, names: Names) -> int:
        if index in self.extents:
            return self.extents[index]
        for name, axis in self.relation.bare_axes.get(index, ()):
            return int(np.shape(self.lookup(name, names))[axis])
        raise RelationError(f"how far {index!r} runs in {self.relation.text!r} is not known")


def _reduced(
    name: str, values: NDArray[Any], at: NDArray[Any], shape: tuple[int, int]
) -> NDArray[Any] | None:
    """The reduction of each row of a table of which some cells have a value; None where a row has
    none and needs one."""
    if name == "sum":
        return np.bincount(at // shape[1], np.asarray(values, float), shape[0])
    if np.bincount(at // shape[1], minlength=shape[0]).min(initial=1) == 0:
        return None
    table = np.full(shape, np.inf if name == "min" else -np.inf)
    table.flat[at] = values
    return np.asarray(getattr(np, name)(table, axis=1))


class _Places(np.ndarray[Any, Any]):
    """The values of one running index, told apart from arrays of data by its type."""


def as_places(indices: tuple[str, ...], values: NDArray[Any]) -> dict[str, Any]:
    """The names of indices with the values, (M, indices), that they run through together."""
    columns = np.asarray(values).reshape(-1, len(indices)).T
    return {
        index: np.ascontiguousarray(column).view(_Places)
        for index, column in zip(indices, columns, strict=True)
    }


def _take(names: Names, which: Any) -> dict[str, Any]:
    return {
        name: (value[which] if isinstance(value, _Places) else value)
        for name, value in names.items()
    }
