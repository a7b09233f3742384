# expect: value
import numpy as np


def entropy(p):
    """Adds the surprises, whatever their probability."""
    p = p[p > 0]
    return float(-np.sum(np.log2(p)))
