"""The generated end of metadata.yml: ready-made queries, and descriptions of tables, views and columns, as Datasette's own pages show them."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import Any, Dict

import yaml

from datasette_cases.store.table import Table
from datasette_cases.store.tables import TABLES

from .questions import queries
from .views import views

FILE = Path(__file__).resolve().parents[2] / "metadata.yml"
MARK = "    # Made by scripts/generate, to the end of the file.\n"


class Dumper(yaml.SafeDumper):
    """Writes a text of several lines as one."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Dumper.add_representer(str, Dumper.represent_text)


def page() -> str:
    """The file with its end made anew."""
    written, mark, _ = FILE.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise SystemExit(f"metadata.yml has lost the line {MARK.strip()!r}; put it back under databases: cases:")
    made = yaml.dump(
        {"queries": queries(), "tables": {**tables(), **described_views()}}, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120
    )
    return written + mark + indent(made, "    ")


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
