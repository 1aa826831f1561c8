"""What must be in the record of Meta's AI training, as rows and as words on the page."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Iterator, Optional

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup

from .site import serve

CASE = "meta-ai-training-2024"

FACTS: list[tuple[str, str, str, str, tuple[str, ...]]] = [
    # entry, actor, first and last day it can have been, words that its summary or note has
    ("noyb-raises-alarm", "noyb", "2024-06-06", "2024-06-06", ("Raises the alarm", "complains in eleven countries")),
    ("meta-announces-2024", "meta-platforms-ireland", "2024-05-22", "2024-05-22", ("on 26 June 2024", "legitimate interest")),
    ("noyb-on-the-policy", "noyb", "2024-06-06", "2024-06-06", ("personal posts, private pictures and online tracking data",)),
    ("noyb-on-the-policy", "noyb", "2024-06-06", "2024-06-06", ("claims a legitimate interest",)),
    ("noyb-on-the-policy", "noyb", "2024-06-06", "2024-06-06", ("can never be taken out again",)),
    ("noyb-raises-alarm", "noyb", "2024-06-06", "2024-06-06", ("French, German, Italian, Spanish and Dutch", "urgency procedure")),
    ("ap-first-word", "nl-ap", "2024-06-06", "2024-06-14", ("not competent", "main European establishment is in Ireland")),
    ("ap-first-word", "nl-ap", "2024-06-06", "2024-06-14", ("ask its Irish colleagues to explain",)),
    ("ap-first-word", "nl-ap", "2024-06-06", "2024-06-14", ("Cannot yet judge whether an urgency procedure", "too little information")),
    (
        "noyb-on-the-court",
        "noyb",
        "2024-06-06",
        "2024-06-06",
        ("Court of Justice has already denied Meta", "2021", "C-252/21", "4 July 2023"),
    ),
    ("meta-rejects", "meta-platforms-ireland", "2024-06-06", "2024-06-06", ("Rejects noyb's accusations",)),
    ("meta-rejects", "meta-platforms-ireland", "2024-06-06", "2024-06-06", ("only on publicly available information",)),
    ("meta-pauses", "meta-platforms-ireland", "2024-06-14", "2024-06-14", ("Pauses the training",)),
    ("dsb-partial-decision", "at-dsb", "2024-08-09", "2024-08-09", ("pseudonymised", "is our inference")),
]


@pytest.fixture(scope="module")
def db(real_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(real_db)
    yield connection
    connection.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(real_db: Path) -> Any:
    datasette = await serve(real_db)
    return BeautifulSoup((await datasette.client.get(f"/-/cases/{CASE}?_lang=en")).text, "html5lib")


@pytest.mark.parametrize(("entry", "actor", "first", "last", "words"), FACTS)
@pytest.mark.asyncio(loop_scope="module")
async def test_fact(db: sqlite3.Connection, page: Any, entry: str, actor: str, first: str, last: str, words: tuple[str, ...]) -> None:
    row = db.execute(
        """
        select actor_id, date, date_end, summary, note from events where id = :id
        union select actor_id, date, date_end, summary, note from statements where id = :id
        """,
        {"id": f"{CASE}/{entry}"},
    ).fetchone()
    assert row[:3] == (actor, first, last)
    cited = db.execute("select count(*) from citations where item_id = ?", (f"{CASE}/{entry}",)).fetchone()[0]
    assert cited
    item = page.find(id=entry)
    shown = " ".join(item.get_text(" ").split())
    for word in words:
        assert word in f"{row[3]} {row[4]}" and word in shown, word
    assert len(item.select(".cites a")) == len(set(db.execute("select source_id from citations where item_id = ?", (f"{CASE}/{entry}",))))


def one(db: sqlite3.Connection, sql: str) -> Optional[Any]:
    row = db.execute(sql).fetchone()
    return row[0] if row else None


def column(db: sqlite3.Connection, sql: str) -> list[Any]:
    return [row[0] for row in db.execute(sql)]


def test_the_complaints_add_up_to_fourteen(db: sqlite3.Connection) -> None:
    assert one(db, f"select sum(count) from complaints where case_id='{CASE}'") == 14


def test_the_dutch_authority_says_it_is_not_competent(db: sqlite3.Connection) -> None:
    assert column(
        db, f"select answer from stances where case_id='{CASE}' and actor_id='nl-ap' and question='competent' and until is null"
    ) == ["no"]


def test_the_dutch_words_of_june_answer_two_questions(db: sqlite3.Connection) -> None:
    rows = db.execute(
        f"select question, answer from answers a join statements s on s.id = a.statement_id where s.case_id='{CASE}' and s.actor_id='nl-ap' and s.date_end < '2024-07-01'"
    ).fetchall()
    assert sorted(rows) == [("competent", "no"), ("urgent", "undecided")]


def test_of_greece_nothing_was_found_and_of_austria_something(db: sqlite3.Connection) -> None:
    assert column(db, f"select authority_id from standing where case_id='{CASE}' and nothing_found") == ["gr-hdpa"]


def test_hamburg_called_for_urgency_for_five_days(db: sqlite3.Connection) -> None:
    sql = f"select answer from stances where case_id='{CASE}' and actor_id='de-hh-hmbbfdi' and question='urgent' and since <= '{{0}}' and (until is null or until > '{{0}}')"
    assert column(db, sql.format("2025-05-21")) == []
    assert column(db, sql.format("2025-05-25")) == ["yes"]
    assert column(db, sql.format("2026-11-24")) == []
    assert one(db, f"select urgent from standing where case_id='{CASE}' and authority_id='de-hh-hmbbfdi'") is None


def test_ireland_never_answered_on_urgency(db: sqlite3.Connection) -> None:
    assert (
        column(
            db,
            f"""select answer from answers a join statement_actors x using (statement_id)
            where statement_id like '{CASE}/%' and actor_id='ie-dpc' and question='urgent'""",
        )
        == []
    )


def test_the_unknown_german_addressee_has_a_row(db: sqlite3.Connection) -> None:
    assert db.execute(
        f"select country, status, complaints_open, nothing_found from standing where case_id='{CASE}' and authority_id is null"
    ).fetchall() == [("DE", "lodged", 1, 0)]


def test_the_austrian_decision_decides_a_part_and_is_inferred(db: sqlite3.Connection) -> None:
    row = db.execute(
        f"select scope, outcome, confidence from events where case_id='{CASE}' and actor_id='at-dsb' and act='decision'"
    ).fetchone()
    assert "interim measures" in row[0] and row[1:] == ("inadmissible", "inferred")
    assert one(db, f"select status from standing where case_id='{CASE}' and authority_id='at-dsb'") == "lodged"


def test_meta_meant_to_start_on_26_june_2024(db: sqlite3.Connection) -> None:
    rows = db.execute(
        f"select kind, basis, outcome from deadlines where case_id='{CASE}' and last_day='2024-06-26' and kind='milestone'"
    ).fetchall()
    assert rows == [("milestone", "announced", "called-off")]
