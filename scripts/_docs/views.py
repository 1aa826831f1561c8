"""The views of the database: their columns from the database itself, their meaning from beside their SQL."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

from sqlite_utils import Database

from datasette_cases.query.standing import standing
from datasette_cases.regimes import collect
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store import views as source
from datasette_cases.store.schema import create_indexes, create_search, create_tables, create_views
from datasette_cases.vocabulary import Regime

REGIMES: Dict[str, Regime] = collect([GDPR])
"""The package's own regimes: what other installed packages bring is no part of its documentation."""


class View(NamedTuple):
    name: str
    meaning: str
    columns: Tuple[str, ...]


@cache
def empty_database() -> Database:
    """A database as a build makes it, without rows."""
    db = Database(memory=True)
    create_tables(db)
    create_indexes(db)
    create_search(db)
    create_views(db, dict.fromkeys(question for regime in REGIMES.values() for question in regime.question_ids))
    return db


def views() -> List[View]:
    db = empty_database()
    said = meanings()
    return [View(name, said[name], tuple(column.name for column in db.view(name).columns)) for name in db.view_names()]


def meanings() -> Dict[str, str]:
    """View → what stands under its SQL in the source."""
    body = ast.parse(Path(source.__file__).read_text(encoding="utf-8")).body
    found = {"standing": first_paragraph(standing.__doc__ or "").removeprefix("The SELECT: ")}
    for statement, after in zip(body, body[1:], strict=False):
        if isinstance(statement, ast.Assign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(statement.targets[0]).lower()] = first_paragraph(str(after.value.value))
    return {name: text[0].upper() + text[1:] for name, text in found.items()}


def first_paragraph(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[0].split())
