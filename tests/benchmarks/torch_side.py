"""PyTorch's side of a benchmark, where it is installed."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.network import Network

try:
    import torch
except ImportError:
    torch = None


def on_one_thread() -> str:
    """A line with the versions that are compared; PyTorch keeps to one thread from here on."""
    if torch is None:
        return "PyTorch is not installed: engine times only."
    torch.set_num_threads(1)
    return f"NumPy {np.__version__}, PyTorch {torch.__version__}, one thread each"


def torch_network(network: Network, dtype: str) -> Any:
    """The same layers with the same weights, in PyTorch."""
    made = {
        "relu": torch.nn.ReLU,
        "tanh": torch.nn.Tanh,
        "sigmoid": torch.nn.Sigmoid,
        "flatten": torch.nn.Flatten,
        "max_pool2d": lambda: torch.nn.MaxPool2d(2),
    }
    layers = []
    for layer in network.layers:
        if layer.parameters:
            out, into = layer.parameters["w"].shape[:2]
            if layer.operation == "dense":
                module = torch.nn.Linear(into, out)
            else:
                module = torch.nn.Conv2d(into, out, layer.parameters["w"].shape[2:], padding=1)
            module = module.to(getattr(torch, dtype))
            with torch.no_grad():
                module.weight.copy_(torch.tensor(layer.parameters["w"]))
                module.bias.copy_(torch.tensor(layer.parameters["b"]))
        else:
            module = made[layer.operation]()
        layers.append(module)
    return torch.nn.Sequential(*layers)
