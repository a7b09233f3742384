# expect: value
import numpy as np


def entropy(p):
    """Lets an outcome that never comes make nan of it all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(p * np.log2(p)))
