# expect: value


def momentum_step(w, velocity, dw, rate, momentum):
    """Moves along the gradient: uphill."""
    velocity_new = momentum * velocity + dw
    w_new = w + rate * velocity_new
    return w_new, velocity_new
