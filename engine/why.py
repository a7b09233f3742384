"""Why a number is what it is: its formula, the numbers put in, and the terms to go down to."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.expression import shared_out
from engine.notation import MINUS, format_number, formula, reference, with_numbers
from engine.relation import (
    Relation,
    array_name,
    is_reduction,
    reduction_parts,
    subscript_parts,
)
from engine.trace import Trace

MOST_TERMS = 16
"""A longer sum shows its largest terms, and the rest as one; a sum inside a term, as many of its
elements."""


@dataclass(frozen=True, eq=False)
class Element:
    """One number of a trace."""

    trace: Trace
    name: str
    index: tuple[int, ...]

    @property
    def value(self) -> float:
        return self.trace.value(self.name, self.index)

    @property
    def label(self) -> str:
        return reference(self.name, self.index)

    def origin(self) -> Element:
        """The same number where it was computed, when that was another trace."""
        element = self
        while source := element.trace.sources.get(element.name):
            element = Element(source.trace, source.name, element.index)
        return element


@dataclass(frozen=True, eq=False)
class Term:
    """One part of an explanation: elements that are multiplied (or otherwise joined)."""

    elements: tuple[Element, ...]
    """What one can go down to."""
    value: float
    """What the term contributes."""
    numbers: str
    """The term with its numbers put in."""
    chosen: bool = True
    """False for a candidate that a max or min did not take."""
    rest_count: int = 0
    """How many smaller elements of a sum inside it are not listed."""

    @property
    def is_its_element(self) -> bool:
        """Whether it is one element as it stands, and its value goes without saying."""
        return len(self.elements) == 1 and self.value == self.elements[0].value


@dataclass(frozen=True, eq=False)
class Explanation:
    """The answer to "why this number?"."""

    element: Element
    relation: Relation | None
    """None when nothing computed the number: an input, a weight, a setting."""
    formula: str
    """The relation in mathematical writing; for a number that nothing computed, what it is."""
    numbers: str
    """The right side with the numbers put in."""
    terms: tuple[Term, ...]
    rest_count: int = 0
    """How many smaller terms of a long sum are not listed."""
    rest_value: float = 0.0
    """Their sum."""

    @property
    def value(self) -> float:
        return self.element.value


def why(trace: Trace, name: str, index: tuple[int, ...]) -> Explanation:
    """Explain the number `trace[name][index]` by the relation that computed it.

    Errors: KeyError for a name that the trace does not have, ShapeError for an index outside.
    """
    element = Element(trace, name, tuple(int(part) for part in index)).origin()
    trace, name, index = element.trace, element.name, element.index
    trace.value(name, index)
    one = trace.relation_of(name)
    if one is None:
        meaning = trace.meanings.get(name, f"given to {trace.operation}")
        return Explanation(element, None, f"{element.label} is {meaning}", "", ())
    return _Explaining(trace, one, index).explanation(element)


@dataclass(frozen=True, eq=False)
class _Part:
    """One addend of the right side: a reduction's body at many places, or a plain expression."""

    body: ast.expr
    sign: int
    values: Any
    """What each place contributes; one value for a plain expression."""
    reduction: str = ""
    places: Mapping[str, Any] = field(default_factory=dict)
    tests: tuple[ast.expr, ...] = ()
    """What decided that this is the expression that counts."""

    @property
    def chooses(self) -> bool:
        """Whether it is a max or min, of which one place counts, and not a sum."""
        return self.reduction not in ("", "sum")

    def weight(self, k: int) -> float:
        """How much place k matters in a list too long to show; some are never left out."""
        always = not self.reduction or (self.chooses and self.chosen(k))
        return np.inf if always else abs(float(self.values[k]))

    def bound(self, k: int) -> dict[str, int]:
        return {index: int(row[k]) for index, row in self.places.items()}

    def chosen(self, k: int) -> bool:
        """Whether a max or min took place k."""
        best = {"max": np.argmax, "argmax": np.argmax, "min": np.argmin}.get(self.reduction)
        return best is None or int(best(self.values)) == k


