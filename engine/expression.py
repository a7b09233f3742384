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


def shared_out(node: ast.expr) -> ast.expr:
    """A sum that is divided as a whole, as the sum of what is divided: a mean has terms so."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
        return node
    total, by = node.left, node.right
    if not (isinstance(total, ast.Call) and is_reduction(total)):
        return node
    name, body, indices, _ = reduction_parts(total)
    named = {sub.id for sub in ast.walk(by) if isinstance(sub, ast.Name)}
    if name != "sum" or named & set(indices) or any(map(is_reduction, ast.walk(by))):
        return node
    generator = total.args[0]
    assert isinstance(generator, ast.GeneratorExp)
    divided = ast.GeneratorExp(ast.BinOp(body, ast.Div(), by), generator.generators)
    return ast.Call(total.func, [divided], [])


def subscript_parts(node: ast.Subscript) -> list[ast.expr]:
    """The index expressions of `name[...]`, one for each axis."""
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def array_name(node: ast.Subscript) -> str:
    """The name in front of the bracket."""
    if not isinstance(node.value, ast.Name):
        raise RelationError(f"{ast.unparse(node)}: only a name can have indices")
    return node.value.id
