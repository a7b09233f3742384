# dl-tutor exercise: entropy/cross-entropy
import numpy as np


def cross_entropy(z, target):
    """The surprise at the true class, in nats."""
    return float(np.max(z) - z[target])  # is the largest all that matters?
