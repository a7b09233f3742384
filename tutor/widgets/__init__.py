"""Widgets: all but the code editor draw through one canvas that writes only what changed."""