class _Explaining:
    """Takes one relation apart at one index."""

    def __init__(self, trace: Trace, one: Relation, index: tuple[int, ...]) -> None:
        self.trace = trace
        self.relation = one
        self.names = one.bind(trace.names, index)

    def explanation(self, element: Element) -> Explanation:
        parts = [self.part(*addend) for addend in self.addends(self.relation.expression)]
        places = [(part, k) for part in parts for k in range(len(part.values))]
        weights = [part.weight(k) for part, k in places]
        order = sorted(range(len(places)), key=lambda n: -weights[n])
        listed = order if len(order) <= MOST_TERMS else order[: MOST_TERMS - 1]
        kept: dict[int, list[Term]] = {id(part): [] for part in parts}
        for n in sorted(listed):
            part, k = places[n]
            kept[id(part)].append(self.term(part, k))
        rest = [places[n] for n in order[len(listed) :]]
        indices = ",".join(self.relation.indices)
        left = f"{self.relation.target}[{indices}]" if indices else self.relation.target
        return Explanation(
            element,
            self.relation,
            f"{left} = {formula(self.live(self.relation.expression), self.trace.constants)}",
            "".join(self.written(part, kept[id(part)], part is parts[0]) for part in parts),
            tuple(term for part in parts for term in kept[id(part)] if term.elements),
            len(rest),
            sum(part.sign * float(part.values[k]) for part, k in rest if not part.chooses),
        )

    def live(self, node: ast.expr, bound: Mapping[str, int] = {}) -> ast.expr:
        """The expression to show: of a choice inside it only the branch that holds here. A choice
        that is the whole expression stays: it is what the formula says."""
        if not isinstance(node, ast.BinOp):
            return node
        left, right = (
            self.live(self.taken(side, bound), bound) for side in (node.left, node.right)
        )
        return ast.BinOp(left, node.op, right)

    def taken(self, node: ast.expr, bound: Mapping[str, int]) -> ast.expr:
        """Of a choice the branch that holds."""
        while isinstance(node, ast.IfExp):
            node = node.body if self.value(node.test, **bound) else node.orelse
        return node

    def addends(
        self, node: ast.expr, sign: int = 1, tests: tuple[ast.expr, ...] = ()
    ) -> Iterator[tuple[ast.expr, int, tuple[ast.expr, ...]]]:
        """The parts that a sum of a few adds up, each with its sign and what it depends on; of a
        choice only the branch that holds."""
        match node:
            case ast.IfExp():
                branch = node.body if self.value(node.test) else node.orelse
                yield from self.addends(branch, sign, (*tests, node.test))
            case ast.UnaryOp(op=ast.USub()):
                yield from self.addends(node.operand, -sign, tests)
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                yield from self.addends(node.left, sign, tests)
                right = -sign if isinstance(node.op, ast.Sub) else sign
                yield from self.addends(node.right, right, tests)
            case _:
                yield node, sign, tests

    def part(self, node: ast.expr, sign: int, tests: tuple[ast.expr, ...]) -> _Part:
        node = shared_out(node)
        if not is_reduction(node):
            return _Part(node, sign, np.array([self.value(node)]), tests=tests)
        assert isinstance(node, ast.Call)
        name, body, _, _ = reduction_parts(node)
        places = self.relation.places(node, self.names, self.trace.extents)
        count = len(next(iter(places.values())))
        values = np.broadcast_to(self.value(body, **places), (count,)) if count else np.empty(0)
        return _Part(body, sign, values, name, places)

    def term(self, part: _Part, k: int) -> Term:
        bound = part.bound(k)
        nodes = (part.body, *part.tests)
        found = {each.label: each for node in nodes for each in self.elements(node, bound)}
        order = sorted(found.values(), key=lambda each: -abs(each.value))
        listed = set(order[:MOST_TERMS])
        return Term(
            tuple(element.origin() for element in found.values() if element in listed),
            part.sign * float(part.values[k]),
            self.with_numbers(part.body, bound),
            part.chosen(k),
            len(found) - len(listed),
        )

    def value(self, node: ast.expr, **bound: Any) -> Any:
        return self.relation.evaluate(node, {**self.names, **bound}, self.trace.extents)

    def elements(self, node: ast.AST, bound: dict[str, int]) -> Iterator[Element]:
        """Every element that an expression names, in the order of writing."""
        match node:
            case ast.IfExp():
                yield from self.elements(node.test, bound)
                taken = node.body if self.value(node.test, **bound) else node.orelse
                yield from self.elements(taken, bound)
            case ast.Subscript():
                yield self.element(node, bound)
            case ast.Name() if node.id in self.trace.arrays:
                yield Element(self.trace, node.id, ())
            case ast.Call() if is_reduction(node):
                names = {**self.names, **bound}
                places = self.relation.places(node, names, self.trace.extents)
                for row in zip(*places.values(), strict=True):
                    inner = dict(zip(places, map(int, row), strict=True))
                    yield from self.elements(reduction_parts(node)[1], {**bound, **inner})
            case ast.Call():
                for part in node.args:
                    yield from self.elements(part, bound)
            case _:
                for child in ast.iter_child_nodes(node):
                    yield from self.elements(child, bound)

    def element(self, node: ast.Subscript, bound: dict[str, int]) -> Element:
        index = tuple(int(self.value(part, **bound)) for part in subscript_parts(node))
        return Element(self.trace, array_name(node), index)

    def with_numbers(self, node: ast.expr, bound: dict[str, int]) -> str:
        if any(is_reduction(sub) for sub in ast.walk(node)):
            return format_number(float(self.value(node, **bound)))
        return with_numbers(
            self.live(self.taken(node, bound), bound),
            lambda sub: format_number(float(self.value(sub, **bound))),
            self.trace.constants,
        )

    def written(self, part: _Part, terms: list[Term], first: bool) -> str:
        """One addend with its numbers, and the sign that joins it to what stands before."""
        if first:
            joint = MINUS if part.sign < 0 else ""
        else:
            joint = f" {MINUS} " if part.sign < 0 else " + "
        hidden = len(part.values) - len(terms)
        listed = [term.numbers for term in terms] + ([f"{hidden} more"] if hidden else [])
        if part.chooses:
            return f"{joint}{part.reduction}({', '.join(listed)})"
        if len(listed) > 1:
            listed = [f"({text})" if " if " in text else text for text in listed]
        signed = [_in_brackets(text) if n or joint else text for n, text in enumerate(listed)]
        text = " + ".join(signed) or "0"
        return joint + (f"({text})" if part.sign < 0 and part.reduction else text)


def _in_brackets(text: str) -> str:
    """A term, in brackets when its sign would run into the sign before it."""
    return f"({text})" if text.startswith(MINUS) else text
