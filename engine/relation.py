"""Relations: the formula of one named array, as data that can be evaluated at any index.

A relation is written as the blackboard has it, with named indices:

    y[f,i,j] = b[f] + sum(w[f,c,u,v] * x_padded[c, i*stride + u, j*stride + v] for c, u, v)

The right side is Python's expression syntax (`a if test else b`, comparisons, `//`, `%`
included) with two liberties: a reduction (`sum`, `max`, `min`, `argmax`) names its indices
without saying where they run, and a name without brackets is an index, a constant or a scalar
array. How far an index runs follows from the axes that it subscripts, or from `extents`.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

Names = Mapping[str, Any]

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

_LOOP = re.compile(r"\bfor\s+(\w+(?:\s*,\s*\w+)*)")


class RelationError(ValueError):
    """A relation that cannot be read, or cannot be evaluated on the arrays given."""


@dataclass(frozen=True)
class Relation:
    """One relation: `target[indices] = expression`."""

    text: str
    """The relation as it was written."""
    target: str
    """Name of the array that it defines."""
    indices: tuple[str, ...]
    """Names of the target's indices, one for each axis."""
    expression: ast.expr
    """The right side."""

    def __str__(self) -> str:
        return self.text

    @cached_property
    def bare_axes(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Each index that stands alone in a subscript: the (array, axis) pairs where it does."""
        axes: dict[str, list[tuple[str, int]]] = {}
        for node in ast.walk(self.expression):
            if isinstance(node, ast.Subscript):
                for axis, part in enumerate(subscript_parts(node)):
                    if isinstance(part, ast.Name):
                        axes.setdefault(part.id, []).append((array_name(node), axis))
        return {index: tuple(places) for index, places in axes.items()}

    def value(self, names: Names, index: tuple[int, ...], extents: Mapping[str, int]) -> Any:
        """The right side at one index of the target. Errors: RelationError."""
        return self.evaluate(self.expression, self.bind(names, index), extents)

    def bind(self, names: Names, index: tuple[int, ...]) -> dict[str, Any]:
        """The names, with the target's indices set to `index`."""
        if len(index) != len(self.indices):
            raise RelationError(
                f"{self.target} has {len(self.indices)} indices ({', '.join(self.indices)}), "
                f"got {index}"
            )
        return {**names, **dict(zip(self.indices, index, strict=True))}

    def evaluate(self, node: ast.expr, names: Names, extents: Mapping[str, int]) -> Any:
        """The value of a part of the expression, under names already bound."""
        return _Evaluation(self, extents).value(node, names)

    def places(
        self, call: ast.Call, names: Names, extents: Mapping[str, int]
    ) -> dict[str, np.ndarray]:
        """Where a reduction's indices go: one 1-D array for each index, all of one length."""
        return _Evaluation(self, extents).places(call, names)


def relation(text: str) -> Relation:
    """Read one relation. Errors: RelationError with the text and what is wrong with it."""
    text = " ".join(text.split())
    left, equals, right = text.partition(" = ")
    try:
        if not equals:
            raise SyntaxError("there is no ' = '")
        target = ast.parse(left.strip(), mode="eval").body
        expression = ast.parse(_LOOP.sub(r"for \1 in _", right.strip()), mode="eval").body
    except SyntaxError as error:
        raise RelationError(f"cannot read the relation {text!r}: {error.msg}") from error
    if isinstance(target, ast.Name):
        return Relation(text, target.id, (), expression)
    if isinstance(target, ast.Subscript):
        parts = subscript_parts(target)
        if all(isinstance(part, ast.Name) for part in parts):
            indices = tuple(part.id for part in parts if isinstance(part, ast.Name))
            return Relation(text, array_name(target), indices, expression)
    raise RelationError(f"the left side of {text!r} must be a name, or a name[index, ...]")


def relations(text: str) -> dict[str, Relation]:
    """Read several relations by target: one a line; a line may go on while a bracket is open."""
    found: dict[str, Relation] = {}
    pending = ""
    for line in text.splitlines():
        pending = f"{pending} {line}".strip()
        if pending and pending.count("(") + pending.count("[") == pending.count(
            ")"
        ) + pending.count("]"):
            one = relation(pending)
            if one.target in found:
                raise RelationError(f"two relations define {one.target!r}")
            found[one.target] = one
            pending = ""
    if pending:
        raise RelationError(f"a bracket is not closed in {pending!r}")
    return found


@cache
def over_batch(
    one: Relation, shared: frozenset[str], scalars: frozenset[str] = frozenset()
) -> Relation:
    """The same relation for a batch: every array that is not `shared` gets a last index n.

    `scalars` names the arrays that have no index for a single example. A shared target (the
    gradient of a weight) sums over the examples.
    """
    indices = one.indices if one.target in shared else (*one.indices, "n")
    target = f"{one.target}[{','.join(indices)}]" if indices else one.target
    _, _, right = one.text.partition(" = ")
    tree = ast.parse(_LOOP.sub(r"for \1 in _", right), mode="eval").body
    tree = _AddExampleIndex(shared, scalars).visit(tree)
    if one.target in shared:
        tree = _sum_over_examples(tree)
    right = re.sub(r"\bfor \(?([\w, ]+?)\)? in _", r"for \1", ast.unparse(tree))
    return relation(f"{target} = {right}")


def is_reduction(node: ast.AST) -> bool:
    """Whether a node is `sum(... for ...)` or one of its kin."""
    return (
        isinstance(node, ast.Call)
        and len(node.args) == 1
        and isinstance(node.args[0], ast.GeneratorExp)
    )


def reduction_parts(call: ast.Call) -> tuple[str, ast.expr, tuple[str, ...], list[ast.expr]]:
    """A reduction's name, its body, its indices and its conditions."""
    generator = call.args[0]
    if not isinstance(generator, ast.GeneratorExp) or not isinstance(call.func, ast.Name):
        raise RelationError(f"{ast.unparse(call)} is not a reduction")
    loop = generator.generators[0]
    targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
    indices = tuple(target.id for target in targets if isinstance(target, ast.Name))
    return call.func.id, generator.elt, indices, loop.ifs


def subscript_parts(node: ast.Subscript) -> list[ast.expr]:
    """The index expressions of `name[...]`, one for each axis."""
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def array_name(node: ast.Subscript) -> str:
    """The name in front of the bracket."""
    if not isinstance(node.value, ast.Name):
        raise RelationError(f"{ast.unparse(node)}: only a name can have indices")
    return node.value.id


class _AddExampleIndex(ast.NodeTransformer):
    def __init__(self, shared: frozenset[str], scalars: frozenset[str]) -> None:
        self.shared = shared
        self.scalars = scalars

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        node.slice = self.visit(node.slice)
        if array_name(node) not in self.shared:
            parts = [*subscript_parts(node), ast.Name("n", ast.Load())]
            node.slice = ast.Tuple(parts, ast.Load())
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.scalars:
            return ast.Subscript(node, ast.Name("n", ast.Load()), ast.Load())
        return node


def _sum_over_examples(tree: Any) -> ast.expr:
    if is_reduction(tree) and tree.func.id == "sum":
        loop = tree.args[0].generators[0]
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        loop.target = ast.Tuple([*targets, ast.Name("n", ast.Store())], ast.Store())
        return tree  # type: ignore[no-any-return]
    return ast.parse(f"sum({ast.unparse(tree)} for n in _)", mode="eval").body


class _Evaluation:
    """One evaluation: index names may hold one int, or 1-D arrays that run together."""

    def __init__(self, relation: Relation, extents: Mapping[str, int]) -> None:
        self.relation = relation
        self.extents = extents

    def value(self, node: ast.expr, names: Names) -> Any:
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
        running = [value for value in names.values() if isinstance(value, _Places)]
        if running:
            rows = range(len(running[0]))
            return np.array([self.reduce(node, _take(names, row)) for row in rows])
        name, body, _, _ = reduction_parts(node)
        places = self.places(node, names)
        count = len(next(iter(places.values())))
        if count == 0:
            if name == "sum":
                return 0.0
            raise RelationError(f"{ast.unparse(node)} has no terms")
        values = self.value(body, {**names, **places})
        return REDUCTIONS[name](np.broadcast_to(values, (count,)))

    def places(self, call: ast.Call, names: Names) -> dict[str, np.ndarray]:
        _, _, indices, conditions = reduction_parts(call)
        lengths = [self.extent(index, names) for index in indices]
        grid = np.indices(lengths).reshape(len(indices), -1)
        places = {index: row.view(_Places) for index, row in zip(indices, grid, strict=True)}
        for condition in conditions:
            mask = np.asarray(self.value(condition, {**names, **places}))
            places = {index: row[np.broadcast_to(mask, row.shape)] for index, row in places.items()}
        return places  # type: ignore[return-value]

    def extent(self, index: str, names: Names) -> int:
        if index in self.extents:
            return self.extents[index]
        for name, axis in self.relation.bare_axes.get(index, ()):
            return int(np.shape(self.lookup(name, names))[axis])
        raise RelationError(f"how far {index!r} runs in {self.relation.text!r} is not known")


class _Places(np.ndarray):
    """The values of one running index, told apart from arrays of data by its type."""


def _take(names: Names, which: Any) -> dict[str, Any]:
    return {
        name: (value[which] if isinstance(value, _Places) else value)
        for name, value in names.items()
    }


def every_index(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All indices of an array of this shape, in row-major order."""
    return np.ndindex(*shape)
