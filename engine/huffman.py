"""Huffman's code: the shortest answers, on average, that tell which outcome came.

Letters: K outcomes, M of which can come (p > 0); the code is a tree of 2M - 1 nodes j, leaves
first, in which each step joins the two least probable nodes that are left. Read from the root, it
is the best strategy for yes/no questions. Source: Huffman 1952; Cover and Thomas 2006, 5.6: the
average length is at least H and less than H + 1.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from engine.distribution import checked_distribution
from engine.relation import relations
from engine.shapes import Array
from engine.trace import Trace

RELATIONS = relations("""
weight[j] = p[outcome[j]] if j < M else weight[left[j-M]] + weight[right[j-M]]
depth[j] = 0 if j == root else depth[parent[j]] + 1
length[k] = depth[leaf[k]] if p[k] > 0 else 0
term[k] = p[k] * length[k]
average = sum(term[k] for k)
H = sum((p[k] * -log2(p[k]) if p[k] > 0 else 0) for k)
H_plus_1 = H + 1
""")


@dataclass(frozen=True, eq=False)
class Code:
    """The code of one distribution."""

    words: tuple[str, ...]
    """The code word of each outcome, 1 for yes and 0 for no; "" for one that never comes, and for
    the only one that can."""
    trace: Trace
    """How long the words are, and why: see `huffman`."""

    def outcomes(self, prefix: str = "") -> tuple[int, ...]:
        """The outcomes that are left after the answers `prefix`, such as "10"."""
        p = self.trace["p"]
        return tuple(k for k, word in enumerate(self.words) if p[k] > 0 and word.startswith(prefix))

    def question(self, prefix: str = "") -> tuple[int, ...]:
        """The best question after the answers `prefix`: "is it one of these?"; empty when one
        outcome is left."""
        return self.outcomes(prefix + "1")


def huffman(p: Array) -> Code:
    """The best code for a distribution; of equal weights, those that were there first are joined.

    p: (K,), a distribution. Outcomes that never come get no word.
    The code's trace has p (K); the tree: outcome (M), weight, depth and parent (2M - 1), left (the
    no) and right (the yes) (M - 1); leaf, length and term = p·length (K); average, the bits
    used on average, H and H_plus_1. Errors: ShapeError; ValueError for a p that is no distribution.
    """
    p = checked_distribution("huffman", "p", p)
    outcome = np.flatnonzero(p > 0)
    leaves = len(outcome)
    nodes = 2 * leaves - 1
    weight = np.zeros(nodes)
    weight[:leaves] = p[outcome]
    left, right = np.zeros(leaves - 1, dtype=int), np.zeros(leaves - 1, dtype=int)
    parent = np.full(nodes, -1)
    heap = [(float(weight[j]), j) for j in range(leaves)]
    heapq.heapify(heap)
    for node in range(leaves, nodes):
        (_, lighter), (_, heavier) = heapq.heappop(heap), heapq.heappop(heap)
        left[node - leaves], right[node - leaves] = lighter, heavier
        parent[[lighter, heavier]] = node
        weight[node] = weight[lighter] + weight[heavier]
        heapq.heappush(heap, (float(weight[node]), node))
    depth = np.zeros(nodes)
    prefixes = [""] * nodes
    for node in range(nodes - 1, leaves - 1, -1):
        for child, answer in ((left[node - leaves], "0"), (right[node - leaves], "1")):
            depth[child] = depth[node] + 1
            prefixes[child] = prefixes[node] + answer
    words = [""] * len(p)
    leaf = np.full(len(p), -1)
    length = np.zeros(len(p))
    for j, k in enumerate(outcome):
        words[k], leaf[k], length[k] = prefixes[j], j, depth[j]
    bits = np.asarray(-(p[outcome] * np.log2(p[outcome])).sum())
    trace = Trace(
        operation="Huffman's code",
        arrays={
            "p": p,
            "outcome": outcome,
            "left": left,
            "right": right,
            "parent": parent,
            "leaf": leaf,
            "weight": weight,
            "depth": depth,
            "length": length,
            "term": p * length,
            "average": np.asarray((p * length).sum()),
            "H": bits,
            "H_plus_1": bits + 1,
        },
        relations=RELATIONS,
        constants={"M": leaves, "root": nodes - 1},
        meanings={
            "p": "the probability of this outcome",
            "outcome": "the outcome at this leaf of the tree",
            "left": "the least probable node when these two were joined",
            "right": "the second least probable node when these two were joined",
            "parent": "the node that this one was joined into; -1 for the root",
            "leaf": "the leaf of this outcome; -1 when it never comes",
        },
    )
    return Code(tuple(words), trace)
