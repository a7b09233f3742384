"""Lesson 4: surprise, entropy, cross-entropy, and why a classifier is not trained with MSE."""
