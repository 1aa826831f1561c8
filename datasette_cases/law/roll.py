"""What moves the end of a period. Art. 3(4) and (5) of Regulation 1182/71.

Art. 3(4): where the last day is a public holiday, a Saturday or a Sunday, the period ends with the last hour of the next working day.
Not for hours, and not for periods reckoned backwards.
Art. 3(5): a period of two days or more has at least two working days.
"""

from __future__ import annotations

from datetime import date

from .calendar import ONE_DAY, Calendar
from .period import DAY, HOUR, WORKING_DAY, Period

TWO_DAYS_IN_HOURS = 48


def rolled(day: date, calendar: Calendar) -> date:
    """Art. 3(4): the day itself, or the next working day."""
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day


def has_minimum(periods: tuple[Period, ...]) -> bool:
    """Whether Art. 3(5) speaks of it: two days or more. Of hours it is disputed. Two working days have them anyway."""
    first = periods[0]
    return len(periods) > 1 or first.count > 1 or first.unit not in (DAY, HOUR, WORKING_DAY)


def with_two_working_days(start: date, last: date, calendar: Calendar) -> date:
    """Art. 3(5): the last day, or the first later one by which two working days have passed since the day of the event."""
    found, day = 0, last
    while day > start and found < 2:
        found += calendar.is_working_day(day)
        day -= ONE_DAY
    while found < 2:
        last += ONE_DAY
        found += calendar.is_working_day(last)
    return last
