# dl-tutor exercise: entropy/kl
import numpy as np


def kl(p, q):
    """What expecting q costs, where p holds, in nats."""
    return float(np.sum(np.abs(p - q)))  # is that measured in nats?
