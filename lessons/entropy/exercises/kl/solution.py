import numpy as np


def kl(p, q):
    """What expecting q costs, where p holds, in nats."""
    comes = p > 0
    if np.any(q[comes] == 0):
        return np.inf
    return float(np.sum(p[comes] * np.log(p[comes] / q[comes])))
