"""How far a place is from the nearest of many points."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes, check_shape
from engine.trace import Trace

RELATIONS = relations("""
distance[n] = sqrt(sum((point[k,n] - place[k])**2 for k))
nearest = min(distance[n] for n)
""")


def nearest(place: Array, point: Array) -> Trace:
    """The straight distance from a place to every point, and the smallest of them.

    place: (K,). point: (K,N). Gives a trace with place, point, distance (N,) and nearest.
    Errors: ShapeError.
    """
    check_axes("nearest", "point", point, "(K,N)")
    check_shape("nearest", "place", place, (len(point),))
    distance = np.sqrt(((point - place[:, None]) ** 2).sum(axis=0))
    return Trace(
        operation="distance to the nearest",
        arrays={
            "place": place,
            "point": point,
            "distance": distance,
            "nearest": np.asarray(distance.min()),
        },
        relations=RELATIONS,
        meanings={"place": "a place", "point": "a point"},
    )
