# dl-tutor exercise: entropy/entropy
import numpy as np


def entropy(p):
    """The expected surprise in bits."""
    surprise = np.log2(1 / p)
    return float(np.max(surprise))  # the largest, or the expected one?
