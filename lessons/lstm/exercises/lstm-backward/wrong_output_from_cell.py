# expect: value da_o[0]


def lstm_backward_step(dh, dc_later, f, i, g, o, c_before, tanh_c, W_f, W_i, W_g, W_o):
    """Lets the output gate hang on the cell state's gradient."""
    dc = dc_later + dh * o * (1 - tanh_c**2)
    da_f = dc * c_before * f * (1 - f)
    da_i = dc * g * i * (1 - i)
    da_g = dc * i * (1 - g**2)
    da_o = dc * tanh_c * o * (1 - o)
    H = len(dh)
    weights, das = (W_f, W_i, W_g, W_o), (da_f, da_i, da_g, da_o)
    dh_before = sum(W[:, :H].T @ da for W, da in zip(weights, das, strict=True))
    return da_f, da_i, da_g, da_o, dh_before, dc * f
