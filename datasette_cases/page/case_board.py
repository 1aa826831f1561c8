"""Cases beside each other: a row for each authority, a column for each case of a page of the list."""

from __future__ import annotations

from typing import Optional

from .cases import CasesPage, Cell, Line, place
from .frozen import dataclass
from .parts import ActorRef

FEW = 3
"""Up to so many cases, an authority in one of them has a row; else it takes two."""


@dataclass(frozen=True)
class Row:
    """`cells`: one for each case, null where the authority has no part in it."""

    authority: ActorRef
    cells: list[Optional[Cell]]


@dataclass(frozen=True)
class CaseBoard:
    """`left_out`: how many authorities are in fewer cases than it takes; `most`: in how many one is at most."""

    cases: list[Line]
    rows: list[Row]
    left_out: int
    most: int


def least(page: CasesPage) -> int:
    """In how many cases an authority has to be, where nobody asks otherwise."""
    return 1 if len(page.cases) <= FEW else 2


def build(page: CasesPage, least: int) -> CaseBoard:
    """Rows in order of country; what belongs to none comes last."""
    found: dict[tuple[Optional[str], Optional[str]], Row] = {}
    for column, case in enumerate(page.cases):
        for cell in case.strip:
            authority = cell.authority
            key = (authority.id, None if authority.id else authority.country)
            row = found.setdefault(key, Row(authority, [None] * len(page.cases)))
            row.cells[column] = cell
    counted = [(row, sum(cell is not None for cell in row.cells)) for row in found.values()]
    rows = [row for row, number in counted if number >= least]
    return CaseBoard(
        page.cases,
        sorted(rows, key=lambda row: place(row.authority)),
        len(found) - len(rows),
        max((number for _, number in counted), default=0),
    )
