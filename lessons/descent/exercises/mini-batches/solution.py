import numpy as np


def mini_batch(update, count, size, seed):
    """The row numbers of the batch of one update."""
    epoch, k = divmod(update, -(-count // size))
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return order[k * size : (k + 1) * size]
