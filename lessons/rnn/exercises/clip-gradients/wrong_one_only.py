# expect: value
import numpy as np


def clip(dU, dW, limit):
    """Leaves one of the two as it is."""
    norm = np.sqrt(np.sum(dU**2) + np.sum(dW**2))
    scale = limit / norm if norm > limit else 1.0
    return dU * 1.0, dW * scale
