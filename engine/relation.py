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
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation import Evaluation, Names, as_places
from engine.expression import (
    RelationError,
    array_name,
    is_reduction,
    reduction_parts,
    subscript_parts,
)

__all__ = [
    "Relation",
    "RelationError",
    "array_name",
    "every_index",
    "is_reduction",
    "over_batch",
    "reduction_parts",
    "relation",
    "relations",
    "subscript_parts",
]

_LOOP = re.compile(r"\bfor\s+(\w+(?:\s*,\s*\w+)*)")


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

    def values(
        self, names: Names, indices: NDArray[Any], extents: Mapping[str, int]
    ) -> NDArray[Any]:
        """The right side at many indices of the target, (M, axes), at once. Errors: as `value`."""
        if not self.indices:
            return np.full(len(indices), self.value(names, (), extents), dtype=float)
        bound = {**names, **as_places(self.indices, indices)}
        found = np.asarray(self.evaluate(self.expression, bound, extents), dtype=float)
        return np.broadcast_to(found, (len(indices),))

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
        # exp may overflow on the way to a number that is right: 1/(1 + exp(1000)) is 0; and a
        # trace may show what goes wrong, as infinity or nan.
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            return Evaluation(self, extents).value(node, names)

    def places(
        self, call: ast.Call, names: Names, extents: Mapping[str, int]
    ) -> dict[str, NDArray[Any]]:
        """Where a reduction's indices go: one 1-D array for each index, all of one length."""
        return Evaluation(self, extents).places(call, names)


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


def every_index(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All indices of an array of this shape, in row-major order."""
    return np.ndindex(*shape)
