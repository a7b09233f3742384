"""Lesson 5: gradient descent, and what a batch is for."""
