def output_size(size, kernel, stride, padding):
    """The number of places where the kernel can stand."""
    room = size + 2 * padding - kernel
    return room // stride + 1
