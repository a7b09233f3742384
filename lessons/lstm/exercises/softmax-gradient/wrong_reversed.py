# expect: value
import numpy as np


def logits_gradient(z, k):
    """Takes y − ŷ."""
    p = np.exp(z - z.max())
    p /= p.sum()
    p[k] -= 1
    return -p
