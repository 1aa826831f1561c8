"""Lists that are read by ranges of an index have what their filters say, whatever the day: compared with the filters put plainly."""

from __future__ import annotations

import sqlite3
import sys
from typing import Iterator

import pytest

from datasette_cases.query import deadlines, statements
from datasette_cases.query.statements import Asked

from .site import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from _load import Load  # noqa: E402

DAYS = ("2020-02-29", "2022-06-15", "2026-11-24", "2030-01-01")
PERIODS = (
    ("2018-01-01", "2021-02-14"),
    ("2022-01-01", "2022-12-31"),
    ("2022-05-31", "2022-06-15"),
    ("2020-02-29", "2020-02-29"),
    (None, "2022-03-30"),
)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(Load(16, 600, 3).build(tmp_path_factory.mktemp("load") / "cases.db").path)
    yield connection
    connection.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("more", [{}, {"actor": "at-one"}, {"form": "letter"}, {"kind": "court"}])
def test_statements_of_a_period(made_up: sqlite3.Connection, day: str, period: tuple[str, str], more: dict[str, str]) -> None:
    """A date that is not exact belongs to every period it can lie in."""
    filters = {name: value for name, value in zip(("from", "to"), period, strict=True) if value} | more
    wanted = {
        "actor": "id in (select statement_id from statement_actors where actor_id = 'at-one')",
        "form": "form = 'letter'",
        "kind": "id in (select a.statement_id from statement_actors a join actors p on p.id = a.actor_id where p.kind = 'court')",
    }
    plain = f"""select id from statements where retracted is null and date_end <= ? and date_end >= ? and date <= ?
      and {" and ".join(["1", *(wanted[name] for name in more)])} order by date_end desc, case_id desc, position desc"""
    ids = [name for (name,) in made_up.execute(plain, (day, period[0] or "", period[1]))]
    found = statements.read(made_up, day, "en", Asked(filters))
    assert ([row["id"] for row in found.statements], found.total) == (ids, len(ids))
    asked = Asked(filters, descending=False, last=ids[-3] if len(ids) > 2 else None)
    assert [row["id"] for row in statements.read(made_up, day, "en", asked).statements] == (ids[::-1][3:] if len(ids) > 2 else ids[::-1])


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    "filters",
    [{}, {"month": "2022-06"}, {"month": "2026-12"}, {"rule": "gdpr-61-2"}, {"month": "2022-06", "actor": "at-one"}, {"group": "passed"}],
)
def test_deadlines(made_up: sqlite3.Connection, day: str, filters: dict[str, str]) -> None:
    """Group by group, what is due by the nearest day, the rest by the latest."""
    wanted = {
        "month": "(substr(last_day, 1, 7) <= :month and substr(last_day_end, 1, 7) >= :month or substr(reckoned_day, 1, 7) = :month)",
        "rule": "rule_id = :rule",
        "actor": "id in (select deadline_id from deadline_actors where actor_id = :actor)",
        "group": "state = :group",
    }
    plain = f"""with told as (select *, case when settled_from <= :day and outcome <> 'open' and (outcome <> 'not-reckonable' or day_end < :day) then 'past'
        when day_end < :day then iif(basis = 'reckoned', 'past', 'passed') else 'due' end as state from deadlines where known_from <= :day)
      select id, state, day_end, case_id, position from told where {" and ".join(["1", *(wanted[name] for name in filters)])}
"""
    rows = made_up.execute(plain, {"day": day, **filters}).fetchall()
    rows.sort(key=lambda row: (row[3], row[4]))
    expected: list[str] = []
    for state in deadlines.STATES:
        dated = sorted((row for row in rows if row[1] == state and row[2]), key=lambda row: row[2], reverse=state != "due")
        expected += [row[0] for row in (*dated, *(row for row in rows if row[1] == state and not row[2]))]
    found = deadlines.read(made_up, day, "en", filters)
    assert [row["id"] for row in found.deadlines] == expected
