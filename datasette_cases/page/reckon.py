"""One reckoning on a page: what was asked, the last day, and every step to it."""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Union

from ..law.ask import answer, question
from ..law.calendar import Calendar
from ..law.error import LawError
from ..law.result import Range, Reckoned
from ..law.time_limit import TimeLimit
from .frozen import dataclass


@dataclass(frozen=True)
class Asked:
    """As it stands in the address. `rule`: the id of a time limit, or a period."""

    rule: str
    start: str
    calendar: str
    extended: bool = False
    backward: bool = False


@dataclass(frozen=True)
class ReckonPage:
    """`results` has one result, two where the start is known by its month or year only, none where nothing was asked or
    nothing can be reckoned: then `problem` says why, in English, as the working is."""

    asked: Asked
    name: Optional[str]
    limit: Optional[TimeLimit]
    results: list[Reckoned]
    problem: Optional[str]
    limits: list[TimeLimit]
    calendars: list[str]

    @property
    def exact(self) -> bool:
        return len(self.results) < 2


def build(
    asked: Asked, limits: Mapping[str, TimeLimit], calendars: Iterable[str], calendar: Optional[Calendar], problem: Optional[str] = None
) -> ReckonPage:
    """`calendar`: the one that is asked for; null where `problem` says that there is none, or nothing is asked."""
    known = [limit for limit in limits.values() if limit.period]
    name, limit, found = None, None, None
    if asked.rule:
        try:
            about = question(asked.rule, limits)
            name, limit = about.name, about.limit
            if calendar and asked.start:
                found = answer(about, asked.start, calendar, extended=asked.extended, backward=asked.backward)
        except LawError as error:
            problem = problem or str(error)
    return ReckonPage(asked, name, limit, _results(found), problem, known, list(calendars))


def _results(found: Union[Reckoned, Range, None]) -> list[Reckoned]:
    if found is None:
        return []
    if isinstance(found, Reckoned):
        return [found]
    return [found.first] if found.first.last_day == found.last.last_day else [found.first, found.last]
