# expect: value
import numpy as np


def conv2d(x, kernel):
    """Turns the kernel by half a turn, as mathematics does."""
    kernel = kernel[::-1, ::-1]
    rows, columns = kernel.shape
    y = np.zeros((x.shape[0] - rows + 1, x.shape[1] - columns + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(x[i : i + rows, j : j + columns] * kernel)
    return y
