"""`dl-tutor doctor`: what this terminal and computer can do, and what to change."""
