# expect: value
import numpy as np


def entropy(p):
    """Takes the natural logarithm."""
    p = p[p > 0]
    return float(-np.sum(p * np.log(p)))
