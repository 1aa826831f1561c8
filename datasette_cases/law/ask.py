"""A question as people ask it: a time limit by its id, or a period; a start, exact or not; a calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Mapping, Optional, Union

from .calendar import Calendar
from .error import LawError, unknown
from .fixed import validity
from .period import EXAMPLES, Period, looks_like_period, parse
from .reckon import date_of, reckon
from .result import Range, Reckoned, Step, weakest
from .said import long
from .start import Start, parse_start
from .time_limit import BACKWARD, FORWARD, R1182, TimeLimit

VALIDITY = "validity"
"""The kind of limit that says how long something is valid: its end never moves."""


@dataclass(frozen=True)
class Question:
    """What is reckoned, and by which time limit, if by one."""

    period: Period
    limit: Optional[TimeLimit] = None

    @property
    def name(self) -> str:
        return f"{self.limit.provision}: {self.period}" if self.limit else str(self.period)

    @property
    def backward(self) -> bool:
        return self.limit is not None and self.limit.direction == BACKWARD


def question(text: str, limits: Mapping[str, TimeLimit]) -> Question:
    """LawError: no such rule or period, or a rule that has no number of its own."""
    if looks_like_period(text):
        return Question(parse(text))
    limit = limits.get(text.strip())
    if limit is None:
        problem = unknown("rule", text, limits)
        raise LawError(f"{problem}; or write a period as {EXAMPLES}")
    if limit.period is None:
        raise LawError(f"{limit.id} ({limit.provision}) has no period to reckon: {limit.summary}")
    return Question(limit.period, limit)


def answer(
    asked: Question,
    start: str,
    calendar: Calendar,
    *,
    extended: bool = False,
    backward: bool = False,
    published: bool = False,
    stopped: int = 0,
) -> Union[Reckoned, Range]:
    """What was reckoned: a range if the start is not exact."""
    limit = asked.limit
    if extended and not (limit and limit.extension):
        raise LawError(f"{limit.provision if limit else 'a bare period'} knows no extension")
    first, last = parse_start(start, asked.period)

    def reckoned(day: Start) -> Reckoned:
        if limit and limit.kind == VALIDITY and not backward:
            if stopped:
                raise LawError(f"{limit.provision}: what is valid for a time does not stand still")
            return _by(limit, day, validity(date_of(day), asked.period))
        found = reckon(
            asked.period,
            day,
            calendar,
            direction=BACKWARD if backward or asked.backward else FORWARD,
            extension=limit.extension.by if limit and limit.extension and extended else None,
            counting=limit.counting if limit else R1182,
            published=published,
            stopped=stopped,
        )
        return _by(limit, day, found)

    return reckoned(first) if first == last else Range(reckoned(first), reckoned(last))


def _by(limit: Optional[TimeLimit], start: Start, found: Reckoned) -> Reckoned:
    """With what the statute says, before what follows from it."""
    if limit is None:
        return found
    day = date_of(start)
    said = [Step(None, limit.summary, limit.provision)]
    applies = date.fromisoformat(limit.applies_from)
    if day < applies:
        said.append(Step(None, f"It applies only from {long(applies)}.", limit.provision))
    if limit.applies_to and day > date.fromisoformat(limit.applies_to):
        said.append(Step(None, f"It applied until {long(date.fromisoformat(limit.applies_to))}.", limit.provision))
    return replace(found, steps=said + found.steps, certainty=weakest(limit.confidence, found.certainty))
