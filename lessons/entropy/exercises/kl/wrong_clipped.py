# expect: value
import numpy as np


def kl(p, q):
    """Hides an impossible forecast behind a small number."""
    comes = p > 0
    return float(np.sum(p[comes] * np.log(p[comes] / np.maximum(q[comes], 1e-12))))
