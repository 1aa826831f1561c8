"""What editors may look at again, with the line of the file where each thing stands: the view `follow_up`, of a data folder."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Iterator, Mapping, Optional

from .query import follow_up as query
from .query.rows import Row
from .source.places import Places
from .source.read import read_tree
from .source.syntax import Place
from .store.build import Progress, build, silent
from .vocabulary import REASON, Regime, nearest


class AuditError(Exception):
    """What was asked for is not there; the message says what is."""


@dataclass(frozen=True)
class Found:
    """One thing to look at: where it stands, what it is, and the day it goes back to."""

    reason: str
    item: str
    path: str
    line: int
    column: int
    since: Optional[str]
    from_day: Optional[str]
    what: str

    def __str__(self) -> str:
        since = f" (since {self.since})" if self.since else ""
        return f"{self.path}:{self.line}:{self.column}: {self.name}{self.what}{since}"

    @property
    def name(self) -> str:
        """The item as the file has it; nothing where `what` says it."""
        return "" if self.reason in ("not-archived", "search-old") else f"{self.item.rpartition('/')[2]}: "


@dataclass(frozen=True)
class Case:
    id: str
    title: str
    found: list[Found]


@dataclass(frozen=True)
class Audit:
    """`day`: the day it holds on. Cases in order of id, those with nothing to look at among them."""

    day: str
    cases: list[Case]

    def to_json(self) -> dict[str, Any]:
        counts = self.counts()
        return {
            "day": self.day,
            "reasons": [{"reason": w.value, "label": w.label, "meaning": w.meaning, "number": counts[w.value]} for w in REASON],
            "cases": [{"id": case.id, "title": case.title, "items": [vars(found) for found in case.found]} for case in self.cases],
        }

    def counts(self) -> dict[str, int]:
        """Reason → how many."""
        found = [one.reason for case in self.cases for one in case.found]
        return {reason: found.count(reason) for reason in REASON.values}


def audit(
    folder: Path,
    regimes: Mapping[str, Regime],
    released: date,
    day: date,
    case: Optional[str] = None,
    reason: Optional[str] = None,
    progress: Progress = silent,
) -> Audit:
    """Build a database that nobody keeps, and find in the files what it says may be looked at on a day.

    Raises DataProblems as a build does, AuditError for a case or reason that there is not.
    """
    _require("reason", reason, REASON.values)
    with TemporaryDirectory() as place:
        built = build(folder, Path(place) / "cases.db", regimes, released, progress)
        with closing(sqlite3.connect(built.path)) as db:
            titles = query.titles(db)
            _require("case", case, tuple(titles))
            cases = [
                Case(one, titles[one], _found(folder, one, query.of_case(db, one, day.isoformat(), reason)))
                for one in ([case] if case else titles)
            ]
    return Audit(day.isoformat(), cases)


def _require(what: str, value: Optional[str], known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        near = nearest(value, known, 1)
        raise AuditError(
            f"there is no {what} {value}; " + (f"the nearest is {near[0]}" if near else f"there are: {', '.join(known) or 'none'}")
        )


def _found(folder: Path, case: str, rows: list[Row]) -> list[Found]:
    """The rows of a case, each with its place."""
    path = folder / "cases" / f"{case}.yml"
    places = Places(read_tree(path, str(path)))
    found = []
    for row in rows:
        place = _place(places, case, row)
        found.append(Found(row["reason"], row["item"], str(path), *place, row["since"], row["from_day"], row["what"]))
    return found


def _place(places: Places, case: str, row: Row) -> Place:
    if row["item"].startswith(f"{case}/"):
        return places.item(row["item"].partition("/")[2])
    if row["reason"] == "not-archived":
        return places.document(row["what"])
    return places.key("searches") if row["item"] == case else places.person(row["item"])


def lines(audit: Audit) -> Iterator[str]:
    """For a terminal: each case with its reasons, what they mean, and where things stand; then how many."""
    for case in audit.cases:
        if not case.found:
            continue
        yield f"{case.id}: {case.title}"
        for word in REASON:
            found = [one for one in case.found if one.reason == word.value]
            if found:
                yield f"\n{word.value} ({len(found)}): {word.meaning}"
                yield from map(str, found)
        yield ""
    yield from summary(audit)


def summary(audit: Audit) -> Iterator[str]:
    """A table: reason, in how many cases, how many things."""
    counts = audit.counts()
    total = sum(counts.values())
    if not total:
        yield f"Nothing to look at on {audit.day}."
        return
    width = max(map(len, counts))
    yield f"{'On ' + audit.day:<{width}}  cases  things"
    for reason, number in counts.items():
        if number:
            cases = sum(any(one.reason == reason for one in case.found) for case in audit.cases)
            yield f"{reason:<{width}}  {cases:>5}  {number:>6}"
    yield f"{'all':<{width}}  {sum(bool(case.found) for case in audit.cases):>5}  {total:>6}"
