# expect: value
import numpy as np


def kl(p, q):
    """Weighs with q."""
    comes = p > 0
    if np.any(q[comes] == 0):
        return np.inf
    return float(np.sum(q[comes] * np.log(p[comes] / q[comes])))
