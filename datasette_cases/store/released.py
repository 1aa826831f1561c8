"""Which release a database is, and what changed since the one before: nothing that was published is lost."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Iterator, NamedTuple, Optional, Union

from ..history.diff import VersionError, diff
from . import tables as t
from .fetched import fetched
from .opened import opened

Before = Optional[sqlite3.Connection]
"""The database that was published before; None: there was none."""


class ReleaseError(Exception):
    """The release cannot come after the one before; the message says why and what to do."""


@contextmanager
def before(previous: Union[Path, str, None], released: date) -> Iterator[Before]:
    """The database published before, a file or an address, opened to be read.

    OpenError: it cannot be; VersionError: its tables are of another version; ReleaseError: it is of a later day than `released`.
    """
    with fetched(previous) as path:
        if path is None:
            yield None
            return
        with opened(path, str(previous)) as connection:
            require_ours(connection, previous)
            (last,) = connection.execute("select max(released) from releases").fetchone()
            if last > released.isoformat():
                raise ReleaseError(
                    f"{previous}: was released on {last}, after {released}; a release cannot be of an earlier day than the one before it"
                )
            yield connection


def require_ours(connection: sqlite3.Connection, previous: Union[Path, str, None]) -> None:
    """All tables that this program makes, of its version."""
    (version,) = connection.execute("select schema_version from releases order by id desc limit 1").fetchone()
    advice = "build it anew from its files with this program, then name that"
    if version != t.SCHEMA_VERSION:
        raise VersionError(f"{previous}: its tables are of version {version}, and this program makes version {t.SCHEMA_VERSION}; {advice}")
    there = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    missing = [table.name for table in t.TABLES if table.name not in there]
    if missing:
        raise VersionError(f"{previous}: has no table {', '.join(missing)}; {advice}")


def earlier_rows(previous: Before) -> Iterator[NamedTuple]:
    """The releases, changes and earlier rows that were published up to then, as they were."""
    if previous:
        yield from (t.ReleaseRow(*row) for row in previous.execute(f"select {', '.join(t.ReleaseRow._fields)} from releases order by id"))
        columns = ", ".join(f'"{name}"' for name in t.ChangeRow._fields)
        yield from (t.ChangeRow(*row) for row in previous.execute(f"select {columns} from changes order by rowid"))
        columns = ", ".join(f'"{name}"' for name in t.EarlierRow._fields)
        yield from (t.EarlierRow(*row) for row in previous.execute(f"select {columns} from earlier_rows order by rowid"))


def release_number(previous: Before) -> int:
    """Of the release that is being built, from 1."""
    return 1 + (previous.execute("select max(id) from releases").fetchone()[0] if previous else 0)


def change_rows(previous: Before, new: sqlite3.Connection) -> Iterator[t.ChangeRow]:
    """What is told of the new release: case by case, then what all cases share."""
    if previous:
        found = diff(previous, new)
        for change in (*(change for case in found.cases for change in case.changes), *found.shared):
            yield t.ChangeRow(release_number(previous), change.item, change.column, change.old, change.new, change.kind, change.reason)
