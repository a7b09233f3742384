# expect: value dW[0,0]


def forget_gradient(dc, c_before, f, hx):
    """Takes the mean over time."""
    da = dc * c_before * f * (1 - f)
    return da, da.T @ hx / len(f)
