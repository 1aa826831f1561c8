"""A time limit as a statute sets it. The numbers are data; how they are counted is `law/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from .period import Period

FORWARD, BACKWARD = "forward", "backward"
R1182, COURTS, NATIONAL = "R1182", "CJEU-RP", "national"
"""By whose rules it is counted: Regulation 1182/71, the procedural rules of the EU courts, a state's own."""

CONFIDENCE = ("text-read", "known", "disputed", "second-hand")
"""How a rule was checked: only `text-read` may be shown without a word on it."""


@dataclass(frozen=True)
class Extension:
    """A longer period, reckoned from the same start: two more months make three from the start, rolled once at the end."""

    by: Period
    condition: str


@dataclass(frozen=True)
class Example:
    """A worked example, reckoned by hand from the text. `calendar` is a key of `calendars/`; `none` knows weekends only."""

    start: str
    calendar: str
    last_day: str
    why: str
    extended: bool = False


@dataclass(frozen=True)
class TimeLimit:
    """One time limit. `period` is null where the text has no number, or another act sets the date: then nothing is reckoned.

    `who` has to act towards `addressee`; `starts_with` is the event that the period is reckoned from; `on_expiry` is what
    it means that the last day is over. `calendar_of`: `actor` (the state of who must act) or `institution`.
    `applies_from`, `applies_to`: ISO days, both within; `applies_note`: to which cases.
    """

    id: str
    act: str
    provision: str
    who: str
    addressee: Optional[str]
    starts_with: str
    period: Optional[Period]
    on_expiry: str
    effect: str
    applies_from: str
    confidence: str
    summary: str
    sources: tuple[str, ...]
    kind: str = "max"
    direction: str = FORWARD
    extension: Optional[Extension] = None
    suspension: Optional[str] = None
    counting: str = R1182
    calendar_of: str = "actor"
    applies_note: Optional[str] = None
    applies_to: Optional[str] = None
    note: Optional[str] = None
    example: Optional[Example] = None
