# expect: value
import numpy as np


def reconstruction_loss(y, x):
    """Takes half of the mean, as some losses do."""
    difference = y - x
    return np.mean(difference**2) / 2, difference / difference.size
