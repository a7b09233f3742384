# expect: value
import numpy as np


def mini_batch(update, count, size, seed):
    """Takes the examples in the order of the file."""
    _, k = divmod(update, -(-count // size))
    return np.arange(count)[k * size : (k + 1) * size]
