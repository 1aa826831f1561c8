"""Words with their labels in a reader's language."""

from __future__ import annotations

import json
from typing import Any, Optional

from .frozen import dataclass

Row = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A word of the vocabulary as a page shows it."""

    field: str
    value: str
    label: str
    meaning: str
    phase: Optional[str]
    provision: Optional[str]
    regime: Optional[str]
    rank: Optional[int]
    coloured: bool


class Words:
    """The vocabulary of a file. A word it does not have is shown as it stands."""

    def __init__(self, rows: list[Row]) -> None:
        self._entries: dict[tuple[str, str], Entry] = {}
        self._labels: dict[tuple[str, Optional[str]], str] = {}
        for row in rows:
            entry = Entry(
                row["field"], row["value"], row["label"], row["meaning"], row["phase"], row["provision"], row["regime"],
                row["rank"], bool(row["coloured"]),
            )  # fmt: skip
            self._entries.setdefault((entry.field, entry.value), entry)
            self._labels.setdefault((entry.field, entry.value), entry.label)

    def label(self, field: str, value: Optional[str]) -> Optional[str]:
        return self._labels.get((field, value), value)

    def meaning(self, field: str, value: str) -> Optional[str]:
        entry = self._entries.get((field, value))
        return entry.meaning if entry else None

    def all(self, field: str, regime: Optional[str] = None) -> list[Entry]:
        """All words of a list, in its order."""
        return [entry for entry in self._entries.values() if entry.field == field and (regime is None or entry.regime == regime)]

    def fields(self) -> list[str]:
        return list(dict.fromkeys(entry.field for entry in self._entries.values()))


def load(text: Optional[str]) -> list[Any]:
    """A JSON list in a column; empty for null."""
    return list(json.loads(text)) if text else []
