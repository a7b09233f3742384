# expect: gradient
import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """Takes the slope of a sigmoid."""
    code = np.tanh(w @ x + b[:, None])
    y = w.T @ code + c[:, None]
    return y, ((w @ dy) * code * (1 - code)) @ x.T + code @ dy.T
