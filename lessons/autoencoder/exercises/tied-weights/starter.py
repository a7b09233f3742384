# dl-tutor exercise: autoencoder/tied-weights
import numpy as np


def tied_autoencoder(x, w, b, c, dy):
    """The reconstruction, and the gradient of the weights that are used twice."""
    code = np.tanh(w @ x + b[:, None])
    y = w.T @ code + c[:, None]
    dw = np.zeros(w.shape)  # from which two places does it come?
    return y, dw
