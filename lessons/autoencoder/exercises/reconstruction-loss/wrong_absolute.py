# expect: value
import numpy as np


def reconstruction_loss(y, x):
    """Takes the mean of the distances."""
    difference = y - x
    return np.mean(np.abs(difference)), np.sign(difference) / difference.size
