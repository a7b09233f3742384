# expect: value losses[0]
import numpy as np


def train(x, y, size, rate, epochs, seed):
    """Reports the loss of the epoch's last batch, before its step."""
    w = 0.0
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = np.random.default_rng((seed, epoch)).permutation(len(x))
        for first in range(0, len(x), size):
            batch = order[first : first + size]
            error = w * x[batch] - y[batch]
            dw = (error * x[batch]).mean()
            w = w - rate * dw
        losses[epoch] = (error**2).mean() / 2
    return float(w), losses
