# expect: value
import numpy as np


def gradient(p, target):
    """Divides by the classes."""
    dz = p.copy()
    dz[target, np.arange(p.shape[1])] -= 1
    return dz / p.shape[0]
