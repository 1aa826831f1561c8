"""The deadlines of all cases: what is due, what is over with nothing known, and what is past."""

from __future__ import annotations

from typing import Optional

from ..query.deadlines import DeadlineRows
from ..query.rows import Row, grouped
from .frozen import dataclass
from .parts import ActorRef, Citation, Deadline, EntryRef, Step
from .words import Words

GROUPS = DUE, PASSED, PAST = "due", "passed", "past"


@dataclass(frozen=True)
class CaseRef:
    """A case by its title, which is English where there is no translation."""

    id: str
    title: str
    title_language: str


@dataclass(frozen=True)
class Rule:
    """The time limit of the law that a deadline is reckoned by."""

    id: str
    provision: Optional[str]
    summary: Optional[str]
    confidence: Optional[str]
    source_url: Optional[str]


@dataclass(frozen=True)
class Line(Deadline):
    """A deadline with its case. `anchor` is its place on the page of that case. `group`: `due` (the last day is today or
    later, or is not known), `passed` (it is over, and nothing is known) or `past` (what became of it is known). `modified`: day of
    the release that changed it last; `sequence`: how many did, after it was published."""

    case: CaseRef
    group: str
    rule: Optional[Rule]
    modified: Optional[str]
    sequence: int


@dataclass(frozen=True)
class Value:
    """What a filter can be set to, and how many deadlines there would be then; null: too many to count."""

    value: str
    label: Optional[str]
    number: Optional[int]


@dataclass(frozen=True)
class DeadlinesPage:
    """`groups`: how many deadlines each has in all; null: too many to count. `next` is the token of the next page, null on the last one."""

    as_of: str
    groups: dict[str, Optional[int]]
    deadlines: list[Line]
    facets: dict[str, list[Value]]
    next: Optional[str]
    released: Optional[str]


def build(found: DeadlineRows, words: Words, language: str, size: Optional[int] = None) -> DeadlinesPage:
    """A page of at most `size` deadlines (None: all). `found` may hold one more: then there is a next page."""
    lines = _Lines(found, words, language)
    shown = [lines.line(row) for row in found.deadlines[:size]]
    counted = {
        name: [
            Value(row["value"], words.label("deadline_kind", row["label"]) if name == "kind" else row["label"], row["number"])
            for row in values
        ]
        for name, values in found.counted.items()
    }
    groups = {value.value: value.number for value in counted.pop("group", [])}
    return DeadlinesPage(
        found.day,
        {group: groups.get(group, 0) for group in GROUPS},
        shown,
        {**counted, "month": sorted(counted["month"], key=lambda one: one.value)} if counted else {},
        shown[-1].id if len(shown) < len(found.deadlines) else None,
        found.released,
    )


class _Lines:
    """Looks up what belongs to a deadline."""

    def __init__(self, found: DeadlineRows, words: Words, language: str) -> None:
        self.day, self.words, parts = found.day, words, found.parts
        self.actors = grouped(parts["actors"], "deadline_id")
        self.sources = grouped(parts["sources"], "item_id")
        self.steps = grouped(parts["steps"], "deadline_id")
        self.entries = {
            row["id"]: EntryRef(row["id"], anchor(row["id"]), row["date"], row["date_precision"], row["date_end"])
            for row in parts["entries"]
        }
        self.cases = {
            row["id"]: CaseRef(row["id"], row["translated"] or row["title"], language if row["translated"] else "en")
            for row in parts["cases"]
        }
        self.rules = {
            row["id"]: Rule(row["id"], row["provision"], row["summary"], row["confidence"], row["source_url"]) for row in parts["rules"]
        }

        self.on_expiry = {row["id"]: row["on_expiry"] for row in parts["rules"]}

    def people(self, deadline: str, role: str) -> list[ActorRef]:
        return [
            ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"])
            for row in self.actors.get(deadline, [])
            if row["role"] == role
        ]

    def citation(self, row: Row) -> Citation:
        return Citation(
            row["id"], row["url"], row["archived_url"], row["publisher"], row["host"], row["title"], row["kind"],
            self.words.label("source_kind", row["kind"]), row["language"], row["published"],
        )  # fmt: skip

    def line(self, row: Row) -> Line:
        deadline_id, label = row["id"], self.words.label
        return Line(
            id=deadline_id, anchor=anchor(deadline_id), kind=row["kind"], kind_label=label("deadline_kind", row["kind"]), title=row["title"],
            actors=self.people(deadline_id, "actor"), addressees=self.people(deadline_id, "addressee"), last_day=row["last_day"],
            last_day_precision=row["last_day_precision"], last_day_end=row["last_day_end"], reckoned_day=row["reckoned_day"],
            reckoned_day_first=row["reckoned_day_first"],
            basis=row["basis"], basis_label=label("basis", row["basis"]), provision=row["provision"],
            rule_id=row["rule_id"], on_expiry=self.on_expiry.get(row["rule_id"]),
            set_by=self.entries.get(row["set_by_event_id"]), outcome=row["outcome"], outcome_label=label("deadline_outcome", row["outcome"]),
            passed=row["state"] == PASSED, closed_by=self.entries.get(row["closed_by_event_id"]), note=row["note"],
            steps=[Step(step["day"], step["text"], step["provision"]) for step in self.steps.get(deadline_id, [])],
            sources=[self.citation(one) for one in self.sources.get(deadline_id, [])], case=self.cases[row["case_id"]], group=row["state"],
            rule=self.rules.get(row["rule_id"]) or (Rule(row["rule_id"], None, None, None, None) if row["rule_id"] else None),
            modified=row["modified"], sequence=row["sequence"],
        )  # fmt: skip


def anchor(item_id: str) -> str:
    return item_id.partition("/")[2]
