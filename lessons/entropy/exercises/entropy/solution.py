import numpy as np


def entropy(p):
    """The expected surprise in bits."""
    p = p[p > 0]
    return float(-np.sum(p * np.log2(p)))
