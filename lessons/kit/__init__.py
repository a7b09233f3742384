"""The words that lessons are written in."""
