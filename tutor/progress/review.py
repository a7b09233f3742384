"""When questions come back: one card per question template, replayed from the learner's ratings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from tutor.progress.state import Rated

if TYPE_CHECKING:  # fsrs is imported when there are cards to replay, not at the start
    from fsrs import Card, Scheduler

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
"""How well a question was answered, as fsrs counts it."""
LONGEST_DAYS = 365
"""Nothing comes back later than this."""


def rating_of(right: bool, attempt: int = 1) -> int:
    """The rating of an answer: right is good, right at a later attempt is hard, wrong is again."""
    if not right:
        return AGAIN
    return GOOD if attempt <= 1 else HARD


def scheduler() -> Scheduler:
    """The house's scheduler: deterministic, and in whole days.

    fsrs can also ask again after minutes. A course is opened once a day, and a lesson has "same
    again" and "new numbers" for the minutes, so that the soonest review is a day later.
    """
    from fsrs import Scheduler

    return Scheduler(
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


class Reviews:
    """The cards after some ratings."""

    def __init__(
        self,
        ratings: Mapping[str, Sequence[Rated]],
        known: Collection[str] | None = None,
        schedule: Scheduler | None = None,
    ) -> None:
        """ratings: by question template, each in the order of time (State.ratings).

        known: the templates that the course has; others, of lessons that were taken out or
        renamed, get no card. None: all are known.
        """
        self._schedule = schedule
        self.cards: dict[str, Card] = {
            template: self._card(rated)
            for template, rated in ratings.items()
            if known is None or template in known
        }

    def due(self, now: datetime) -> list[str]:
        """The templates that are to be asked at a time, longest overdue first."""
        cards = sorted((card.due, template) for template, card in self.cards.items())
        return [template for when, template in cards if when <= now]

    def count(self, now: datetime) -> int:
        """How many are due at a time."""
        return len(self.due(now))

    @property
    def next_due(self) -> datetime | None:
        """When the first of all cards is, or was, due; None without cards."""
        return min((card.due for card in self.cards.values()), default=None)

    def _card(self, ratings: Sequence[Rated]) -> Card:
        from fsrs import Card, Rating

        if self._schedule is None:
            self._schedule = scheduler()
        # An id and a time of its own spare fsrs a look at the clock, and a wait for a new id.
        card = Card(card_id=0, due=ratings[0].time)
        for rated in ratings:
            # A clock that stood at the end of time leaves no room for a due date.
            with suppress(OverflowError):
                card, _ = self._schedule.review_card(card, Rating(rated.rating), rated.time)
        return card
