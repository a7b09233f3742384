"""Forward and all gradients equal PyTorch's, where PyTorch is installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from engine.network import OPERATIONS
from engine.shapes import Array
from engine.trace import Trace
from tests.engine.cases import Case, NetworkCase

torch = pytest.importorskip("torch")
functional = torch.nn.functional

TOLERANCE = 1e-12

Tensors = Mapping[str, Any]


def _conv2d(given: Tensors, trace: Trace) -> Any:
    settings = {name: trace.constants[name] for name in ("stride", "padding", "dilation")}
    return functional.conv2d(given["x"], given["w"], given["b"], **settings)


def _pool(operation: str) -> Callable[[Tensors, Trace], Any]:
    pool = getattr(functional, operation)
    return lambda given, trace: pool(
        given["x"], trace.constants["window"], trace.constants["stride"]
    )


def _rnn(given: Tensors, trace: Trace) -> Any:
    outputs = _recurrent(torch.nn.RNN, given, given["U"], given["W"], given["b"])
    read = outputs[..., -1, :] if trace["y"].ndim < trace["h"].ndim else outputs
    return functional.linear(read, given["V"], given["c"])


def _lstm(given: Tensors, trace: Trace) -> Any:
    if trace.relations["f"].text.startswith("f[t,j] = held"):
        outputs = _held_lstm(given, trace)
    else:
        hidden = len(given["b_f"])
        w, b = (torch.cat([given[f"{kind}_{gate}"] for gate in "ifgo"]) for kind in "Wb")
        outputs = _recurrent(torch.nn.LSTM, given, w[:, hidden:], w[:, :hidden], b)
    read = outputs[..., -1, :] if trace["z"].ndim < trace["h"].ndim else outputs
    return functional.linear(read, given["W_z"], given["b_z"])


def _held_lstm(given: Tensors, trace: Trace) -> Any:
    """The hidden states of an LSTM with held gates, which no module of PyTorch has."""
    h, c, outputs = given["h_0"], given["c_0"], []
    for t, x in enumerate(given["x"].unbind(-2)):
        values = {}
        for gate in "figo":
            a = functional.linear(torch.cat([h, x], -1), given[f"W_{gate}"], given[f"b_{gate}"])
            values[gate] = torch.tanh(a) if gate == "g" else torch.sigmoid(a)
            if f"holds_{gate}" in trace:
                holds, held = (torch.from_numpy(trace[f"{n}_{gate}"][t]) for n in ("holds", "held"))
                values[gate] = torch.where(holds == 1, held, values[gate])
        c = values["f"] * c + values["i"] * values["g"]
        h = values["o"] * torch.tanh(c)
        outputs.append(h)
    return torch.stack(outputs, -2)


def _recurrent(module: Any, given: Tensors, of_input: Any, of_state: Any, bias: Any) -> Any:
    """The hidden states of a recurrent module of PyTorch with these weights."""
    weights = {
        "weight_ih_l0": of_input,
        "weight_hh_l0": of_state,
        "bias_ih_l0": bias,
        "bias_hh_l0": torch.zeros_like(bias),
    }
    made = module(of_input.shape[1], of_state.shape[1], batch_first=True, dtype=torch.float64)
    state = [given[name].unsqueeze(0) for name in ("h_0", "c_0") if name in given]
    start = state[0] if len(state) == 1 else tuple(state)
    return torch.func.functional_call(made, weights, (given["x"], start))[0]


def _loss_over_time(loss: Callable[[Any, Any], Any], name: str) -> Callable[[Tensors, Trace], Any]:
    def applied(given: Tensors, trace: Trace) -> Any:
        flat, target = (each.flatten(0, -2) for each in (given[name], to_torch(trace, "target")))
        return loss(flat, target) * (trace["loss"].size / trace.constants["divisor"])

    return applied


OPERATIONS_OF_TORCH: dict[str, Callable[[Tensors, Trace], Any]] = {
    "conv2d": _conv2d,
    "max_pool2d": _pool("max_pool2d"),
    "average_pool2d": _pool("avg_pool2d"),
    "relu": lambda given, trace: torch.relu(given["z"]),
    "sigmoid": lambda given, trace: torch.sigmoid(given["z"]),
    "tanh": lambda given, trace: torch.tanh(given["z"]),
    "dense": lambda given, trace: functional.linear(given["x"], given["w"], given["b"]),
    "tied autoencoder": lambda given, trace: functional.linear(
        torch.tanh(functional.linear(given["x"], given["w"], given["b"])), given["w"].T, given["c"]
    ),
    "flatten": lambda given, trace: given["x"].flatten(int(trace.batched)),
    "rnn": _rnn,
    "lstm": _lstm,
    "cross_entropy over time": _loss_over_time(functional.cross_entropy, "z"),
    "mean_squared_error over time": _loss_over_time(functional.mse_loss, "y"),
    "softmax": lambda given, trace: functional.softmax(given["z"], -1),
    "cross_entropy": lambda given, trace: functional.cross_entropy(
        given["z"], to_torch(trace, "target")
    ),
    "binary_cross_entropy": lambda given, trace: functional.binary_cross_entropy_with_logits(
        given["z"], to_torch(trace, "target")
    ),
    "mean_squared_error": lambda given, trace: functional.mse_loss(
        given["y"], to_torch(trace, "target")
    ),
    "half_squared_error": lambda given, trace: (
        functional.mse_loss(given["y"], to_torch(trace, "target"), reduction="sum")
        / (2 * trace["loss"].size)
    ),
}


def batch_first(trace: Trace, name: str, array: Array) -> Array:
    """An array in PyTorch's layout, with the batch in the first axis."""
    return np.moveaxis(array, -1, 0) if trace.batched and name not in trace.shared else array


