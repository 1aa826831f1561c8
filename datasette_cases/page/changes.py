"""What changed between releases: before and after of each change, with where it stands now."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Iterable, Mapping, Optional

from ..query.changes import ChangeRows, named, split
from ..query.rows import Row, grouped
from .frozen import dataclass
from .parts import ActorRef
from .words import Words

FIELDS = {
    "act": "act", "form": "form", "confidence": "confidence", "basis": "basis", "brought_under": "brought_under", "role": "role",
    "state": "decision_state", "status": "status", "level": "level", "regime": "regime", "deadlines.outcome": "deadline_outcome",
    "outcome": "outcome", "deadlines.kind": "deadline_kind", "measures.kind": "measure", "sources.kind": "source_kind",
    "actors.kind": "actor_kind",
}  # fmt: skip
"""Column, or table and column → the list its words are of."""
SHORT = {"measures": "kind", "roles": "role"}
"""Table → the column that tells an item of it in short."""
CHRONICLE = ("events", "statements", "answers", "measures", "decision_states", "complaints")
"""Tables whose items stand in the chronicle of their case."""


@dataclass(frozen=True)
class CaseRef:
    """A case by its title, which is English where there is no translation. `there`: it is still recorded."""

    id: str
    title: str
    title_language: str
    there: bool


@dataclass(frozen=True)
class Release:
    """`number`: how many changes it brought."""

    id: int
    released: str
    number: int


@dataclass(frozen=True)
class Change:
    """`number`: its place among all changes, the first is 1. `item`, `column`, `old`, `new`, `reason`: as in the table `changes`;
    `table` and `name` are parts of `item`. `old_label` and `new_label` say the value in words, null where it says so itself. `there`: the
    item is still recorded; then `anchor` is its place on the page of its case. Who and when it is of follow, of what is gone as it last stood."""

    number: int
    release: int
    released: str
    case: Optional[CaseRef]
    kind: str
    kind_label: Optional[str]
    item: str
    table: str
    name: str
    column: Optional[str]
    question_label: Optional[str]
    about: Optional[ActorRef]
    measure_label: Optional[str]
    old: Optional[str]
    old_label: Optional[str]
    new: Optional[str]
    new_label: Optional[str]
    reason: Optional[str]
    there: bool
    anchor: Optional[str]
    url: Optional[str]
    title: Optional[str]
    actors: list[ActorRef]
    date: Optional[str]
    date_precision: Optional[str]
    date_end: Optional[str]


@dataclass(frozen=True)
class Value:
    """What a filter can be set to, and how many changes there would be then (null: not counted)."""

    value: str
    label: Optional[str]
    number: Optional[int]


@dataclass(frozen=True)
class Group:
    """What changed in one case in one release; without a case: in what all cases share."""

    release: int
    released: str
    case: Optional[CaseRef]
    changes: list[Change]


@dataclass(frozen=True)
class ChangesPage:
    """`releases`: all of them, the newest first. `next` is the token of the next page, null on the last one."""

    changes: list[Change]
    releases: list[Release]
    facets: dict[str, list[Value]]
    next: Optional[str]


def build(found: ChangeRows, words: Words, language: str, size: int) -> ChangesPage:
    """A page of at most `size` changes. `found` may hold one more: then there is a next page."""
    changes = _Changes(found, words, language)
    shown = [changes.change(row) for row in found.changes[:size]]
    counted = {
        name: [
            Value(row["value"], words.label("change_kind", row["label"]) if name == "kind" else row["label"], row["number"])
            for row in values
        ]
        for name, values in found.counted.items()
    }
    facets = {**counted, "authority": [Value(row["value"], row["label"], None) for row in found.authorities]} if counted else {}
    releases = [Release(row["id"], row["released"], row["number"]) for row in found.releases]
    return ChangesPage(shown, releases, facets, str(shown[-1].number) if len(shown) < len(found.changes) else None)


def groups(changes: Iterable[Change]) -> list[Group]:
    """Changes by release and case, in their order."""
    found = []
    for (release, _), part in groupby(changes, key=lambda one: (one.release, one.case.id if one.case else None)):
        inside = list(part)
        found.append(Group(release, inside[0].released, inside[0].case, inside))
    return found


def whole_groups(page: ChangesPage) -> tuple[list[Group], Optional[str]]:
    """The groups of a page that are whole, and the token of what comes after them. A single group stays though it is cut."""
    found = groups(page.changes)
    if page.next is None or len(found) == 1:
        return found, page.next
    return found[:-1], str(found[-2].changes[-1].number)


def _dated(row: Row) -> Row:
    """An earlier row, a complaint by the day of its filing."""
    return {**row, **{f"date{part}": row[f"filed{part}"] for part in ("", "_precision", "_end") if f"filed{part}" in row}}


def in_words(words: Words, actors: Mapping[str, ActorRef], table: str, column: Optional[str], value: Optional[str]) -> Optional[str]:
    """A value in words: a word by its label, actors by their short names, a list by its parts; None where it says so itself."""

    def short(actor: str) -> str:
        return str(actors[actor].short_name) if actor in actors else actor

    if value is None:
        return None
    if table == "answers" and column:
        return words.label(column.partition(" about ")[0], value)
    if table == "complaints" and column is None:
        who, _, day = value.partition(", ")
        return f"{short(who)}, {day}"
    word = column or SHORT.get(table, "")
    if field := FIELDS.get(f"{table}.{word}") or FIELDS.get(word):
        return words.label(field, value)
    if people := named(column, value):
        return ", ".join(map(short, people))
    return ", ".join(json.loads(value)) if value.startswith('["') else None


class _Changes:
    """Looks up what is there of the things that changed."""

    def __init__(self, found: ChangeRows, words: Words, language: str) -> None:
        self.words, parts = words, found.parts
        self.actors = {
            row["id"]: ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"])
            for row in found.actors
        }
        self.cases = {
            row["id"]: CaseRef(
                row["id"], row["translated"] or row["title"] or row["id"], language if row["translated"] else "en", bool(row["there"])
            )
            for row in parts["cases"]
        }
        self.entries = {row["id"]: row for row in parts["entries"]}
        self.complaints = {row["id"]: row for row in parts["complaints"]}
        self.deadlines = {row["id"]: row for row in parts["deadlines"]}
        self.sources = {row["id"]: row for row in parts["sources"]}
        self.by = grouped(parts["by"], "item_id")
        self.past = {(row["table"] == "complaints", row["id"]): _dated(row) for row in parts["past"]}
        self.gone = {row["item"] for row in parts["gone"] if row["kind"] == "retracted"} - {
            rows[-1]["item"] for rows in grouped(parts["gone"], "item").values() if rows[-1]["kind"] == "new"
        }

    def change(self, row: Row) -> Change:
        table, case_id, name = split(row["item"])
        case = self.cases[case_id] if case_id else None
        column = row["column"]
        question, _, about = column.partition(" about ") if table == "answers" and column else (None, "", "")
        item_id = f"{case_id}/{name}"
        found = self.found(table, item_id, name)
        there = self.there(row["item"], table, case, found)
        anchored = there and (table in CHRONICLE or table == "deadlines")
        known = found or self.past.get((table == "complaints", item_id))
        date = known if known and "date" in known else None
        return Change(
            number=row["number"], release=row["release_id"], released=row["released"], case=case, kind=row["kind"],
            kind_label=self.words.label("change_kind", row["kind"]), item=row["item"], table=table, name=name, column=column,
            question_label=self.words.label("question", question) if question else None, about=self.actors.get(about),
            measure_label=self.words.label("measure", row["item"].split("/")[3]) if table == "measures" else None,
            old=row["old"], old_label=self.label(table, column, row["old"]), new=row["new"],
            new_label=self.label(table, column, row["new"]), reason=row["reason"], there=there, anchor=name if anchored else None,
            url=found["url"] if found and table == "sources" else None, title=known["title"] if known and table == "deadlines" else None,
            actors=self.who(table, item_id, name, known), date=date["date"] if date else None,
            date_precision=date["date_precision"] if date else None, date_end=date["date_end"] if date else None,
        )  # fmt: skip

    def found(self, table: str, item_id: str, name: str) -> Optional[Row]:
        """The row of an item that is looked up by its id."""
        if table == "sources":
            return self.sources.get(name)
        if table in ("complaints", "deadlines"):
            return (self.complaints if table == "complaints" else self.deadlines).get(item_id)
        return self.entries.get(item_id) if table in CHRONICLE else None

    def there(self, item: str, table: str, case: Optional[CaseRef], found: Optional[Row]) -> bool:
        """Whether an item is still recorded; of what has no page of its own: whether it has not gone since."""
        if case and not case.there:
            return False
        if table in CHRONICLE or table in ("deadlines", "sources"):
            return found is not None and item not in self.gone
        return item not in self.gone

    def who(self, table: str, item_id: str, name: str, found: Optional[Row]) -> list[ActorRef]:
        if table in ("actors", "authorities", "roles"):
            return [self.actors[name]] if name in self.actors else []
        if table == "complaints" and found:
            country = ActorRef(None, None, None, None, found.get("country"), None)
            return [self.actors.get(found.get("authority_id", ""), country)]
        return [self.actors[row["actor_id"]] for row in self.by.get(item_id, []) if found and row["actor_id"] in self.actors]

    def label(self, table: str, column: Optional[str], value: Optional[str]) -> Optional[str]:
        return in_words(self.words, self.actors, table, column, value)
