"""What was said in all cases: words with who, when, in which form, which answers they give, and what says so."""

from __future__ import annotations

from typing import Any, Optional

from ..query.rows import Row, grouped
from ..query.statements import END, START, StatementRows
from .deadlines import CaseRef, Value, anchor
from .frozen import dataclass
from .parts import ActorRef, Answer, Citation, DecisionState, EntryRef, Question
from .words import Words

Place = tuple[int, int]
"""From a character up to and without another."""
SEARCHED = ("summary", "quote", "translation")


@dataclass(frozen=True)
class Line:
    """One statement. `anchor` is its place on the page of its case. `act` is set where it came with an act, `scope` where that decides
    a part only. `note` is null where anything of the case lies after today: it was written with later knowledge. `hits`: where in its `summary`, `quote` and `translation` the words stand that were looked for."""

    id: str
    anchor: str
    case: CaseRef
    date: str
    date_precision: str
    date_end: str
    published: Optional[str]
    actors: list[ActorRef]
    separately: bool
    to: list[ActorRef]
    form: str
    form_label: Optional[str]
    act: Optional[str]
    act_label: Optional[str]
    summary: str
    quote: Optional[str]
    language: Optional[str]
    translation: Optional[str]
    translator: Optional[str]
    subject: Optional[str]
    subject_title: Optional[str]
    answers: list[Answer]
    outcome: Optional[str]
    outcome_label: Optional[str]
    scope: Optional[str]
    decision_state: Optional[DecisionState]
    ended_by: Optional[EntryRef]
    replies_to: Optional[EntryRef]
    strand: Optional[str]
    context: bool
    confidence: Optional[str]
    confidence_label: Optional[str]
    note: Optional[str]
    retracted: Optional[str]
    sources: list[Citation]
    hits: dict[str, list[Place]]


@dataclass(frozen=True)
class StatementsPage:
    """`total`: how many statements there are in all (null: too many to count; `looked_through`, of how many with the words asked
    for, where there are more), of which `statements` are a page; `left_out`: how many more were retracted.
    `next` is the token of the next page, null on the last one."""

    as_of: str
    total: Optional[int]
    looked_through: Optional[int]
    left_out: int
    questions: list[Question]
    statements: list[Line]
    facets: dict[str, list[Value]]
    next: Optional[str]
    released: Optional[str]


def build(found: StatementRows, words: Words, language: str, question: Optional[str] = None, size: Optional[int] = None) -> StatementsPage:
    """A page of at most `size` statements (None: all). `found` may hold one more: then there is a next page. `question`: the one asked
    for, whose answers have labels of their own."""
    lines = _Lines(found, words, language)
    shown = [lines.line(row) for row in found.statements[:size]]
    coloured = {entry.value: entry.coloured for entry in words.all("question")}
    fields = {"kind": "actor_kind", "question": "question", "answer": question or "answer", "form": "form", "confidence": "confidence"}
    return StatementsPage(
        found.day,
        found.total,
        found.looked_through,
        found.left_out,
        [
            Question(one, words.label("question", one), words.label("question_short", one), coloured.get(one, False))
            for one in found.questions
        ],
        shown,
        {
            name: [Value(row["value"], words.label(fields[name], row["label"]) if name in fields else row["label"], row["number"]) for row in values]
            for name, values in found.counted.items()
        },
        shown[-1].id if len(shown) < len(found.statements) else None,
        found.released,
    )  # fmt: skip


def places(text: str, marked: str) -> list[Place]:
    """Where the marks stand that a text has gained; characters of its own are none, even if they look like marks."""
    found: list[Place] = []
    at, start = 0, 0
    for letter in marked:
        if at < len(text) and letter == text[at]:
            at += 1
        elif letter == START:
            start = at
        elif letter == END and at > start:
            found.append((start, at))
            start = at
    return found


