"""What an authority is in a case: as an editor wrote it, and as follows from complaints and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Mapping

from ..vocabulary import Regime
from .case import Case
from .interval import Interval
from .stance import in_order, said_by
from .status import moves_of


@dataclass(frozen=True)
class Role(Interval):
    authority: str
    role: str


def roles_of(case: Case, regime: Regime, kinds: Mapping[str, str]) -> list[Role]:
    """All roles of a case. `kinds`: actor id → kind, for every authority and board.

    `receiving` since the first complaint lodged with it; `board` for a body of authorities since its first word or act;
    `spoke-only` for an authority since its first word, up to the day it has another role or a procedure of its own. A
    role whose uncertain days leave none on which it was held for certain is none.
    """
    written = [Role(held.since.last, held.until.last if held.until else None, held.authority, held.role) for held in case.roles or ()]
    roles = [role for role in written if role.until is None or role.since < role.until]
    received: dict[str, date] = {}
    for complaint in case.complaints or ():
        if complaint.authority:
            received[complaint.authority] = min(complaint.filed.last, received.get(complaint.authority, date.max))
    roles += [Role(day, None, authority, "receiving") for authority, day in received.items()]

    first_word: dict[str, date] = {}
    for entry in in_order(case.entries):
        for actor in said_by(entry):
            if actor in kinds:
                first_word.setdefault(actor, entry.date.last)
    others: dict[str, date] = {}
    for role in roles:
        others[role.authority] = min(role.since, others.get(role.authority, date.max))
    for place, moves in moves_of(case, regime, frozenset(kinds)).items():
        if place.authority:
            others[place.authority] = min(*(move.day for move in moves), others.get(place.authority, date.max))
    for actor, day in first_word.items():
        if kinds[actor] == "board":
            roles.append(Role(day, None, actor, "board"))
        elif day < others.get(actor, date.max):
            roles.append(Role(day, others.get(actor), actor, "spoke-only"))
    return roles
