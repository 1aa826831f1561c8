"""Where a proceeding stands: moved by events, each value per complaint and strand.

A proceeding's own status (complaint None) is moved by acts of which nobody knows which complaints they are about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Iterable, Optional

from ..vocabulary import Regime
from .case import Case, Complaint, Entry
from .interval import Interval
from .stance import in_order, said_by


@dataclass(frozen=True)
class Place:
    """What has a status: an authority's proceeding on one complaint, or on the matter as such. The authority is None,
    and the country given, where it is not known with whom the complaint was lodged."""

    authority: Optional[str]
    country: Optional[str]
    complaint: Optional[str]
    strand: Optional[str]


@dataclass(frozen=True)
class Move:
    """A status reached on a day; by which entry, None: by the filing itself."""

    day: date
    status: str
    entry: Optional[str]


@dataclass(frozen=True)
class Status(Interval):
    status: str
    entry: Optional[str]


def follow(moves: Iterable[Move]) -> list[Status]:
    """The intervals from moves in order of day, then file order; what did not last for a day leaves no trace.

    A status reached again while it holds changes nothing, nor does a filing once something else has moved it.
    """
    reached: list[Move] = []
    for move in sorted(moves, key=lambda move: move.day):
        if reached and move.entry is None:
            continue
        if reached and move.day == reached[-1].day and move.status != reached[-1].status:
            reached.pop()
        if not reached or move.status != reached[-1].status:
            reached.append(move)
    following = [*(move.day for move in reached[1:]), None]
    return [Status(move.day, until, move.status, move.entry) for move, until in zip(reached, following, strict=True)]


def status_set(entry: Entry, regime: Regime) -> Optional[str]:
    """The status an entry gives: as written; `decided` for a decision of a whole matter."""
    if entry.act == "decision" and not entry.scope:
        return entry.status or regime.decided
    return entry.status


def moved_by(entry: Entry) -> list[str]:
    """Whose procedures an entry's status moves: of those it affects or whoever acts; one that is not written but
    follows from a decision, of whoever decides."""
    return entry.affects if entry.status and entry.affects else said_by(entry)


def moves_of(case: Case, regime: Regime, authorities: frozenset[str]) -> dict[Place, list[Move]]:
    """All moves of a case by place. `authorities`: the ids that are authorities."""
    complaints = {complaint.id: complaint for complaint in case.complaints or ()}
    moves: dict[Place, list[Move]] = {}
    for complaint in complaints.values():
        place = Place(complaint.authority, None if complaint.authority else complaint.country, complaint.id, complaint.strand)
        moves.setdefault(place, []).append(Move(complaint.filed.last, regime.lodged, None))
    for entry in in_order(case.entries):
        status = status_set(entry, regime)
        if status is None:
            continue
        moved = [actor for actor in moved_by(entry) if actor in authorities]
        for authority in moved:
            for about in _about(entry, authority, moved, complaints):
                place = Place(authority, None, about.id if about else None, entry.strand or (about.strand if about else None))
                moves.setdefault(place, []).append(Move(entry.date.last, status, entry.id))
    return moves


def _about(entry: Entry, authority: str, moved: list[str], complaints: dict[str, Complaint]) -> list[Optional[Complaint]]:
    """Which complaints of an authority an entry is about; [None] where that is unknown or it has none of them.

    Of several who act together each has its own complaints; one that none of them received or handles is everybody's.
    """
    if isinstance(entry.complaints, str):
        return [c for c in complaints.values() if c.authority == authority and means(entry, c)] or [None]
    named = [complaints[complaint_id] for complaint_id in entry.complaints or ()]
    return [c for c in named if authority in _holders(c) or _holders(c).isdisjoint(moved)] or [None]


def means(entry: Entry, complaint: Complaint) -> bool:
    """Whether an entry's `all` can mean a complaint of whoever acts: lodged by then, and not in another strand."""
    return complaint.filed.first <= entry.date.last and (entry.strand is None or complaint.strand in (None, entry.strand))


def _holders(complaint: Complaint) -> set[Optional[str]]:
    """The authorities that received or handle a complaint."""
    return {complaint.authority, complaint.handled_by.authority if complaint.handled_by else None}


def statuses_of(case: Case, regime: Regime, authorities: frozenset[str]) -> list[tuple[Place, Status]]:
    """All statuses of a case, in order of place."""
    return [(place, status) for place, moves in moves_of(case, regime, authorities).items() for status in follow(moves)]
