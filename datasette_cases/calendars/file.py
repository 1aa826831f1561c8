"""How a calendar is written down: a head that says where it comes from, then one day a line.

# Poland
# from 2018-01-01 to 2030-12-31
# origin: holidays 0.109, country PL, category public
# certainty: package
# note: what a reader should know
2018-01-01 Nowy Rok
+ 2018-05-02 added by hand, where something better than the origin says so
- 2018-11-12 taken out by hand
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Iterable, Mapping

CERTAINTY = ("official", "package", "second-hand")
"""How the days are known: from an official list, from a package that others keep, from somebody who copied a list."""

HEAD = re.compile(r"# (?P<title>.+)\n# from (?P<first>\S+) to (?P<last>\S+)\n# origin: (?P<origin>.+)\n# certainty: (?P<certainty>.+)\n")
NOTE = re.compile(r"# note: (.+)")
DAY = re.compile(r"(?P<sign>[+-] |)(?P<day>\d{4}-\d\d-\d\d) (?P<name>.+)")


@dataclass(frozen=True)
class File:
    """A calendar as it is kept. `listed`: what its origin says, day → name; `added` and `removed`: by hand, and kept when it changes."""

    title: str
    first: date
    last: date
    origin: str
    certainty: str
    notes: tuple[str, ...] = ()
    listed: Mapping[date, str] = field(default_factory=dict)
    added: Mapping[date, str] = field(default_factory=dict)
    removed: Mapping[date, str] = field(default_factory=dict)

    @property
    def holidays(self) -> frozenset[date]:
        return frozenset({*self.listed, *self.added} - self.removed.keys())


def parse(text: str) -> File:
    """ValueError: not such a file; names the line."""
    head = HEAD.match(text)
    if not head:
        raise ValueError("line 1: a calendar begins with its title, from when to when it goes, its origin and its certainty")
    notes: list[str] = []
    days: dict[str, dict[date, str]] = {"": {}, "+ ": {}, "- ": {}}
    for number, line in enumerate(text[head.end() :].splitlines(), head.group().count("\n") + 1):
        if note := NOTE.fullmatch(line):
            notes.append(note[1])
        elif found := DAY.fullmatch(line):
            days[found["sign"]][date.fromisoformat(found["day"])] = found["name"]
        else:
            raise ValueError(f"line {number}: neither a note nor a day with a name: {line!r}")
    first, last = date.fromisoformat(head["first"]), date.fromisoformat(head["last"])
    return File(head["title"], first, last, head["origin"], head["certainty"], tuple(notes), days[""], days["+ "], days["- "])


def written(file: File) -> str:
    """The file as text: days in order, those by hand last. `written(parse(text))` is the same text."""
    head = (file.title, f"from {file.first} to {file.last}", f"origin: {file.origin}", f"certainty: {file.certainty}")
    lines = [f"# {line}" for line in (*head, *(f"note: {note}" for note in file.notes))]
    for sign, days in (("", file.listed), ("+ ", file.added), ("- ", file.removed)):
        lines += _days(sign, days)
    return "\n".join(lines) + "\n"


def _days(sign: str, days: Mapping[date, str]) -> Iterable[str]:
    return (f"{sign}{day} {name}" for day, name in sorted(days.items()))
