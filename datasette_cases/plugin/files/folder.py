"""The folder of a site as files: only what changed is written, each file whole or not at all, and only our own are taken away."""

from __future__ import annotations

import filecmp
import os
import shutil
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Iterator, Optional

from ...export.folder import lock
from ...export.tables import ExportError

MANIFEST = ".datasette-cases-export"
"""Names of the files that are ours, one a line. A name is added before its file is written."""
DRAFT = ".datasette-cases-export.part"


class Folder:
    """`written`, `kept`, `removed`: names, as far as the work has come."""

    def __init__(self, path: Path) -> None:
        self.shown, self.path = path, Path(os.path.realpath(path))
        self.ours: set[str] = set()
        self.written: list[str] = []
        self.kept: list[str] = []
        self.removed: list[str] = []
        self._names: Optional[IO[str]] = None

    def put(self, name: str, body: bytes) -> None:
        """A file with these bytes."""
        path = self._place(name)
        if path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body:
            self.kept.append(name)
            return
        (self.path / DRAFT).write_bytes(body)
        self._move(name, path)

    def copy(self, name: str, source: Path) -> None:
        """A file like another, which may be large."""
        path = self._place(name)
        if path.is_file() and filecmp.cmp(source, path, shallow=False):
            self.kept.append(name)
            return
        shutil.copyfile(source, self.path / DRAFT)
        self._move(name, path)

    def _place(self, name: str) -> Path:
        path = self.path / name
        if name not in self.ours:
            if path.exists():
                raise ExportError(f"{self.shown / name} is not from an earlier export; move it away, or name another folder")
            assert self._names, "within `opened`"
            self._names.write(f"{name}\n")
            self._names.flush()
            self.ours.add(name)
        return path

    def _move(self, name: str, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.path / DRAFT, path)
        self.written.append(name)

    def finish(self) -> None:
        """Take away what is no longer part of the site."""
        wanted = {*self.written, *self.kept}
        for name in sorted(self.ours - wanted):
            path = self.path / name
            if path.is_file():
                path.unlink()
                self.removed.append(name)
            for parent in path.parents:
                if parent == self.path or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()
        (self.path / DRAFT).write_text("".join(f"{name}\n" for name in sorted(wanted)), encoding="utf-8")
        os.replace(self.path / DRAFT, self.path / MANIFEST)


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """A new or empty folder, or one of ours, that no other export writes to."""
    folder = Folder(path)
    try:
        if not folder.path.parent.is_dir():
            raise ExportError(f"the folder {folder.path.parent} does not exist; make it, or name another")
        if folder.path.exists() and not folder.path.is_dir():
            raise ExportError(f"{path} is a file; name a folder")
        folder.path.mkdir(exist_ok=True)
        handle = os.open(folder.path, os.O_RDONLY)
        try:
            if not lock(handle):
                raise ExportError(f"another export to {path} is running; wait until it is done")
            folder.ours = _ours(folder)
            with open(folder.path / MANIFEST, "a", encoding="utf-8") as folder._names:
                yield folder
        finally:
            (folder.path / DRAFT).unlink(missing_ok=True)
            os.close(handle)
    except OSError as error:
        raise ExportError(
            f"cannot write {path}: {error}; each file there is whole, old or new; make room or mend it, then export again"
        ) from error


def _ours(folder: Folder) -> set[str]:
    manifest = folder.path / MANIFEST
    if not manifest.is_file():
        there = sorted(path.name for path in folder.path.iterdir())
        if there:
            raise ExportError(f"{folder.shown} holds {there[0]}, and is no site exported before; name a new or empty folder")
        return set()
    names = manifest.read_text(encoding="utf-8").splitlines()
    strange = [name for name in names if not name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts]
    if strange:
        raise ExportError(f"{manifest} names {strange[0]!r}, which is no file of an export; name a new or empty folder")
    return set(names)
