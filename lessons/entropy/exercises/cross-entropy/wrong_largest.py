# expect: value
import numpy as np


def cross_entropy(z, target):
    """Takes the likeliest class, not the true one."""
    return float(np.log(np.sum(np.exp(z - z.max()))))
