"""The labs of the lesson."""

from __future__ import annotations

from lessons.cnn.slide import SLIDE

LABS = (SLIDE,)
