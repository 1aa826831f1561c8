"""A tracker from nothing: the files under `starter/`, in an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from .tracker import EditorError

STARTER = Path(__file__).parent / "starter"
NAMED = 5
"""So many of the things that are in the way are named."""


def init(folder: Path) -> list[Path]:
    """Begin a tracker: the files written. EditorError: the folder is not empty, or cannot be written to."""
    try:
        _require_empty(folder)
        shutil.copytree(STARTER, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    except OSError as error:
        raise EditorError(
            f"{folder}: cannot write here ({error.strerror or error}); mend the permissions, or name another folder"
        ) from None
    return [folder / path.relative_to(STARTER) for path in sorted(STARTER.rglob("*")) if path.is_file()]


def _require_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise EditorError(f"{folder}: found a file; name an empty or new folder")
    there = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.is_dir() else []
    if there:
        shown = ", ".join(there[:NAMED]) + (f" and {len(there) - NAMED} more" if len(there) > NAMED else "")
        raise EditorError(f"{folder}: the folder is not empty, found {shown}; name an empty or new folder. Nothing was written")
