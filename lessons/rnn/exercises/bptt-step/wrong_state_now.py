# expect: value
import numpy as np


def bptt_step(dy, da_next, x, h, h_before, W, V):
    """Multiplies by h_t, where W met the state before it."""
    dh = V.T @ dy + W.T @ da_next
    da = dh * (1 - h**2)
    dU = np.outer(da, x)
    dW = np.outer(da, h)
    return da, dU, dW
