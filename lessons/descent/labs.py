"""The labs of the lesson."""

from __future__ import annotations

from lessons.descent.loop import LOOP
from lessons.descent.noise import AVERAGE, NOISE
from lessons.descent.plane_labs import LANDSCAPE, RULES, SCHEDULES
from lessons.descent.race_lab import RACE
from lessons.descent.sweep import MINIMA
from lessons.descent.update import UPDATE
from lessons.descent.weight import WEIGHT
from lessons.descent.xor import XOR

LABS = (WEIGHT, UPDATE, RACE, NOISE, AVERAGE, LANDSCAPE, MINIMA, XOR, RULES, SCHEDULES, LOOP)
