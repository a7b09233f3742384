"""The gradient of a batch against the gradient of all examples: angle and length.

All the gradients of a network are one long arrow. Two arrows of that kind have an angle between
them like those on paper: cos(angle) = dot / (length · length).
"""

from __future__ import annotations

from functools import cache
from itertools import islice

import numpy as np

from engine.network import Network, Run
from engine.relation import Relation, relations
from engine.shapes import Array
from engine.trace import Trace


@cache
def _relations(parameters: tuple[tuple[str, int], ...]) -> dict[str, Relation]:
    """Relations for parameters by name, with how many axes each has. Every sum has index letters
    of its own: how far one runs is a matter of the whole formula."""

    def summed(left: str, right: str) -> str:
        letters = iter([*"ijklmnopqrst", *(f"i{n}" for n in range(400))])
        parts = []
        for name, axes in parameters:
            indices = ",".join(islice(letters, axes))
            parts.append(f"sum({left}_{name}[{indices}] * {right}_{name}[{indices}] for {indices})")
        return " + ".join(parts)

    return relations(f"""
    length = sqrt({summed("g", "g")})
    full_length = sqrt({summed("full", "full")})
    dot = {summed("g", "full")}
    cosine = dot / (length * full_length) if length * full_length > 0 else 0
    angle = acos(max(-1, min(1, cosine))) * 180 / pi
    ratio = length / full_length if full_length > 0 else 0
    along = ratio * cosine
    across = ratio * sqrt(max(0, 1 - cosine**2))
    """)


def gradient_angle(network: Network, batch: Run, full: Run) -> Trace:
    """Compare the gradients of two runs of a network, both of which went backward.

    Gives a trace with the gradients g_… and full_… of every parameter, linked to the runs, and the
    scalars length, full_length, dot, cosine, angle (degrees), ratio = length / full_length, and the
    batch's arrow where the full gradient has the length 1: `along` it and `across`. Without a
    length there is no direction: the cosine is then given as 0. Errors: KeyError for a run that has
    no gradients.
    """
    arrays: dict[str, Array] = {}
    links = []
    parameters = []
    for layer in network.layers:
        for name in layer.parameters:
            called = f"{layer.name}_{name}"
            parameters.append((called, layer.parameters[name].ndim))
            for prefix, run in (("g", batch), ("full", full)):
                arrays[f"{prefix}_{called}"] = run[layer.name][f"d{name}"]
                links.append((f"{prefix}_{called}", run[layer.name], f"d{name}"))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        names = [name for name, _ in parameters]
        g = np.concatenate([arrays[f"g_{name}"].ravel() for name in names]).astype(float)
        all_of_it = np.concatenate([arrays[f"full_{name}"].ravel() for name in names]).astype(float)
        length, full_length = np.sqrt(g @ g), np.sqrt(all_of_it @ all_of_it)
        dot = g @ all_of_it
        cosine = dot / (length * full_length) if length * full_length > 0 else 0.0
        ratio = length / full_length if full_length > 0 else 0.0
        scalars = {
            "length": length,
            "full_length": full_length,
            "dot": dot,
            "cosine": cosine,
            "angle": np.arccos(np.maximum(-1, np.minimum(1, cosine))) * 180 / np.pi,
            "ratio": ratio,
            "along": ratio * cosine,
            "across": ratio * np.sqrt(np.maximum(0, 1 - cosine**2)),
        }
    trace = Trace(
        operation="batch gradient against full gradient",
        arrays={**arrays, **{name: np.asarray(value) for name, value in scalars.items()}},
        relations=_relations(tuple(parameters)),
        constants={"pi": np.pi},
    )
    for called, source, name in links:
        trace.link(called, source, name)
    return trace
