# expect: value
import numpy as np


def entropy(p):
    """Forgets the minus."""
    p = p[p > 0]
    return float(np.sum(p * np.log2(p)))
