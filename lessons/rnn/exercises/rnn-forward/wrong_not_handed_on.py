# expect: value
import numpy as np


def rnn_forward(x, U, W, b, V, c):
    """Never moves the state on: each step begins at zero."""
    h = np.zeros((len(x), len(b)))
    y = np.zeros((len(x), len(c)))
    state = np.zeros(len(b))
    for t in range(len(x)):
        h[t] = np.tanh(U @ x[t] + W @ state + b)
        y[t] = V @ h[t] + c
    return h, y
