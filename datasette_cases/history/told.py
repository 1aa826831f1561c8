"""Changes as sentences: before → after, in the words of the vocabulary."""

from __future__ import annotations

import json
from typing import Any, Iterator, Optional

from ..page.changes import FIELDS
from ..page.words import Words
from .compare import CORRECTED, KINDS, NEW, RETRACTED, SOURCE_ADDED, Change
from .diff import CaseDiff, Diff

HEADINGS = {NEW: "New", CORRECTED: "Corrected", RETRACTED: "Retracted", SOURCE_ADDED: "Sources added"}

FLAGS = {"separately", "context", "provisional", "proposed", "edpb_member"}


class Teller:
    """Tells changes in the words of one database."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def change(self, change: Change) -> str:
        name = item_name(change.item)
        if change.column is None:
            return f"{name} is new: {change.new}" if change.kind == NEW else f"{name} is gone: {change.old}"
        if change.kind == RETRACTED:
            return f"{name} is retracted: {change.reason}"
        if change.kind == SOURCE_ADDED:
            return f"{name} has another source: {change.new}"
        column = change.column
        if change.item.startswith("answers/"):
            question, about, whom = column.partition(" about ")
            column = (self.words.label("question", question) or question) + about + whom
        before, after = (self.value(change.item, change.column, value) for value in (change.old, change.new))
        return f"{name}, {column.removesuffix('_id').removesuffix('_event').replace('_', ' ')}: {before} → {after}"

    def following(self, change: Change) -> str:
        before, after = (self.value(change.item, str(change.column), value) for value in (change.old, change.new))
        return f"{self._subject(change.item)}: {before} → {after}"

    def _subject(self, item: str) -> str:
        """Of what something follows."""
        table, _case, *parts = item.split("/")
        if table == "stances":
            actor, question, subject, strand = parts
            return ", ".join(filter(None, (actor, self.words.label("question", question), subject, strand)))
        if table == "statuses":
            who, complaint, strand = parts
            return ", ".join(filter(None, (f"Status with {who}", complaint and f"complaint {complaint}", strand)))
        if table == "cases":
            return "Complaints in all"
        if table == "decision_states":
            return " ".join(filter(None, (item_name(item), *parts[1:])))
        return item_name(item) + (", reckoned day" if table == "deadlines" else "")

    def value(self, item: str, column: str, value: Optional[str]) -> str:
        """A value as it is read: a word by its label, a list by its parts."""
        table = item.partition("/")[0]
        if value is None:
            return "nothing"
        if column in FLAGS:
            return {"0": "no", "1": "yes"}.get(value, value)
        if table in ("answers", "stances"):
            return self._label(item.split("/")[3] if table == "stances" else column.partition(" about ")[0], value)
        field = FIELDS.get(f"{table}.{column}") or FIELDS.get(column)
        if field:
            return self._label(field, value)
        if value.startswith('["'):
            return ", ".join(json.loads(value))
        return f"“{value}”" if " " in value else value

    def _label(self, field: str, value: Optional[str]) -> str:
        return "nothing" if value is None else self.words.label(field, value) or value


NAMES = {
    "actors": "{case}", "authorities": "{case}", "sources": "Source {case}", "cases": "Case {case}", "case_subjects": "Subject {first}",
    "key_days": "Key day {first}", "searches": "Search of {first}", "complaints": "Complaint {first}", "events": "Entry {first}",
    "statements": "Entry {first}", "answers": "Entry {first}", "deadlines": "Deadline {first}", "measures": "Measure {more} of {first}",
    "decision_states": "What became of {first}", "roles": "Role of {first}", "translations": "Translation {first} of {more}",
}  # fmt: skip
"""Table → how its items are called, by the parts of their ids."""


def item_name(item: str) -> str:
    """An item as an editor knows it."""
    table, _, rest = item.partition("/")
    case, _, inner = rest.partition("/")
    first, _, more = inner.partition("/")
    return NAMES[table].format(case=case, first=first, more=more)


def lines(diff: Diff, words: Words) -> Iterator[str]:
    """For a terminal: case by case what is new, corrected, retracted, and what has more sources; then what follows."""
    if not diff:
        yield f"No differences between the releases of {diff.old} and {diff.new}."
        return
    teller = Teller(words)
    yield f"From the release of {diff.old} to that of {diff.new}"
    for case in diff.cases:
        yield f"\n{case.id}: {case.title}"
        yield from grouped(case.changes, teller)
        if case.follows:
            yield "What follows:"
            yield from (f"  {teller.following(change)}" for change in case.follows)
    if diff.shared:
        yield "\nActors, authorities and documents"
        yield from grouped(diff.shared, teller)


def grouped(changes: list[Change], teller: Teller) -> Iterator[str]:
    for kind in KINDS:
        found = [change for change in changes if change.kind == kind]
        if found:
            yield f"{HEADINGS[kind]}:"
            yield from (f"  {teller.change(change)}" for change in found)


def plain(diff: Diff, words: Words) -> dict[str, Any]:
    """For programs: each change as in the table `changes`, with its sentence."""
    teller = Teller(words)

    def case(one: CaseDiff) -> dict[str, Any]:
        return {
            "id": one.id,
            "title": one.title,
            "changes": [{**vars(change), "said": teller.change(change)} for change in one.changes],
            "follows": [
                {"item": change.item, "column": change.column, "old": change.old, "new": change.new, "said": teller.following(change)}
                for change in one.follows
            ],
        }

    shared = [{**vars(change), "said": teller.change(change)} for change in diff.shared]
    return {"old": diff.old, "new": diff.new, "cases": [case(one) for one in diff.cases], "shared": shared}
