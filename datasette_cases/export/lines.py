"""JSON Lines: a row a line, named by its table, lists as lists, yes and no as true and false, null as null."""

from __future__ import annotations

import json
import sqlite3
from typing import Iterator

from .package import Out
from .tables import Table, tables


def write(db: sqlite3.Connection, out: Out) -> None:
    """All tables, one after the other."""
    for table in tables(db):
        write_table(db, table, out)


def write_table(db: sqlite3.Connection, table: Table, out: Out) -> None:
    for line in lines(db, table):
        out.write(line)
    out.flush()


def lines(db: sqlite3.Connection, table: Table) -> Iterator[str]:
    names, lists, yes_or_no = table.names, table.of_type("array"), table.of_type("boolean")
    for row in db.execute(table.sql):
        found = {"table": table.name}
        for number, value in enumerate(row):
            if value is not None and number in lists:
                value = json.loads(value)
            elif value is not None and number in yes_or_no:
                value = bool(value)
            found[names[number]] = value
        yield json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"
