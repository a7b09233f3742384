# expect: value
import numpy as np


def batch_gradient(x, y, w, batch):
    """Forgets that each weight's part is its input."""
    error = x[batch] @ w - y[batch]
    return np.full(w.shape, error.mean())
