"""Where a tracker's files are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class EditorError(Exception):
    """What an editor asked for cannot be done; the message says why and what to do. Nothing was written."""


@dataclass(frozen=True)
class Tracker:
    """`data`: the folder of the files; `metadata`: the site's configuration, which need not be there."""

    data: Path
    metadata: Path

    @property
    def cases(self) -> Path:
        return self.data / "cases"

    def case(self, case_id: str) -> Path:
        return self.cases / f"{case_id}.yml"


def tracker(folder: Path) -> Tracker:
    """The tracker in a folder, or whose data folder it is. EditorError: there is none."""
    for data, site in ((folder / "data", folder), (folder, folder.absolute().parent)):
        if (data / "authorities.yml").is_file():
            return Tracker(data, site / "metadata.yml")
    raise EditorError(
        f"{folder}: found no tracker here; name the folder that holds data/authorities.yml, or begin one: datasette cases init DIR"
    )