class _Lines:
    """Looks up what belongs to a statement."""

    def __init__(self, found: StatementRows, words: Words, language: str) -> None:
        self.words, parts = words, found.parts
        self.actors = grouped(parts["actors"], "statement_id")
        self.addressees = grouped(parts["addressees"], "statement_id")
        self.answers_of = grouped(parts["answers"], "statement_id")
        self.sources = grouped(parts["sources"], "item_id")
        self.events = {row["id"]: row for row in parts["events"]}
        self.states = {row["event_id"]: row for row in parts["states"]}
        self.ends = {row["ended_id"]: row["event_id"] for row in parts["ends"]}
        self.marked = {row["id"]: row for row in found.marked}
        self.subjects = {(row["case_id"], row["id"]): row["title"] for row in parts["subjects"]}
        self.entries = {
            row["id"]: EntryRef(row["id"], anchor(row["id"]), row["date"], row["date_precision"], row["date_end"])
            for row in parts["entries"]
        }
        self.later = {row["id"] for row in parts["cases"] if row["later"]}
        self.cases = {
            row["id"]: CaseRef(row["id"], row["translated"] or row["title"], language if row["translated"] else "en")
            for row in parts["cases"]
        }

    def people(self, rows: list[Row]) -> list[ActorRef]:
        return [ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"]) for row in rows]

    def speakers(self, row: Row) -> list[ActorRef]:
        """Those named, or one of whom only the country is known."""
        return self.people(self.actors.get(row["id"], [])) or [ActorRef(None, None, None, None, row["actor_country"], None)]

    def answers(self, statement: str) -> list[Answer]:
        label = self.words.label
        return [
            Answer(
                row["question"],
                label("question_short", row["question"]),
                row["answer"],
                label(row["question"], row["answer"]),
                ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], None) if row["id"] else None,
            )  # fmt: skip
            for row in self.answers_of.get(statement, [])
        ]

    def decision_state(self, statement: str) -> Optional[DecisionState]:
        row = self.states.get(statement)
        if row is None:
            return None
        label = self.words.label("decision_state", row["state"])
        return DecisionState(row["state"], label, row["since"], self.entries.get(row["by_event_id"]))

    def citation(self, row: Row) -> Citation:
        return Citation(
            row["id"], row["url"], row["archived_url"], row["publisher"], row["host"], row["title"], row["kind"],
            self.words.label("source_kind", row["kind"]), row["language"], row["published"],
        )  # fmt: skip

    def hits(self, row: Row) -> dict[str, list[Place]]:
        marked: dict[str, Any] = self.marked.get(row["id"], {})
        found = {name: places(row[name], marked[name]) for name in SEARCHED if row[name] and marked.get(name)}
        return {name: spots for name, spots in found.items() if spots}

    def line(self, row: Row) -> Line:
        statement, label, done = row["id"], self.words.label, self.events.get(row["event_id"], {})
        return Line(
            id=statement, anchor=anchor(statement), case=self.cases[row["case_id"]], date=row["date"], date_precision=row["date_precision"],
            date_end=row["date_end"], published=row["published"], actors=self.speakers(row), separately=bool(done.get("separately")),
            to=self.people(self.addressees.get(statement, [])), form=row["form"], form_label=label("form", row["form"]), act=done.get("act"),
            act_label=label("act", done.get("act")), summary=row["summary"], quote=row["quote"], language=row["language"],
            translation=row["translation"], translator=row["translator"], subject=row["subject"],
            subject_title=self.subjects.get((row["case_id"], row["subject"])), answers=self.answers(statement), outcome=done.get("outcome"),
            outcome_label=label("outcome", done.get("outcome")), scope=done.get("scope"), decision_state=self.decision_state(statement),
            ended_by=self.entries.get(self.ends.get(statement)), replies_to=self.entries.get(row["replies_to"]), strand=row["strand"],
            context=bool(row["context"]), confidence=row["confidence"], confidence_label=label("confidence", row["confidence"]),
            note=None if row["case_id"] in self.later else row["note"], retracted=row["retracted"], sources=[self.citation(one) for one in self.sources.get(statement, [])],
            hits=self.hits(row),
        )  # fmt: skip
