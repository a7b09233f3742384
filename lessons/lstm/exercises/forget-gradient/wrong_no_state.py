# expect: value da[0,0]


def forget_gradient(dc, c_before, f, hx):
    """Forgets what f multiplied."""
    da = dc * f * (1 - f)
    return da, da.T @ hx
