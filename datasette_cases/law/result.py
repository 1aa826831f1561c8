"""What was reckoned: the last day, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Optional

from .time_limit import CONFIDENCE

SETTLED, KNOWN, DISPUTED, SECOND_HAND = CONFIDENCE
WEAKEST_FIRST = (DISPUTED, SECOND_HAND, KNOWN, SETTLED)


@dataclass(frozen=True)
class Step:
    """One line of the working. `day`: where the reckoning stands after it; null for a remark."""

    day: Optional[date]
    text: str
    provision: str

    def to_json(self) -> dict[str, Any]:
        return {"day": self.day.isoformat() if self.day else None, "text": self.text, "provision": self.provision}


@dataclass(frozen=True)
class Variant:
    """Another result, by another reading of the law."""

    last_day: date
    end: datetime
    text: str
    provision: str

    def to_json(self) -> dict[str, Any]:
        return {"last_day": self.last_day.isoformat(), "end": self.end.isoformat(), "text": self.text, "provision": self.provision}


@dataclass(frozen=True)
class Reckoned:
    """`last_day` is over at `end`, the first moment that is too late, by the clock of the place where the act is to be done.

    Of a period reckoned backwards `last_day` is the day with which it begins. `certainty`: one of `CONFIDENCE`.
    """

    last_day: date
    end: datetime
    steps: list[Step]
    certainty: str = SETTLED
    variants: list[Variant] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return {
            "last_day": self.last_day.isoformat(),
            "end": self.end.isoformat(),
            "steps": [step.to_json() for step in self.steps],
            "certainty": self.certainty,
            "variants": [variant.to_json() for variant in self.variants],
        }


@dataclass(frozen=True)
class Range:
    """What comes of a start that is known by its month or year only: the earliest and the latest result."""

    first: Reckoned
    last: Reckoned

    @property
    def last_day(self) -> str:
        """As a day in an interval is written."""
        first, last = self.first.last_day, self.last.last_day
        return first.isoformat() if first == last else f"{first}/{last}"

    def to_json(self) -> dict[str, Any]:
        return {"last_day": self.last_day, "first": self.first.to_json(), "last": self.last.to_json()}


def end_of(day: date) -> datetime:
    """24:00 of the day."""
    return datetime.combine(day + timedelta(days=1), time())


def day_ended_by(end: datetime) -> date:
    """The day in which the last moment before the end lies."""
    return (end - timedelta(microseconds=1)).date()


def weakest(*certainties: str) -> str:
    """Of several words of `CONFIDENCE`, the one that promises least; other words say nothing."""
    return next((word for word in WEAKEST_FIRST if word in certainties), SETTLED)
