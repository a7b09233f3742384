import numpy as np


def cross_entropy(z, target):
    """The surprise at the true class, in nats."""
    largest = z.max()
    return float(largest + np.log(np.sum(np.exp(z - largest))) - z[target])
