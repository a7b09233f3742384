"""Lesson 3: long short-term memory."""
