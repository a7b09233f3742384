# expect: shape dw
import numpy as np


def conv2d_backward_weights(x, dy, rows, columns):
    """Returns the gradient of every place, not their sum."""
    places = [
        dy[i, j] * x[i : i + rows, j : j + columns]
        for i in range(dy.shape[0])
        for j in range(dy.shape[1])
    ]
    return np.array(places)
