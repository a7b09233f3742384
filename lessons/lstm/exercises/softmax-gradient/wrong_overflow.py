# expect: value
import numpy as np


def logits_gradient(z, k):
    """Overflows for large logits."""
    p = np.exp(z) / np.exp(z).sum()
    p[k] -= 1
    return p
