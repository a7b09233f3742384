"""What the autoencoders reach on the test digits over ten seeds, and in what time, against PyTorch.

Both train the same network from the same weights, on the same batches, with the same rates, in
turn, seed by seed. Run from the repository's root: `python tests/benchmarks/bench_autoencoder.py`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.autoencoder import decoder
from engine.network import Network
from engine.training import Training
from lessons.autoencoder.map import MAP_LAB
from lessons.autoencoder.networks import MAP, trained
from tests.benchmarks.pty_session import PtySession
from tests.benchmarks.torch_side import on_one_thread, torch, torch_network
from tests.engine.autoencoder_recipe import EPOCHS, RECIPES, Recipe, error

SEEDS = range(10)
DRAWS = 400
ROOT = Path(__file__).resolve().parents[2]
WAY = ("left",) * 14 + ("up",) * 16 + ("left",) * 10 + ("down",) * 8 + ("right",) * 12
"""From the corner over the digits and back: the keys of the cursor."""


def torch_seconds(training: Training, network: Network) -> float:
    """The time of the same training in PyTorch eager."""
    model = torch_network(network, training.dtype)
    x = torch.tensor(np.ascontiguousarray(training.x.T))
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    start = time.perf_counter()
    for update in range(EPOCHS * training.batches.per_epoch):
        batch = x[torch.from_numpy(np.array(training.batches.indices(update)))]
        optimiser.param_groups[0]["lr"] = training.schedule.rate(update)
        optimiser.zero_grad()
        loss = torch.nn.functional.mse_loss(model(batch), batch)
        loss.backward()
        optimiser.step()
        loss.item()
    return time.perf_counter() - start


def reached(recipe: Recipe) -> str:
    """Errors and times of a recipe over the seeds."""
    errors, ours, ratios = [], [], []
    for seed in SEEDS:
        start = time.perf_counter()
        state = recipe.trained(seed)
        ours.append(time.perf_counter() - start)
        errors.append(error(state))
        if torch is not None:
            theirs = torch_seconds(recipe.training(seed), recipe.network(seed))
            ratios.append(ours[-1] / theirs)
    best = recipe.baseline()
    below = sum(one < best for one in errors)
    near = sum(abs(one / best - 1) <= 0.01 for one in errors)
    line = (
        f"{recipe.name:26} error mean {statistics.mean(errors):.4f}, worst {max(errors):.4f}; "
        f"PCA {best:.4f}: below in {below} of {len(errors)}, within 1 % in {near}; "
        f"{statistics.median(ours):.2f} s"
    )
    if ratios:
        line += f", engine/PyTorch {statistics.median(ratios):.2f}"
    return line


def drawing() -> str:
    """How long the engine takes to draw from a code, and the lab to make the figure of a place."""
    network = decoder(trained(MAP))
    places = np.random.default_rng(0).uniform(-9, 8, (DRAWS, 2))
    draws, figures = [], []
    for x, y in places:
        start = time.perf_counter()
        network.forward(np.array([x, y]))
        draws.append(time.perf_counter() - start)
        settings = MAP_LAB.settings({"x": float(x), "y": max(-7.0, float(y))})
        start = time.perf_counter()
        MAP_LAB.film(settings).at(MAP.updates)
        figures.append(time.perf_counter() - start)
    parts = [
        f"{name} median {statistics.median(times) * 1e3:.3f} ms, "
        f"p95 {statistics.quantiles(times, n=20)[-1] * 1e3:.3f} ms"
        for name, times in (("decoder", draws), ("figure at the cursor", figures))
    ]
    return "; ".join(parts)


def steered(columns: int, lines: int) -> str:
    """Bytes of a cursor's step over the map in a terminal, and time until it is painted."""
    command = [sys.executable, "-m", "tutor.cli", "autoencoder/off"]
    waits, sizes = [], []
    with tempfile.TemporaryDirectory() as state:
        environment = {"PYTHONPATH": str(ROOT), "DL_TUTOR_STATE": state}
        session = PtySession(command, columns, lines, cwd=ROOT, environment=environment)
        with session:
            session.wait_text("beside own kind", timeout=60)
            session.wait_quiet(2.0)  # longer than the pauses of a training on its way
            session.send("tab")
            session.wait_quiet(0.3)
            for key in WAY:
                mark, at = session.mark(), session.send(key)
                session.wait_quiet(0.12)
                chunks = session.chunks(mark)
                if chunks:
                    waits.append((chunks[-1].at - at) * 1e3)
                    sizes.append(sum(len(chunk.data) for chunk in chunks))
    return (
        f"cursor to drawing at {columns}×{lines}: median {statistics.median(waits):.1f} ms, "
        f"p95 {statistics.quantiles(waits, n=20)[-1]:.1f} ms to the last byte; median "
        f"{statistics.median(sizes):.0f} bytes, at most {max(sizes)}; {len(waits)} steps"
    )


def main() -> None:
    """Print a line for each recipe, then how quickly the map draws."""
    print(on_one_thread())
    for recipe in RECIPES:
        print(reached(recipe), flush=True)
    print(drawing())
    for size in ((80, 24), (120, 36)):
        print(steered(*size), flush=True)


if __name__ == "__main__":
    main()
