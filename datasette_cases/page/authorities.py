"""All authorities: a list, and a map of their countries."""

from __future__ import annotations

from typing import Optional

from ..query.authorities import AuthoritiesRows
from ..query.rows import Row, grouped
from .deadlines import CaseRef
from .frozen import dataclass
from .parts import ActorRef, Question, Stance
from .stances import by_question
from .words import Words

BY = STANCE, PHASE = "stance", "phase"
"""By what the map is coloured."""


@dataclass(frozen=True)
class Moved:
    """Where a proceeding stands; `case`: in which."""

    case: CaseRef
    status: str
    label: Optional[str]
    phase: str
    phase_label: Optional[str]
    since: str


@dataclass(frozen=True)
class Line:
    """One authority. `latitude`, `longitude`: of its seat. `cases`: in how many it has a proceeding. In a chosen case: whether it has one there (`concerned`), its
    `stance` on the question that has colours, its `status`, and whether it was asked and nothing was found. In no case:
    `status` is that of the proceeding that moved last."""

    authority: ActorRef
    name_native: str
    native_language: str
    level: str
    level_label: Optional[str]
    latitude: Optional[float]
    longitude: Optional[float]
    cases: int
    concerned: bool
    stance: Optional[Stance]
    status: Optional[Moved]
    nothing_found: bool
    days_asked: Optional[int]

    def shown(self, by: str) -> Optional[tuple[str, str]]:
        """What the map shows of it, as a word and its label. A decision that was annulled is no longer what stands."""
        if by == PHASE:
            return (self.status.phase, self.status.phase_label or "") if self.status else None
        annulled = self.stance and self.stance.decision_state and self.stance.decision_state.state == "annulled"
        return (self.stance.answer, self.stance.label or "") if self.stance and not annulled else None


@dataclass(frozen=True)
class Country:
    """A country with the ids of its authorities. `holds`: what the map shows of them, each word once; several authorities may
    hold several things, and nothing is made of them."""

    country: Optional[str]
    authorities: list[str]
    holds: list[str]
    concerned: bool
    nothing_found: bool


@dataclass(frozen=True)
class Held:
    """What the map shows of at least one authority: an answer or a phase."""

    value: str
    label: Optional[str]


@dataclass(frozen=True)
class AuthoritiesPage:
    """`case`: the chosen one. `by`: what the map shows, `stance` or `phase`; `question`: whose answers a stance is. `holds`: what
    is shown of any authority, in the order of the vocabulary."""

    as_of: str
    case: Optional[CaseRef]
    checked: Optional[str]
    by: str
    question: Optional[Question]
    authorities: list[Line]
    countries: list[Country]
    holds: list[Held]
    cases: list[CaseRef]
    released: Optional[str]

    def lines(self, country: Country) -> list[Line]:
        """The authorities of a country."""
        return [line for line in self.authorities if line.authority.id in country.authorities]


def build(rows: AuthoritiesRows, words: Words, language: str, by: Optional[str] = None) -> AuthoritiesPage:
    """`by`: None for the stance where a case is chosen whose regime has a question with colours, else the phase."""
    question = coloured(rows.case["regime"], words) if rows.case else None
    by = by or (STANCE if question else PHASE)
    standing = {row["authority_id"]: row for row in rows.standing}
    stances = grouped(rows.stances, "actor_id")
    chosen = case_ref(rows.case, language) if rows.case else None
    lines = []
    for row in rows.authorities:
        stands = standing.get(row["id"])
        answers = by_question(stances.get(row["id"], ()), words)
        lines.append(
            Line(
                ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"]),
                row["name_native"],
                row["native_language"],
                row["level"],
                words.label("level", row["level"]),
                row["latitude"],
                row["longitude"],
                row["cases"],
                bool(rows.case and stands),
                answers.get(question.id) if question else None,
                moved(stands, chosen, words, language) if stands else None,
                bool(rows.case and stands and stands["nothing_found"]),
                stands["days_asked"] if rows.case and stands else None,
            )  # fmt: skip
        )
    countries = [
        Country(
            country, [str(line.authority.id) for line in found], list(dict.fromkeys(word[0] for line in found if (word := line.shown(by)))),
            any(line.concerned for line in found), any(line.nothing_found for line in found),
        )
        for country, found in by_country(lines).items()
    ]  # fmt: skip
    held = {word for country in countries for word in country.holds}
    order = words.all("phase") if by == PHASE else words.all(question.id, rows.case["regime"]) if question and rows.case else []
    known = [case_ref(row, language) for row in rows.cases]
    if chosen and chosen.id not in [case.id for case in known]:
        known.append(chosen)
    return AuthoritiesPage(
        rows.day, chosen, rows.case["checked"] if rows.case else None, by, question, lines, countries,
        [Held(word.value, word.label) for word in order if word.value in held], known, rows.released,
    )  # fmt: skip


def coloured(regime: str, words: Words) -> Optional[Question]:
    """The question of a regime whose answers have colours."""
    found = next((word for word in words.all("question", regime) if word.coloured), None)
    return Question(found.value, found.label, words.label("question_short", found.value), True) if found else None


def by_country(lines: list[Line]) -> dict[Optional[str], list[Line]]:
    found: dict[Optional[str], list[Line]] = {}
    for line in lines:
        found.setdefault(line.authority.country, []).append(line)
    return found


def moved(row: Row, case: Optional[CaseRef], words: Words, language: str) -> Optional[Moved]:
    if not row["status"]:
        return None
    return Moved(
        case or CaseRef(row["case_id"], row["translated"] or row["title"], language if row["translated"] else "en"), row["status"],
        words.label("status", row["status"]), row["phase"], words.label("phase", row["phase"]), row["status_since"],
    )  # fmt: skip


def case_ref(row: Row, language: str) -> CaseRef:
    return CaseRef(row["id"], row["translated"] or row["title"], language if row["translated"] else "en")
