# expect: value
import numpy as np


def mini_batch(update, count, size, seed):
    """Takes the batch's number for its first place."""
    epoch, k = divmod(update, -(-count // size))
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return order[k : k + size]
