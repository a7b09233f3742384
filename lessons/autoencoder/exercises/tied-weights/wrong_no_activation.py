# expect: value
import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """Leaves the tanh out."""
    code = w @ x + b[:, None]
    return w.T @ code + c[:, None], (w @ dy) @ x.T + np.dot(code, dy.T)
