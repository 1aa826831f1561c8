"""What a release changed, kept backwards: with it every earlier release can be read as it was, row by row."""

from __future__ import annotations

import json
import sqlite3
from difflib import SequenceMatcher
from typing import Iterator, Optional, Sequence

from ..query import known, snapshot
from . import tables as t
from .released import Before, release_number


def kept_rows(previous: Before, new: sqlite3.Connection) -> Iterator[t.EarlierRow]:
    """What the release before had otherwise: case by case, so that one case is read at a time, then what all cases share."""
    if previous is None:
        return
    release, before, after = release_number(previous) - 1, snapshot.cases(previous), snapshot.cases(new)
    for case in sorted({*before, *after}):
        if case in before:
            for table in known.parts():
                yield from _kept(release, table, case, previous, new)
        else:
            yield t.EarlierRow(release, "cases", case, 0, None)
    for table in known.SHARED:
        yield from _kept(release, table, None, previous, new)


def _kept(release: int, table: str, case: Optional[str], previous: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[t.EarlierRow]:
    older, newer = ([json.dumps(row, ensure_ascii=False) for row in known.stands(db, table, case)] for db in (previous, new))
    for place, row in differences(older, newer):
        yield t.EarlierRow(release, table, case, place, row)


def differences(older: Sequence[str], newer: Sequence[str]) -> Iterator[tuple[int, Optional[str]]]:
    """Place and text of each row that stood in `older` only; place alone of each that stands in `newer` only."""
    if older == newer:
        return
    for what, start, end, new_start, new_end in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if what != "equal":
            yield from ((place, None) for place in range(new_start, new_end))
            yield from ((place, older[place]) for place in range(start, end))
