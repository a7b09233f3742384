# expect: value
import numpy as np


def gradient(p, target):
    """Gives the gradient of the sum, not of the mean."""
    dz = p.copy()
    dz[target, np.arange(p.shape[1])] -= 1
    return dz
