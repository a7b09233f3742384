# expect: value w
import numpy as np


def train(x, y, size, rate, epochs, seed):
    """Uses the first epoch's order in all of them."""
    w = 0.0
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = np.random.default_rng((seed, 0)).permutation(len(x))
        for first in range(0, len(x), size):
            batch = order[first : first + size]
            error = w * x[batch] - y[batch]
            dw = (error * x[batch]).mean()
            w = w - rate * dw
        losses[epoch] = ((w * x - y) ** 2).mean() / 2
    return float(w), losses
