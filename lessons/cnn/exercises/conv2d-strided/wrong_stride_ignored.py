# expect: value
import numpy as np


def conv2d(x, kernel, stride, padding):
    """Gives the map its size, but moves the window by one pixel."""
    rows, columns = kernel.shape
    padded = np.pad(x, padding)
    height = (padded.shape[0] - rows) // stride + 1
    width = (padded.shape[1] - columns) // stride + 1
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            top, left = i, j
            y[i, j] = np.sum(padded[top : top + rows, left : left + columns] * kernel)
    return y
