"""Dates that never move: those an act or an authority names, and the end of what is in force for a time. Art. 4 and 5 of Regulation 1182/71.

Art. 4: entry into force, effect and application begin with the first hour of their day, validity ends with the last hour of its day.
Art. 5: what may or must be done on a date may be done in all hours of that date.
For both, Art. 3(4) and (5) do not apply: no move to a working day, no two working days at least. "By 30 June" is a date, also on a Sunday.
"""

from __future__ import annotations

from datetime import date

from .calendar import WEEKENDS
from .count import nominal
from .error import LawError
from .period import HOUR, Period
from .result import Reckoned, Step, end_of
from .said import article, long


def fixed(day: date) -> Reckoned:
    """A deadline that was given as a date."""
    return Reckoned(day, end_of(day), [Step(day, f"{long(day)} is a date, not a period: it is not moved.", article("5"))])


def validity(start: date, period: Period) -> Reckoned:
    """The last day of what is in force for a period, as a provisional measure for three months."""
    if period.unit == HOUR:
        raise LawError("the validity of an act is not reckoned in hours")
    last = nominal(start, (period,), WEEKENDS)
    return Reckoned(
        last,
        end_of(last),
        [
            Step(start, f"It takes effect on {long(start)}. That day does not count.", article("3(1)")),
            Step(last, f"{period} on: {long(last)}.", article("3(2)")),
            Step(last, "The end of validity is not moved to a working day. It comes with the last hour of the day.", article("4(3)")),
        ],
    )


def valid_until(day: date) -> Reckoned:
    """The end of validity that was given as a date."""
    text = f"Validity ends with the last hour of {long(day)}; it is not moved to a working day."
    return Reckoned(day, end_of(day), [Step(day, text, article("4(3)"))])
