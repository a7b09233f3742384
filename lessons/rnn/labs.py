"""The labs of the lesson."""

from __future__ import annotations

from lessons.rnn.chain import CHAIN
from lessons.rnn.forecasting import FORECAST
from lessons.rnn.leads import LEADS
from lessons.rnn.order import ORDER
from lessons.rnn.unrolled import UNROLLED
from lessons.rnn.writing import WRITER

LABS = (ORDER, UNROLLED, CHAIN, FORECAST, WRITER, LEADS)
