# expect: shape
import numpy as np


def mini_batch(update, count, size, seed):
    """Rounds down: the ragged batch is left out."""
    epoch, k = divmod(update, count // size)
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return order[k * size : (k + 1) * size]
