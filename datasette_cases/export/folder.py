"""A folder with everything: written beside the old one and swapped in whole, so that no half export is ever seen."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Iterator, Mapping, Optional

from . import dcat, lines, package
from .about import About, about
from .package import Out
from .tables import ExportError, tables

DATABASE, PACKAGE, LINES, LICENCE, CATALOGUE = "cases.db", "data.zip", "jsonl", "LICENSE.txt", "dcat.jsonld"
OURS = frozenset({DATABASE, PACKAGE, LINES, LICENCE, CATALOGUE})
CHUNK = 1 << 20


@dataclass(frozen=True)
class Exported:
    """What was written: name → bytes."""

    folder: Path
    files: Mapping[str, int]


def export(
    database: Path,
    db: sqlite3.Connection,
    folder: Path,
    metadata: Mapping[str, Any],
    url: Optional[str] = None,
    licence: Optional[str] = None,
) -> Exported:
    """Everything of a database that is open to be read. `licence`: the text of LICENSE.txt. Raises ExportError."""
    target = Path(os.path.realpath(folder))
    _require_place(target, folder)
    try:
        with _beside(target, folder) as draft:
            db.execute("begin")  # one state of the file in all forms
            what = about(db, metadata, url)
            _require_whole(database)
            files = list(_write(database, db, draft, what, licence))
            db.execute("rollback")
            sizes = {name: os.path.getsize(draft / name) for name in files}
            _swap(draft, target)
    except (OSError, sqlite3.Error) as error:
        raise ExportError(f"cannot write {folder}: {error}; what was there stays as it was") from error
    return Exported(folder, sizes)


def _require_place(target: Path, shown: Path) -> None:
    """The folder is new, empty, or an export of ours."""
    if not target.parent.is_dir():
        raise ExportError(f"the folder {target.parent} does not exist; make it, or name another")
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportError(f"{shown} is a file; name a folder")
    there = {path.name for path in target.iterdir()}
    strange = sorted(there - OURS) or sorted(path.name for path in (target / LINES).glob("*") if path.suffix != ".jsonl")
    if strange or (there and not {DATABASE, PACKAGE} <= there):
        raise ExportError(f"{shown} holds {(strange or sorted(there))[0]}, and is no export; name a new or empty folder")


def _require_whole(database: Path) -> None:
    """All of it stands in the one file."""
    wal = Path(f"{database}-wal")
    if wal.exists() and wal.stat().st_size:
        raise ExportError(f"{wal} is there: another program is writing to {database}; close it, then export again")


@contextmanager
def _beside(target: Path, shown: Path) -> Iterator[Path]:
    """A new folder beside the target that only this process writes; what an interrupted export left there is cleared."""
    draft = target.with_name(f".{target.name}.exporting")
    draft.mkdir(exist_ok=True)
    handle = os.open(draft, os.O_RDONLY)
    try:
        if not lock(handle):
            raise ExportError(f"another export to {shown} is running; wait until it is done")
        _clear(draft)
        try:
            yield draft
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    finally:
        os.close(handle)


def lock(handle: int) -> bool:
    """Whether the folder is ours now; the lock goes with the process. Without `fcntl` there are no locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _write(database: Path, db: sqlite3.Connection, draft: Path, what: About, licence: Optional[str]) -> Iterator[str]:
    """Each file, and then its name."""
    described: dict[str, tuple[int, str]] = {}
    with open(database, "rb") as source, open(draft / DATABASE, "wb") as copy:
        shutil.copyfileobj(source, copy, CHUNK)
        _to_disk(copy)
    described[DATABASE] = _measured(draft / DATABASE)
    yield DATABASE
    with open(draft / PACKAGE, "w+b") as archive:
        package.write(db, what, archive, licence)
        _to_disk(archive)
    described[PACKAGE] = _measured(draft / PACKAGE)
    yield PACKAGE
    (draft / LINES).mkdir()
    for table in tables(db):
        name = f"{LINES}/{table.name}.jsonl"
        with open(draft / name, "wb") as file:
            lines.write_table(db, table, Out(file))
            _to_disk(file)
        yield name
    (draft / LICENCE).write_text(licence or what.licence_text, encoding="utf-8")
    yield LICENCE
    if what.url:
        text = json.dumps(_catalogue(what, described), ensure_ascii=False, indent=2) + "\n"
        (draft / CATALOGUE).write_text(text, encoding="utf-8")
        yield CATALOGUE


def _catalogue(what: About, described: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    url = what.url

    def sizes(name: str) -> dict[str, Any]:
        return {"bytes": described[name][0], "sha256": described[name][1]}

    files = [
        dcat.sqlite(f"{url}/{DATABASE}", f"{url}/{DATABASE}", **sizes(DATABASE)),
        dcat.package(f"{url}/{PACKAGE}", f"{url}/{PACKAGE}", **sizes(PACKAGE)),
        dcat.lines(f"{url}/{LINES}/", None),
    ]
    return dcat.description(what, f"{url}/{CATALOGUE}", f"{url}/", files)


def _measured(path: Path) -> tuple[int, str]:
    """Its size and SHA-256."""
    digest = sha256()
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return path.stat().st_size, digest.hexdigest()


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _swap(draft: Path, target: Path) -> None:
    """The old export goes aside until the new one has its place."""
    old = target.with_name(f".{target.name}.before")
    if old.exists():  # an interruption between the two renamings: the old one was good
        shutil.rmtree(old) if target.exists() else os.rename(old, target)
    if target.exists():
        os.rename(target, old)
    try:
        os.rename(draft, target)
    except OSError:
        if old.exists():
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
