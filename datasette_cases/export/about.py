"""What is said of the whole record: its title, licence, publisher and release."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Any, Mapping, Optional

NAME = "datasette-cases"


@dataclass(frozen=True)
class About:
    """`first`: day of the first release; `released`: of this one, number `release`. `url`: where the record is on the web."""

    title: str
    description: str
    release: int
    released: str
    first: str
    digest: str
    licence: Optional[str] = None
    licence_url: Optional[str] = None
    publisher: Optional[str] = None
    publisher_url: Optional[str] = None
    source: Optional[str] = None
    source_url: Optional[str] = None
    url: Optional[str] = None

    @property
    def licence_id(self) -> Optional[str]:
        """CC-BY-4.0, as catalogues write it."""
        return re.sub(r"[^A-Za-z0-9._-]+", "-", self.licence).strip("-") or None if self.licence else None

    @property
    def licence_text(self) -> str:
        """What stands in LICENSE.txt where nobody gives the whole text."""
        return "".join(f"{line}\n" for line in (self.licence or "No licence is named.", self.licence_url) if line)


def about(db: sqlite3.Connection, metadata: Mapping[str, Any], url: Optional[str] = None) -> About:
    """`metadata`: as Datasette has it, with `publisher` and `publisher_url`, where there are such, beside `license` and `source`."""
    releases = db.execute("select id, released, digest from releases order by id").fetchall()
    (first, *_), last = releases, releases[-1]

    def said(key: str) -> Optional[str]:
        value = metadata.get(key)
        return " ".join(value.split()) or None if isinstance(value, str) else None

    return About(
        said("title") or NAME, said("description") or "What each authority did and said in the same matter, with its sources.",
        last[0], last[1], first[1], last[2], said("license"), said("license_url"), said("publisher"), said("publisher_url"),
        said("source"), said("source_url"), url.rstrip("/") if url else None,
    )  # fmt: skip
