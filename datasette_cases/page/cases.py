"""The list of cases."""

from __future__ import annotations

import json
from typing import Optional

from ..query.rows import Row
from .frozen import dataclass
from .words import Words


@dataclass(frozen=True)
class Respondent:
    id: str
    name: str


@dataclass(frozen=True)
class Line:
    """One case. `title_language` is that of the title: English where there is no translation."""

    id: str
    title: str
    title_language: str
    regime: str
    regime_label: Optional[str]
    respondents: list[Respondent]
    opened: Optional[str]
    opened_precision: Optional[str]
    opened_end: Optional[str]
    last_act: Optional[str]
    last_act_precision: Optional[str]
    last_act_end: Optional[str]
    checked: Optional[str]
    complaints: int
    authorities_asked: int
    nothing_found: int


@dataclass(frozen=True)
class CasesPage:
    """`next` is the token of the next page, null on the last one."""

    cases: list[Line]
    next: Optional[str]


def build(rows: list[Row], words: Words, language: str, size: int) -> CasesPage:
    """A page of at most `size` cases. `rows` may hold one more: then there is a next page."""
    lines = [
        Line(
            row["id"],
            row["translated"] or row["title"],
            language if row["translated"] else "en",
            row["regime"],
            words.label("regime", row["regime"]),
            [Respondent(**one) for one in json.loads(row["respondents"])],
            row["opened"],
            row["opened_precision"],
            row["opened_end"],
            row["last_act"],
            row["last_act_precision"],
            row["last_act_end"],
            row["checked"],
            row["total_complaints"],
            row["asked"],
            row["nothing_found"],
        )  # fmt: skip
        for row in rows[:size]
    ]
    return CasesPage(lines, lines[-1].id if len(rows) > size else None)
