# expect: value
import numpy as np


def entropy(p):
    """Weighs, and then takes a mean as well."""
    p = p[p > 0]
    return float(-np.mean(p * np.log2(p)))
