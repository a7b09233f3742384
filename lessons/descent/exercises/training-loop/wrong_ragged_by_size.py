# expect: value w
import numpy as np


def train(x, y, size, rate, epochs, seed):
    """Divides the ragged batch by the size of a full one."""
    w = 0.0
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = np.random.default_rng((seed, epoch)).permutation(len(x))
        for first in range(0, len(x), size):
            batch = order[first : first + size]
            error = w * x[batch] - y[batch]
            dw = (error * x[batch]).sum() / size
            w = w - rate * dw
        losses[epoch] = ((w * x - y) ** 2).mean() / 2
    return float(w), losses
