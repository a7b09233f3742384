# expect: value
import numpy as np


def conv2d_backward_weights(x, dy, rows, columns):
    """Adds up dy without the pixels: that is the gradient of the bias."""
    dw = np.zeros((rows, columns))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dw += dy[i, j]
    return dw
