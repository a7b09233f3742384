# expect: value
import numpy as np


def mini_batch(update, count, size, seed):
    """Shuffles once, and keeps that order for every epoch."""
    _, k = divmod(update, -(-count // size))
    order = np.random.default_rng((seed, 0)).permutation(count)
    return order[k * size : (k + 1) * size]
