"""The list of cases, each with a strip: a cell for each authority, by what it holds."""

from __future__ import annotations

from datetime import date
from typing import Optional

from ..query.cases import CaseListRows
from ..query.rows import Row, grouped
from .case import ASKED, GROUPS, LEAD, SPOKE
from .deadlines import CaseRef, Value
from .frozen import dataclass
from .parts import ActorRef
from .words import Words

NO_ANSWER, NOTHING_FOUND = "no-answer", "nothing-found"
"""What a cell without an answer is."""
ANNULLED = "annulled"
"""The state of a decision whose answer no longer counts as what stands today."""


@dataclass(frozen=True)
class Respondent:
    id: str
    name: str


@dataclass(frozen=True)
class Cell:
    """One authority in one case. `anchor`: its row on the page of the case. `holds`: its answer to the coloured question,
    else `no-answer`, or `nothing-found` where no public word or act of it is known; `rank`: the place of that among all it can
    hold. `state`: what became of the decision that gives the answer."""

    authority: ActorRef
    anchor: str
    group: str
    holds: str
    rank: int
    answer: Optional[str]
    label: Optional[str]
    state: Optional[str]
    state_label: Optional[str]
    nothing_found: bool
    status: Optional[str]
    status_label: Optional[str]
    phase: Optional[str]


@dataclass(frozen=True)
class Due:
    """A deadline to come. `days`: how many from today to its last day, null where that is not exact."""

    id: str
    anchor: str
    case: CaseRef
    kind: str
    kind_label: Optional[str]
    title: str
    last_day: Optional[str]
    last_day_precision: Optional[str]
    last_day_end: Optional[str]
    reckoned_day: Optional[str]
    reckoned_day_first: Optional[str]
    days: Optional[int]


@dataclass(frozen=True)
class Line:
    """One case. `title_language` is that of the title: English where there is no translation. `decided`: authorities with a
    decision that decides everything and was not annulled; `decided_in_part`: others with a decision of a part."""

    id: str
    title: str
    title_language: str
    regime: str
    regime_label: Optional[str]
    respondents: list[Respondent]
    topics: list[str]
    opened: Optional[str]
    opened_precision: Optional[str]
    opened_end: Optional[str]
    last_act: Optional[str]
    last_act_precision: Optional[str]
    last_act_end: Optional[str]
    checked: Optional[str]
    complaints: int
    authorities_asked: int
    decided: int
    decided_in_part: int
    nothing_found: int
    next_deadline: Optional[Due]
    strip: list[Cell]


@dataclass(frozen=True)
class Sign:
    """What the cells of a strip can be: an answer or `annulled` with its word, `no-answer` or `nothing-found` (without one)."""

    regime: str
    holds: str
    label: Optional[str]

    @property
    def look(self) -> str:
        """The class by which a stylesheet draws it."""
        return f"answer-{self.holds}" if self.label and self.holds != ANNULLED else self.holds


@dataclass(frozen=True)
class CasesPage:
    """`total`: how many cases there are in all, of which `cases` are a page. `deadlines`: the next three of all cases;
    `passed`: how many are over with nothing known. `signs`: what the strips of this page show, in order. `next` is the token of
    the next page, null on the last one."""

    as_of: str
    total: Optional[int]
    cases: list[Line]
    deadlines: list[Due]
    passed: int
    facets: dict[str, list[Value]]
    signs: list[Sign]
    next: Optional[str]
    released: Optional[str]


def build(found: CaseListRows, words: Words, language: str, size: Optional[int] = None) -> CasesPage:
    """A page of at most `size` cases (None: all). `found` may hold one more: then there is a next page."""
    lines = _Lines(found, words, language)
    shown = [lines.line(row) for row in found.cases[:size]]
    return CasesPage(
        found.day,
        found.total,
        shown,
        [lines.due(row) for row in found.whole.nearest],
        found.whole.passed,
        {name: facet(name, values, words) for name, values in found.counted.items()},
        signs(shown, words),
        shown[-1].id if len(shown) < len(found.cases) else None,
        found.whole.released,
    )


def facet(name: str, rows: list[Row], words: Words) -> list[Value]:
    """The values of a filter: those with an order of their own in it, others by their number."""
    values = [
        Value(row["value"], words.label(name, row["label"]) if name in ("regime", "phase") else row["label"], row["number"]) for row in rows
    ]
    if name == "authority":
        return sorted((Value(row["value"], f"{row['place']} {row['label']}".strip(), row["number"]) for row in rows), key=by_label)
    if name == "phase":
        order = {word.value: place for place, word in enumerate(words.all("phase"))}
        return sorted(values, key=lambda value: order.get(value.value, len(order)))
    if name == "year":
        return sorted(values, key=by_label, reverse=True)
    return values


