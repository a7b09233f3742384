def forget_gradient(dc, c_before, f, hx):
    """The gradients on the gate's pre-activations and weights."""
    da = dc * c_before * f * (1 - f)
    return da, da.T @ hx
