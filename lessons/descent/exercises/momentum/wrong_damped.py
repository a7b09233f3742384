# expect: value


def momentum_step(w, velocity, dw, rate, momentum):
    """Takes in only the rest of the gradient, as a running mean does."""
    velocity_new = momentum * velocity + (1 - momentum) * dw
    w_new = w - rate * velocity_new
    return w_new, velocity_new
