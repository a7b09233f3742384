# expect: dtype
import numpy as np


def mini_batch(update, count, size, seed):
    """Gives the row numbers as fractions."""
    epoch, k = divmod(update, -(-count // size))
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return order[k * size : (k + 1) * size].astype(float)
