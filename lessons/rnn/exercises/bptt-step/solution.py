import numpy as np


def bptt_step(dy, da_next, x, h, h_before, W, V):
    """What one step back through time gives."""
    dh = V.T @ dy + W.T @ da_next
    da = dh * (1 - h**2)
    dU = np.outer(da, x)
    dW = np.outer(da, h_before)
    return da, dU, dW
