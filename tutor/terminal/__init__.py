"""The terminal: what is known about it, how it is asked, and what the application does on it."""
