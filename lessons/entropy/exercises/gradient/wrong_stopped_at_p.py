# expect: value
import numpy as np


def gradient(p, target):
    """Stops at the gradient on p."""
    examples = np.arange(p.shape[1])
    dz = np.zeros(p.shape)
    dz[target, examples] = -1 / p[target, examples]
    return dz / p.shape[1]
