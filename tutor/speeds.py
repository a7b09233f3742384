"""How fast films are played."""

SPEEDS = (1, 2, 5, 10, 20, 50, 100)
"""Moments a second."""
FRAMES_A_SECOND = 10
"""More than this no eye needs, and a slow line cannot carry."""
