"""How two sets of directions lie to one another: the angles between what they span, axis by axis.

Letters: D numbers of a direction, K directions in each set. Source: Björck & Golub 1973 (Math.
Comp. 27, 579) for the principal angles.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes, check_shape
from engine.trace import Trace

RELATIONS = relations("""
u[k,d] = sum(basis_a[d,i] * turn_a[i,k] for i)
v[k,d] = sum(basis_b[d,i] * turn_b[i,k] for i)
cosine[k] = min(1, sum(u[k,d] * v[k,d] for d))
angle[k] = acos(cosine[k]) * degrees
length_a[i] = sqrt(sum(a[d,i]**2 for d))
length_b[j] = sqrt(sum(b[d,j]**2 for d))
alignment[i,j] = sum(a[d,i] * b[d,j] for d) / (length_a[i] * length_b[j])
""")


def principal_angles(a: Array, b: Array) -> Trace:
    """The angles between the spaces that the columns of a and of b span.

    a, b: (D,K), columns that do not depend on one another. All angles are 0 when both span the
    same space, whichever directions in it they took. The smallest comes first.
    Gives a trace with a, b; basis_a, basis_b (D,K), directions of length 1 at right angles that
    span the same; turn_a, turn_b (K,K), which turn these into u and v (K,D), pairs that lie as near
    to one another as can be; cosine and angle (K,), the latter in degrees; length_a, length_b (K,);
    and alignment (K,K), the cosine between every column of a and every one of b: ±1 on one line.
    Errors: ShapeError; ValueError for columns that depend on one another.
    """
    check_axes("principal_angles", "a", a, "(D,K)")
    check_shape("principal_angles", "b", b, a.shape)
    basis_a, basis_b = _basis("a", a), _basis("b", b)
    turn_a, _, turned_b = np.linalg.svd(basis_a.T @ basis_b)
    turn_b = turned_b.T
    u, v = (basis_a @ turn_a).T, (basis_b @ turn_b).T
    cosine = np.minimum(1.0, (u * v).sum(axis=1))
    length_a, length_b = np.linalg.norm(a, axis=0), np.linalg.norm(b, axis=0)
    degrees = 180 / np.pi
    return Trace(
        operation="principal angles",
        arrays={
            "a": a,
            "b": b,
            "basis_a": basis_a,
            "basis_b": basis_b,
            "turn_a": turn_a,
            "turn_b": turn_b,
            "u": u,
            "v": v,
            "cosine": cosine,
            "angle": np.arccos(cosine) * degrees,
            "length_a": length_a,
            "length_b": length_b,
            "alignment": a.T @ b / np.outer(length_a, length_b),
        },
        relations=RELATIONS,
        constants={"degrees": degrees},
        meanings={
            "a": "part of a direction",
            "b": "part of a direction",
            "basis_a": "part of a direction of length 1, at right angles to the others of basis_a, "
            "which span what a spans",
            "basis_b": "part of a direction of length 1, at right angles to the others of basis_b, "
            "which span what b spans",
            "turn_a": "how much of a direction of basis_a goes into u, from the singular value "
            "decomposition of basis_a turned on basis_b",
            "turn_b": "how much of a direction of basis_b goes into v, from the singular value "
            "decomposition of basis_a turned on basis_b",
        },
    )


def _basis(argument: str, directions: Array) -> Array:
    basis, triangle = np.linalg.qr(directions)
    diagonal = np.abs(np.diag(triangle))
    if len(diagonal) < directions.shape[1] or diagonal.min() <= 1e-12 * diagonal.max():
        raise ValueError(
            f"principal_angles: the columns of {argument} must not depend on one another"
        )
    return np.asarray(basis)
