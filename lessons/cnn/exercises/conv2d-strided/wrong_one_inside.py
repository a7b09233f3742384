# expect: shape y
import numpy as np


def conv2d(x, kernel, stride, padding):
    """Rounds the size by dividing the map of stride 1."""
    rows, columns = kernel.shape
    padded = np.pad(x, padding)
    height = (padded.shape[0] - rows + 1) // stride
    width = (padded.shape[1] - columns + 1) // stride
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            y[i, j] = np.sum(padded[top : top + rows, left : left + columns] * kernel)
    return y
