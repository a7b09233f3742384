# expect: gradient
import numpy as np


def reconstruction_loss(y, x):
    """Divides by the pixels of one picture only."""
    difference = y - x
    return np.mean(difference**2), 2 * difference / len(difference)
