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
    """The intervals from moves in order of day, then file order. A status reached again while it holds changes nothing."""
    statuses: list[Status] = []
    current: Optional[Move] = None
    for move in sorted(moves, key=lambda move: move.day):
        if current and move.status == current.status:
            continue
        if current and current.day < move.day:
            statuses.append(Status(current.day, move.day, current.status, current.entry))
        current = move
    if current:
        statuses.append(Status(current.day, None, current.status, current.entry))
    return statuses


def status_set(entry: Entry, regime: Regime) -> Optional[str]:
    """The status an entry gives: as written; `decided` for a decision of a whole matter."""
    if entry.status:
        return entry.status
    if entry.act == "decision" and not entry.scope:
        return regime.decided
    return None


def moves_of(case: Case, regime: Regime, authorities: frozenset[str]) -> dict[Place, list[Move]]:
    """All moves of a case by place. `authorities`: the ids that are authorities."""
    complaints = {complaint.id: complaint for complaint in case.complaints or ()}
    moves: dict[Place, list[Move]] = {}
    for complaint in complaints.values():
        place = Place(complaint.authority, None if complaint.authority else complaint.country, complaint.id, complaint.strand)
        moves.setdefault(place, []).append(Move(complaint.filed.last, regime.lodged, None))
    for entry in in_order(case.entries):
        status = status_set(entry, regime)
        for authority in entry.affects or said_by(entry) if status else ():
            if status and authority in authorities:
                for complaint_id in _about(entry, authority, complaints):
                    place = Place(authority, None, complaint_id, entry.strand or _strand(complaints.get(complaint_id or "")))
                    moves.setdefault(place, []).append(Move(entry.date.last, status, entry.id))
    return moves


def _about(entry: Entry, authority: str, complaints: dict[str, Complaint]) -> list[Optional[str]]:
    """Which complaints of the authority an entry is about; [None] where that is unknown."""
    if entry.complaints is None:
        return [None]
    if isinstance(entry.complaints, str):
        return [
            complaint.id
            for complaint in complaints.values()
            if complaint.authority == authority and complaint.strand == entry.strand and complaint.filed.first <= entry.date.last
        ] or [None]
    return list(entry.complaints)


def _strand(complaint: Optional[Complaint]) -> Optional[str]:
    return complaint.strand if complaint else None


def statuses_of(case: Case, regime: Regime, authorities: frozenset[str]) -> list[tuple[Place, Status]]:
    """All statuses of a case, in order of place."""
    return [(place, status) for place, moves in moves_of(case, regime, authorities).items() for status in follow(moves)]
