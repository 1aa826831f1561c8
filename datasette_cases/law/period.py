"""Lengths of time as statutes write them: three months, 72 hours, ten working days."""

from __future__ import annotations

from dataclasses import dataclass

HOUR, DAY, WORKING_DAY, WEEK, MONTH, YEAR = UNITS = ("hour", "day", "working-day", "week", "month", "year")


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
