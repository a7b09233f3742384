# expect: shape y
import numpy as np


def rnn_step(x, h, U, W, b):
    """Multiplies cell by cell, where rows and columns meet."""
    return np.tanh(U @ x + W * h + b)
