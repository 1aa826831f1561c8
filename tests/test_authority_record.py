"""An authority's record: how many days until it spoke or acted in public, as SQL has it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Iterator

import pytest

from datasette_cases.query import record

pytestmark = pytest.mark.once

TODAY = "2026-11-24"


@pytest.fixture
def db(real_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(real_db)
    yield connection
    connection.close()


def one(db: sqlite3.Connection, sql: str, *values: Any) -> Any:
    return db.execute(sql, values).fetchone()[0]


def test_the_median_is_the_one_of_the_days(db: sqlite3.Connection) -> None:
    """Of one authority, reckoned by hand from its filings, acts and words."""
    days = []
    for case, filed in db.execute("select case_id, min(filed_end) from complaints where authority_id = 'at-dsb' group by 1").fetchall():
        first = one(
            db,
            """select min(day) from (select e.case_id, coalesce(e.published, e.date_end) as day from events e join event_actors n on n.event_id = e.id
              where n.actor_id = 'at-dsb' and retracted is null and not context union all
              select s.case_id, coalesce(s.published, s.date_end) from statements s join statement_actors n on n.statement_id = s.id
              where n.actor_id = 'at-dsb' and retracted is null and not context) where case_id = ? and day >= ?""",
            case,
            filed,
        )
        days += [one(db, "select julianday(?) - julianday(?)", first, filed)] if first else []
    days.sort()
    middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
    row = db.execute("select n, median_days, shortest_days, longest_days from authority_record where authority_id = 'at-dsb'").fetchone()
    assert row == (len(days), middle, days[0], days[-1]) and len(days) >= 5


def test_a_record_knows_only_what_had_happened(db: sqlite3.Connection) -> None:
    before = db.execute(record.sql("at-dsb", "2021-01-01")).fetchone()
    assert before[1] == one(db, "select sum(count) from complaints where authority_id = 'at-dsb' and filed_end <= '2021-01-01'")
    assert before[3] < db.execute(record.sql("at-dsb", TODAY)).fetchone()[3]
    assert db.execute(record.sql("at-dsb", "2017-01-01")).fetchone() is None
