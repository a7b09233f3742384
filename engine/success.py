"""How often trainings from several seeds succeed: their last losses against a limit."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes
from engine.trace import Trace

RELATIONS = relations("""
finished[m] = sum(done[m,s] for s)
solved[m,s] = 1 if done[m,s] == 1 and loss[m,s] < limit else 0
count[m] = sum(solved[m,s] for s)
share[m] = count[m] / finished[m] if finished[m] > 0 else 0
""")


def success(loss: Array, limit: float) -> Trace:
    """Count the trainings whose last loss is below a limit.

    loss: (M,S), for M ways to train and S seeds; NaN for a training that has not finished. Gives
    a trace with loss (0 where there is none yet), done and solved (M,S), finished, count and
    share (M,), 0 where none has finished. Errors: ShapeError.
    """
    check_axes("success", "loss", loss, "(M,S)")
    done = (~np.isnan(loss)).astype(float)
    solved = done * (np.nan_to_num(loss, nan=np.inf) < limit)
    count, finished = solved.sum(axis=1), done.sum(axis=1)
    share = np.divide(count, finished, out=np.zeros_like(count), where=finished > 0)
    return Trace(
        operation="counting successes",
        arrays={
            "loss": np.nan_to_num(loss),
            "done": done,
            "finished": finished,
            "solved": solved,
            "count": count,
            "share": share,
        },
        relations=RELATIONS,
        constants={"limit": limit},
        meanings={
            "loss": "the mean loss of the last batches of this training",
            "done": "1 for a training that has finished",
        },
    )
