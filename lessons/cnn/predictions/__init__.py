"""The predictions of the lesson: what to bet on in each lab, and where the truth is read."""

from __future__ import annotations

from lessons.cnn.predictions.backward import PREDICTIONS as BACKWARD
from lessons.cnn.predictions.kernels import PREDICTIONS as KERNELS
from lessons.cnn.predictions.layers import PREDICTIONS as LAYERS
from lessons.cnn.predictions.pooling import PREDICTIONS as POOLING
from lessons.cnn.predictions.reader import PREDICTIONS as READER

PREDICTIONS = (*KERNELS, *LAYERS, *POOLING, *BACKWARD, *READER)
