# expect: value
import numpy as np


def kl(p, q):
    """Measures in bits."""
    comes = p > 0
    if np.any(q[comes] == 0):
        return np.inf
    return float(np.sum(p[comes] * np.log2(p[comes] / q[comes])))
