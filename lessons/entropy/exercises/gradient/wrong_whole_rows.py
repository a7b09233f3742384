# expect: value
import numpy as np


def gradient(p, target):
    """Takes 1 from whole rows: from every example, for each class that occurs."""
    dz = np.array(p)
    dz[target] -= 1
    return dz / p.shape[1]
