"""Which days are working days. Art. 2 of Regulation 1182/71.

Art. 2(1): public holidays are the days that the member state, or the EU institution, in which the act is to be done has laid down as such.
Art. 2(2): working days are all other days but Saturdays and Sundays, whatever the state's own law says of Saturdays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .error import LawError

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class OutsideCalendar(LawError):
    """A day of which a calendar knows nothing."""


@dataclass(frozen=True)
class Calendar:
    """The public holidays of one place or body, from `first` to `last`, both within."""

    key: str
    first: date
    last: date
    holidays: frozenset[date]
    certainty: str = "frozen"

    def is_working_day(self, day: date) -> bool:
        """Art. 2(2). OutsideCalendar: the calendar does not reach this day."""
        if not self.first <= day <= self.last:
            raise self.outside(day)
        return day.weekday() < SATURDAY and day not in self.holidays

    def outside(self, day: date) -> OutsideCalendar:
        nearest = self.first if day < self.first else self.last
        whole = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        known = f"years {self.first.year} to {self.last.year}" if whole else f"days from {self.first} to {self.last}"
        return OutsideCalendar(
            f"the calendar {self.key} knows the {known}, not {day}; the nearest {'year' if whole else 'day'} is "
            f"{nearest.year if whole else nearest}"
        )


WEEKENDS = Calendar("none", date.min, date.max, frozenset())
"""No public holidays at all."""


def listed(key: str, text: str) -> Calendar:
    """A calendar of somebody's own: one holiday a line, a name after it if they like. It holds for all days, or for those of a
    line `# from 2024-01-01 to 2026-12-31`; other lines with # are remarks."""
    first, last = date.min, date.max
    days = set()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        try:
            if words[:2] == ["#", "from"] and words[3:4] == ["to"]:
                first, last = date.fromisoformat(words[2]), date.fromisoformat(words[4])
            elif words and not words[0].startswith("#"):
                days.add(date.fromisoformat(words[0]))
        except (ValueError, IndexError):
            raise LawError(f"{key}, line {number}: found {line!r}; write one day a line, as 2024-12-25") from None
    return Calendar(key, first, last, frozenset(days))


def working_days(after: date, to: date, calendar: Calendar) -> int:
    """How many working days there are after the one day, up to and with the other: as periods are counted, Art. 3(1) and (2)(b).

    Backwards it is the same number, negative.
    """
    if to < after:
        return -working_days(to, after, calendar)
    if to == after:
        return 0
    for end in (after + ONE_DAY, to):
        calendar.is_working_day(end)
    weeks, days = divmod((to - after).days, 7)
    rest = sum((to - timedelta(days=back)).weekday() < SATURDAY for back in range(days))
    return weeks * 5 + rest - sum(after < day <= to and day.weekday() < SATURDAY for day in calendar.holidays)
