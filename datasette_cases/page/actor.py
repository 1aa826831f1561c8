"""One authority, or anybody else in the cases: what they are, where they stand, what they said, what is due, and their record."""

from __future__ import annotations

import json
from typing import Optional

from ..query.actor import ActorRows
from ..query.rows import Row, grouped
from . import deadlines as deadlines_page
from .authorities import Moved, case_ref, moved
from .case import OWN_WORDS, LastWord
from .deadlines import GROUPS, CaseRef, Line
from .frozen import dataclass
from .parts import ActorRef, Answer, Citation, Question, Stance
from .stances import anchor, by_question
from .words import Words, load

ENOUGH = 5
"""In fewer cases than this a median says nothing of an authority."""


@dataclass(frozen=True)
class Name:
    language: str
    name: str


@dataclass(frozen=True)
class FormerName:
    name: str
    until: Optional[str]


@dataclass(frozen=True)
class About:
    """What an authority is."""

    names: list[Name]
    former_names: list[FormerName]
    level: str
    level_label: Optional[str]
    edpb_member: bool
    languages: list[str]
    seat: Optional[str]


@dataclass(frozen=True)
class Role:
    """What somebody is in a case: a word of `role`, or of a party one of `party_role`."""

    role: str
    label: Optional[str]


@dataclass(frozen=True)
class InCase:
    """One case. `stance`: by question of the case's regime. `status` is null for whoever has no proceeding in it."""

    case: CaseRef
    checked: Optional[str]
    questions: list[Question]
    roles: list[Role]
    stance: dict[str, Optional[Stance]]
    status: Optional[Moved]
    complaints_open: int
    complaints_closed: int
    nothing_found: bool
    days_asked: Optional[int]
    last_word: Optional[LastWord]


@dataclass(frozen=True)
class Said:
    """Words, in the case they belong to; `anchor` is their place on its page."""

    id: str
    anchor: str
    case: CaseRef
    date: str
    date_precision: str
    date_end: str
    summary: str
    form: str
    form_label: Optional[str]
    quote: Optional[str]
    language: Optional[str]
    translation: Optional[str]
    translator: Optional[str]
    subject: Optional[str]
    subject_title: Optional[str]
    answers: list[Answer]
    sources: list[Citation]


@dataclass(frozen=True)
class Record:
    """`n`: in how many of its cases it is known to have spoken or acted in public since the first complaint; `nothing_yet`: in how
    many not. The days from the one to the other are null where `n` is less than `enough`. `sql` yields all the numbers."""

    cases: int
    complaints: int
    complaints_open: int
    n: int
    nothing_yet: int
    enough: int
    median_days: Optional[float]
    shortest_days: Optional[int]
    longest_days: Optional[int]
    sql: str


@dataclass(frozen=True)
class ActorPage:
    """`about` and `record` are null for whoever is no authority; `record` also where no complaint was lodged. `deadlines` are the
    first of all that `groups` counts, `words` the latest of `words_total`. `next` is the token of the next page of cases."""

    actor: ActorRef
    kind_label: Optional[str]
    name_native: Optional[str]
    native_language: Optional[str]
    website: Optional[str]
    note: Optional[str]
    about: Optional[About]
    as_of: str
    cases: list[InCase]
    cases_total: int
    next: Optional[str]
    words: list[Said]
    words_total: int
    deadlines: list[Line]
    groups: dict[str, int]
    record: Optional[Record]
    released: Optional[str]


def build(rows: ActorRows, words: Words, language: str, size: int) -> ActorPage:
    """`rows` may hold one case more than `size`: then there is a next page."""
    return _Builder(rows, words, language).page(size)


