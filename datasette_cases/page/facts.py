"""Numbers that a page states, with the SQL that yields them."""

from __future__ import annotations

from typing import Optional

from ..query.facts import of_those_asked
from .frozen import dataclass
from .parts import Moment


@dataclass(frozen=True)
class Fact:
    fact: str
    number: int
    sql: str


@dataclass(frozen=True)
class NothingFound:
    """Of how many of the authorities asked nothing public is known, as of which day. `searched`: a search on that day says so."""

    number: int
    asked: int
    day: str
    searched: bool
    sql: str


def nothing_found(
    facts: list[Fact], case: str, as_of: str, complete: bool, unnamed: bool, checked: Optional[str], last_act: Optional[Moment]
) -> Optional[NothingFound]:
    """The numbers of the one sentence that is copied from the page; None where there is nothing true to say in it: where no
    authority was asked, or where something is known of all that are named and one was asked that is not (`unnamed`).

    Its day is the most that is true. A search speaks for its own day and not for the days after it: where nothing recorded
    is later than the latest search, the numbers hold on that day, and it is the day. Where something later is recorded,
    up to `as_of` or after it, no one search stands for the numbers: then the day is `as_of`, and "nothing was found"
    becomes "nothing is known".
    """
    numbers = {fact.fact: fact.number for fact in facts}
    if not numbers["asked"] or (unnamed and not numbers["nothing_found"]):
        return None
    searched = bool(complete and checked and last_act and last_act.date_end <= checked)
    day = checked if searched and checked else as_of
    return NothingFound(numbers["nothing_found"], numbers["asked"], day, searched, of_those_asked(case, as_of))
