# expect: shape y
import numpy as np


def conv2d(x, kernel, stride, padding):
    """Pads the top and the left only."""
    rows, columns = kernel.shape
    padded = np.pad(x, ((padding, 0), (padding, 0)))
    height = (padded.shape[0] - rows) // stride + 1
    width = (padded.shape[1] - columns) // stride + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            y[i, j] = np.sum(padded[top : top + rows, left : left + columns] * kernel)
    return y
