# expect: value
import numpy as np


def clip(dU, dW, limit):
    """Scales short gradients up as well."""
    norm = np.sqrt(np.sum(dU**2) + np.sum(dW**2))
    scale = limit / norm if norm > 0 else 1.0
    return dU * scale, dW * scale
