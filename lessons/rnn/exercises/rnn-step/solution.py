import numpy as np


def rnn_step(x, h, U, W, b):
    """The state after one more step."""
    return np.tanh(U @ x + W @ h + b)
