"""What the record must say of its hard cases: as rows of SQL and as words on the page."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from .site import serve

pytestmark = pytest.mark.once


def rows(file: Path, sql: str, *parameters: Any) -> list[Any]:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
        return db.execute(sql, parameters).fetchall()


async def page(file: Path, address: str) -> BeautifulSoup:
    response = await (await serve(file)).client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html5lib")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


# --- everything -------------------------------------------------------------------------------------------------------


def test_nothing_is_without_a_source(real_db: Path) -> None:
    for table, kind in (("events", "event"), ("statements", "statement"), ("complaints", "complaint"), ("deadlines", "deadline")):
        sql = f"select id from {table} t where not exists (select 1 from citations c where c.item_type = '{kind}' and c.item_id = t.id)"
        assert rows(real_db, sql) == []


# --- OpenAI: Italy's fine ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, state", [("2025-03-20", "under-appeal"), ("2025-03-21", "stayed"), ("2026-03-17", "stayed"), ("2026-03-18", "annulled")]
)
@pytest.mark.asyncio
async def test_italys_fine_was_stayed_and_then_annulled(real_db: Path, day: str, state: str) -> None:
    sql = """select state from decision_states
      where event_id = 'openai-chatgpt-2023/garante-fines' and since <= ? and (until is null or until > ?)"""
    assert rows(real_db, sql, day, day) == [(state,)]
    shown = await page(real_db, f"/-/cases/openai-chatgpt-2023?as_of={day}")
    decision = next(item for item in shown.select("ul.decisions > li") if item.select(".when a[href='#garante-fines']"))
    assert {"under-appeal": "Under appeal", "stayed": "Stayed", "annulled": "Annulled"}[state] in words(decision)


def test_what_is_annulled_does_not_stand(real_db: Path) -> None:
    assert rows(real_db, "select 1 from stands_today where event_id = 'openai-chatgpt-2023/garante-fines'") == []


# --- Meta's transfers: only the orders are stayed ---------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_court_stayed_the_orders_and_not_the_fine(real_db: Path) -> None:
    sql = "select measure, state from stands_today where event_id = 'meta-us-transfers-2020/dpc-decides' order by measure"
    assert rows(real_db, sql) == [("58-2-d", "stayed"), ("fine", "under-appeal"), ("suspension-of-transfers", "stayed")]
    shown = await page(real_db, "/-/cases/meta-us-transfers-2020")
    measures = {words(item).split(" · ")[0].split(" €")[0]: words(item) for item in shown.select("ul.measures > li")}
    assert "Stayed" in measures["Transfers suspended"] and "Stayed" not in measures["Fine"]


@pytest.mark.asyncio
async def test_the_board_says_that_italys_decision_is_annulled(real_db: Path) -> None:
    sql = "select lawful, lawful_decision_state from standing where case_id = 'openai-chatgpt-2023' and authority_id = 'it-gpdp'"
    assert rows(real_db, sql) == [("no", "annulled")]
    assert rows(
        real_db, "select stance, decision_state from case_board where case_id = 'openai-chatgpt-2023' and authority_id = 'it-gpdp'"
    ) == [("no", "annulled")]
    row = (await page(real_db, "/-/cases/openai-chatgpt-2023")).select_one("#authority-it-gpdp")
    assert row and row.select_one(".stance.annulled") and "Annulled since 18 Mar 2026" in words(row)
    earlier = (await page(real_db, "/-/cases/openai-chatgpt-2023?as_of=2024-12-20")).select_one("#authority-it-gpdp")
    assert earlier and not earlier.select_one(".annulled") and "Annulled" not in words(earlier)


@pytest.mark.asyncio
async def test_a_change_in_the_law_stands_across_the_board(real_db: Path) -> None:
    address = "/-/cases/meta-us-transfers-2020"
    assert not (await page(real_db, f"{address}?as_of=2023-07-09")).select(".law")
    shown = await page(real_db, f"{address}?as_of=2023-07-10")
    (law,) = shown.select("p.law")
    assert words(law).startswith("Change in the law, 10 Jul 2023 ( Commission ):")
    (line,) = shown.select(".timeline-plot g.law title")
    assert "Commission" in line.text and "10 Jul 2023" in line.text
    assert shown.select_one("#authority-ie-dpc .answer-no"), "it changes no stance"


# --- Norway's urgent measure, the objectors, Google Analytics ---------------------------------------------------------


@pytest.mark.parametrize("day, urgent", [("2023-07-13", []), ("2023-09-01", [("yes",)]), ("2023-11-03", [("yes",)]), ("2023-11-04", [])])
def test_norways_urgency_ended_with_its_measure(real_db: Path, day: str, urgent: list[Any]) -> None:
    sql = """select answer from stances where case_id = 'meta-behavioural-ads-2018' and actor_id = 'no-datatilsynet'
      and question = 'urgent' and since <= ? and (until is null or until > ?)"""
    assert rows(real_db, sql, day, day) == urgent


def test_the_irish_drafts_have_their_objectors(real_db: Path) -> None:
    sql = """select distinct n.actor_id from events e join event_actors n on n.event_id = e.id
      where e.case_id = ? and e.act = 'objection' order by 1"""
    named = [actor for (actor,) in rows(real_db, sql, "meta-behavioural-ads-2018")]
    assert named == ["at-dsb", "fr-cnil", "it-gpdp", "nl-ap", "no-datatilsynet", "pl-uodo", "pt-cnpd", "se-imy"]
    assert [actor for (actor,) in rows(real_db, sql, "meta-us-transfers-2020")] == ["at-dsb", "es-aepd", "fr-cnil"]
    unnamed = "select actor_country from events where case_id = ? and act = 'objection' and actor_id is null"
    assert rows(real_db, unnamed, "meta-behavioural-ads-2018") == rows(real_db, unnamed, "meta-us-transfers-2020") == [("DE",)]


@pytest.mark.asyncio
async def test_google_analytics_was_found_unlawful_before_the_law_changed(real_db: Path) -> None:
    case = "google-analytics-2020"
    sql = "select authority_id from standing where case_id = ? and lawful in ('no', 'mixed') order by 1"
    assert {"at-dsb", "fr-cnil", "it-gpdp", "se-imy", "no-datatilsynet"} <= {actor for (actor,) in rows(real_db, sql, case)}
    shown = await page(real_db, f"/-/cases/{case}")
    assert [words(law)[:34] for law in shown.select("p.law")] == ["Change in the law, 10 Jul 2023 ( C"]
    assert shown.select_one("#authority-at-dsb .answer-no"), "the finding of 2021 stays to be seen"
