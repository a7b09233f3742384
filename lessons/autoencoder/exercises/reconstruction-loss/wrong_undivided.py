# expect: gradient
import numpy as np


def reconstruction_loss(y, x):
    """Gives the gradient of the sum."""
    difference = y - x
    return np.mean(difference**2), 2 * difference
