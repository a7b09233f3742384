"""The parts of a relation's right side: reductions, elements and the errors they raise."""

from __future__ import annotations

import ast


class RelationError(ValueError):
    """A relation that cannot be read, or cannot be evaluated on the arrays given."""


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
