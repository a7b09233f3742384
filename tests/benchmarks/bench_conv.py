"""How long a convolution's forward and backward take, against PyTorch eager where it is installed.

Run from the repository's root: `python tests/benchmarks/bench_conv.py`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.conv import conv2d, conv2d_backward
from tests.benchmarks.paired import report
from tests.benchmarks.torch_side import on_one_thread, torch


@dataclass(frozen=True)
class Setting:
    """One convolution to time; `need_dx` says whether the gradient goes on below it."""

    size: int
    channels: int
    filters: int
    examples: int
    need_dx: bool

    def __str__(self) -> str:
        dx = "with dx" if self.need_dx else "no dx"
        shape = f"{self.size}x{self.size}x{self.channels} -> {self.filters}"
        return f"{shape}, batch {self.examples}, {dx}"


SETTINGS = (
    Setting(28, 1, 1, 1, False),
    Setting(28, 1, 1, 1, True),
    Setting(28, 1, 8, 64, False),
    Setting(28, 1, 8, 64, True),
    Setting(14, 8, 16, 64, True),
)


def engine_step(setting: Setting, dtype: str) -> Callable[[], None]:
    """Forward and backward of the engine, as one call."""
    x, w, b, dy = _arrays(setting, dtype)

    def step() -> None:
        trace = conv2d(x, w, b)
        conv2d_backward(trace, dy, need_dx=setting.need_dx)

    return step


def torch_step(setting: Setting, dtype: str) -> Callable[[], None]:
    """The same step in PyTorch, in its own layout."""
    x, w, b, dy = (torch.from_numpy(array.copy()) for array in _arrays(setting, dtype))
    x, dy = (each.permute(3, 0, 1, 2).contiguous() for each in (x, dy))
    x.requires_grad_(setting.need_dx)
    w.requires_grad_()
    b.requires_grad_()

    def step() -> None:
        x.grad = w.grad = b.grad = None
        torch.nn.functional.conv2d(x, w, b).backward(dy)

    return step


def _arrays(setting: Setting, dtype: str) -> tuple[Any, ...]:
    rng = np.random.default_rng(0)
    size, out = setting.size, setting.size - 2
    shapes = (
        (setting.channels, size, size, setting.examples),
        (setting.filters, setting.channels, 3, 3),
        (setting.filters,),
        (setting.filters, out, out, setting.examples),
    )
    return tuple(rng.normal(size=shape).astype(dtype) for shape in shapes)


def main() -> None:
    """Print a line for each setting and type."""
    print(on_one_thread())
    for setting in SETTINGS:
        for dtype in ("float64", "float32"):
            steps = [engine_step(setting, dtype)]
            if torch is not None:
                steps.append(torch_step(setting, dtype))
            print(report(f"{setting!s:42} {dtype}", steps), flush=True)


if __name__ == "__main__":
    main()
