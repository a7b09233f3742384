"""Recurrent networks: sequences, shared weights, and gradients through time."""
