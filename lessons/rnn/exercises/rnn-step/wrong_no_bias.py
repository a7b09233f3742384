# expect: value
import numpy as np


def rnn_step(x, h, U, W, b):
    """Leaves the bias out."""
    return np.tanh(U @ x + W @ h)
