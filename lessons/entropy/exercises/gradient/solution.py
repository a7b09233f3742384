import numpy as np


def gradient(p, target):
    """The gradient of the mean loss on the logits."""
    examples = p.shape[1]
    dz = p.copy()
    dz[target, np.arange(examples)] -= 1
    return dz / examples
