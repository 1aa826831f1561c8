"""Where a period ends, or, backwards, begins, before anything is moved. Art. 3(1) to (3) of Regulation 1182/71.

Art. 3(1): the day in which the event falls does not count, nor, for periods in hours, the clock hour in which it falls.
Art. 3(2)(b): days run from the first hour of the first to the last hour of the last.
Art. 3(2)(c): weeks, months and years end with the day that has the same name, or the same number, as the day of the event; the day that
is not counted does not push the end by one. Where the last month has no such day, they end with its last day.
Art. 3(3): holidays, Saturdays and Sundays count like other days, unless the period is in working days.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from .calendar import ONE_DAY, Calendar
from .period import DAY, HOUR, MONTH, WEEK, WORKING_DAY, YEAR, Period

MONTHS = {MONTH: 1, YEAR: 12}


def nominal(day: date, periods: tuple[Period, ...], calendar: Calendar, sign: int = 1) -> date:
    """The day that all periods, one after the other, lead to; `sign` is -1 for backwards. Nothing is moved in between.

    Of the same unit they are one longer period, so that the 31st is cut short once, from the original day.
    """
    for period in joined(periods):
        day = _after(day, period, calendar, sign)
    return day


def joined(periods: tuple[Period, ...]) -> list[Period]:
    """Neighbours of the same unit added up; years with months are months."""
    found: list[Period] = []
    for period in periods:
        if found and found[-1].unit in MONTHS and period.unit in MONTHS and found[-1].unit != period.unit:
            found[-1] = Period(found[-1].count * MONTHS[found[-1].unit], MONTH)
            period = Period(period.count * MONTHS[period.unit], MONTH)
        if found and found[-1].unit == period.unit:
            found[-1] = Period(found[-1].count + period.count, period.unit)
        else:
            found.append(period)
    return found


def _after(day: date, period: Period, calendar: Calendar, sign: int) -> date:
    if period.unit == DAY:
        return day + timedelta(days=sign * period.count)
    if period.unit == WEEK:
        return day + timedelta(days=sign * 7 * period.count)
    if period.unit == WORKING_DAY:
        return _working_days_on(day, period.count, calendar, sign)
    if period.unit == HOUR:
        raise ValueError("hours are counted from an hour, not from a day")
    return months_on(day, sign * period.count * MONTHS[period.unit])


def months_on(day: date, months: int) -> date:
    """The day of the same number, or the last of its month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_days_on(day: date, count: int, calendar: Calendar, sign: int) -> date:
    """Only working days count, Art. 3(3); the last of them is the end."""
    while count:
        day += sign * ONE_DAY
        count -= calendar.is_working_day(day)
    return day


def hours_on(event: datetime, hours: int, sign: int = 1) -> datetime:
    """The end of the last hour, or backwards the beginning of the first; an event on the hour falls in the hour that begins then."""
    hour = event.replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(hours=hours + 1) if sign > 0 else hour - timedelta(hours=hours)
