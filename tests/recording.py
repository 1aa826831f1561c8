"""The SQL that pages really run, and what SQLite does for it: counted, so that a busy machine does not matter."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Iterator

from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from .site import serve, settings_of

STEP = 20
"""Instructions of SQLite's machine between two counts."""


class Recorder:
    """A plugin that notes every SELECT of the connections to one file, with its values in it: a connection can be traced once only."""

    __name__ = "recorder"

    def __init__(self, file: Path) -> None:
        self.file, self.seen = file, list[str]()

    @hookimpl
    def prepare_connection(self, conn: Any) -> None:
        if str(self.file) in {path for _, _, path in conn.execute("pragma database_list")}:
            conn.set_trace_callback(self.seen.append)


class Recording:
    """A Datasette that serves one file and tells of each address what was run for it."""

    def __init__(self, datasette: Datasette, recorder: Recorder) -> None:
        self.datasette, self.recorder = datasette, recorder

    @classmethod
    async def of(cls, file: Path) -> Recording:
        recorder = Recorder(file)
        pm.register(recorder, name=f"recorder {id(recorder)}")
        datasette = await serve(file, configuration=settings_of(cache=0))
        return cls(datasette, recorder)

    async def sql(self, address: str) -> list[str]:
        self.recorder.seen.clear()
        answer = await self.datasette.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:300]}"
        return [sql for sql in self.recorder.seen if sql.lstrip().lower().startswith(("select", "with"))]

    def close(self) -> None:
        pm.unregister(self.recorder)


def steps(db: sqlite3.Connection, sql: str) -> int:
    """How many instructions it takes, in thousands and less exactly: as many as `STEP` at once."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += STEP
        return 0

    db.set_progress_handler(count, STEP)
    try:
        db.execute(sql).fetchall()
    finally:
        db.set_progress_handler(None, 0)
    return counted


def scanned(db: sqlite3.Connection, sql: str) -> Iterator[str]:
    """What SQLite would read whole."""
    for *_, line in db.execute(f"explain query plan {sql}"):
        if line.startswith("SCAN ") and "VIRTUAL TABLE" not in line and "CONSTANT ROW" not in line:
            yield line
