"""The long run: `python -m tests.monkey --count 1000000 --seed 1`."""

from __future__ import annotations

import sys

from tests.monkey.many import main

if __name__ == "__main__":
    sys.exit(main())
