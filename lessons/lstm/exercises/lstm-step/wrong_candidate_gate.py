# expect: value
import numpy as np


def sigmoid(a):
    """Between 0 and 1."""
    return 1 / (1 + np.exp(-a))


def lstm_step(x, h, c, W_f, W_i, W_g, W_o, b_f, b_i, b_g, b_o):
    """Makes a gate of the candidate."""
    hx = np.concatenate([h, x])
    f = sigmoid(W_f @ hx + b_f)
    i = sigmoid(W_i @ hx + b_i)
    g = sigmoid(W_g @ hx + b_g)
    o = sigmoid(W_o @ hx + b_o)
    c = f * c + i * g
    return o * np.tanh(c), c
