# expect: value
import numpy as np


def gradient(p, target):
    """Leaves the wrong classes at 0."""
    examples = np.arange(p.shape[1])
    dz = np.zeros(p.shape)
    dz[target, examples] = p[target, examples] - 1
    return dz / p.shape[1]
