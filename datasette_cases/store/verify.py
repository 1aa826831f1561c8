"""Whether a database may be published: whole, of this program, and not before the one that is published now."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple, Optional

from .opened import OpenError, opened
from .released import ReleaseError, require_ours

RELEASES = "select id, released, digest from releases order by id"


class Whole(NamedTuple):
    """What was looked at: how many releases it keeps, and the day of the last."""

    releases: int
    released: str


def verify(path: Path, after: Optional[Path] = None) -> Whole:
    """Read a database to its last page. `after`: the one that is published now, all of whose releases it has to have.

    OpenError: it is damaged, half written, or no database of cases; VersionError: its tables are not this program's; ReleaseError: it
    would take back what was published.
    """
    for suffix in ("-wal", "-journal"):
        if os.path.exists(f"{path}{suffix}"):
            raise OpenError(f"{path}{suffix} is there: a program is writing to {path}, or was interrupted; build it anew")
    with opened(path) as connection:
        try:
            (verdict,) = connection.execute("pragma integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            verdict = error
        if verdict != "ok":
            raise OpenError(f"{path}: is damaged or half written ({verdict}); build it anew, or copy it once more")
        require_ours(connection, path)
        releases = connection.execute(RELEASES).fetchall()
    if after is not None:
        _require_later(path, releases, after)
    return Whole(len(releases), releases[-1][1])


def _require_later(path: Path, releases: list[tuple[int, str, str]], after: Path) -> None:
    with opened(after) as connection:
        published = connection.execute(RELEASES).fetchall()
    if releases[-1][1] < published[-1][1]:
        raise ReleaseError(f"{path}: was released on {releases[-1][1]}, and {after} on {published[-1][1]}: it is the older one")
    for release in published:
        if release not in releases:
            raise ReleaseError(
                f"{path}: does not know release {release[0]} of {release[1]}, which is in {after}; build it with --previous {after}"
            )
