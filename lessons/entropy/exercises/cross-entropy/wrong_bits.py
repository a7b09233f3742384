# expect: value
import numpy as np


def cross_entropy(z, target):
    """Measures in bits."""
    loss = z.max() + np.log(np.sum(np.exp(z - z.max()))) - z[target]
    return float(loss / np.log(2))
