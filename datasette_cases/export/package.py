"""A Frictionless Data Package in one zip file: a CSV for each table, and what each column means. The same database gives the same bytes."""

from __future__ import annotations

import csv
import json
import sqlite3
from hashlib import sha256
from typing import IO, Any, Optional
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .about import About
from .tables import Table, tables

READING = (
    "Values are exact: text stands as it was written, also where a spreadsheet would take it for a formula, so import the files as text. "
    "An empty cell is null: not known, or not applicable. Lists are JSON in one cell. Dates that are not exact are a month (2024-06) or a year (2024)."
)
"""What has to be known to read the files, in the package itself."""
BATCH = 1 << 16
LARGE = 1 << 30
"""A database from which a part of the zip file may need 64 bits for its size."""


class Out:
    """Where csv and JSON are written: counted, in bytes, a batch at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.bytes, self.hash = file, 0, sha256()
        self._parts: list[str] = []
        self._letters = 0

    def write(self, text: str) -> int:
        self._parts.append(text)
        self._letters += len(text)
        if self._letters > BATCH:
            self.flush()
        return len(text)

    def flush(self) -> None:
        data = "".join(self._parts).encode("utf-8")
        self._parts.clear()
        self._letters = 0
        self.bytes += len(data)
        self.hash.update(data)
        self.file.write(data)


def write(db: sqlite3.Connection, about: About, file: IO[bytes], licence_text: Optional[str] = None) -> None:
    """The zip file. `file` can be sought in."""
    size = db.execute("pragma page_count").fetchone()[0] * db.execute("pragma page_size").fetchone()[0]
    resources = []
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for table in tables(db):
            path = f"data/{table.name}.csv"
            with archive.open(_entry(path, about), "w", force_zip64=size > LARGE) as part:
                out = Out(part)
                _csv(db, table, out)
            resources.append(_resource(table, path, out))
        _text(archive, "LICENSE.txt", licence_text or about.licence_text, about)
        _text(archive, "datapackage.json", json.dumps(descriptor(about, resources), ensure_ascii=False, indent=2) + "\n", about)


def _csv(db: sqlite3.Connection, table: Table, out: Out) -> None:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows(db.execute(table.sql))
    out.flush()


def _entry(name: str, about: About) -> ZipInfo:
    """A part of the zip file: its time is the day of the release, and anybody may read it."""
    year, month, day = (int(part) for part in about.released.split("-"))
    entry = ZipInfo(name, (max(year, 1980), month, day, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o100644 << 16
    return entry


def _text(archive: ZipFile, name: str, text: str, about: About) -> None:
    archive.writestr(_entry(name, about), text.encode("utf-8"))


def _resource(table: Table, path: str, out: Out) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": path,
        "description": table.description,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": out.bytes,
        "hash": f"sha256:{out.hash.hexdigest()}",
        "dialect": {"csv": {"lineTerminator": "\r\n"}},
        "schema": table.schema,
    }


def descriptor(about: About, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """datapackage.json. What is not known is left out."""
    licence = {"name": about.licence_id, "title": about.licence, "path": about.licence_url}
    publisher = {"title": about.publisher, "path": about.publisher_url, "role": "publisher"}
    source = {"title": about.source or about.title, "path": about.source_url or about.url}
    made = {
        "profile": "data-package",
        "name": "datasette-cases",
        "title": about.title,
        "description": f"{about.description} {READING}",
        "version": str(about.release),
        "created": f"{about.released}T00:00:00Z",
        "homepage": about.url,
        "licenses": [_without_nothing(licence)] if about.licence_id and about.licence_url else None,
        "contributors": [_without_nothing(publisher)] if about.publisher else None,
        "sources": [_without_nothing(source)],
        "digest": f"sha256:{about.digest}",
        "resources": resources,
    }
    return _without_nothing(made)


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
