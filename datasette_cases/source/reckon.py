"""The last day of a deadline with a rule: from what starts its period, by the calendars of whoever must act.

The same for the check, which reports what cannot be reckoned, and for the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Iterable, Mapping, Optional

from ..calendars import calendar
from ..law.ask import Question, answer
from ..law.calendar import WEEKENDS
from ..law.error import LawError
from ..law.result import SETTLED, Range, Reckoned, Step
from ..law.said import article, long
from ..model.case import Complaint, Deadline, Entry
from ..model.day import PartialDate
from ..time_limits import TIME_LIMITS

Calendars = Mapping[str, Optional[str]]
"""Authority → calendar; null: none is known."""


class NoCalendar(LawError):
    """It is not known whose holidays count."""


@dataclass(frozen=True)
class LastDay:
    """What the law makes of a deadline. `first_day`: the earliest it can be, where it can be several."""

    last_day: date
    first_day: Optional[date]
    steps: list[Step]


def dates_of(entries: Iterable[Entry], complaints: Iterable[Complaint]) -> dict[str, PartialDate]:
    """Id → day, for what can start a period."""
    dated = [*((entry.id, entry.date) for entry in entries), *((complaint.id, complaint.filed) for complaint in complaints)]
    return {name: found for name, found in dated if name and found}


def start_of(deadline: Deadline, dates: Mapping[str, PartialDate]) -> Optional[PartialDate]:
    """When the period starts."""
    return deadline.start_day or dates.get(deadline.starts_with or deadline.complaint or "")


def reckoned(deadline: Deadline, start: PartialDate, calendars: Calendars) -> LastDay:
    """LawError: it cannot be reckoned, and why. Where several calendars count, the latest day holds."""
    limit = TIME_LIMITS[deadline.rule or ""]
    keys = _places(deadline, calendars)
    found: dict[str, tuple[Reckoned, Reckoned]] = {}
    for key in keys:
        found[key] = _ends(limit.id, start.text, key, deadline.extended, deadline.stopped or 0)
    governing = max(keys, key=lambda key: found[key][1].last_day)
    last, first_day = found[governing][1], max(first.last_day for first, _ in found.values())
    steps = list(last.steps)
    if WEEKENDS.key in keys:
        steps.append(Step(None, "For a body of the Union no calendar is known: weekends only.", article("2(1)")))
    for key in keys:
        if key != governing:
            steps.append(
                Step(None, f"By the calendar {key} the last day is {long(found[key][1].last_day)}; the latest is taken.", article("2(1)"))
            )
    if first_day != last.last_day:
        text = f"Of the start only {start} is known: the last day lies between {long(first_day)} and {long(last.last_day)}."
        steps.append(Step(None, text, ""))
    if limit.confidence != SETTLED:
        steps.append(Step(None, DOUBTS[limit.confidence], limit.provision))
    return LastDay(last.last_day, first_day if first_day != last.last_day else None, steps)


@lru_cache(4096)
def _ends(rule: str, start: str, key: str, extended: bool, stopped: int) -> tuple[Reckoned, Reckoned]:
    """The earliest and the latest result by one calendar. Many deadlines ask the same."""
    limit = TIME_LIMITS[rule]
    assert limit.period
    answered = answer(Question(limit.period, limit), start, calendar(key), extended=extended, stopped=stopped)
    return (answered.first, answered.last) if isinstance(answered, Range) else (answered, answered)


DOUBTS = {
    "known": "The rule was not checked against its text.",
    "disputed": "The rule can be read in more than one way.",
    "second-hand": "The rule comes from a secondary source.",
}
"""What is said of a rule that was not read in its text."""


def _places(deadline: Deadline, calendars: Calendars) -> list[str]:
    """The calendars of the authorities that must act; where none must, of the first to which the act is owed: it is done there."""
    acting = [actor for actor in deadline.actors if actor in calendars]
    there = acting or [actor for actor in deadline.addressees or () if actor in calendars][:1]
    if not there:
        raise NoCalendar("no authority among the actors or addressees, by whose calendar to reckon")
    keys = []
    for actor in there:
        key = calendars[actor]
        if key is None:
            raise NoCalendar(f"{actor}, of whose seat no calendar is known")
        keys.append(key)
    return list(dict.fromkeys(keys))
