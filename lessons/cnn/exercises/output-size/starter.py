# dl-tutor exercise: cnn/output-size


def output_size(size, kernel, stride, padding):
    """The number of places where the kernel can stand."""
    return size
