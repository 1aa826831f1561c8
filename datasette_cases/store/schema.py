"""Tables, indexes, views and full-text search, made by sqlite-utils from the row types."""

from __future__ import annotations

from typing import Iterable

from sqlite_utils import Database

from .table import Column, Table
from .tables import TABLES
from .views import views


def create_tables(db: Database) -> None:
    """All tables, empty, without indexes: rows go in faster that way."""
    for table in TABLES:
        columns = table.columns
        db.table(table.name).create(
            {column.name: column.type for column in columns},
            pk=table.key[0] if len(table.key) == 1 else table.key or None,
            foreign_keys=[_foreign_key(column) for column in columns if column.about.refers],
            not_null={column.name for column in columns if column.required},
        )


def create_indexes(db: Database) -> None:
    """What tables are looked up by."""
    for table in TABLES:
        for columns in table.indexes:
            db.table(table.name).create_index(list(columns))


def create_search(db: Database) -> None:
    """Full-text search in the columns that a table names, accents folded."""
    for table in TABLES:
        if table.search:
            db.table(table.name).enable_fts(list(table.search), tokenize="unicode61 remove_diacritics 2")
            db.table(table.name).optimize()


def create_views(db: Database, questions: Iterable[str]) -> None:
    """The views; `standing` has columns for each question."""
    for name, sql in views(questions).items():
        db.create_view(name, sql)


def placeholders(table: Table) -> str:
    """The INSERT for a table's rows."""
    return f"insert {'or ignore ' if table.repeats else ''}into [{table.name}] values ({', '.join('?' * len(table.columns))})"


def _foreign_key(column: Column) -> tuple[str, str, str]:
    table, _, name = (column.about.refers or "").partition(".")
    return column.name, table, name
