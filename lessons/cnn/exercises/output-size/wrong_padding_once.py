# expect: value places
def output_size(size, kernel, stride, padding):
    """Adds the padding at one end."""
    return (size + padding - kernel) // stride + 1
