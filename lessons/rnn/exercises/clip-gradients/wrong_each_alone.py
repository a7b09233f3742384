# expect: value
import numpy as np


def clip(dU, dW, limit):
    """Clips each array by its own norm: the direction changes."""

    def shortened(d):
        norm = np.sqrt(np.sum(d**2))
        return d * (limit / norm if norm > limit else 1.0)

    return shortened(dU), shortened(dW)
