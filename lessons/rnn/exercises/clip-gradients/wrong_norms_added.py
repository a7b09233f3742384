# expect: value
import numpy as np


def clip(dU, dW, limit):
    """Adds the two norms."""
    norm = np.sqrt(np.sum(dU**2)) + np.sqrt(np.sum(dW**2))
    scale = limit / norm if norm > limit else 1.0
    return dU * scale, dW * scale
