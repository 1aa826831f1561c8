"""What is exported: tables and views with their columns, as `tables.json` has them, which is generated from `store/tables.py`."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Iterator

SCHEMA = Path(__file__).with_name("tables.json")


class ExportError(Exception):
    """It cannot be exported; the message says why and what to do. What was exported before stays as it was."""


@dataclass(frozen=True)
class Table:
    """`fields`: of a Table Schema (Frictionless), one for each column, in order. `view`: it has no rows of its own."""

    name: str
    description: str
    view: bool
    fields: tuple[dict[str, Any], ...]
    schema: dict[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field["name"] for field in self.fields)

    @property
    def sql(self) -> str:
        """All rows, in an order that is the same each time."""
        columns = ", ".join(f'"{name}"' for name in self.names)
        order = ", ".join(str(number) for number in range(1, min(6, len(self.names)) + 1)) if self.view else "rowid"
        return f'select {columns} from "{self.name}" order by {order}'

    def of_type(self, *types: str) -> frozenset[int]:
        """Positions of the columns of some types."""
        return frozenset(number for number, field in enumerate(self.fields) if field["type"] in types)


@cache
def known() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def names() -> tuple[str, ...]:
    """Of every table and view that is exported."""
    return tuple(one["name"] for one in known()["tables"])


def tables(db: sqlite3.Connection) -> Iterator[Table]:
    """Each table as a database has it: a view has columns of its own for each question of each regime."""
    version = db.execute("select schema_version from releases order by id desc limit 1").fetchone()
    if version is None or version[0] != known()["schema_version"]:
        raise ExportError(
            f"its tables are of version {version and version[0]}, and this program exports version {known()['schema_version']}; build it anew"
        )
    for one in known()["tables"]:
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        columns = [row[1] for row in db.execute(f'pragma table_info("{one["name"]}")')]
        if not columns or (not one["view"] and not fields.keys() <= set(columns)):
            raise ExportError(f"it has no whole table {one['name']}; build it anew with this program")
        shown = tuple(fields.get(name, {"name": name, "type": "string"}) for name in columns)
        yield Table(one["name"], one["description"], one["view"], shown, {**one["schema"], "fields": list(shown)})
