"""Lengths of time as statutes write them: three months, 72 hours, ten working days."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .error import LawError, unknown

HOUR, DAY, WORKING_DAY, WEEK, MONTH, YEAR = UNITS = ("hour", "day", "working-day", "week", "month", "year")

_FORM = re.compile(r"([+-]?[0-9][0-9.,]*)\s*(.*)", re.DOTALL)
EXAMPLES = "3 weeks, 1 month, 2 working days or 72 hours"


@dataclass(frozen=True)
class Period:
    """A number of units, one of `UNITS`. At least one."""

    count: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"{self.unit!r} is no unit; known are {', '.join(UNITS)}")
        if self.count < 1:
            raise ValueError(f"a period has at least one {self.unit}, found {self.count}")

    def __str__(self) -> str:
        return f"{self.count} {self.unit.replace('-', ' ')}{'' if self.count == 1 else 's'}"


def looks_like_period(text: str) -> bool:
    """It begins with a number; names of rules do not."""
    return _FORM.fullmatch(text.strip()) is not None


def parse(text: str) -> Period:
    """Read "3 weeks", "1 month", "2 working days". LawError: what is wrong with it."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        raise LawError(f"{text!r} is no period; write one as {EXAMPLES}")
    number, word = match[1], "-".join(match[2].lower().replace("-", " ").split())
    if not number.lstrip("+").isdecimal():
        raise LawError(f"a period has a whole number of units, at least one; found {number!r}")
    unit = word if word in UNITS else word.removesuffix("s")
    if unit not in UNITS:
        raise unknown("unit", match[2], (f"{unit.replace('-', ' ')}s" for unit in UNITS))
    try:
        return Period(int(number), unit)
    except ValueError as error:
        raise LawError(str(error)) from None
