"""From the event to the last day, with every step. Regulation 1182/71; the EU courts by their own rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Optional, Union

from . import courts
from .calendar import ONE_DAY, Calendar
from .count import joined, nominal
from .error import LawError
from .hours import reckon_hours
from .period import DAY, HOUR, MONTH, WEEK, WORKING_DAY, YEAR, Period
from .result import DISPUTED, KNOWN, SETTLED, Range, Reckoned, Step, Variant, end_of, weakest
from .roll import has_minimum, rolled, with_two_working_days
from .said import article, long, why_not_working
from .time_limit import BACKWARD, COURTS, FORWARD, NATIONAL, R1182

Start = Union[date, datetime]

COUNTED = {
    DAY: ("3(2)(b)", ""),
    WEEK: ("3(2)(c)", ", the same day of the week as the event"),
    MONTH: ("3(2)(c)", ", the day of the same number as the event"),
    YEAR: ("3(2)(c)", ", the day of the same number as the event"),
    WORKING_DAY: ("3(3)", ", counting working days only"),
}
NO_OWN_RULE = "national law, by the rules most states share; not read"


def reckon(
    period: Period,
    start: Start,
    calendar: Calendar,
    *,
    direction: str = FORWARD,
    extension: Optional[Period] = None,
    counting: str = R1182,
    published: bool = False,
    stopped: int = 0,
) -> Reckoned:
    """The last day of a period that is reckoned from `start`; backwards the day with which it begins.

    `extension`: a second period, decided and announced. It is reckoned from the same start: both lead to one end, moved once.
    `published`: `start` is the day of publication in the Official Journal, for the EU courts. `stopped`: for how many days the clock
    stood still; Regulation 1182/71 has no rule for that, so that the result is an estimate.

    LawError: it cannot be reckoned, and why.
    """
    if direction not in (FORWARD, BACKWARD):
        raise LawError(f"there is no direction {direction!r}; known are {FORWARD} and {BACKWARD}")
    if counting not in (R1182, COURTS, NATIONAL):
        raise LawError(f"there is no counting {counting!r}; known are {R1182}, {COURTS} and {NATIONAL}")
    if counting == COURTS:
        extension = extension or courts.DISTANCE
    if published and counting != COURTS:
        raise LawError("only the EU courts count from the 14th day after publication in the Official Journal")
    periods = (period, extension) if extension else (period,)
    if counting != R1182 and (direction == BACKWARD or period.unit == HOUR):
        raise LawError(f"how {counting} counts {'backwards' if direction == BACKWARD else 'hours'} is not known here")
    if stopped < 0 or (stopped and (direction == BACKWARD or period.unit == HOUR)):
        raise LawError("a clock stands still for whole days, in periods of days or longer that run forwards")
    try:
        if any(part.unit == HOUR for part in periods):
            return _hours(periods, start, calendar, backward=direction == BACKWARD)
        day = date_of(start)
        if direction == BACKWARD:
            return _backward(periods, day, calendar)
        return _forward(periods, day, calendar, counting, published, stopped)
    except OverflowError:
        raise LawError(f"{period} from {start} leads out of the years 1 to 9999") from None


def date_of(start: Start) -> date:
    """The time of day changes nothing but for hours, Art. 3(1)."""
    return start.date() if isinstance(start, datetime) else start


def reckon_range(
    period: Period,
    first: Start,
    last: Start,
    calendar: Calendar,
    *,
    direction: str = FORWARD,
    extension: Optional[Period] = None,
    counting: str = R1182,
    published: bool = False,
    stopped: int = 0,
) -> Range:
    """Of a start between two days, both within: a later start never ends earlier, so the ends are reckoned from these two."""
    first_end, last_end = (
        reckon(
            period, day, calendar,
            direction=direction, extension=extension, counting=counting, published=published, stopped=stopped,
        )
        for day in (first, last)
    )  # fmt: skip
    return Range(first_end, last_end)


def _forward(periods: tuple[Period, ...], event: date, calendar: Calendar, counting: str, published: bool, stopped: int) -> Reckoned:
    steps: list[Step] = []
    eu_act = counting == R1182
    start = event
    if published:
        start = courts.from_publication(event)
        steps.append(
            Step(start, f"Published on {long(event)}: it runs from the end of the 14th day after, {long(start)}.", courts.PUBLISHED)
        )
    else:
        steps.append(Step(start, f"The event is on {long(start)}. That day does not count.", _counted(counting, "3(1)")))
    last = _counted_on(steps, periods, start, calendar, counting)
    if stopped:
        last += timedelta(days=stopped)
        steps.append(
            Step(last, f"The clock stood still for {Period(stopped, DAY)}: {long(last)}. An estimate.", "no rule in Regulation 1182/71")
        )
    last = _rolled(steps, last, calendar, counting)
    if eu_act and has_minimum(periods):
        moved = with_two_working_days(start, last, calendar)
        if moved != last:
            text = f"By {long(last)} fewer than two working days have passed; the second is {long(moved)}."
            steps.append(Step(moved, text, article("3(5)")))
        last = moved
    over = f"{long(last)}, a working day (calendar {calendar.key}), is the last day; it is over at 24:00."
    steps.append(Step(last, over, _counted(counting, "3(2)")))
    own = SETTLED if eu_act else KNOWN
    return Reckoned(last, end_of(last), steps, weakest(DISPUTED if stopped else own, calendar.certainty))


def _counted_on(steps: list[Step], periods: tuple[Period, ...], start: date, calendar: Calendar, counting: str) -> date:
    """One step for each period; those of the same unit are one."""
    whole = joined(periods)
    last = start
    for number, period in enumerate(whole):
        day, last = last, nominal(last, (period,), calendar)
        distance = bool(number) and counting == COURTS
        reason = f"{period} {'more' if number else 'on'}" + (", on account of distance" if distance else "")
        if len(whole) < len(periods):
            added = "on account of distance" if counting == COURTS else "extended"
            reason = f"{periods[0]} and, {added}, {periods[1]} more from the same event"
        provision = courts.FAR if distance else _counted(counting, COUNTED[period.unit][0])
        steps.append(Step(last, f"{reason}: {long(last)}{_which(period, day, last, number)}.", provision))
    return last


def _which(period: Period, day: date, end: date, number: int) -> str:
    """Why it is this day, where that is not plain from the sum."""
    if period.unit in (MONTH, YEAR) and day.day != end.day:
        return ", the last day of its month, which has no day of that number"
    return "" if number else COUNTED[period.unit][1]


def _rolled(steps: list[Step], last: date, calendar: Calendar, counting: str) -> date:
    moved = rolled(last, calendar)
    provision = {R1182: article("3(4)"), COURTS: courts.ROLLED}.get(counting, NO_OWN_RULE)
    while last < moved:
        on = last + ONE_DAY
        steps.append(Step(on, f"{long(last)} is {why_not_working(last, calendar)}: on to {long(on)}.", provision))
        last = on
    return last


def _counted(counting: str, number: str) -> str:
    return {R1182: article(number), COURTS: courts.COUNTED}.get(counting, NO_OWN_RULE)


def _backward(periods: tuple[Period, ...], event: date, calendar: Calendar) -> Reckoned:
    """Art. 3(4), second sentence: a period that is reckoned backwards is not moved. Nor by Art. 3(5), which says nothing of it.

    By the same counting as forwards it begins with the day of the same name or number. Whether an act that has to be
    done "at least four weeks before" can still be done on that day, or only before it begins, the text does not say.
    """
    steps = [Step(event, f"The event is on {long(event)}. That day does not count.", article("3(1)"))]
    first = event
    for number, period in enumerate(joined(periods)):
        day, first = first, nominal(first, (period,), calendar, -1)
        text = f"{period} {'more' if number else 'back'}: {long(first)}{_which(period, day, first, number)}."
        steps.append(Step(first, text, article(COUNTED[period.unit][0])))
    steps.append(Step(first, "A period reckoned backwards is not moved to a working day.", article("3(4)")))
    before = first - ONE_DAY
    text = f"whoever acts on {long(before)}, before the period begins, has the whole of it between; that is safe"
    variant = Variant(before, end_of(before), text, article("3(1) and (2)"))
    steps.append(Step(first, f"The period begins with {long(first)}. Other reading: {text}.", article("3(2)")))
    return Reckoned(first, end_of(first), steps, weakest(DISPUTED, calendar.certainty), [variant])


def _hours(periods: tuple[Period, ...], start: Start, calendar: Calendar, *, backward: bool) -> Reckoned:
    whole = joined(periods)
    if len(whole) > 1:
        raise LawError(f"{periods[0]} and {periods[1]} cannot be added: hours are added to hours only")
    if not isinstance(start, datetime):
        raise LawError(f"a period in hours is reckoned from a time of day, as {start}T14:30")
    return reckon_hours(start, whole[0], calendar, backward=backward)
