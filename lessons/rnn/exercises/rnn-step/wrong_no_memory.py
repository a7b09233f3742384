# expect: value
import numpy as np


def rnn_step(x, h, U, W, b):
    """Hands nothing on: without W h each step stands alone."""
    return np.tanh(U @ x + b)
