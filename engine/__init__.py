"""The mathematics of the course: NumPy, and nothing of screens or lessons."""
