# expect: gradient
import numpy as np


def reconstruction_loss(y, x):
    """Loses the 2 that comes down from the square."""
    difference = y - x
    return np.mean(difference**2), difference / difference.size