class _Builder:
    def __init__(self, rows: ActorRows, words: Words, language: str) -> None:
        self.rows, self.words, self.language = rows, words, language
        self.standing = {row["case_id"]: row for row in rows.standing}
        self.stances = grouped(rows.stances, "case_id")
        self.roles, self.parties = (grouped(rows.parts[part], "case_id") for part in ("roles", "parties"))
        self.said, self.done = (grouped(rows.parts[part], "case_id") for part in ("said", "done"))
        self.events = {row["id"]: row for row in rows.parts["done"]}
        self.speaks_officially = rows.actor["kind"] in ("authority", "board", "court")
        self.sources = grouped(rows.sources, "item_id")
        self.answers = grouped(rows.answers, "statement_id")

    def page(self, size: int) -> ActorPage:
        row, label, cases = self.rows.actor, self.words.label, self.rows.cases
        return ActorPage(
            ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"]), label("actor_kind", row["kind"]),
            row["name_native"], native_language(row), row["website"], row["note"], self.about() if row["authority"] else None,
            self.rows.day, [self.case(one) for one in cases[:size]], cases[0]["total"] if cases else 0,
            cases[size - 1]["id"] if len(cases) > size else None, [self.word(one) for one in self.rows.words],
            self.rows.words[0]["total"] if self.rows.words else 0,
            deadlines_page.build(self.rows.deadlines, self.words, self.language).deadlines,
            {group: self.rows.groups.get(group, 0) for group in GROUPS}, record(self.rows.record), self.rows.released,
        )  # fmt: skip

    def about(self) -> About:
        row = self.rows.actor
        return About(
            [Name(one["language"], one["name"]) for one in load(row["names"])],
            [FormerName(one["name"], one.get("until")) for one in load(row["former_names"])], row["level"],
            self.words.label("level", row["level"]), bool(row["edpb_member"]), load(row["languages"]), row["seat"],
        )  # fmt: skip

    def case(self, row: Row) -> InCase:
        case, stands = case_ref(row, self.language), self.standing.get(row["id"])
        questions = [
            Question(word.value, word.label, self.words.label("question_short", word.value), word.coloured)
            for word in self.words.all("question", row["regime"])
        ]
        held = by_question(self.stances.get(row["id"], ()), self.words)
        roles = [Role(one["role"], self.words.label("role", one["role"])) for one in self.roles.get(row["id"], ())]
        roles += [Role(one["role"], self.words.label("party_role", one["role"])) for one in self.parties.get(row["id"], ())]
        return InCase(
            case, row["checked"], questions, roles,
            {question.id: held.get(question.id) for question in questions},
            moved(stands, case, self.words, self.language) if stands else None,
            stands["complaints_open"] if stands else 0, stands["complaints_closed"] if stands else 0,
            bool(stands and stands["nothing_found"]), stands["days_asked"] if stands else None, self.last_word(row["id"]),
        )  # fmt: skip

    def last_word(self, case: str) -> Optional[LastWord]:
        """The last they are known to have said in a case, or, if they never spoke, done."""
        said, done = self.said.get(case), self.done.get(case)
        if not said and not done:
            return None
        row: Row = said[-1] if said else (done or [{}])[-1]
        act = self.events.get(row["id"], {})
        cited = [self.citation(one) for one in self.sources.get(row["id"], ())]
        source = next((one for one in cited if one.kind in OWN_WORDS), cited[0] if cited else None)
        words: Row = row if said else {}
        return LastWord(
            row["id"], anchor(row["id"]), row["date"], row["date_precision"], row["date_end"], row["summary"], words.get("quote"),
            words.get("language"), words.get("translation"), words.get("form"), self.words.label("form", words.get("form")), act.get("act"),
            self.words.label("act", act.get("act")), act.get("scope"), row["confidence"], self.words.label("confidence", row["confidence"]),
            source, words.get("form") == "reported" or (self.speaks_officially and (not source or source.kind not in OWN_WORDS)),
        )  # fmt: skip

    def word(self, row: Row) -> Said:
        cited = {one["id"]: self.citation(one) for one in self.sources.get(row["id"], ())}
        return Said(
            row["id"], anchor(row["id"]), case_ref({**row, "id": row["case_id"]}, self.language), row["date"], row["date_precision"],
            row["date_end"], row["summary"], row["form"], self.words.label("form", row["form"]), row["quote"], row["language"],
            row["translation"], row["translator"], row["subject"], row["subject_title"],
            [self.answer(one) for one in self.answers.get(row["id"], ())], list(cited.values()),
        )  # fmt: skip

    def answer(self, row: Row) -> Answer:
        about = ActorRef(row["about_id"], row["name"], row["short_name"], row["kind"], row["country"], None) if row["about_id"] else None
        return Answer(
            row["question"], self.words.label("question_short", row["question"]), row["answer"],
            self.words.label(row["question"], row["answer"]), about,
        )  # fmt: skip

    def citation(self, row: Row) -> Citation:
        return Citation(
            row["id"], row["url"], row["archived_url"], row["publisher"], row["host"], row["title"], row["kind"],
            self.words.label("source_kind", row["kind"]), row["language"], row["published"],
        )  # fmt: skip


def native_language(row: Row) -> Optional[str]:
    """The language of the native name: an authority's is the first of its names."""
    if row["names"]:
        return str(json.loads(row["names"])[0]["language"])
    return row["language"] if row["name_native"] else None


def record(row: Optional[Row]) -> Optional[Record]:
    if not row:
        return None
    days = row if row["n"] >= ENOUGH else dict.fromkeys(("median_days", "shortest_days", "longest_days"))
    return Record(
        row["cases"], row["complaints"], row["complaints_open"], row["n"], row["nothing_yet"], ENOUGH, days["median_days"],
        days["shortest_days"], days["longest_days"], row["sql"],
    )  # fmt: skip
