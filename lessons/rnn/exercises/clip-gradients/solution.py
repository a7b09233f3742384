import numpy as np


def clip(dU, dW, limit):
    """Both gradients, shortened together."""
    norm = np.sqrt(np.sum(dU**2) + np.sum(dW**2))
    scale = limit / norm if norm > limit else 1.0
    return dU * scale, dW * scale
