# expect: value
import numpy as np


def rnn_forward(x, U, W, b, V, c):
    """Reads out before the step: y is one step late."""
    h = np.zeros((len(x), len(b)))
    y = np.zeros((len(x), len(c)))
    state = np.zeros(len(b))
    for t in range(len(x)):
        y[t] = V @ state + c
        state = h[t] = np.tanh(U @ x[t] + W @ state + b)
    return h, y
