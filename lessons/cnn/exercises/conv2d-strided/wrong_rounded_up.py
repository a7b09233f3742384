# expect: shape y
import math

import numpy as np


def conv2d(x, kernel, stride, padding):
    """Rounds the size up: the last window hangs over the edge."""
    rows, columns = kernel.shape
    padded = np.pad(x, padding)
    height = math.ceil((padded.shape[0] - rows) / stride) + 1
    width = math.ceil((padded.shape[1] - columns) / stride) + 1
    padded = np.pad(padded, ((0, stride), (0, stride)))
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            y[i, j] = np.sum(padded[top : top + rows, left : left + columns] * kernel)
    return y
