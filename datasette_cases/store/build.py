"""Build the database beside the old one and swap it in: the served file is always whole, old or new."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Callable, Iterable, Iterator, Mapping, NamedTuple, Optional, Union

from sqlite_utils import Database

from .. import __version__
from ..i18n import catalogue, languages
from ..model.case import Case
from ..source.problem import DataProblems, Problem
from ..source.read import Library as Files
from ..source.read import case_files, digest, read_cases, read_library, stray_files
from ..vocabulary import Regime
from . import tables as t
from .counts import TABLES as COUNTED
from .counts import count
from .kept import kept_rows
from .reckoned import with_deadlines_of_law
from .released import Before, before, change_rows, earlier_rows, release_number
from .rows import Library, case_rows, citation_rows, library_rows, time_limit_rows, vocabulary_rows
from .schema import create_indexes, create_search, create_tables, create_views, placeholders

BATCH = 10_000
"""Rows that go in at once."""
CACHE = 64_000
"""Kilobytes of the file that SQLite may hold, and may sort at once."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and how far it goes."""


class BuildError(Exception):
    """The database cannot be written; the message says why and what to do. The old one stays as it was."""


@dataclass(frozen=True)
class Built:
    """What a build made: the file, and how many rows of each table."""

    path: Path
    counts: Mapping[str, int]


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody wants to see."""


def check(folder: Path, regimes: Mapping[str, Regime], released: date, progress: Progress = silent) -> int:
    """Read and check everything; the number of cases. Raises DataProblems with every problem there is."""
    return sum(1 for _ in _cases(folder, regimes, released, progress)[1])


def build(
    folder: Path,
    target: Path,
    regimes: Mapping[str, Regime],
    released: date,
    progress: Progress = silent,
    previous: Union[Path, str, None] = None,
) -> Built:
    """Build `target` from a data folder. `previous`: the database published before, a file or an https address, with which the changes
    are told and what it said is kept.

    Raises DataProblems where the data cannot be built, BuildError where the file cannot be written, OpenError, VersionError or
    ReleaseError where the previous one cannot come before it. Nothing reads the clock: the same files, `released` and previous database give the same
    database, statement for statement.
    """
    files, cases = _cases(folder, regimes, released, progress)
    return write(target, files, cases, lambda: digest(folder), regimes, released, progress, previous)


def write(
    target: Path,
    files: Files,
    cases: Iterable[Case],
    digest: Callable[[], str],
    regimes: Mapping[str, Regime],
    released: date,
    progress: Progress = silent,
    previous: Union[Path, str, None] = None,
) -> Built:
    """Build `target` from records, one case at a time, wherever they come from. `digest`: that of what they were read from, asked for
    once the last case is written. Raises as `build` does."""
    _require_place(target)
    with before(previous, released) as old, _exclusive(target) as draft:
        db = Database(_connect(draft), execute_plugins=False)
        try:
            db.execute("pragma journal_mode = off")
            db.execute("pragma synchronous = off")
            db.execute(f"pragma cache_size = -{CACHE}")
            create_tables(db)
            with db.atomic():
                counts = _insert(db, _all_rows(files, cases, digest, regimes, released, old))
            _finish(db, regimes, progress, old)
            counts |= {table: db.execute(f"select count(*) from [{table}]").fetchone()[0] for table in COUNTED}
        finally:
            db.close()
        _swap(draft, target)
    return Built(target, counts)


def _require_place(target: Path) -> None:
    """The target can be a file, and no other program writes to it."""
    if os.path.isdir(target):
        raise BuildError(f"{target} is a folder; name a file, such as {target / 'cases.db'}")
    if not os.path.isdir(target.parent):
        raise BuildError(f"the folder {target.parent} does not exist; make it, or name another file")
    for suffix in ("-wal", "-journal"):
        if os.path.exists(f"{target}{suffix}"):
            raise BuildError(f"{target}{suffix} is there: another program is writing to {target}; close it, then build again")


def _connect(draft: Path) -> sqlite3.Connection:
    """The draft is locked as a whole; SQLite's own locks would meet ours where both are of one kind (BSD, macOS)."""
    return sqlite3.connect(f"{draft.absolute().as_uri()}?nolock=1", uri=True, isolation_level=None)


def _cases(folder: Path, regimes: Mapping[str, Regime], released: date, progress: Progress) -> tuple[Files, Iterator[Case]]:
    """The library, and a walk over the cases that raises all problems of all files at its end."""
    if not os.path.isdir(folder):
        raise DataProblems(
            [Problem(str(folder), 1, 1, "", "not-readable", "found no such folder", "name the folder that holds authorities.yml")]
        )
    shown = os.path.normpath(str(folder))
    files = read_library(folder, shown)

    def walk() -> Iterator[Case]:
        problems = files.problems + stray_files(folder, shown)
        total = len(case_files(folder))
        for number, found in enumerate(read_cases(folder, shown, files, regimes, released), 1):
            problems += found.problems
            progress("cases", number, total)
            if found.case is not None and not problems:
                yield found.case
        if problems:
            raise DataProblems(problems)

    return files, walk()


