# expect: value


def momentum_step(w, velocity, dw, rate, momentum):
    """Looks ahead: that is Nesterov's step."""
    velocity_new = momentum * velocity + dw
    w_new = w - rate * (dw + momentum * velocity_new)
    return w_new, velocity_new
