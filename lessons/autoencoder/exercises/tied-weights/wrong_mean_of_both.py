# expect: gradient
import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """Takes the mean of the two instead of the sum."""
    code = np.tanh(w @ x + b[:, None])
    y = w.T @ code + c[:, None]
    return y, (((w @ dy) * (1 - code**2)) @ x.T + code @ dy.T) / 2
