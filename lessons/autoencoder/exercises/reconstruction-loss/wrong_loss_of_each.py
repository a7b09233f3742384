# expect: type
import numpy as np


def reconstruction_loss(y, x):
    """Gives a loss for each picture."""
    difference = y - x
    return np.mean(difference**2, axis=0), 2 * difference / difference.size
