"""Lesson 1: convolutional networks."""
