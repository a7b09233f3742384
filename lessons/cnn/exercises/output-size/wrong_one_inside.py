# expect: value places
def output_size(size, kernel, stride, padding):
    """Divides the places of stride 1, not the steps between them."""
    return (size + 2 * padding - kernel + 1) // stride
