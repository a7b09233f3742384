"""What the learner prefers: the settings, the keys, and the one file that keeps them."""
