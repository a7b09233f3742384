# expect: value
import numpy as np


def cross_entropy(z, target):
    """Hides the rounded 0 behind a small number."""
    p = np.exp(z - z.max())
    p = p / p.sum()
    return float(-np.log(p[target] + 1e-12))
