# expect: value
import numpy as np


def bptt_step(dy, da_next, x, h, h_before, W, V):
    """Walks past tanh without its slope."""
    da = V.T @ dy + W.T @ da_next
    dU = np.outer(da, x)
    dW = np.outer(da, h_before)
    return da, dU, dW
