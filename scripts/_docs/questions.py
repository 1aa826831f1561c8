"""docs/questions.md: an editor writes questions and SQL; the answers, and the ready-made queries in metadata.yml, are made from them."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Dict, List, NamedTuple

from datasette_cases.regimes import collect
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store.build import build

from .markdown import cell

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs/questions.md"
PART = re.compile(
    r"## (?P<title>[^\n]+)\n\n(?P<text>(?:(?!```).)*?)\n\n```sql (?P<name>[a-z0-9-]+)\n(?P<sql>.*?)\n```\n(?P<answer>\n(?:\|[^\n]*\n)+)?",
    re.DOTALL,
)


class Question(NamedTuple):
    """A question in words, what its answer counts, and the SQL that gives it."""

    name: str
    title: str
    text: str
    sql: str


def questions() -> List[Question]:
    found = PART.finditer(FILE.read_text(encoding="utf-8"))
    return [Question(part["name"], part["title"], " ".join(part["text"].split()), part["sql"]) for part in found]


def queries() -> Dict[str, Dict[str, str]]:
    """As Datasette reads them: name → title, description, SQL."""
    return {one.name: {"title": one.title, "description": one.text, "sql": one.sql} for one in questions()}


def page() -> str:
    """The page with its answers made anew, from data/ as it is."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.db"
        build(ROOT / "data", file, collect([GDPR]), date.today())
        with closing(sqlite3.connect(file)) as db:
            return PART.sub(lambda part: answered(db, part), FILE.read_text(encoding="utf-8"))


def answered(db: sqlite3.Connection, part: re.Match[str]) -> str:
    rest = part["answer"] or ""
    return part[0][: len(part[0]) - len(rest)] + "\n" + table(db.execute(part["sql"]))


def table(found: sqlite3.Cursor) -> str:
    rows = [
        [column[0] for column in found.description],
        ["---"] * len(found.description),
        *([text(value) for value in row] for row in found),
    ]
    return "".join("| " + " | ".join(cell(value) for value in row) + " |\n" for row in rows)


def text(value: object) -> str:
    """As it is read: no value is nothing, and a whole number has no fraction."""
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
