"""When a period starts, as it is written: 2024-06-06, 2024-05-17T14:30, or, known less exactly, 2024-06, 2024 or 2024-06-06/2024-06-14."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Union

from .error import LawError
from .period import HOUR, Period

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*")
EXPECTED = "2024-06-06, 2024-05-17T14:30, 2024-06, 2024 or 2024-06-06/2024-06-14"

Start = Union[date, datetime]


def parse_start(text: str, period: Period) -> tuple[Start, Start]:
    """The first and the last start it can be, the same twice where it is exact. LawError: what is wrong with it.

    For hours a day is not exact: the event may be in any of its hours.
    """
    first, last = _parse(text.strip())
    if period.unit == HOUR and not isinstance(first, datetime):
        return datetime(first.year, first.month, first.day), datetime(last.year, last.month, last.day, 23)
    return first, last


def parse_day(text: str) -> date:
    """An exact day."""
    first, last = _parse(text.strip())
    if first != last or isinstance(first, datetime):
        raise LawError(f"found {text!r}; write a day as 2024-06-06")
    return first


def _parse(text: str) -> tuple[Start, Start]:
    try:
        if _MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(re.sub("[Zz]$", "+00:00", text))
            return moment, moment
        first_text, slash, last_text = text.partition("/")
        first, last = _days(first_text)
        end = _days(last_text)[1] if slash else last
    except ValueError:
        raise LawError(f"found {text!r}; write the start as {EXPECTED}") from None
    if end < last:
        raise LawError(f"the start {text!r} ends before it begins")
    return first, end


def _days(text: str) -> tuple[date, date]:
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
