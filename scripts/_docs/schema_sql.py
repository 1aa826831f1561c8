"""docs/schema.sql: the SQL of a database without rows, as a build makes it."""

from __future__ import annotations

import re

from .views import empty_database

SHADOW = re.compile(r"_fts_(config|data|docsize|idx|content)$")
"""Tables that full-text search keeps for itself."""


def page() -> str:
    rows = empty_database().execute("select name, sql from sqlite_master where sql is not null order by rowid").fetchall()
    statements = [sql.strip() + ";" for name, sql in rows if not SHADOW.search(name)]
    return "\n\n".join(["-- Made by scripts/generate from datasette_cases/store/tables.py and views.py.", *statements]) + "\n"
