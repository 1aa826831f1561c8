"""Periods in hours. Art. 3(1), 3(2)(a) and 3(4) of Regulation 1182/71.

Art. 3(1): the clock hour in which the event falls does not count.
Art. 3(2)(a): hours run from the beginning of the first to the end of the last. They are not working hours, and by Art. 3(4) their end
is never moved.
Art. 3(5), two working days at least in two days or more: whether it speaks of 48 hours and more is disputed, and so is whether
the period then ends with the second working day, or on it by the clock. The strict result is the end; the lenient ones are its variants.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Iterator

from .calendar import ONE_DAY, Calendar
from .count import hours_on
from .period import Period
from .result import DISPUTED, SETTLED, Reckoned, Step, Variant, day_ended_by, end_of
from .roll import TWO_DAYS_IN_HOURS, with_two_working_days
from .said import article, clock, long

HOUR = timedelta(hours=1)


def reckon_hours(event: datetime, period: Period, calendar: Calendar, *, backward: bool) -> Reckoned:
    hours, sign = period.count, -1 if backward else 1
    end = hours_on(event, hours, sign)
    last_day = day_ended_by(end)
    first = end - sign * timedelta(hours=hours)
    steps = [
        Step(
            event.date(),
            f"The event falls in the hour from {event:%H}:00 of {long(event.date())}. That hour does not count: the period "
            + (f"runs backwards from {first:%H:%M}." if backward else f"runs from {clock_of_start(first)}."),
            article("3(1)"),
        ),
        Step(
            last_day,
            f"{period} {'back' if backward else 'on'}: {'it begins' if backward else 'it ends'} at {clock(end)}. Nights, weekends and "
            "holidays count like other hours.",
            article("3(2)(a)"),
        ),
        Step(None, "A period in hours is not moved to a working day.", article("3(4)")),
    ]
    variants = [*([] if backward else lenient(event, end, period, calendar)), *summer_time(first, end, event)]
    steps += [Step(None, f"Other reading: {variant.text}.", variant.provision) for variant in variants]
    return Reckoned(last_day, end, steps, DISPUTED if variants else SETTLED, variants)


def clock_of_start(moment: datetime) -> str:
    return f"{moment:%H:%M} on {long(moment.date())}"


def lenient(event: datetime, end: datetime, period: Period, calendar: Calendar) -> Iterator[Variant]:
    """Art. 3(5) applied to hours: both ways to end on the second working day."""
    if period.count < TWO_DAYS_IN_HOURS:
        return
    last = day_ended_by(end)
    second = with_two_working_days(event.date(), last, calendar)
    if second == last:
        return
    why = f"if a period of {TWO_DAYS_IN_HOURS} hours or more must have two working days, which is disputed, it ends"
    whole = end_of(second).replace(tzinfo=end.tzinfo)
    yield Variant(second, whole, f"{why} with the second of them, at {clock(whole)}", article("3(5)"))
    by_clock = end + (second - last)
    if by_clock != whole:
        yield Variant(second, by_clock, f"{why} at the same time of the second of them, at {clock(by_clock)}", article("3(5)"))


def summer_time(first: datetime, end: datetime, event: datetime) -> Iterator[Variant]:
    """Clocks change between: the regulation does not say whether hours are read off the clock or as they pass.

    A start that comes with its distance from UTC names instants, and is not in doubt.
    """
    if event.tzinfo is not None:
        return
    earlier, later = sorted((first, end))
    for year in range(earlier.year, later.year + 1):
        for month, change, word in ((3, HOUR, "forward"), (10, -HOUR, "back")):
            day = last_sunday(year, month)
            night = datetime.combine(day, time(3))
            if earlier < night < later:
                other = end + change if end >= first else end - change
                yield Variant(
                    day_ended_by(other),
                    other,
                    f"clocks in the Union go {word} in the night to {long(day)}: if hours count as they pass, and not by the clock, the "
                    f"moment is {clock(other)}",
                    article("3(2)(a)"),
                )


def last_sunday(year: int, month: int) -> date:
    """Of a month with 31 days."""
    day = date(year, month, 31)
    return day - ONE_DAY * ((day.weekday() + 1) % 7)
