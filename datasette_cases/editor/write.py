"""Changes to files: whole and checked before any is written, each swapped in at once; until then nothing is touched."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Iterator, Mapping, Optional, Sequence

from ..source import format as form
from ..source.problem import DataProblems
from ..source.read import LIBRARY, NoFile, case_files, content_of, read_tree
from ..store.build import check
from ..vocabulary import Regime
from .tracker import EditorError, Tracker


@dataclass(frozen=True)
class Change:
    """A file as it was when it was read (None: it was not there), and the text it is to have."""

    path: Path
    before: Optional[bytes]
    after: str

    def diff(self) -> str:
        before, name = (self.before or b"").decode("utf-8-sig"), self.path.as_posix()
        return "".join(unified_diff(before.splitlines(True), self.after.splitlines(True), name if self.before else "/dev/null", name))


def require_sound(tracker: Tracker, changes: Sequence[Change], regimes: Mapping[str, Regime], released: date) -> None:
    """The whole folder passes the check with the changes. Raises DataProblems, with the places in the changed files."""
    changed = {change.path.relative_to(tracker.data): change.after for change in changes}
    shown, mirrored = os.path.normpath(tracker.data), ""
    with TemporaryDirectory() as mirror:
        mirrored = os.path.normpath(mirror)
        (Path(mirror) / "cases").mkdir()
        for path in (*(tracker.data / name for name in LIBRARY), *case_files(tracker.data)):
            name = path.relative_to(tracker.data)
            if name not in changed:
                try:
                    (Path(mirror) / name).write_bytes(content_of(path))
                except FileNotFoundError:
                    pass  # the check says so
                except (OSError, NoFile):
                    raise DataProblems(read_tree(path, f"{shown}/{name.as_posix()}").problems) from None
        for name, text in changed.items():
            (Path(mirror) / name).write_text(text, encoding="utf-8", newline="\n")
        try:
            check(Path(mirror), regimes, released)
        except DataProblems as error:
            raise DataProblems([replace(found, path=found.path.replace(mirrored, shown, 1)) for found in error.problems]) from None


def write(tracker: Tracker, changes: Sequence[Change]) -> bool:
    """Write all changes, in their order; False, and nothing is written, where a file is not as it was when it was read."""
    with _alone(tracker.data):
        if any(_content(change.path) != change.before for change in changes):
            return False
        for change in changes:
            try:
                if change.before is None:
                    _create(change.path, change.after)
                else:
                    form.replace(change.path, change.after)
            except OSError as error:
                raise EditorError(f"{change.path}: cannot be written ({error.strerror or error}); it stays as it was") from None
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writes at a time. Without `fcntl` there are no locks."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(ImportError):
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _content(path: Path) -> Optional[bytes]:
    return path.read_bytes() if path.exists() else None


def _create(path: Path, text: str) -> None:
    """A new file, whole from the moment it is there; another one of its name is never overwritten."""
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f".{path.name}.writing")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
