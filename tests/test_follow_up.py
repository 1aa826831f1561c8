"""What editors may look at again: the view with its reasons, and the page for editors."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from datasette_cases.query import follow_up as query
from datasette_cases.vocabulary import REASON

from . import made
from .site import built, serve
from .test_reckoned import SOURCE, Site, complaint, deadline

ADDRESS = "/-/follow-up"
CASE = "meta-ai-training-2024"
OFFICIAL = "https://dpa.example/a"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return with_official(tmp_path)


def with_official(folder: Path) -> Site:
    """A folder with one case, whose sources may be official."""
    found = Site(folder)
    (found.folder / "publishers.yml").write_text(
        made.PUBLISHERS + "  - host: dpa.example\n    name: An authority\n    kind: official\n", encoding="utf-8"
    )
    return found


def entry(name: str = "e", sources: str = OFFICIAL, **rest: Any) -> dict[str, Any]:
    return {"id": name, "date": "2024-06-07", "by": "nl-ap", "summary": "Acts.", "sources": [sources], **rest}


def says(**rest: Any) -> dict[str, Any]:
    return {"form": "interview", **rest}


COPY = {"url": OFFICIAL, "archived_url": "https://web.archive.org/a"}


def reasons(site: Site, *unwanted: str) -> list[tuple[Any, ...]]:
    """Reason, item, and from when; without the search, which every case has."""
    found = site.rows("select reason, item, from_day from follow_up where item <> 'plan'")
    return [row for row in found if row[0] not in unwanted]


def test_an_entry_with_an_official_source_and_a_copy_of_it_is_nothing_to_look_at(site: Site) -> None:
    site.build(entries=[entry(act="hearing")], sources=[COPY])
    assert reasons(site) == []


@pytest.mark.parametrize("kind", [{"act": "hearing"}, {"says": says()}, {"act": "hearing", "says": says()}])
def test_an_entry_without_an_official_source(site: Site, kind: dict[str, Any]) -> None:
    """An act with words is one thing."""
    site.build(entries=[entry(sources=SOURCE, **kind)])
    assert reasons(site, "not-archived") == [("no-official-source", "plan/e", None)]


def test_what_was_retracted_is_nothing_to_look_at(site: Site) -> None:
    gone = {"retracted": "It was another authority.", "confidence": "single-source"}
    site.build(entries=[entry(sources=SOURCE, says=says(answers={"lawful": "no"}), **gone)])
    assert reasons(site, "not-archived") == []


def test_single_sources_of_entries_and_complaints(site: Site) -> None:
    site.build(
        complaints=[complaint(confidence="single-source")],
        entries=[entry("a", act="hearing", confidence="single-source"), entry("b", says=says(), confidence="single-source")],
    )
    found = [row for row in reasons(site) if row[0] == "single-source"]
    assert found == [("single-source", f"plan/{name}", None) for name in ("c", "a", "b")]


def test_an_answer_without_a_quotation(site: Site) -> None:
    quoted = says(answers={"lawful": "no"}, quote="No.", language="en")
    site.build(entries=[entry("a", says=says(answers={"lawful": "no"})), entry("b", says=quoted), entry("c", says=says())])
    assert reasons(site, "not-archived", "no-official-source") == [("no-quotation", "plan/a", None)]


def test_a_source_without_a_copy_once_in_each_case(site: Site) -> None:
    site.build(complaints=[complaint()], entries=[entry("a", act="hearing"), entry("b", says=says())])
    found = site.rows("select case_id, since, what from follow_up where reason = 'not-archived' order by what")
    assert found == [("plan", None, OFFICIAL), ("plan", None, SOURCE)]


def test_a_status_unchanged_for_a_year(site: Site) -> None:
    act = entry(date="2025-02-03", act="forwarding", complaints=["c"], status="forwarded-to-lead")
    site.build(complaints=[complaint(), {**complaint("d"), "authority": "fr-cnil"}], entries=[act])
    wanted = "select item, what, since, from_day from follow_up where reason = 'status-unchanged'"
    assert site.rows(wanted) == [
        ("fr-cnil", "lodged", "2024-06-06", "2025-06-06"),
        ("nl-ap", "forwarded-to-lead", "2025-02-03", "2026-02-03"),
    ]


def test_a_closed_status_is_nothing_to_look_at(site: Site) -> None:
    site.build(complaints=[complaint()], entries=[entry(act="decision", complaints=["c"], outcome="upheld")])
    assert site.rows("select item from follow_up where reason = 'status-unchanged'") == []


def test_an_old_search_and_none_at_all(site: Site) -> None:
    search = {"date": "2026-01-05", "places": ["press"], "languages": ["en"]}
    wanted = "select item, since, from_day, what from follow_up where reason = 'search-old'"
    site.build(searches=[search])
    assert site.rows(wanted) == [("plan", "2026-01-05", "2026-04-06", "day of the latest search")]
    site.build()
    assert site.rows(wanted) == [("plan", None, None, "no search is written down")]


def test_an_open_deadline_is_to_be_looked_at_the_day_after(site: Site) -> None:
    site.build(deadlines=[deadline(last_day="2024-06", basis="set")])
    assert reasons(site, "not-archived") == [("deadline-open", "plan/d", "2024-07-01")]


def test_nothing_found_is_what_the_standing_says(real_db: Path) -> None:
    connection = sqlite3.connect(real_db)
    found = connection.execute("select case_id, item from follow_up where reason = 'nothing-found'").fetchall()
    assert sorted(found) == connection.execute("select case_id, authority_id from standing where nothing_found order by 1, 2").fetchall()
    connection.close()


def test_every_reason_is_a_word(real_db: Path) -> None:
    connection = sqlite3.connect(real_db)
    assert {reason for (reason,) in connection.execute("select distinct reason from follow_up")} <= set(REASON.values)
    connection.close()


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def real(real_db: Path) -> Datasette:
    return await serve(real_db)


async def whole(datasette: Datasette, parameters: str = "") -> dict[str, Any]:
    """The list with all its pages in one."""
    data: dict[str, Any] = {}
    address = f"{ADDRESS}.json?{parameters if '_size' in parameters else '_size=max&' + parameters}"
    while address:
        answer = await datasette.client.get(address)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        data = {**page, "items": [*data.get("items", ()), *page["items"]]}
        address = (page["next_url"] or "").partition("localhost")[2]
    return data


@pytest.mark.asyncio
async def test_pages_are_the_whole_list_in_order(real: Datasette) -> None:
    data = await whole(real)
    assert len(data["items"]) == data["total"] > 30
    assert (await whole(real, "_size=117"))["items"] == data["items"]
    of_one = [item for item in data["items"] if item["case"]["id"] == CASE]
    assert (await whole(real, f"_size=13&case={CASE}"))["items"] == of_one


@pytest.mark.parametrize("day", ["1900-01-01", "2024-06-26", "2025-03-01", "2026-11-24", "2100-01-01"])
def test_what_the_build_counted_is_how_much_the_view_has(real_db: Path, day: str) -> None:
    db = sqlite3.connect(real_db)
    counted: dict[tuple[str, str], int] = {}
    for case, reason in db.execute("select case_id, reason from follow_up where coalesce(from_day, :day) <= :day", {"day": day}):
        for key in ((case, reason), ("", reason)):
            counted[key] = counted.get(key, 0) + 1
    latest = "select case_id, reason, number, max(day) from follow_up_days where day <= :day group by case_id, reason"
    assert {(case, reason): number for case, reason, number, _ in db.execute(latest, {"day": day})} == counted
    found = query.read(db, day, "en", {}, 10)
    assert found.total == sum(found.counted.values()) == sum(found.reasons.values()) == sum(counted.values()) // 2


@pytest.mark.asyncio
async def test_filters_leave_what_they_name_and_count_the_other(real: Datasette) -> None:
    data = await whole(real)
    for reason in data["reasons"]:
        chosen = await whole(real, f"reason={reason['value']}")
        assert len(chosen["items"]) == reason["number"] and {item["reason"] for item in chosen["items"]} == {reason["value"]}
        assert sum(case["number"] for case in chosen["cases"]) == reason["number"]
    chosen = await whole(real, f"case={CASE}")
    assert sum(reason["number"] for reason in chosen["reasons"]) == len(chosen["items"])
    assert {item["case"]["id"] for item in chosen["items"]} == {CASE}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("reason=old", "reason: expected one of deadline-open, search-old"),
        ("case=meta-ai-training", f"case: there is no meta-ai-training; the nearest is {CASE}"),
        ("case=a&case=b", "case: expected only once"),
        ("_next=a", "_next: expected the token of a page of this list"),
        ("_next=a:b:c", "_next: expected the token of a page of this list"),
        ("_size=0", "_size: expected a number from 1 to 1000, or max"),
    ],
)
async def test_what_is_not_understood(real: Datasette, asked: str, message: str) -> None:
    answer = await real.client.get(f"{ADDRESS}.json?{asked}", headers={"accept-language": "en"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(message)


@pytest.mark.asyncio
async def test_the_page_leads_to_each_thing(real: Datasette) -> None:
    page = BeautifulSoup((await real.client.get(f"{ADDRESS}?_size=max&case={CASE}", headers={"accept-language": "en"})).text, "html5lib")
    data = await whole(real, f"case={CASE}")
    assert len(page.select("ul.again > li")) == len(data["items"]) > 30
    hrefs = {str(link["href"]) for link in page.select("ul.again a")}
    for item in data["items"]:
        if item["anchor"]:
            assert f"/-/cases/{item['case']['id']}#{item['anchor']}" in hrefs
        if item["url"]:
            assert item["url"] in hrefs
    case = BeautifulSoup((await real.client.get(f"/-/cases/{CASE}")).text, "html5lib")
    assert {str(link["href"])[1:] for link in case.select('a[href^="#"]')} <= {str(node["id"]) for node in case.select("[id]")}
    anchors = {str(node["id"]) for node in case.select("[id]")}
    assert {item["anchor"] for item in data["items"] if item["anchor"] and item["case"]["id"] == CASE} <= anchors


@pytest.mark.asyncio
async def test_the_case_page_says_how_much_there_is(real: Datasette) -> None:
    number = len((await whole(real, f"case={CASE}"))["items"])
    text = (await real.client.get(f"/-/cases/{CASE}", headers={"accept-language": "en"})).text
    assert f"For editors: {number} things to look at" in text
    assert (await real.client.get(f"/-/cases/{CASE}.json")).json()["follow_up"] == number
    past = await real.client.get(f"/-/cases/{CASE}?as_of=2024-06-14", headers={"accept-language": "en"})
    assert "For editors" not in past.text
    assert (await real.client.get(f"/-/cases/{CASE}.json?as_of=2024-06-14")).json()["follow_up"] is None


@pytest.mark.asyncio
async def test_it_is_for_those_who_may_see_the_database(real_db: Path) -> None:
    for closed in ({"allow": False}, {"tables": {"follow_up": {"allow": False}}}, {"tables": {"sources": {"allow": False}}}):
        site = await serve(real_db, configuration={"databases": {"cases": closed}})
        for address in (ADDRESS, f"{ADDRESS}.json"):
            assert (await site.client.get(address)).status_code == 403
    assert (await site.client.get("/-/cases/about")).status_code == 200


@pytest.mark.asyncio
async def test_a_tracker_with_nothing_in_it(real_db: Path, tmp_path: Path) -> None:
    folder = made.folder(tmp_path / "data")
    shutil.rmtree(folder / "cases")
    site = await serve(built(folder, tmp_path / "cases.db"))
    page = await site.client.get(ADDRESS, headers={"accept-language": "en"})
    assert page.status_code == 200 and "Nothing is to be looked at." in page.text
