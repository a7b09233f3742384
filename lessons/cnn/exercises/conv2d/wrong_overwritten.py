# expect: value
import numpy as np


def conv2d(x, kernel):
    """Writes each product to the cell where it should be added: only the last one stays."""
    rows, columns = kernel.shape
    y = np.zeros((x.shape[0] - rows + 1, x.shape[1] - columns + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            for u in range(rows):
                for v in range(columns):
                    y[i, j] = kernel[u, v] * x[i + u, j + v]
    return y
