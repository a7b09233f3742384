import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """The reconstruction, and the gradient of the weights that are used twice."""
    code = np.tanh(w @ x + b[:, None])
    y = w.T @ code + c[:, None]
    dz = (w @ dy) * (1 - code**2)
    return y, dz @ x.T + code @ dy.T
