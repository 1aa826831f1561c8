"""Which release a database is, and what changed since the one before: nothing that was published is lost."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, NamedTuple, Optional

from ..history.diff import VersionError, diff
from . import tables as t
from .opened import opened

Before = Optional[sqlite3.Connection]
"""The database that was published before; None: there was none."""


@contextmanager
def before(path: Optional[Path]) -> Iterator[Before]:
    """The database published before, opened to be read. OpenError: it cannot be; VersionError: its tables are of another version."""
    if path is None:
        yield None
        return
    with opened(path) as connection:
        (version,) = connection.execute("select schema_version from releases order by id desc limit 1").fetchone()
        if version != t.SCHEMA_VERSION:
            raise VersionError(
                f"{path}: its tables are of version {version}, and this program makes version {t.SCHEMA_VERSION}; build it anew from its "
                "files with this program, then name that"
            )
        yield connection


def earlier_rows(previous: Before) -> Iterator[NamedTuple]:
    """The releases and changes that were published up to then, as they were."""
    if previous:
        yield from (t.ReleaseRow(*row) for row in previous.execute(f"select {', '.join(t.ReleaseRow._fields)} from releases order by id"))
        columns = ", ".join(f'"{name}"' for name in t.ChangeRow._fields)
        yield from (t.ChangeRow(*row) for row in previous.execute(f"select {columns} from changes order by rowid"))


def release_number(previous: Before) -> int:
    """Of the release that is being built, from 1."""
    return 1 + (previous.execute("select max(id) from releases").fetchone()[0] if previous else 0)


def change_rows(previous: Before, new: sqlite3.Connection) -> Iterator[t.ChangeRow]:
    """What is told of the new release: case by case, then what all cases share."""
    if previous:
        found = diff(previous, new)
        for change in (*(change for case in found.cases for change in case.changes), *found.shared):
            yield t.ChangeRow(release_number(previous), change.item, change.column, change.old, change.new, change.kind, change.reason)
