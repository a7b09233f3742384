# expect: value
import numpy as np


def gradient(p, target):
    """Turns the sign."""
    examples = p.shape[1]
    dz = -p
    dz[target, np.arange(examples)] += 1
    return dz / examples
