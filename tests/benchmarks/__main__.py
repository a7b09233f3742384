"""Runs every benchmark of this folder, one after the other: `python -m tests.benchmarks [WORD]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import tutor  # noqa: F401  (sets the number of threads before NumPy is imported)


def main() -> int:
    """Call the main() of each bench_*.py whose name contains WORD; without one, of all."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in names if word in name]
    if not chosen:
        print(f"no benchmark is called {word!r}; there is {', '.join(names)}", file=sys.stderr)
        return 2
    for name in chosen:
        print(f"\n{name}", flush=True)
        import_module(f"tests.benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
