"""Running SQL: every row comes as a plain dict."""

from __future__ import annotations

from typing import Any, Mapping, Protocol

Row = dict[str, Any]


class Connection(Protocol):
    """What of an SQLite connection is needed here: `sqlite3`'s own, or another module's of the same interface."""

    def execute(self, sql: str, parameters: Mapping[str, Any] = ..., /) -> Any: ...


def rows(db: Connection, sql: str, **parameters: Any) -> list[Row]:
    """All rows of a SELECT with named parameters."""
    cursor = db.execute(sql, parameters)
    cursor.row_factory = None  # rows of sqlite3.Row would only be taken apart again
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor]  # noqa: B905


def grouped(found: list[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column, in their order."""
    groups: dict[Any, list[Row]] = {}
    for row in found:
        groups.setdefault(row[key], []).append(row)
    return groups
