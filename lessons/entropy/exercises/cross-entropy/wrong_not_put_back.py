# expect: value
import numpy as np


def cross_entropy(z, target):
    """Takes the largest logit out and forgets to put it back."""
    return float(np.log(np.sum(np.exp(z - z.max()))) - z[target])
