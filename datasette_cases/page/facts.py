"""A number that a page states, with the SQL that yields it."""

from __future__ import annotations

from .frozen import dataclass


@dataclass(frozen=True)
class Fact:
    fact: str
    number: int
    sql: str
