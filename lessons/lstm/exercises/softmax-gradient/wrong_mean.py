# expect: value
import numpy as np


def logits_gradient(z, k):
    """Divides by the number of classes."""
    p = np.exp(z - z.max())
    p /= p.sum()
    p[k] -= 1
    return p / len(z)
