"""The case page as of every day on which something changes, and the days beside it, against SQL of its own.

What the page says is read from its HTML; what it should say is asked of the base tables, by other statements than the
project's. Nothing that came later may stand anywhere, in the page or in its JSON.
"""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Iterator

import pytest
import pytest_asyncio
from babel.dates import format_date
from bs4 import BeautifulSoup, Tag

from .site import RELEASED, serve

pytestmark = pytest.mark.once

CASE = "meta-ai-training-2024"
TODAY = date.today().isoformat()


@pytest.fixture(scope="module")
def db(real_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(real_db)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(real_db: Path) -> Any:
    return (await serve(real_db)).client


def days_of_change(db: sqlite3.Connection) -> list[str]:
    """Every day on which a fact begins or ends to hold, with the day before and the day after, up to today."""
    found = db.execute(
        """
        select date_end from events where case_id = :case union select date_end from statements where case_id = :case
        union select filed_end from complaints where case_id = :case union select since from roles where case_id = :case
        union select since from stances where case_id = :case union select until from stances where case_id = :case
        union select since from statuses where case_id = :case union select last_day_end from deadlines where case_id = :case
        union select date from searches where case_id = :case union select date from key_days where case_id = :case
        """,
        {"case": CASE},
    ).fetchall()
    days = {date.fromisoformat(row[0]) for row in found if row[0]}
    around = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
    return sorted(day.isoformat() for day in around if day.isoformat() <= TODAY)


def text(node: Any) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def label(db: sqlite3.Connection, field: str, value: str) -> str:
    return str(db.execute("select label from vocabulary where field = ? and value = ? and language = 'en'", (field, value)).fetchone()[0])


def expected_answers(db: sqlite3.Connection, day: str) -> dict[tuple[str, str], str]:
    """Actor and question → answer as of the day, about the latest subject answered."""
    rows = db.execute(
        """
        with held as (
          select s.*, coalesce((select since from case_subjects b where b.case_id = s.case_id and b.id = s.subject), '') as subject_since
          from stances s where s.case_id = ? and ? >= s.since and (s.until is null or ? < s.until))
        select actor_id, question, answer from held h where not exists (
          select 1 from held o where o.actor_id = h.actor_id and o.question = h.question
            and (o.subject_since, o.since) > (h.subject_since, h.since))
        """,
        (CASE, day, day),
    ).fetchall()
    return {(row["actor_id"], row["question"]): row["answer"] for row in rows}


def expected_statuses(db: sqlite3.Connection, day: str) -> dict[str, set[str]]:
    """Authority → the statuses that any of its complaints, or the matter itself, reached last."""
    rows = db.execute(
        """
        select coalesce(authority_id, 'unknown-' || lower(country)) as authority, status, since from statuses
        where case_id = ? and since <= ? and coalesce(until, '9999') > ?
        """,
        (CASE, day, day),
    ).fetchall()
    latest: dict[str, str] = {}
    for row in rows:
        latest[row["authority"]] = max(latest.get(row["authority"], ""), row["since"])
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["since"] == latest[row["authority"]]:
            found.setdefault(row["authority"], set()).add(row["status"])
    return found


def expected_nothing_found(db: sqlite3.Connection, day: str) -> set[str]:
    """Authorities asked by the day of which no word or act up to it is known."""
    asked = {
        row[0] for row in db.execute("select authority_id from complaints where case_id = ? and filed_end <= ?", (CASE, day)) if row[0]
    }
    known = {
        row[0]
        for row in db.execute(
            """
            select a.actor_id from statement_actors a join statements s on s.id = a.statement_id
              where s.case_id = :case and s.date_end <= :day and s.retracted is null and s.context = 0
            union select a.actor_id from event_actors a join events e on e.id = a.event_id
              where e.case_id = :case and e.date_end <= :day and e.retracted is null and e.context = 0
            """,
            {"case": CASE, "day": day},
        )
    }
    return asked - known


def announced(db: sqlite3.Connection, day: str) -> set[str]:
    """Days that had been announced, demanded or set by the day, or followed from the law: they are no later facts."""
    rows = db.execute(
        """
        select last_day, last_day_end from deadlines d where case_id = :case and exists (
          select 1 from events e where e.id = d.set_by_event_id and e.date_end <= :day
          union select 1 from statements s where s.id = d.set_by_event_id and s.date_end <= :day)
        """,
        {"case": CASE, "day": day},
    ).fetchall()
    law = db.execute(
        """
        select s.day from deadline_steps s join deadlines d on d.id = s.deadline_id
        where d.case_id = :case and d.basis = 'reckoned' and d.start_day <= :day and s.day is not null
        """,
        {"case": CASE, "day": day},
    ).fetchall()
    return {value for row in (*rows, *law) for value in row}


def later_entries(db: sqlite3.Connection, day: str) -> list[sqlite3.Row]:
    return db.execute(
        """
        select id, summary, null as quote, null as translation, note from events where case_id = :case and date_end > :day
        union select id, summary, quote, translation, note from statements where case_id = :case and date_end > :day
        """,
        {"case": CASE, "day": day},
    ).fetchall()


def rows_by_authority(page: BeautifulSoup) -> dict[str, Tag]:
    return {row["id"].removeprefix("authority-"): row for row in page.select("table.board tr[id]")}  # type: ignore[union-attr]


def days_named(shown: str) -> set[str]:
    """All days named in a text: 2024-06-06, 6 Jun 2024 or 6 June 2024."""
    months = {format_date(date(2024, month, 1), form, locale="en_GB"): month for month in range(1, 13) for form in ("MMM", "MMMM")}
    found = set(re.findall(r"\b(?:19|20)\d\d-\d\d-\d\d\b", shown))
    for day, month, year in re.findall(r"\b(\d{1,2}) ([A-Z][a-z]{2,8}) ((?:19|20)\d\d)\b", shown):
        if month in months:
            found.add(f"{year}-{months[month]:02}-{int(day):02}")
    return found


def without_addresses(value: Any) -> Any:
    """JSON without addresses of sources: how we know may be published later than what is known."""
    if isinstance(value, dict):
        return {key: without_addresses(item) for key, item in value.items() if key not in ("url", "archived_url", "sources", "source")}
    return [without_addresses(item) for item in value] if isinstance(value, list) else value


@pytest.mark.asyncio(loop_scope="module")
async def test_every_day_of_change(client: Any, db: sqlite3.Connection) -> None:
    days = days_of_change(db)
    assert len(days) > 100
    for day in days:
        html = (await client.get(f"/-/cases/{CASE}?as_of={day}", headers={"accept-language": "en"})).text
        data = (await client.get(f"/-/cases/{CASE}.json?as_of={day}")).json()
        page = BeautifulSoup(html, "html.parser")
        check_board(page, data, db, day)
        check_nothing_later(page, data, db, day)


def check_board(page: BeautifulSoup, data: dict[str, Any], db: sqlite3.Connection, day: str) -> None:
    rows = rows_by_authority(page)
    answers = expected_answers(db, day)
    statuses = expected_statuses(db, day)
    by_json = {one["authority"]["id"] or f"unknown-{one['authority']['country'].lower()}": one for one in data["authorities"]}
    assert list(rows) == list(by_json), day
    assert set(statuses) <= set(rows), day
    for authority, row in rows.items():
        stance = by_json[authority]["stance"]
        assert {q: s["answer"] for q, s in stance.items() if s} == {q: a for (actor, q), a in answers.items() if actor == authority}, (
            day,
            authority,
        )
        shown = text(row)
        for question, found in stance.items():
            if found:
                assert label(db, question, found["answer"]) in shown, (day, authority, question)
        status = by_json[authority]["status"]
        assert (status["status"] in statuses[authority]) if authority in statuses else status is None, (day, authority)
        assert (label(db, "status", status["status"]) if status else "no proceeding known") in shown, (day, authority)
    assert {one for one in by_json if by_json[one]["nothing_found"]} == expected_nothing_found(db, day), day
    silent = {one for one, row in rows.items() if "Nothing found, searched" in text(row) or "Nothing known today" in text(row)}
    assert silent == expected_nothing_found(db, day), day
    parties = {one["actor"]["id"]: {q: s["answer"] for q, s in one["stance"].items() if s} for one in data["parties"]}
    everybody = {**parties, **{one: {q: s["answer"] for q, s in found["stance"].items() if s} for one, found in by_json.items()}}
    assert {(actor, q): a for actor, held in everybody.items() for q, a in held.items()} == answers, day


def check_nothing_later(page: BeautifulSoup, data: dict[str, Any], db: sqlite3.Connection, day: str) -> None:
    for link in page.select("a[rel=external], #timeline .fold"):  # a time that is folded says nothing of what happened in it
        link.decompose()
    cited = page.select_one("details.cite")
    assert cited and days_named(text(cited)) <= {day, RELEASED.isoformat()}, "a citation names its release: the day this record is of"
    cited.decompose()
    shown = text(page)
    said = json.dumps(without_addresses(data), ensure_ascii=False)
    for entry in later_entries(db, day):
        anchor = entry["id"].partition("/")[2]
        assert page.find(id=anchor) is None and f'"{entry["id"]}"' not in said, (day, anchor)
        for part in ("summary", "quote", "translation", "note"):
            if entry[part]:
                assert re.sub(r"\s+", " ", entry[part]) not in shown, (day, anchor, part)
                assert entry[part] not in said, (day, anchor, part)
    allowed = announced(db, day)
    for where, words in (("page", shown + " ".join(str(node) for node in page.select("a[href], input"))), ("json", said)):
        later = {found for found in days_named(words) if found > day and found not in allowed}
        assert not later, (day, where, later)
    if day < "2025-04-14":
        assert "training-2025" not in said and "the training of 2025" not in shown, day


@pytest.mark.asyncio(loop_scope="module")
async def test_numbers_are_what_their_sql_yields(client: Any, db: sqlite3.Connection) -> None:
    for day in days_of_change(db)[::7]:
        data = (await client.get(f"/-/cases/{CASE}.json?as_of={day}")).json()
        numbers = {}
        for fact in data["facts"]:
            assert db.execute(fact["sql"]).fetchone()[0] == fact["number"], (day, fact["fact"])
            numbers[fact["fact"]] = fact["number"]
        board = data["authorities"]
        assert numbers["asked"] == sum(one["group"] == "asked" or bool(one["complaints"]) for one in board), day
        assert numbers["nothing_found"] == sum(one["nothing_found"] for one in board), day
        assert numbers["passed"] == sum(one["passed"] for one in data["deadlines"]), day
        assert numbers["complaints"] == sum(c["count"] for one in board for c in one["complaints"]), day
