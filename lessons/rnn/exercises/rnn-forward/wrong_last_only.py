# expect: shape y
import numpy as np


def rnn_forward(x, U, W, b, V, c):
    """Reads out after the last step alone."""
    h = np.zeros((len(x), len(b)))
    state = np.zeros(len(b))
    for t in range(len(x)):
        state = h[t] = np.tanh(U @ x[t] + W @ state + b)
    return h, V @ state + c
