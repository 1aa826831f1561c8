"""The vocabulary of a file in a reader's language."""

from __future__ import annotations

from typing import Optional

from .rows import Connection, Row, rows

TABLES = ("vocabulary",)

WORDS = """
select field, value, label, phase, meaning, provision, sort, regime, rank, coloured, language from vocabulary
where language in (:language, 'en') order by language = 'en', regime is not null, regime, field, sort
"""
"""English stands in where the reader's language lacks a word."""


def read(db: Connection, language: str) -> list[Row]:
    """All words, those of the reader's language first."""
    return rows(db, WORDS, language=language)


def questions(db: Connection) -> list[str]:
    """Ids of all questions that the file's regimes ask: the columns of `standing`."""
    return list(
        dict.fromkeys(
            row["value"] for row in rows(db, "select value from vocabulary where field = 'question' and language = 'en' order by rowid")
        )
    )


def released(db: Connection) -> Optional[str]:
    """The day of the file's release."""
    day: Optional[str] = rows(db, "select max(released) as released from releases")[0]["released"]
    return day
