# expect: value


def momentum_step(w, velocity, dw, rate, momentum):
    """Puts the rate into the velocity."""
    velocity_new = momentum * velocity + rate * dw
    w_new = w - velocity_new
    return w_new, velocity_new
