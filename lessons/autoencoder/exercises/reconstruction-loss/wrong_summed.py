# expect: value
import numpy as np


def reconstruction_loss(y, x):
    """Adds the squares up and takes no mean."""
    difference = y - x
    return np.sum(difference**2), 2 * difference / difference.size
