"""Plain mode: the course as a dialogue in lines of text, read and typed one after another."""
