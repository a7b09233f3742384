"""The formulas of the LSTM, and what its given arrays stand for."""

from __future__ import annotations

from functools import cache

from engine.recurrent import read_out_relations
from engine.relation import Relation, relations
from engine.trace import GIVEN_GRADIENT

GATES = "figo"
"""The letters of the three gates, and of the candidate g."""

_SIGMOID = ("1 / (1 + exp(-a_{s}[t,j]))", "d{s}[t,j] * {s}[t,j] * (1 - {s}[t,j])")
_TANH = ("tanh(a_{s}[t,j])", "d{s}[t,j] * (1 - {s}[t,j]**2)")
_ACTIVATION = """
a_{s}[t,j] = b_{s}[j] + sum(W_{s}[j,k] * hx[t,k] for k)
{s}[t,j] = {value}
da_{s}[t,j] = {gradient}
dW_{s}[j,k] = sum(da_{s}[t,j] * hx[t,k] for t)
db_{s}[j] = sum(da_{s}[t,j] for t)
"""
_CELL = """
hx[t,k] = (h[t-1,k] if t > 0 else h_0[k]) if k < hidden else x[t,k - hidden]
c[t,j] = f[t,j] * (c[t-1,j] if t > 0 else c_0[j]) + i[t,j] * g[t,j]
tanh_c[t,j] = tanh(c[t,j])
h[t,j] = o[t,j] * tanh_c[t,j]
dh[t,j] = dh_from_z[t,j] + dh_from_next[t,j]
do[t,j] = dh[t,j] * tanh_c[t,j]
dtanh_c[t,j] = dh[t,j] * o[t,j]
dc_from_h[t,j] = dtanh_c[t,j] * (1 - tanh_c[t,j]**2)
dc_from_next[t,j] = dc_T[j] if t == steps - 1 else dc[t+1,j] * f[t+1,j]
dc[t,j] = dc_from_h[t,j] + dc_from_next[t,j]
df[t,j] = dc[t,j] * (c[t-1,j] if t > 0 else c_0[j])
di[t,j] = dc[t,j] * g[t,j]
dg[t,j] = dc[t,j] * i[t,j]
dc_0[j] = dc[0,j] * f[0,j]
"""

WEIGHTS = tuple(f"{kind}_{place}" for place in (*GATES, "z") for kind in "Wb")
SHARED = frozenset(
    {*WEIGHTS, *(f"d{name}" for name in WEIGHTS)}
    | {f"{held}_{gate}" for held in ("held", "holds") for gate in GATES}
)

_NAMES = {"f": "forget gate", "i": "input gate", "g": "candidate", "o": "output gate"}
GIVEN = {
    "x": "the input",
    **{f"W_{gate}": f"a weight of the {name}" for gate, name in _NAMES.items()},
    **{f"b_{gate}": f"a bias of the {name}" for gate, name in _NAMES.items()},
    **{f"held_{gate}": f"what the {name} is held at" for gate, name in _NAMES.items()},
    **{
        f"holds_{gate}": f"1 where the {name} is held, 0 elsewhere" for gate, name in _NAMES.items()
    },
    "W_z": "a weight from the hidden state to the output, the same at every step",
    "b_z": "the output's bias",
    "h_0": "the hidden state before the first step",
    "c_0": "the cell state before the first step",
    "dz": GIVEN_GRADIENT,
    "dh_T": "the gradient on the last hidden state from what comes after the sequence",
    "dc_T": "the gradient on the last cell state from what comes after the sequence",
}


@cache
def lstm_relations(held: frozenset[str], last_only: bool) -> dict[str, Relation]:
    """The relations of a trace in which these of f, i, g and o are held."""
    through = {
        "dh_from_next[t,j] = dh_T[j] if t == steps - 1 else ": "W_{s}[k,j] * da_{s}[t+1,k] for k",
        "dh_0[j] = ": "W_{s}[k,j] * da_{s}[0,k] for k",
        "dx[t,d] = ": "W_{s}[j,hidden + d] * da_{s}[t,j] for j",
    }
    lines = [
        left + " + ".join(f"sum({body.format(s=gate)})" for gate in GATES)
        for left, body in through.items()
    ]
    read = read_out_relations("z", "W_z", "b_z", last_only=last_only)
    gates = [_activation(gate, gate in held) for gate in GATES]
    return relations("\n".join((*gates, _CELL, *lines, read)))


def _activation(gate: str, held: bool) -> str:
    value, gradient = (part.format(s=gate) for part in (_TANH if gate == "g" else _SIGMOID))
    if held:
        value = f"held_{gate}[t,j] if holds_{gate}[t,j] == 1 else {value}"
        gradient = f"0 if holds_{gate}[t,j] == 1 else {gradient}"
    return _ACTIVATION.format(s=gate, value=value, gradient=gradient)
