"""Widgets: everything here is drawn through one canvas that writes only what changed."""
