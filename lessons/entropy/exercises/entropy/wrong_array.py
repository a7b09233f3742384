# expect: type
import numpy as np


def entropy(p):
    """Returns the terms, not their sum."""
    p = p[p > 0]
    return -p * np.log2(p)
