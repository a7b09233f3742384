# expect: value
import numpy as np


def mini_batch(update, count, size, seed):
    """Shuffles anew for every update: an example may come twice in an epoch."""
    _, k = divmod(update, -(-count // size))
    order = np.random.default_rng((seed, update)).permutation(count)
    return order[k * size : (k + 1) * size]
