# expect: value
import numpy as np


def rnn_step(x, h, U, W, b):
    """Reads W by its columns."""
    return np.tanh(U @ x + W.T @ h + b)
