"""For editors: what may be looked at again, by case and reason."""

from __future__ import annotations

from typing import Mapping, Optional

from ..query.follow_up import FollowUpRows, Token
from ..query.rows import Row
from .deadlines import CaseRef, Value
from .frozen import dataclass
from .parts import ActorRef
from .words import Words


@dataclass(frozen=True)
class Reason:
    """Why something is on the list, and how much is beside the other filter."""

    value: str
    label: Optional[str]
    meaning: Optional[str]
    number: int


@dataclass(frozen=True)
class Line:
    """One thing to look at. `anchor` is its place on the page of its case, if it has one; `actor` is set for an authority, `country` where
    only that is known, `url` for a source, `status` for a status; `what` is a summary, a title or an address. `since`: the day it
    goes back to; `from_day`: since when it is on this list, null: at once."""

    reason: str
    item: str
    anchor: Optional[str]
    since: Optional[str]
    from_day: Optional[str]
    what: str
    actor: Optional[ActorRef]
    country: Optional[str]
    status: Optional[str]
    status_label: Optional[str]
    url: Optional[str]
    case: CaseRef


@dataclass(frozen=True)
class FollowUpPage:
    """`total`: all there is on that day, whatever the filters. `next` is the token of the next page, null on the last one."""

    as_of: str
    total: int
    reasons: list[Reason]
    cases: list[Value]
    items: list[Line]
    next: Optional[str]
    released: Optional[str]


def build(found: FollowUpRows, words: Words, language: str, filters: Mapping[str, str], size: Optional[int] = None) -> FollowUpPage:
    """A page of at most `size` things (None: all). `found` may hold one more: then there is a next page."""
    actors = {
        row["id"]: ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"]) for row in found.actors
    }
    cases = {
        row["id"]: CaseRef(row["id"], row["translated"] or row["title"], language if row["translated"] else "en") for row in found.cases
    }
    shown = found.items[:size]
    last = shown[-1] if len(shown) < len(found.items) else None
    return FollowUpPage(
        found.day,
        found.total,
        [
            Reason(word.value, word.label, word.meaning, number)
            for word in words.all("reason")
            if (number := found.reasons.get(word.value, 0)) or word.value == filters.get("reason")
        ],
        [Value(case, cases[case].title, number) for case, number in found.counted.items()],
        [line(row, cases[row["case_id"]], actors, words) for row in shown],
        str(Token(last["case_id"], last["reason"], last["item"])) if last else None,
        found.released,
    )


ABOUT_AUTHORITIES = ("nothing-found", "status-unchanged")
"""Reasons whose item is an authority, or the country of an unknown one."""


def line(row: Row, case: CaseRef, actors: Mapping[str, ActorRef], words: Words) -> Line:
    reason, item = row["reason"], row["item"]
    inside = item.startswith(f"{case.id}/")
    actor = actors.get(item) if reason in ABOUT_AUTHORITIES else None
    status = row["what"] if reason == "status-unchanged" else None
    return Line(
        reason=reason, item=item, anchor=item.partition("/")[2] if inside else None, since=row["since"], from_day=row["from_day"],
        what=row["what"], actor=actor, country=item if reason in ABOUT_AUTHORITIES and not actor else None, status=status,
        status_label=words.label("status", status), url=row["what"] if reason == "not-archived" else None, case=case,
    )  # fmt: skip
