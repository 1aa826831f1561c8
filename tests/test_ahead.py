"""What the build reckons ahead says on any day what the records themselves say, by the plain SQL for it."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Iterator

import pytest

from datasette_cases.query import cases, record
from datasette_cases.query.standing import nothing_found

from .site import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from _load import Load  # noqa: E402

pytestmark = pytest.mark.once

DAYS = ("2017-12-31", "2019-03-04", "2020-07-01", "2022-02-28", "2024-06-06", "2026-11-24", "2031-01-01")


@pytest.fixture(scope="module", params=["real", "made up"])
def db(request: pytest.FixtureRequest, real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    made = request.param == "made up"
    connection = sqlite3.connect(Load(60, 900, 7).build(tmp_path_factory.mktemp("load") / "cases.db").path if made else real_db)
    yield connection
    connection.close()


@pytest.mark.parametrize("day", DAYS)
def test_a_record_is_what_its_sql_yields(db: sqlite3.Connection, day: str) -> None:
    found = []
    for (authority,) in db.execute("select id from authorities").fetchall():
        plain = record.rows(db, record.sql(authority, day))
        assert record.as_of(db, authority, day) == (plain[0] if plain else None), authority
        found += plain
    assert found or day < "2018"


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_found_of_whom_neither_word_nor_act_is_known(db: sqlite3.Connection, day: str) -> None:
    plain = db.execute(f"select case_id, authority_id from proceedings p where {nothing_found(':day')}", {"day": day}).fetchall()
    found = db.execute(f"select case_id, authority_id from first_days f where {cases.NOTHING_FOUND}", {"day": day}).fetchall()
    assert sorted(found) == sorted(plain)
