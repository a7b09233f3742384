# expect: value
import numpy as np


def kl(p, q):
    """Lets q come, and reckons with p."""
    comes = q > 0
    if np.any(p[comes] == 0):
        return np.inf
    return float(np.sum(q[comes] * np.log(q[comes] / p[comes])))
