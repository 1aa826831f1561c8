"""Which days are holidays where, read from the files beside this: reviewed, and frozen until somebody changes them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from ..law.calendar import WEEKENDS, Calendar
from ..law.error import LawError
from .file import parse

FOLDER = Path(__file__).parent


class UnknownCalendar(LawError):
    """There is no calendar of that name; the message names the nearest."""


@cache
def keys() -> tuple[str, ...]:
    """What calendars are called, in order: `none` first, a country (`NL`), a part of it (`DE-HH`), a body of the Union (`EU-COM`)."""
    return (WEEKENDS.key, *sorted(path.stem for path in FOLDER.glob("*.txt")))


@cache
def calendar(key: str) -> Calendar:
    """The calendar of one of `keys()`; `none` knows weekends only."""
    if key not in keys():
        raise UnknownCalendar(f"{key!r} is no calendar; the nearest is {_nearest(key)}")
    if key == WEEKENDS.key:
        return WEEKENDS
    file = parse((FOLDER / f"{key}.txt").read_text(encoding="utf-8"))
    return Calendar(key, file.first, file.last, file.holidays, file.certainty)


def _nearest(key: str) -> str:
    """The valid key that looks most like it, whatever its case."""
    spelled = {known.upper(): known for known in keys()}
    return spelled[get_close_matches(key.upper(), spelled, n=1, cutoff=0)[0]]
