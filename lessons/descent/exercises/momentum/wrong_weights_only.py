# expect: type


def momentum_step(w, velocity, dw, rate, momentum):
    """Forgets to hand the velocity on."""
    velocity_new = momentum * velocity + dw
    return w - rate * velocity_new
