"""Days as sources give them: exact, only a month, only a year, or one day in an interval. Never completed."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORMS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

LAST_YEAR = 2199
"""A later one is mistyped; and the day after a last day can always be reckoned."""

EXPECTED = "2024-06-06, 2024-06, 2024 or 2024-06-06/2024-06-14 (one day in this interval)"


@dataclass(frozen=True, order=True)
class PartialDate:
    """`first` and `last` are the first and last day it can have been; `precision` is a word of `date_precision`.

    A fact counts from `last`: a page as of a day never shows what may have come later.
    """

    last: date
    first: date
    precision: str
    text: str

    @property
    def start(self) -> str:
        """What stands in the column `date`: as written, an interval by its first day."""
        return self.first.isoformat() if self.precision == "interval" else self.text

    def __str__(self) -> str:
        return self.text


@lru_cache(8192)
def parse(text: str) -> PartialDate:
    """Read a date as an editor writes it. ValueError: no such form or no such day; the message says which. Many facts share
    a day: what was read is remembered."""
    first_text, slash, last_text = text.partition("/")
    if slash:
        first, last = parse(first_text), parse(last_text)
        if first.precision != "day" or last.precision != "day":
            raise ValueError("an interval runs from one day to another, as 2024-06-06/2024-06-14")
        if first.last >= last.first:
            raise IntervalBackwards(f"the interval ends on {last} and does not begin before it")
        return PartialDate(last.last, first.first, "interval", text)
    match = _FORMS.fullmatch(text)
    if not match:
        raise ValueError("not a day, month or year")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year < 1900:
        raise ValueError("the year lies before 1900")
    if year > LAST_YEAR:
        raise ValueError(f"the year lies after {LAST_YEAR}")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if month is None:
        return PartialDate(date(year, 12, 31), date(year, 1, 1), "year", text)
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return PartialDate(date(year, month, length), date(year, month, 1), "month", text)
    if not 1 <= day <= length:
        raise ValueError(f"that month has no day {day}")
    return PartialDate(date(year, month, day), date(year, month, day), "day", text)


class IntervalBackwards(ValueError):
    """The interval's last day is not after its first."""
