"""What clipping changes of the gradient of W, and what it does not: the share of early steps.

Source: Pascanu et al. 2013 (arXiv:1211.5063), sections 2 and 3.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import check_whole
from engine.trace import Trace

RELATIONS = relations("""
early[j,k] = sum((dW_step[t,j,k] if t < first else 0) for t)
early_norm = sqrt(sum(early[j,k]**2 for j, k))
dW_norm = sqrt(sum(dW[j,k]**2 for j, k))
share = early_norm / dW_norm if dW_norm > 0 else 0
clipped_early_norm = early_norm * scale
clipped_dW_norm = sqrt(sum(clipped_dW[j,k]**2 for j, k))
clipped_share = clipped_early_norm / clipped_dW_norm if clipped_dW_norm > 0 else 0
""")


def clipped_share(model: Trace, steps: Trace, clipped: Trace, first: int) -> Trace:
    """How much of the gradient of W comes from the first steps, before clipping and after it.

    model: of `rnn` after its backward; steps: what `gradient_steps` makes of it; clipped: what
    `clip_gradients` makes of it; first: how many steps count as early.
    Gives a trace with early (H,H), the part of dW that those steps add, early_norm, dW_norm and
    share, and the same behind the clipping, which multiplies both by its scale. Errors: ValueError.
    """
    check_whole("clipped_share", "first", first, 1)
    dW_step, dW = steps["dW_step"], model["dW"]
    early = dW_step[:first].sum(axis=0)
    early_norm, dW_norm, clipped_norm = (
        np.sqrt((each**2).sum()) for each in (early, dW, clipped["clipped_dW"])
    )
    clipped_early = early_norm * clipped["scale"]
    arrays = {
        "dW_step": dW_step,
        "dW": dW,
        "clipped_dW": clipped["clipped_dW"],
        "scale": clipped["scale"],
        "early": early,
        "early_norm": early_norm,
        "dW_norm": dW_norm,
        "share": early_norm / dW_norm if dW_norm > 0 else 0.0,
        "clipped_early_norm": clipped_early,
        "clipped_dW_norm": clipped_norm,
        "clipped_share": clipped_early / clipped_norm if clipped_norm > 0 else 0.0,
    }
    trace = Trace(
        operation="the share of early steps in the gradient of W",
        arrays={name: np.asarray(array) for name, array in arrays.items()},
        relations=RELATIONS,
        constants={"first": first},
    )
    trace.link("dW_step", steps, "dW_step")
    trace.link("dW", model, "dW")
    trace.link("clipped_dW", clipped, "clipped_dW")
    trace.link("scale", clipped, "scale")
    return trace
