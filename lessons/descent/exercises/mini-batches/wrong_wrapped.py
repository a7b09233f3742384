# expect: shape
import numpy as np


def mini_batch(update, count, size, seed):
    """Fills the ragged batch up with the first of the order."""
    epoch, k = divmod(update, -(-count // size))
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return order[np.arange(k * size, (k + 1) * size) % count]
