"""SQL functions that count days as the law does. NULL in, NULL out; what cannot be reckoned is an error.

SQLite keeps the reason of an error to itself; `reckon_json` gives it.
"""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache, wraps
from typing import Any, Callable, Optional, Union

KEPT = 65_536
"""Answers that are kept: the same question is asked in every row."""


def register(connection: sqlite3.Connection) -> None:
    for count, function in ((3, last_day), (3, working_days), (2, is_working_day), (3, reckon_json)):
        connection.create_function(function.__name__, count, function, deterministic=True)


def of_texts(function: Callable[..., Any]) -> Callable[..., Any]:
    """NULL for NULL; anything but texts is a mistake. The same texts give the same answer, which is kept."""
    answers = lru_cache(KEPT)(function)

    @wraps(function)
    def asked(*texts: Optional[str]) -> Any:
        return None if None in texts else answers(*texts)

    return asked


@of_texts
def last_day(rule_or_period: str, start: str, calendar: str) -> str:
    """2024-09-06; an interval as 2024-09-02/2024-09-30 if the start is a month or a year."""
    found = _reckoned(rule_or_period, start, calendar)
    return str(found.last_day)


@of_texts
def working_days(after: str, to: str, calendar: str) -> int:
    """How many there are after the one day, up to and with the other: the first does not count, the last does."""
    from ..calendars import calendar as named
    from ..law import calendar as law
    from ..law.start import parse_day

    return law.working_days(parse_day(_text(after)), parse_day(_text(to)), named(_text(calendar)))


@of_texts
def is_working_day(day: str, calendar: str) -> int:
    from ..calendars import calendar as named
    from ..law.start import parse_day

    return int(named(_text(calendar)).is_working_day(parse_day(_text(day))))


@of_texts
def reckon_json(rule_or_period: str, start: str, calendar: str) -> str:
    """The last day with its working, or `{"error": …}`."""
    from ..law.error import LawError

    try:
        return json.dumps(_reckoned(rule_or_period, start, calendar).to_json(), ensure_ascii=False)
    except LawError as error:
        return json.dumps({"error": str(error)}, ensure_ascii=False)


def _reckoned(rule_or_period: str, start: str, calendar: str) -> Any:
    from ..calendars import calendar as named
    from ..law.ask import answer, question
    from ..time_limits import TIME_LIMITS

    return answer(question(_text(rule_or_period), TIME_LIMITS), _text(start), named(_text(calendar)))


def _text(value: Union[str, int, float, bytes]) -> str:
    from ..law.error import LawError

    if not isinstance(value, str):
        raise LawError(f"found {value!r}; write a text in quotes")
    return value
