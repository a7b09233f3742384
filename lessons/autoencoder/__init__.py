"""The lesson on autoencoders."""
