# expect: value


def momentum_step(w, velocity, dw, rate, momentum):
    """Moves along the velocity as it was before."""
    velocity_new = momentum * velocity + dw
    w_new = w - rate * velocity
    return w_new, velocity_new
