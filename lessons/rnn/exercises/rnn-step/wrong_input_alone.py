# expect: value
import numpy as np


def rnn_step(x, h, U, W, b):
    """Puts the old state in front of tanh, without W."""
    return np.tanh(U @ x + h + b)
