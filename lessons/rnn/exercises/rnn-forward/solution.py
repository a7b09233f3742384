import numpy as np


def rnn_forward(x, U, W, b, V, c):
    """The states and outputs of a whole sequence."""
    h = np.zeros((len(x), len(b)))
    y = np.zeros((len(x), len(c)))
    state = np.zeros(len(b))
    for t in range(len(x)):
        state = h[t] = np.tanh(U @ x[t] + W @ state + b)
        y[t] = V @ state + c
    return h, y
