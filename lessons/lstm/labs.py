"""The labs of the lesson."""

from __future__ import annotations

from lessons.lstm.back_by_hand import BACK_BY_HAND
from lessons.lstm.backward import BACKWARD
from lessons.lstm.by_hand import BY_HAND
from lessons.lstm.gates import GATES_OVER_TIME
from lessons.lstm.highway import HIGHWAY
from lessons.lstm.race import RACE
from lessons.lstm.seeds import COUNTS
from lessons.lstm.size import SIZE

LABS = (RACE, COUNTS, BY_HAND, GATES_OVER_TIME, SIZE, BACK_BY_HAND, BACKWARD, HIGHWAY)
