"""Showing a lab to others: recordings, pictures and text of it, and the course in a browser."""