def by_label(value: Value) -> str:
    return value.label or ""


def order_of(words: Words, regime: str) -> dict[str, int]:
    """What a cell can be → its place: answers from the strongest no to the strongest yes, those annulled, then those without one."""
    answers = [word.value for word in reversed(words.all(coloured(words, regime) or "", regime))]
    return {holds: place for place, holds in enumerate([*answers, ANNULLED, NO_ANSWER, NOTHING_FOUND])}


def coloured(words: Words, regime: str) -> Optional[str]:
    """The regime's question whose answers are drawn in colour."""
    return next((word.value for word in words.all("question", regime) if word.coloured), None)


def signs(lines: list[Line], words: Words) -> list[Sign]:
    found: dict[tuple[str, str], Sign] = {}
    for regime in dict.fromkeys(line.regime for line in lines):
        cells = [cell for line in lines if line.regime == regime for cell in line.strip]
        there = {cell.holds: cell.label for cell in cells}
        there |= {cell.state: cell.state_label for cell in cells if cell.state == ANNULLED}
        for holds in order_of(words, regime):
            if holds in there:
                found.setdefault((there[holds] or "", holds), Sign(regime, holds, there[holds]))
    return sorted(found.values(), key=lambda sign: sign.holds in (NO_ANSWER, NOTHING_FOUND))


def place(authority: ActorRef) -> tuple[bool, str, str, str]:
    """Where an authority stands among others: by country, those of none last."""
    return authority.country is None, authority.country or "", authority.region or "", authority.short_name or ""


class _Lines:
    """Looks up what belongs to a case."""

    def __init__(self, found: CaseListRows, words: Words, language: str) -> None:
        self.today, self.words, self.language = date.fromisoformat(found.day), words, language
        self.authorities = {
            row["id"]: ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"])
            for row in found.parts["authorities"]
        }
        self.parts = {name: grouped(part, "case_id") for name, part in found.parts.items() if name != "authorities"}
        self.next = {row["case_id"]: self.due(row) for row in reversed(found.due)}

    def of(self, part: str, case: str) -> list[Row]:
        return self.parts[part].get(case, [])

    def line(self, row: Row) -> Line:
        case = row["id"]
        decided, strip = self.of("decided", case), self.of("strip", case)
        return Line(
            case, row["translated"] or row["title"], self.language if row["translated"] else "en", row["regime"],
            self.words.label("regime", row["regime"]), [Respondent(one["id"], one["name"]) for one in self.of("respondents", case)],
            [one["topic"] for one in self.of("topics", case)], row["opened"], row["opened_precision"], row["opened_end"], row["last_act"],
            row["last_act_precision"], row["last_act_end"], row["checked"], row["total_complaints"], sum(one["asked"] for one in strip),
            sum(bool(one["whole"]) for one in decided), sum(not one["whole"] for one in decided), sum(one["nothing_found"] for one in strip),
            self.next.get(case), self.strip(strip, row["regime"]),
        )  # fmt: skip

    def strip(self, rows: list[Row], regime: str) -> list[Cell]:
        """The cells by group, in each by what they hold; then by country, those of none last."""
        order = order_of(self.words, regime)
        return sorted(
            (self.cell(row, order) for row in rows), key=lambda cell: (GROUPS.index(cell.group), cell.rank, place(cell.authority))
        )

    def cell(self, row: Row, order: dict[str, int]) -> Cell:
        label = self.words.label
        holds = row["answer"] or (NOTHING_FOUND if row["nothing_found"] else NO_ANSWER)
        return Cell(
            self.authorities.get(row["authority_id"]) or ActorRef(None, None, None, None, row["country"], None),
            f"authority-{row['authority_id'] or 'unknown-' + (row['country'] or '').lower()}",
            LEAD if row["leads"] else ASKED if row["asked"] else SPOKE, holds,
            order.get(ANNULLED if row["state"] == ANNULLED else holds, len(order)),
            row["answer"], label(row["question"] or "", row["answer"]), row["state"], label("decision_state", row["state"]),
            bool(row["nothing_found"]), row["status"], label("status", row["status"]), row["phase"],
        )  # fmt: skip

    def due(self, row: Row) -> Due:
        exact = row["last_day_precision"] == "day" if row["last_day"] else not row["reckoned_day_first"]
        return Due(
            row["id"], row["id"].partition("/")[2],
            CaseRef(row["case_id"], row["case_translated"] or row["case_title"], self.language if row["case_translated"] else "en"),
            row["kind"], self.words.label("deadline_kind", row["kind"]), row["title"], row["last_day"], row["last_day_precision"],
            row["last_day_end"], row["reckoned_day"], row["reckoned_day_first"],
            (date.fromisoformat(row["day_end"]) - self.today).days if exact else None,
        )  # fmt: skip
