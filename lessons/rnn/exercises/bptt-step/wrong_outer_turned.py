# expect: shape dU
import numpy as np


def bptt_step(dy, da_next, x, h, h_before, W, V):
    """Turns the outer product: rows and columns are exchanged."""
    dh = V.T @ dy + W.T @ da_next
    da = dh * (1 - h**2)
    dU = np.outer(x, da)
    dW = np.outer(da, h_before)
    return da, dU, dW