def _all_rows(
    files: Files, cases: Iterable[Case], digest: Callable[[], str], regimes: Mapping[str, Regime], released: date, previous: Before
) -> Iterator[NamedTuple]:
    yield from vocabulary_rows(regimes, {language: catalogue(language) for language in languages()})
    yield from time_limit_rows()
    yield from library_rows(files.authorities, files.actors)
    countries: dict[str, Optional[str]] = {authority.id: authority.country for authority in files.authorities}
    countries.update((actor.id, actor.country) for actor in files.actors)
    library = Library(countries, files.kinds, files.publishers, files.calendars)
    for case in (with_deadlines_of_law(case, library) for case in cases):
        yield from case_rows(case, regimes[case.regime], library)
        yield from citation_rows(case, files.publishers)
    yield from earlier_rows(previous)
    yield t.ReleaseRow(release_number(previous), released.isoformat(), t.SCHEMA_VERSION, f"datasette-cases {__version__}", digest())


def _insert(db: Database, rows: Iterable[NamedTuple]) -> dict[str, int]:
    """Put rows into their tables, a batch at a time. A document comes with every case that cites it: the first counts."""
    statements = {kind: placeholders(table) for kind, table in t.BY_ROW.items()}
    counts = dict.fromkeys(t.BY_ROW, 0)
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        of_kind: dict[type, list[NamedTuple]] = {kind: [] for kind in t.BY_ROW}
        for row in batch:
            of_kind[type(row)].append(row)
        for kind, found in of_kind.items():
            db.conn.executemany(statements[kind], map(tuple, found))  # sqlite3 reads a tuple of no name faster
            counts[kind] += len(found)
    counts[t.SourceRow] = db.execute("select count(*) from sources").fetchone()[0]
    return {t.BY_ROW[kind].name: count for kind, count in counts.items()}


def _finish(db: Database, regimes: Mapping[str, Regime], progress: Progress, previous: Before) -> None:
    """Indexes, what changed, search, views; then the file must be sound, or it is not used."""
    steps: list[tuple[str, Callable[[], object]]] = [
        ("indexes", lambda: create_indexes(db)),
        ("changes", lambda: _insert_changes(db, previous)),
        ("earlier rows", lambda: _insert_kept(db, previous)),
        ("counts", lambda: _count(db)),
        ("search", lambda: create_search(db)),
        ("views", lambda: create_views(db, dict.fromkeys(q for regime in regimes.values() for q in regime.question_ids))),
        ("statistics", lambda: db.execute("analyze")),
        ("compaction", lambda: db.execute("vacuum")),
        ("soundness", lambda: _require_sound(db)),
    ]
    for number, (what, step) in enumerate(steps, 1):
        progress(what, number, len(steps))
        step()


def _insert_changes(db: Database, previous: Before) -> None:
    changes = list(change_rows(previous, db.conn))
    with db.atomic():
        db.conn.executemany(placeholders(t.BY_ROW[t.ChangeRow]), changes)


def _insert_kept(db: Database, previous: Before) -> None:
    with db.atomic():
        db.conn.executemany(placeholders(t.BY_ROW[t.EarlierRow]), kept_rows(previous, db.conn))


def _count(db: Database) -> None:
    """With little memory: SQLite takes as much again for each of the sorts that a count makes at once."""
    db.execute(f"pragma cache_size = -{CACHE // 4}")
    with db.atomic():
        count(db.conn)
    db.execute(f"pragma cache_size = -{CACHE}")


def _require_sound(db: Database) -> None:
    verdict = db.execute("pragma integrity_check").fetchone()[0]
    if verdict != "ok":
        raise BuildError(f"the new database is damaged ({verdict}); is the disk all right? The old one stays as it was")
    orphan = db.execute("pragma foreign_key_check").fetchone()
    if orphan:
        raise BuildError(
            f"row {orphan[1]} of {orphan[0]} refers to a missing row of {orphan[2]}; please report this as an error of the program"
        )


@contextmanager
def _exclusive(target: Path) -> Iterator[Path]:
    """A new file beside the target that only this process builds; what an interrupted build left there is cleared."""
    draft = target.with_name(f".{target.name}.building")
    handle = _claim(draft, target)
    try:
        os.ftruncate(handle, 0)
        yield draft
    except sqlite3.IntegrityError as error:
        raise BuildError(f"a row does not fit its table: {error}; please report this as an error of the program") from error
    except (sqlite3.DatabaseError, OSError) as error:
        raise BuildError(f"cannot write {target}: {error}; the old one stays as it was") from error
    finally:
        if _is(draft, handle):
            draft.unlink()
        os.close(handle)


def _claim(draft: Path, target: Path) -> int:
    """Open the draft and lock it. The lock goes with the process, however it ends."""
    while True:
        try:
            handle = os.open(draft, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise BuildError(f"cannot write beside {target}: {error.strerror}; mend the permissions, or name another file") from None
        if not _lock(handle):
            os.close(handle)
            raise BuildError(f"another build of {target} is running; wait until it is done")
        if _is(draft, handle):
            return handle
        os.close(handle)  # Another build has just swapped this very file in: it is the target now.


def _is(path: Path, handle: int) -> bool:
    """Whether a path still leads to an open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _lock(handle: int) -> bool:
    """Whether the file is ours now. Without `fcntl` there are no locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _swap(draft: Path, target: Path) -> None:
    """Put the new file on disk, then in the old one's place, in one step that cannot be seen half done."""
    with open(draft, "rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # Some network drives cannot; the file is in its place already.
            os.fsync(folder)
    finally:
        os.close(folder)