def to_torch(trace: Trace, name: str) -> Any:
    """An array of the trace as a tensor that collects its gradient."""
    array = np.array(batch_first(trace, name, trace[name]), order="C")
    return torch.from_numpy(array).requires_grad_()


def assert_equal(trace: Trace, name: str, tensor: Any) -> None:
    """Equal up to rounding, as a part of the largest number."""
    ours, theirs = batch_first(trace, name, trace[name]), tensor.detach().numpy()
    assert ours.shape == theirs.shape
    scale = max(1.0, float(np.abs(theirs).max()))
    assert float(np.abs(ours - theirs).max()) <= TOLERANCE * scale, name


def test_operation(case: Case) -> None:
    trace = case.both()
    given = {name: to_torch(trace, name) for name in case.inputs}
    output = OPERATIONS_OF_TORCH[trace.operation](given, trace)
    assert_equal(trace, case.output, output)
    if case.output == "mean_loss":
        output.backward()
    else:
        output.backward(to_torch(trace, f"d{case.output}"))
    for name, tensor in given.items():
        assert_equal(trace, f"d{name}", tensor.grad)


def test_network(network_case: NetworkCase) -> None:
    run = network_case.both()
    layers = network_case.network.layers
    first = value = to_torch(run[layers[0].name], OPERATIONS[layers[0].operation][2])
    parameters = {}
    for layer in layers:
        trace = run[layer.name]
        mine = {name: to_torch(trace, name) for name in layer.parameters}
        parameters[layer.name] = mine
        given = {OPERATIONS[layer.operation][2]: value, **mine}
        value = OPERATIONS_OF_TORCH[layer.operation](given, trace)
    loss = run["loss"]
    given = {"z": value, "y": value}
    output = OPERATIONS_OF_TORCH[loss.operation](given, loss)
    output.backward()
    assert_equal(loss, "mean_loss", output)
    assert_equal(run[layers[0].name], "dx", first.grad)
    for layer_name, mine in parameters.items():
        for name, tensor in mine.items():
            assert_equal(run[layer_name], f"d{name}", tensor.grad)
