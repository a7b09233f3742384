"""The LSTM, forwards and backwards through time, with every gate by name.

Letters: T time steps, D inputs, H hidden units, K outputs, N sequences, in the last axis. The
gates are f (forget), i (input) and o (output); g is the candidate, a value and no gate. Inside,
the four weight matrices stand in one, so that a step is one matrix product. Source of the
formulas: Gers et al. 2000 (forget gate); Zhang et al., Dive into Deep Learning, 10.1, written
with one weight matrix on the concatenation [h[t-1]; x[t]] for each gate.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.activation import logistic
from engine.lstm_held import Held, held_gates
from engine.lstm_relations import GIVEN, SHARED, lstm_relations
from engine.recurrent import (
    as_batch,
    beside,
    check_columns,
    check_sequence,
    given_or_zeros,
    in_steps,
    read_out,
    read_out_backward,
)
from engine.shapes import Array, check_axes, check_shape
from engine.trace import Trace

ORDER = "gfio"
"""The order of the gates in the one matrix: what c feels, g f i, and what a sigmoid makes, f i o,
are neighbours."""


def lstm(
    x: Array,
    W_f: Array,
    W_i: Array,
    W_g: Array,
    W_o: Array,
    b_f: Array,
    b_i: Array,
    b_g: Array,
    b_o: Array,
    W_z: Array,
    b_z: Array,
    h_0: Array | None = None,
    c_0: Array | None = None,
    *,
    held: Mapping[str, Array | float] | None = None,
    last_only: bool = False,
) -> Trace:
    """Read a sequence step by step: c[t] = f c[t-1] + i g, h[t] = o tanh(c[t]), z[t] from h[t].

    x: (T,D), or (T,D,N) for a batch. W_f, W_i, W_g, W_o: (H,H+D), for the H numbers of h[t-1] and
    then the D of x[t]; their biases (H,). W_z: (K,H), b_z: (K,). h_0, c_0: the states before the
    first step, (H[,N]), zeros when left out. `last_only` reads out the last step alone, so that z
    has no time axis. `held` holds activations at a value: by the letter of f, i, g or o a number
    for all places, or an array (T,H) that is NaN wherever nothing is held; a batch is held alike.
    Gives a trace with all of these, hx (T,H+D[,N], the concatenation), a_f, a_i, a_g, a_o (the
    pre-activations), f, i, g, o, c, tanh_c, h (T,H[,N]), z (T,K[,N]), or (K[,N]) of the last step;
    for a held activation also holds_f (1 where it is held) and held_f (at what), (T,H).
    Errors: ShapeError for shapes that do not fit, ValueError for a held letter or value.
    """
    weights = {"W_f": W_f, "W_i": W_i, "W_g": W_g, "W_o": W_o}
    biases = {"b_f": b_f, "b_i": b_i, "b_g": b_g, "b_o": b_o}
    hidden = _checked(x, weights, biases, W_z, b_z)
    W = np.concatenate([weights[f"W_{gate}"] for gate in ORDER])
    b = np.concatenate([biases[f"b_{gate}"] for gate in ORDER])[:, None]
    steps, inputs, *batch = x.shape
    state, dtype = (hidden, *batch), np.result_type(x, W)
    h_0 = given_or_zeros("lstm", "h_0", h_0, state, dtype)
    c_0 = given_or_zeros("lstm", "c_0", c_0, state, dtype)
    holding = held_gates(held or {}, steps, hidden, dtype)

    flow = as_batch(x)
    examples = flow.shape[2]
    # h[t] is written straight into the next step's [h; x], which has one place more than steps.
    joined = np.empty((steps + 1, hidden + inputs, examples), dtype)
    joined[:steps, hidden:] = flow
    joined[steps, hidden:] = 0
    hx, h = joined[:steps], joined[1:, :hidden]
    joined[0, :hidden] = as_batch(h_0, 1)
    a, s, c, tanh_c = _through_time(W, b, hx, h, as_batch(c_0, 1), holding)
    z = read_out(h, W_z, b_z, last_only=last_only)

    shape = (steps, hidden, *batch)
    arrays = {"x": x, **weights, **biases, "W_z": W_z, "b_z": b_z, "h_0": h_0, "c_0": c_0}
    arrays["hx"] = hx.reshape(steps, hidden + inputs, *batch)
    for n, gate in enumerate(ORDER):
        arrays[f"a_{gate}"], arrays[gate] = a[:, n].reshape(shape), s[:, n].reshape(shape)
    arrays |= {name: each.reshape(shape) for name, each in (("c", c), ("tanh_c", tanh_c), ("h", h))}
    arrays["z"] = z.reshape(*z.shape[:-1], *batch)
    for each in holding:
        arrays |= each.arrays
    return Trace(
        operation="lstm",
        arrays=arrays,
        relations=lstm_relations(frozenset(each.gate for each in holding), last_only),
        constants={"steps": steps, "hidden": hidden},
        shared=SHARED,
        batched=bool(batch),
        meanings=GIVEN,
    )


def lstm_backward(
    trace: Trace,
    dz: Array,
    dh_T: Array | None = None,
    dc_T: Array | None = None,
    *,
    need_dx: bool = True,
) -> None:
    """Add the gradients to the trace of `lstm`, from the last step to the first.

    dz: dL/dz in z's shape. dh_T, dc_T: what reaches the last states from after the sequence,
    (H[,N]), zeros when left out. Adds, each (T,H[,N]): dh_from_z and dh_from_next (what h[t] gets
    through z[t], and through all four gates of step t+1) and their sum dh; dc_from_h and
    dc_from_next (what c[t] gets through h[t], and through c[t+1]) and their sum dc; dtanh_c, df,
    di, dg, do on the activations and da_f, da_i, da_g, da_o on the pre-activations, 0 where one is
    held. Adds dx, dh_0, dc_0, and dW_f to dW_z and db_f to db_z, which sum over time and batch.
    `need_dx=False` leaves dx out. Errors: ShapeError.
    """
    check_shape("lstm_backward", "dz", dz, trace["z"].shape)
    state = trace["h"].shape[1:]
    dh_T = given_or_zeros("lstm_backward", "dh_T", dh_T, state, trace["h"].dtype)
    dc_T = given_or_zeros("lstm_backward", "dc_T", dc_T, state, trace["c"].dtype)
    last_only = dz.ndim < trace["h"].ndim
    h, c, tanh_c, g, f, i, o = (as_batch(trace[name]) for name in ("h", "c", "tanh_c", *ORDER))
    c_0 = as_batch(trace["c_0"], 1)
    W = np.concatenate([trace[f"W_{gate}"] for gate in ORDER])
    steps, hidden, examples = h.shape

    dz_batch = as_batch(dz, dz.ndim - trace.batched)
    hx_beside = beside(as_batch(trace["hx"]))
    dh_from_z, dW_z, db_z = read_out_backward(
        h, beside(h), trace["W_z"], dz_batch, last_only=last_only
    )
    # What dc and dh are multiplied by on their way to the pre-activations, for all steps at once.
    onward = np.empty((steps, 4, hidden, examples), h.dtype)
    np.multiply(1 - g * g, i, out=onward[:, 0])
    np.multiply(f, 1 - f, out=onward[:, 1])
    onward[0, 1] *= c_0
    onward[1:, 1] *= c[:-1]
    np.multiply(i * (1 - i), g, out=onward[:, 2])
    np.multiply(o * (1 - o), tanh_c, out=onward[:, 3])
    for n, gate in enumerate(ORDER):
        if f"holds_{gate}" in trace:
            onward[:, n][trace[f"holds_{gate}"] == 1] = 0
    into_c = o * (1 - tanh_c * tanh_c)

    ends = as_batch(dh_T, 1), as_batch(dc_T, 1)
    da, dh, dc, dc_from_h, h_back, c_back = _back_through_time(
        W[:, :hidden].T, dh_from_z, onward, into_c, f, *ends
    )
    da_rows = da.reshape(steps, 4 * hidden, examples)

    df = np.empty_like(dc)
    np.multiply(dc[0], c_0, out=df[0])
    np.multiply(dc[1:], c[:-1], out=df[1:])
    over_time = {"dh_from_z": dh_from_z, "dh_from_next": h_back[1:], "dh": dh}
    over_time |= {"dc_from_h": dc_from_h, "dc_from_next": c_back[1:], "dc": dc}
    over_time |= {"dtanh_c": dh * o, "df": df, "di": dc * g, "dg": dc * i, "do": dh * tanh_c}
    over_time |= {f"da_{gate}": da[:, n] for n, gate in enumerate(ORDER)}
    shape = trace["h"].shape
    trace.arrays |= {"dz": dz, "dh_T": dh_T, "dc_T": dc_T, "dW_z": dW_z, "db_z": db_z}
    trace.arrays |= {name: array.reshape(shape) for name, array in over_time.items()}
    trace.arrays |= {"dh_0": h_back[0].reshape(state), "dc_0": c_back[0].reshape(state)}
    da_beside = beside(da_rows)
    dW = (da_beside @ hx_beside.T).reshape(4, hidden, -1)
    db = da_beside.sum(axis=1).reshape(4, hidden)
    for n, gate in enumerate(ORDER):
        trace.arrays[f"dW_{gate}"], trace.arrays[f"db_{gate}"] = dW[n], db[n]
    if need_dx:
        dx = in_steps(W[:, hidden:].T @ da_beside, steps)
        trace.arrays["dx"] = dx.reshape(trace["x"].shape)


def _through_time(
    W: Array, b: Array, hx: Array, h: Array, c_0: Array, holding: tuple[Held, ...]
) -> tuple[Array, Array, Array, Array]:
    """The steps one after another. Writes h, and with it the next step's part of hx; gives the
    pre-activations and activations (T,4,H,N), c and tanh_c (T,H,N)."""
    steps, hidden, examples = h.shape
    a, s = (np.empty((steps, 4, hidden, examples), hx.dtype) for _ in range(2))
    c, tanh_c = (np.empty(h.shape, hx.dtype) for _ in range(2))
    of_step = [hx, a.reshape(steps, 4 * hidden, examples), a[:, 0], a[:, 1:], s[:, 1:]]
    of_step += [*s.transpose(1, 0, 2, 3), c, tanh_c, h]
    c_before = c_0
    with np.errstate(over="ignore"):
        for t, views in enumerate(zip(*of_step, strict=True)):
            hx_t, a_t, a_g, a_fio, fio, g, f, i, o, c_t, tanh_c_t, h_t = views
            np.matmul(W, hx_t, out=a_t)
            a_t += b
            np.tanh(a_g, out=g)
            logistic(a_fio, out=fio)
            for held in holding:
                held.apply(s[t, ORDER.index(held.gate)], t)
            np.multiply(f, c_before, out=c_t)
            c_t += i * g
            np.multiply(o, np.tanh(c_t, out=tanh_c_t), out=h_t)
            c_before = c_t
    return a, s, c, tanh_c


def _back_through_time(
    W_back: Array,
    dh_from_z: Array,
    onward: Array,
    into_c: Array,
    f: Array,
    dh_T: Array,
    dc_T: Array,
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """The steps from the last to the first: da (T,4,H,N), dh, dc and dc_from_h (T,H,N); and what
    passes to h and c from every step on, (T+1,H,N), whose first row is for h_0 and c_0.

    onward: what dc (for g, f, i) and dh (for o) are multiplied by on their way to da. into_c: the
    same from dh to dc.
    """
    da = np.empty_like(onward)
    dh, dc, dc_from_h = (np.empty_like(into_c) for _ in range(3))
    h_back, c_back = (np.empty((len(f) + 1, *f.shape[1:]), da.dtype) for _ in range(2))
    h_back[-1], c_back[-1] = dh_T, dc_T
    of_step = [dh_from_z, h_back[1:], dh, into_c, dc_from_h, c_back[1:], dc, f, c_back[:-1]]
    of_step += [da[:, :3], onward[:, :3], da[:, 3], onward[:, 3]]
    of_step += [da.reshape(len(da), -1, da.shape[3]), h_back[:-1]]
    for views in zip(*(array[::-1] for array in of_step), strict=True):
        dh_from_z_t, dh_from_next, dh_t, into_c_t, from_h, from_next, dc_t, f_t, to_c = views[:9]
        da_gfi, onward_gfi, da_o, onward_o, da_t, to_h = views[9:]
        np.add(dh_from_z_t, dh_from_next, out=dh_t)
        np.multiply(dh_t, into_c_t, out=from_h)
        np.add(from_h, from_next, out=dc_t)
        np.multiply(dc_t, onward_gfi, out=da_gfi)
        np.multiply(dh_t, onward_o, out=da_o)
        np.multiply(dc_t, f_t, out=to_c)
        np.matmul(W_back, da_t, out=to_h)
    return da, dh, dc, dc_from_h, h_back, c_back


def _checked(
    x: Array, weights: Mapping[str, Array], biases: Mapping[str, Array], W_z: Array, b_z: Array
) -> int:
    """The number of hidden units, once every shape fits."""
    check_sequence("lstm", x)
    check_axes("lstm", "W_f", weights["W_f"], "(H,H+D)")
    hidden = len(weights["W_f"])
    for name, w in weights.items():
        check_columns("lstm", name, w, hidden + x.shape[1], "hidden unit and input")
        check_shape("lstm", name, w, (hidden, hidden + x.shape[1]))
    for name, b in biases.items():
        check_shape("lstm", name, b, (hidden,))
    check_columns("lstm", "W_z", W_z, hidden, "hidden unit")
    check_shape("lstm", "b_z", b_z, (len(W_z),))
    return hidden
