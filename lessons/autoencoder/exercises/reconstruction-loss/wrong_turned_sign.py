# expect: gradient
import numpy as np


def reconstruction_loss(y, x):
    """Counts from the reconstruction: the gradient points the wrong way."""
    difference = y - x
    return np.mean(difference**2), -2 * difference / difference.size
