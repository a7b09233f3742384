# expect: value
import numpy as np


def clip(dU, dW, limit):
    """Forgets the root: that is the square of the norm."""
    norm = np.sum(dU**2) + np.sum(dW**2)
    scale = limit / norm if norm > limit else 1.0
    return dU * scale, dW * scale
