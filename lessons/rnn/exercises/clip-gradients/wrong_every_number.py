# expect: value
import numpy as np


def clip(dU, dW, limit):
    """Cuts every number off at the limit."""
    return np.clip(dU, -limit, limit), np.clip(dW, -limit, limit)
