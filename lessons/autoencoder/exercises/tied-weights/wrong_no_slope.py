# expect: gradient
import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """Goes back past the tanh as if it were not there."""
    code = np.tanh(w @ x + b[:, None])
    y = w.T @ code + c[:, None]
    return y, (w @ dy) @ x.T + code @ dy.T
