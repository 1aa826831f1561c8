"""What changed between two databases: case by case, then what all cases share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, Optional

from ..query import snapshot
from ..query.rows import Connection
from .compare import NEW, RETRACTED, Change, columns, compare, following, short


class VersionError(Exception):
    """The two cannot be compared; the message says why and what to do."""


@dataclass(frozen=True)
class CaseDiff:
    """`changes`: what was written; `follows`: what follows from it by the rules."""

    id: str
    title: str
    changes: list[Change]
    follows: list[Change]


@dataclass(frozen=True)
class Diff:
    """`old` and `new`: the days of the two releases. `cases`: those in which something changed, in order of id. `shared`: changes of
    actors, authorities and documents."""

    old: str
    new: str
    cases: list[CaseDiff]
    shared: list[Change]

    def __bool__(self) -> bool:
        return bool(self.cases or self.shared)


def diff(old: Connection, new: Connection) -> Diff:
    """VersionError: their tables are not those of one version."""
    before, after = snapshot.release(old), snapshot.release(new)
    if before["schema_version"] != after["schema_version"]:
        raise VersionError(
            f"the old database has tables of version {before['schema_version']}, the new one of version {after['schema_version']}; "
            "build both with one version of the program"
        )
    titles = {**snapshot.cases(old), **(current := snapshot.cases(new))}
    gone = titles.keys() - current.keys()
    found = (_case(old, new, case, titles[case], case in gone) for case in sorted(titles))
    cases = [case for case in found if case.changes or case.follows]
    return Diff(before["released"], after["released"], cases, list(_shared(old, new)))


def _case(old: Connection, new: Connection, case: str, title: str, gone: bool) -> CaseDiff:
    """A case that has come or gone is one change."""
    item = f"cases/{case}"
    if gone:
        return CaseDiff(case, title, [Change(item, None, title, None, RETRACTED)], [])
    before, parents_before = snapshot.written(old, case)
    if item not in before:
        return CaseDiff(case, title, [Change(item, None, None, title, NEW)], [])
    after, parents = snapshot.written(new, case)
    changes = list(compare(before, after, {**parents_before, **parents}))
    return CaseDiff(case, title, changes, list(following(snapshot.follows(old, case), snapshot.follows(new, case))))


def _shared(old: Connection, new: Connection) -> Iterator[Change]:
    """Both are read side by side, so that neither is kept."""
    for table in snapshot.LIBRARY:
        for name, before, after in _pairs(snapshot.library(old, table), snapshot.library(new, table)):
            if before and after:
                yield from columns(name, before, after)
            elif table == "actors" and after:
                yield Change(name, None, None, short(after), NEW)
            elif table == "actors" and before:
                yield Change(name, None, short(before), None, RETRACTED)


Named = tuple[str, dict[str, Any]]


def _pairs(old: Iterator[Named], new: Iterator[Named]) -> Iterator[tuple[str, Optional[dict[str, Any]], Optional[dict[str, Any]]]]:
    """The items of two lists in order of name, each with what it was and is."""
    before, after = next(old, None), next(new, None)
    while before or after:
        name = min(one[0] for one in (before, after) if one)
        here, there = (one[1] if one and one[0] == name else None for one in (before, after))
        yield name, here, there
        before, after = next(old, None) if here else before, next(new, None) if there else after
