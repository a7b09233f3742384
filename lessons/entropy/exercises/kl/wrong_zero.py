# expect: value
import numpy as np


def kl(p, q):
    """Trips over what never comes."""
    with np.errstate(all="ignore"):
        return float(np.sum(p * np.log(p / q)))
