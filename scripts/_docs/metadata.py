"""The generated end of metadata.yml: descriptions of tables, views and columns, as Datasette's own pages show them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict

import yaml

from datasette_cases.store.table import Table
from datasette_cases.store.tables import TABLES

from .views import views

FILE = Path(__file__).resolve().parents[2] / "metadata.yml"
MARK = "    # Made by scripts/generate, to the end of the file.\n"


def page() -> str:
    """The file with its end made anew."""
    written, mark, _ = FILE.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise SystemExit(f"metadata.yml has lost the line {MARK.strip()!r}; put it back under databases: cases:")
    made = yaml.safe_dump({"tables": {**tables(), **described_views()}}, sort_keys=False, allow_unicode=True, width=120)
    return written + mark + "".join(f"    {line}" for line in made.splitlines(keepends=True))


def tables() -> Dict[str, Any]:
    return {
        table.name: {
            "description": table.meaning,
            **label(table),
            "columns": {column.name: column.about.meaning for column in table.columns},
        }
        for table in TABLES
    }


def label(table: Table) -> Dict[str, str]:
    """The column that stands for a row where another table refers to it."""
    found = [column.name for column in table.columns if column.name in ("short_name", "title") and column.required]
    return {"label_column": found[0]} if found and table.key == ("id",) else {}


def described_views() -> Dict[str, Any]:
    return {view.name: {"description": view.meaning} for view in views()}
