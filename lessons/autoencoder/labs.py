"""The labs of the lesson."""

from __future__ import annotations

from lessons.autoencoder.against import AGAINST, AXES
from lessons.autoencoder.anomaly import ANOMALY
from lessons.autoencoder.denoise import DENOISE
from lessons.autoencoder.idea import IDEA
from lessons.autoencoder.map import MAP_LAB
from lessons.autoencoder.training import TRAINING
from lessons.autoencoder.walk import WALK

LABS = (IDEA, TRAINING, MAP_LAB, WALK, AGAINST, AXES, DENOISE, ANOMALY)
