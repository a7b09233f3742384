# expect: gradient
import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """Forgets that the decoder uses the weights as well."""
    code = np.tanh(w @ x + b[:, None])
    y = w.T @ code + c[:, None]
    return y, ((w @ dy) * (1 - code**2)) @ x.T
