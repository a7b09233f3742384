# expect: value
import numpy as np


def cross_entropy(z, target):
    """Overflows."""
    with np.errstate(all="ignore"):
        p = np.exp(z) / np.sum(np.exp(z))
        return float(-np.log(p[target]))
