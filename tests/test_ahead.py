"""What the build reckons ahead says on any day what the records themselves say, by the plain SQL for it."""

from __future__ import annotations

import itertools
import sqlite3
import sys
from pathlib import Path
from typing import Iterator

import pytest

from datasette_cases.query import actor, case_sorts, cases, counts, record
from datasette_cases.query.deadlines import KNOWN
from datasette_cases.query.rows import rows
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
        plain = rows(db, record.sql(authority, day))
        assert record.as_of(db, authority, day) == (plain[0] if plain else None), authority
        found += plain
    assert found or day < "2018"


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_found_of_whom_neither_word_nor_act_is_known(db: sqlite3.Connection, day: str) -> None:
    plain = db.execute(f"select case_id, authority_id from proceedings p where {nothing_found(':day')}", {"day": day}).fetchall()
    found = db.execute(f"select case_id, authority_id from first_days f where {case_sorts.NOTHING_FOUND}", {"day": day}).fetchall()
    assert sorted(found) == sorted(plain)


PLAIN = {
    "last_act": "last_act_end",
    "opened": "opened_end",
    "title": """lower(coalesce((select text from translations t
        where t.case_id = c.id and t.language = 'nl' and t.item_type = 'case' and t.field = 'title'), title))""",
    "complaints": "total_complaints",
    "nothing_found": f"(select count(*) from proceedings p where p.case_id = c.id and {nothing_found(':day')})",
    "next_deadline": "(select min(day_end) from known where case_id = c.id and day_end >= :day and state = 'due')",
}
IS = {
    "regime": "regime = :regime",
    "respondent": "id in (select case_id from case_respondents where actor_id = :respondent)",
    "topic": "id in (select case_id from case_topics where topic = :topic)",
    "authority": "id in (select case_id from proceedings where authority_id = :authority)",
    "phase": "id in (select case_id from proceedings where phase = :phase and authority_id = coalesce(:authority, authority_id))",
    "year": "substr(opened, 1, 4) = :year",
}


def listed(db: sqlite3.Connection, day: str, filters: dict[str, str], sort: str, descending: bool) -> list[str]:
    """All cases are looked at and sorted."""
    where = " and ".join(IS[name] for name in filters) or "1"
    bound = {"authority": None, **filters, "day": day}
    found = db.execute(f"{KNOWN} select {PLAIN[sort]}, id from cases c where {where}", bound).fetchall()
    return [case for value, case in sorted((row for row in found if row[0] is not None), reverse=descending)] + sorted(
        (case for value, case in found if value is None), reverse=descending
    )


def paged(db: sqlite3.Connection, day: str, filters: dict[str, str], sort: str, descending: bool, words: tuple[str, ...] = ()) -> list[str]:
    whole, found, last = cases.whole(db, day, "nl"), list[str](), None
    while True:
        asked = cases.Asked(filters, words, sort, descending, last)
        page = [row["id"] for row in cases.read(db, day, "nl", asked, whole, 17, count=False).cases]
        found, last = found + page, page[-1] if page else None
        if len(page) < 17:
            return found


@pytest.mark.parametrize("most", [3, 1000])
@pytest.mark.parametrize("sort", PLAIN)
def test_every_order_is_that_of_all_cases_sorted(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, sort: str, most: int) -> None:
    """Whether they are many, read in the order of an index, or few."""
    monkeypatch.setattr(counts, "MOST_COUNTED", most)
    first = {name: values(db, name)[0] for name in IS if name != "regime"}
    asked: list[dict[str, str]] = [{}, *({name: value} for name, value in first.items()), {"regime": "gdpr"}]
    asked += [{"authority": first["authority"], "phase": "closed"}, {"topic": first["topic"], "year": first["year"]}]
    for day, descending, filters in itertools.product(DAYS[1::2] if most == 3 else DAYS[-2:-1], (True, False), asked):
        assert paged(db, day, filters, sort, descending) == listed(db, day, filters, sort, descending), (day, filters)


def test_words_are_found_as_they_are_looked_at(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few cases with them are found by full-text search; of many each is looked at."""
    titles = " ".join(
        title for (title,) in db.execute("select title || ' ' || coalesce((select short_name from actors limit 1), '') from cases")
    )
    found = 0
    for word in sorted({*titles.split(), "company", "de", "meta"})[:80:2]:
        for filters in ({}, {"authority": values(db, "authority")[0]}):
            both = []
            for most in (0, 1000):
                monkeypatch.setattr(counts, "MOST_COUNTED", most)
                both.append(paged(db, DAYS[-2], filters, "opened", True, (word.replace('"', ""), "a")))
            assert both[0] == both[1], word
            found += len(both[0])
    assert found


def values(db: sqlite3.Connection, name: str) -> list[str]:
    return [row[0] for row in db.execute("select value from facets where list = 'cases' and facet = ? order by number desc, value", [name])]


@pytest.mark.parametrize("most", [3, 1000])
def test_as_many_are_counted_as_there_are(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Or it is not said how many."""
    monkeypatch.setattr(counts, "MOST_COUNTED", most)
    for one, other in itertools.combinations(IS, 2):
        filters = {one: values(db, one)[0], other: values(db, other)[-1]}
        asked = cases.Asked(filters)
        found = cases.counted(db, DAYS[-2], "nl", asked, cases.total(db, DAYS[-2], "nl", asked))
        for name in IS:
            for row in found[name]:
                there = len(listed(db, DAYS[-2], {**filters, name: row["value"]}, "opened", True))
                assert row["number"] in ((None, there) if most == 3 else (there,)), (filters, name, row)


IN = """select p.case_id from proceedings p where p.authority_id = :actor"""
OTHERS = f"""{IN}
  union select case_id from case_respondents where actor_id = :actor
  union select q.case_id from complaint_actors n join complaints q on q.id = n.complaint_id where n.actor_id = :actor and q.filed_end <= :day
  union select e.case_id from event_actors n join events e on e.id = n.event_id where n.actor_id = :actor and e.date_end <= :day
    and e.retracted is null
  union select s.case_id from statement_actors n join statements s on s.id = n.statement_id where n.actor_id = :actor and s.date_end <= :day
    and s.retracted is null"""


@pytest.mark.parametrize("day", DAYS)
def test_the_cases_of_somebody_are_those_they_are_in(db: sqlite3.Connection, day: str) -> None:
    """Told by all that they did and said; page by page, and how many in all."""
    for who, authority in db.execute("select a.id, u.id from actors a left join authorities u on u.id = a.id").fetchall():
        mine = f"select id from cases where id in ({IN if authority else OTHERS}) order by last_act_end desc, id desc"
        plain = [case for (case,) in db.execute(mine, {"actor": who, "day": day})]
        found, last = list[str](), None
        while len(found) < len(plain) or last is None:
            page = actor._cases(db, {"actor": who, "day": day, "language": "nl"}, 7, last)
            assert {row["total"] for row in page} <= {len(plain)}
            if not page:
                break
            found, last = found + [row["id"] for row in page], page[-1]["id"]
        assert found == plain, who
