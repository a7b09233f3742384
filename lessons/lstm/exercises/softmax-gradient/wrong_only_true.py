# expect: value
import numpy as np


def logits_gradient(z, k):
    """Leaves the other logits alone."""
    p = np.exp(z - z.max())
    p /= p.sum()
    dz = np.zeros(len(z))
    dz[k] = p[k] - 1
    return dz
