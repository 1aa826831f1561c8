"""Facts that hold from a day up to, not including, another: `since <= day and (until is None or until > day)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Iterable, Optional, TypeVar


@dataclass(frozen=True)
class Interval:
    """`since` is the first day on which it holds, `until` the first on which it no longer does (None: holds still)."""

    since: date
    until: Optional[date]

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


I = TypeVar("I", bound=Interval)


def as_of(intervals: Iterable[I], day: date) -> list[I]:
    """Those that hold on the day."""
    return [interval for interval in intervals if interval.holds(day)]
