"""The application: reads keys, draws, remembers the learner."""

import os

__version__ = "0.1.0"

# Before NumPy is imported anywhere: lesson-sized matrices are faster on one thread.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Before Textual is: it paints at most so often a second, and a key waits for the next time.
os.environ.setdefault("TEXTUAL_FPS", "240")
