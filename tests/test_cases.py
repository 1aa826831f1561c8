"""The list of cases: what it says of each, what can be looked for and in which order, side by side, and as a table."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import quote

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from datasette_cases.page import case as case_page
from datasette_cases.page import case_board
from datasette_cases.page import cases as page
from datasette_cases.page.words import Words
from datasette_cases.plugin import config
from datasette_cases.query import case as case_query
from datasette_cases.query import cases as query
from datasette_cases.query import words as words_query
from datasette_cases.query.case_sorts import walked
from datasette_cases.render import csv as render_csv
from datasette_cases.render import json as render_json

from . import made
from .browser import random_cases
from .site import built, serve, settings_of

ADDRESS = "/-/cases"
ENGLISH = {"accept-language": "en"}
TODAY = "2026-11-24"
HEAD = "id: {id}\ntitle: {title}\nsummary: {summary}\nregime: gdpr\nrespondents: [{respondent}]\n"
CASES = {
    "first": HEAD.format(id="first", title="Zebra's and posts", summary="Of été and Überwachung.", respondent="acme")
    + """translations:
  nl:
    title: Strepen en berichten
    summary: Over slagroom.
topics: [ai-training, transparency]
roles:
  - {authority: ie-dpc, role: lead, since: 2024-01-01}
searches:
  - {date: 2026-02-02, places: [press], languages: [en]}
complaints:
  - id: a
    authority: fr-cnil
    by: [noyb]
    filed: 2024-01-05
    count: 3
    sources: [https://example.org/a]
  - id: b
    authority: nl-ap
    by: [noyb]
    filed: 2024-01-05
    sources: [https://example.org/a]
  - id: c
    country: DE
    by: [noyb]
    filed: 2024-01-05
    sources: [https://example.org/a]
entries:
  - id: finds
    date: 2024-03-01
    by: ie-dpc
    act: decision
    summary: Decides.
    says: {form: decision, answers: {lawful: no}}
    outcome: infringement
    sources: [https://example.org/a]
  - id: doubts
    date: 2024-04-01
    by: fr-cnil
    act: decision
    scope: the urgency only
    summary: Decides a part.
    says: {form: decision, answers: {lawful: leaning-no}}
    outcome: rejected
    sources: [https://example.org/a]
  - id: appealed
    date: 2024-05-01
    by: noyb
    act: appeal
    summary: Appeals.
    decision: doubts
    decision_state: under-appeal
    sources: [https://example.org/a]
  - id: annuls
    date: 2024-09-01
    by: hof
    act: judgment
    summary: Annuls the decision.
    says: {form: judgment}
    decision: finds
    decision_state: annulled
    sources: [https://example.org/a]
deadlines:
  - id: gone
    kind: deadline
    title: Gone
    actors: [acme]
    last_day: 2025-03-01
    basis: announced
    sources: [https://example.org/a]
  - id: far
    kind: deadline
    title: =Far away
    actors: [acme]
    last_day: 2099-03-01
    basis: announced
    sources: [https://example.org/a]
""",
    "second": HEAD.format(id="second", title='"=1+1 apples"', summary="Nothing much.", respondent="globex")
    + """topics: [transparency]
searches:
  - {date: 2026-02-02, places: [press], languages: [en]}
complaints:
  - id: a
    authority: nl-ap
    by: [noyb]
    filed: 2023-01-05
    sources: [https://example.org/a]
  - id: b
    authority: fr-cnil
    by: [noyb]
    filed: 2023-01-05
    sources: [https://example.org/a]
entries:
  - id: decides
    date: 2023-05-05
    by: fr-cnil
    act: decision
    summary: Decides all of it.
    says: {form: decision, answers: {lawful: yes}}
    outcome: no-infringement
    sources: [https://example.org/a]
deadlines:
  - id: near
    kind: milestone
    title: Near
    actors: [globex]
    last_day: 2098-12
    basis: announced
    sources: [https://example.org/a]
""",
    "third": HEAD.format(id="third", title="Middle", summary="Words alone.", respondent="acme")
    + """entries:
  - id: says
    date: 2022-05-05
    by: nl-ap
    summary: Looks at it.
    says: {form: press-statement, answers: {lawful: undecided}}
    sources: [https://example.org/a]
""",
    "bare": HEAD.format(id="bare", title="A bare one", summary="Nothing yet.", respondent="acme"),
}
OTHERS = """actors:
  - {id: acme, kind: respondent, name: Acme Österreich, short_name: Acme}
  - {id: globex, kind: respondent, name: Globex}
  - {id: noyb, kind: complainant, name: noyb}
  - {id: hof, kind: court, name: A court}
"""


@pytest.fixture(scope="module")
def made_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    made.folder(folder / "data", cases=0)
    (folder / "data" / "actors.yml").write_text(OTHERS, encoding="utf-8")
    for name, text in CASES.items():
        (folder / "data" / "cases" / f"{name}.yml").write_text(text, encoding="utf-8")
    return built(folder / "data", folder / "cases.db")


@pytest.fixture
def db(made_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(made_db)
    yield connection
    connection.close()


@pytest_asyncio.fixture
async def site(made_db: Path) -> Datasette:
    return await serve(made_db)


def listed(db: sqlite3.Connection, day: str = TODAY, language: str = "en", **asked: Any) -> page.CasesPage:
    words = Words(words_query.read(db, language))
    whole = query.whole(db, day, language)
    return page.build(query.read(db, day, language, query.Asked(**{"filters": {}, **asked}), whole), words, language)


async def data(site: Datasette, parameters: str = "") -> dict[str, Any]:
    found: dict[str, Any] = (await site.client.get(f"{ADDRESS}.json?{parameters}", headers=ENGLISH)).json()
    return found


async def ids(site: Datasette, parameters: str = "") -> list[str]:
    return [case["id"] for case in (await data(site, parameters))["cases"]]


async def shown(site: Datasette, parameters: str = "", path: str = ADDRESS) -> BeautifulSoup:
    response = await site.client.get(f"{path}?{parameters}", headers=ENGLISH)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html5lib")


def plain(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


# --- what it says of a case -------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_line_says_what_is_known_of_its_case(site: Datasette) -> None:
    found = {case["id"]: case for case in (await data(site))["cases"]}
    numbers = ("complaints", "authorities_asked", "decided", "decided_in_part", "nothing_found")
    assert {name: [case[number] for number in numbers] for name, case in found.items()} == {
        "first": [5, 3, 0, 1, 1],
        "second": [2, 2, 1, 0, 1],
        "third": [0, 0, 0, 0, 0],
        "bare": [0, 0, 0, 0, 0],
    }, "what was annulled decides nothing any more"
    assert found["first"]["next_deadline"]["title"] == "=Far away" and found["first"]["next_deadline"]["days"] > 20000
    assert found["second"]["next_deadline"]["days"] is None, "a month is no day"
    assert found["third"]["next_deadline"] is None


def test_a_strip_is_in_groups_and_in_each_by_what_is_held(db: sqlite3.Connection) -> None:
    strips = {
        case.id: [(cell.group, cell.authority.id or cell.authority.country, cell.holds, cell.state) for cell in case.strip]
        for case in listed(db).cases
    }
    assert strips == {
        "first": [
            ("lead", "ie-dpc", "no", "annulled"),
            ("asked", "fr-cnil", "leaning-no", "under-appeal"),
            ("asked", "DE", "no-answer", None),
            ("asked", "nl-ap", "nothing-found", None),
        ],
        "second": [("asked", "fr-cnil", "yes", None), ("asked", "nl-ap", "nothing-found", None)],
        "third": [("spoke", "nl-ap", "undecided", None)],
        "bare": [],
    }


def same_as_the_case_page(db: sqlite3.Connection, words: Words, line: page.Line) -> int:
    """A strip has a cell for each row of the board, in the same group, with the same answer; and its link leads there."""
    rows = case_query.read(db, line.id, TODAY, "en")
    assert rows
    on_page = case_page.build(rows, words, "en", TODAY)
    question = page.coloured(words, line.regime) or ""
    board = {}
    for row in on_page.authorities:
        stance = row.stance[question]
        state = stance and stance.decision_state and stance.decision_state.state
        anchor = f"authority-{row.authority.id or 'unknown-' + (row.authority.country or '').lower()}"
        board[anchor] = row.group, stance and stance.answer, state, row.nothing_found
    assert {cell.anchor: (cell.group, cell.answer, cell.state, cell.nothing_found) for cell in line.strip} == board, line.id
    facts = {fact.fact: fact.number for fact in on_page.facts}
    assert (line.authorities_asked, line.nothing_found) == (facts["asked"], facts["nothing_found"]), line.id
    due = [one for one in on_page.deadlines if line.next_deadline and one.id == line.next_deadline.id]
    assert bool(due) == bool(line.next_deadline)
    return len(board)


def test_it_says_what_the_case_page_says(db: sqlite3.Connection, real_db: Path, tmp_path: Path) -> None:
    files = [real_db, built(random_cases.write(tmp_path / "data", 60), tmp_path / "cases.db")]
    seen = 0
    for connection in (db, *map(sqlite3.connect, files)):
        words = Words(words_query.read(connection, "en"))
        seen += sum(same_as_the_case_page(connection, words, line) for line in listed(connection).cases)
        connection.close()
    assert seen > 100


@pytest.mark.asyncio
async def test_each_cell_says_in_words_what_it_shows_and_leads_to_its_row(site: Datasette) -> None:
    html = await shown(site)
    item = html.find(id="first")
    assert item is not None
    cells = item.select(".strip a")
    assert [str(cell["aria-label"]) for cell in cells] == [
        "IE ie-dpc: Finds it unlawful (Annulled) · Decided",
        "FR fr-cnil: Doubts it is lawful · Under appeal · Lodged",
        "DE not known which: no answer known · Lodged",
        "NL nl-ap: nothing public found · Lodged",
    ]
    for cell in cells:
        assert cell.get_text() in str(cell["aria-label"]), "what is seen is what is said"
        path, _, anchor = str(cell["href"]).partition("#")
        assert BeautifulSoup((await site.client.get(path)).text, "html5lib").find(id=anchor)
    assert plain(item.select(".body > .unseen")[0]) == (
        "Doubts it is lawful: France (Under appeal); Finds it unlawful (Annulled): Ireland; no answer known: Germany; nothing public found: Netherlands"
    )
    assert [plain(one) for one in item.select(".tally > span")] == [
        "1 Doubts it is lawful", "1 Finds it unlawful (Annulled)", "1 no answer known", "1 nothing public found",
    ]  # fmt: skip
    assert [str(cell["class"]) for cell in cells] == [
        "['answer-no', 'annulled']", "['answer-leaning-no']", "['no-answer']", "['nothing-found']",
    ]  # fmt: skip
    text = plain(item)
    for words in (
        "5 complaints",
        "3 authorities asked",
        "0 decided",
        "1 decided in part",
        "of 1 nothing public found",
        "searched 2 Feb 2026",
    ):
        assert words in text, words
    assert "Next: 1 Mar 2099" in text and "=Far away" in text
    assert not html.select("[style], script:not([src], [type='application/ld+json'])")


@pytest.mark.asyncio
async def test_two_authorities_of_one_place_are_told_apart(real_db: Path) -> None:
    html = await shown(await serve(real_db))
    for item in html.select(".case-list > li"):
        known = [cell for cell in item.select(".strip a") if "-unknown-" not in str(cell["href"])]
        names = [cell.get_text() for cell in known]
        assert len(names) == len(set(names)) > 2
        said = re.split("[;:,] ", plain(item.select(".body > .unseen")[0]))
        named = [one for one in said if "unlawful" not in one]
        assert len(named) == len(set(named)) >= len(names)


@pytest.mark.asyncio
async def test_the_next_three_deadlines_of_all_cases(site: Datasette, db: sqlite3.Connection) -> None:
    ahead = (await shown(site)).select(".ahead li")
    assert [plain(one) for one in ahead] == ["Dec 2098 Near =1+1 apples", *[plain(ahead[1])]]
    assert plain(ahead[1]).startswith("1 Mar 2099 (in ") and plain(ahead[1]).endswith("=Far away Zebra's and posts")
    links = [str(link["href"]) for link in (await shown(site)).select(".ahead a")]
    assert links == ["/-/cases/second#near", "/-/cases/first#far", "/-/deadlines?group=passed", "/-/deadlines"]
    assert not (await shown(site, "q=zebra")).select(".ahead"), "who looks for something is not kept from it"
    assert [(due.id, due.days) for due in listed(db, "2099-02-28").deadlines] == [("first/far", 1)]
    assert [due.days for due in listed(db, "2099-03-01").deadlines] == [0]
    assert listed(db, "2099-03-02").deadlines == []
    assert listed(db).passed == 1


# --- looked for, filtered, sorted -------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("q=zebra", {"first"}),
        ("q=ZEB", {"first"}),
        ("q=ETE+uberwachung", {"first"}),
        ("q=%C3%A9t%C3%A9", {"first"}),
        ("q=acme", {"first", "third", "bare"}),
        ("q=osterreich+middle", {"third"}),
        ("q=globex", {"second"}),
        ("q=noyb", set()),
        ("q=slagroom", set()),
        ("q=slagroom&_lang=nl", {"first"}),
        ("q=zebra+strepen&_lang=nl", {"first"}),
        ("q=1%2B1", {"second"}),
        ("q=%22+zebra+*+)", {"first"}),
        ("q=zebra+AND+nothing", set()),
        ("q=title:zebra", set()),
        ("q=", {"first", "second", "third", "bare"}),
        ("respondent=acme", {"first", "third", "bare"}),
        ("topic=transparency", {"first", "second"}),
        ("authority=nl-ap", {"first", "second", "third"}),
        ("authority=ie-dpc", {"first"}),
        ("phase=closed", {"first", "second"}),
        ("phase=closed&authority=nl-ap", set()),
        ("phase=closed&authority=ie-dpc", {"first"}),
        ("phase=lodged&authority=nl-ap&year=2023", {"second"}),
        ("year=2022", {"third"}),
        ("regime=gdpr&respondent=globex", {"second"}),
        ("respondent=acme&q=zebra&topic=&phase=", {"first"}),
    ],
)
async def test_what_is_looked_for_is_found(site: Datasette, parameters: str, expected: set[str]) -> None:
    found = await data(site, parameters)
    assert {case["id"] for case in found["cases"]} == expected and found["total"] == len(expected)
    html = await shown(site, parameters)
    assert {str(item["id"]) for item in html.select(".case-list > li")} == expected
    table = list(csv.DictReader(io.StringIO((await site.client.get(f"{ADDRESS}.csv?{parameters}")).text)))
    assert {row["id"] for row in table} == expected


@given(text=st.text(max_size=40))
def test_any_words_can_be_looked_for(made_db: Path, text: str) -> None:
    words = tuple(word for word in text.replace("\0", "").split() if any(letter.isalnum() for letter in word))
    connection = sqlite3.connect(made_db)
    try:
        listed(connection, words=tuple(word.encode("utf-8", "replace").decode() for word in words))
    finally:
        connection.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", ["first", "second", "third", "bare"]),
        ("_sort=last_act", ["third", "second", "first", "bare"]),
        ("_sort=opened", ["third", "second", "first", "bare"]),
        ("_sort_desc=opened", ["first", "second", "third", "bare"]),
        ("_sort=title", ["second", "bare", "third", "first"]),
        ("_sort_desc=title", ["first", "third", "bare", "second"]),
        ("_sort=title&_lang=nl", ["second", "bare", "third", "first"]),
        ("_sort_desc=complaints", ["first", "second", "third", "bare"]),
        ("_sort=complaints", ["bare", "third", "second", "first"]),
        ("_sort_desc=nothing_found", ["second", "first", "third", "bare"]),
        ("_sort=next_deadline", ["second", "first", "bare", "third"]),
        ("_sort_desc=next_deadline", ["first", "second", "third", "bare"]),
    ],
)
async def test_the_order_can_be_chosen_and_pages_make_the_whole(site: Datasette, parameters: str, expected: list[str]) -> None:
    assert await ids(site, parameters) == expected
    for size in (1, 2, 3):
        address, seen = f"{ADDRESS}.json?_size={size}&{parameters}", []
        while address:
            found = (await site.client.get(address, headers=ENGLISH)).json()
            seen += [case["id"] for case in found["cases"]]
            assert found["total"] == 4 and (found["next"] is None) == (found["next_url"] is None)
            address = found["next_url"] and found["next_url"].replace("http://localhost", "")
        assert seen == expected


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "parameters", ["", "authority=nl-ap", "phase=lodged", "authority=nl-ap&phase=lodged", "q=acme", "year=2024&topic=ai-training"]
)
async def test_each_number_is_what_its_link_shows(site: Datasette, parameters: str) -> None:
    facets = (await data(site, parameters))["facets"]
    given = dict(part.split("=") for part in parameters.split("&") if part)
    assert set(facets) == set(query.FILTERS)
    for name, values in facets.items():
        for value in values:
            wanted = "&".join(f"{key}={one}" for key, one in {**given, name: value["value"]}.items())
            assert len(await ids(site, wanted)) == value["number"] > 0, wanted
    if not parameters:
        assert [value["label"] for value in facets["authority"]] == ["FR fr-cnil", "IE ie-dpc", "NL nl-ap"]
        assert [value["value"] for value in facets["year"]] == ["2024", "2023", "2022"]
        assert [value["label"] for value in facets["phase"]] == ["Lodged", "Closed"]


@pytest.mark.asyncio
async def test_links_and_form_keep_what_was_asked(site: Datasette) -> None:
    html = await shown(site, "authority=nl-ap&q=acme&_lang=nl&_sort=title&_size=1&view=list")
    form = html.select("form.filters")[0]
    kept = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    assert kept == {"_lang": "nl", "_size": "1", "_sort": "title", "view": "list"}
    assert [str(one["value"]) for one in form.select("option[selected]")] == ["nl-ap"]
    assert str(form.select("input[type=search]")[0]["value"]) == "acme" and form.select("details.more[open]")
    assert not (await shown(site)).select("details.more[open]")
    year = str(html.select(".facet-links a[href*='year=2024']")[0]["href"])
    assert all(part in year for part in ("authority=nl-ap", "q=acme", "_lang=nl", "_sort=title")) and "_next" not in year
    orders = {plain(link): str(link["href"]) for link in html.select(".orders a")}
    assert "_sort_desc=title" in orders["titel ▲ , oplopend"] and "_sort_desc=last_act" in orders["laatste handeling"]
    for link in html.select(".facet-links a, .orders a, .found a, a[rel=next], link[rel=alternate][type], .behind a[href^='/-/']"):
        assert (await site.client.get(str(link["href"]))).status_code == 200, link["href"]


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("authority=nl-app", "authority: there is no nl-app; the nearest is nl-ap"),
        ("authority=noyb", "authority: there is no noyb"),
        ("respondent=acne", "respondent: there is no acne; the nearest is acme"),
        ("topic=%27%20or%201%3D1--", "topic: there is no ' or 1=1--, and none like it"),
        ("regime=gdrp", "regime: there is no gdrp; the nearest is gdpr"),
        ("phase=close", "phase: there is no close; the nearest is closed"),
        ("year=24", "year: expected a year, written as 2024"),
        ("year=%D9%A2%D9%A0%D9%A2%D9%A4", "year: expected a year, written as 2024"),
        ("q=" + "x" * 201, "q: expected at most 12 words and 200 characters, a letter or digit among them"),
        ("q=" + "x+" * 13, "q: expected at most 12 words"),
        ("q=%22", "q: expected at most 12 words"),
        ("q=a%00b", "q: expected at most 12 words"),
        ("view=map", "view: expected one of list, board"),
        ("least=0", "least: expected a number of cases from 1"),
        ("least=%C2%B2", "least: expected a number of cases from 1"),
        ("_sort=colour", "_sort: expected one of last_act, opened, title, complaints, nothing_found, next_deadline"),
        ("_sort=title&_sort_desc=title", "_sort, _sort_desc: expected only one of them"),
        ("q=a&q=b", "q: expected only once"),
        ("year=2024&year=2023", "year: expected only once"),
        ("_next=nowhere", "_next: expected the token of a page of this list"),
        ("q=zebra&_next=second", "_next: expected the token of a page of this list"),
        ("_size=" + "9" * 5000, "_size: expected a number from 1 to 1000, or max"),
        ("_size=-1", "_size: expected a number from 1 to 1000, or max"),
        ("_lang=tlh", "_lang: expected one of en, de, es, fr, it, nl, pl"),
    ],
)
async def test_what_is_not_understood_is_400(site: Datasette, parameters: str, words: str) -> None:
    for path in (ADDRESS, f"{ADDRESS}.csv"):
        response = await site.client.get(f"{path}?{parameters}", headers=ENGLISH)
        assert response.status_code == 400 and words in BeautifulSoup(response.text, "html5lib").get_text(), path
    answer = await site.client.get(f"{ADDRESS}.json?{parameters}", headers=ENGLISH)
    found = answer.json()
    assert answer.status_code == found["status"] == 400 and found["ok"] is False and found["error"].startswith(words)


@pytest.mark.asyncio
async def test_it_is_refused_in_the_readers_language(site: Datasette) -> None:
    answer = await site.client.get(f"{ADDRESS}.json?year=24", headers={"accept-language": "nl"})
    assert answer.json()["error"] == "year: verwacht werd een jaar, geschreven als 2024"


@pytest.mark.asyncio
@pytest.mark.parametrize("table", query.TABLES)
async def test_who_may_not_see_a_table_sees_no_case(made_db: Path, table: str) -> None:
    private = {"databases": {"cases": {"tables": {table: {"allow": {"id": "root"}}}}}}
    datasette = await serve(made_db, configuration=private)
    for path in (ADDRESS, f"{ADDRESS}?view=board", f"{ADDRESS}.json", f"{ADDRESS}.csv"):
        response = await datasette.client.get(path)
        assert response.status_code == 403 and "Zebra" not in response.text, path


@pytest.mark.asyncio
async def test_a_private_database_shows_nothing(made_db: Path) -> None:
    datasette = await serve(made_db, configuration={"databases": {"cases": {"allow": {"id": "root"}}}})
    for path in (ADDRESS, f"{ADDRESS}.json", f"{ADDRESS}.csv"):
        assert (await datasette.client.get(path)).status_code == 403


def test_every_table_that_is_read_is_asked_for() -> None:
    asked = query.Asked(dict.fromkeys(query.FILTERS, "x"), ("x",))
    parts = [query.KNOWN, query.DUE, query.GROUPS, query.HEAD, *query.PARTS.values(), *query.COUNTED.values(), *query.IDS.values()]
    parts += [walked(walk, asked.where(), True) for sort in query.SORTS.values() for walk in sort.walks]
    parts += [f"select c.id from {asked.found(first)}" for first in query.FOUND]
    named = set(re.findall(r"(?:from|join)\s+([a-z_]+)\b", " ".join([*parts, *(sort.value for sort in query.SORTS.values())])))
    made = set(re.findall(r"([a-z_]+) as \(", " ".join(parts)))
    assert {name for name in named - made - {"json_each", "known"} if not name.endswith("_fts")} <= set(query.TABLES)


# --- side by side -----------------------------------------------------------------------------------------------------


def test_a_board_has_a_row_for_each_authority_of_enough_cases(db: sqlite3.Connection) -> None:
    found = listed(db)
    board = case_board.build(found, 1)
    rows = {row.authority.id or row.authority.country: [cell and cell.holds for cell in row.cells] for row in board.rows}
    assert rows == {
        "DE": ["no-answer", None, None, None],
        "fr-cnil": ["leaning-no", "yes", None, None],
        "ie-dpc": ["no", None, None, None],
        "nl-ap": ["nothing-found", "nothing-found", "undecided", None],
    }
    assert [case.id for case in board.cases] == ["first", "second", "third", "bare"] and (board.left_out, board.most) == (0, 3)
    fewer = case_board.build(found, case_board.least(found))
    assert [row.authority.id for row in fewer.rows] == ["fr-cnil", "nl-ap"] and fewer.left_out == 2
    assert case_board.build(found, 9).rows == []


@pytest.mark.asyncio
async def test_the_board_is_a_table_whose_cells_say_what_they_show(site: Datasette) -> None:
    html = await shown(site, "view=board&least=1")
    (region,) = html.select(".case-board[role=region][tabindex='0'][aria-label]")
    assert [plain(head) for head in region.select("thead th")] == ["Authority", "Zebra's and posts", "=1+1 apples", "Middle", "A bare one"]
    row = next(row for row in region.select("tbody tr") if "fr-cnil" in plain(row.th))
    cells = row.select("td")
    assert [str(cell.a["aria-label"]) for cell in cells if cell.a] == [
        "FR fr-cnil: Doubts it is lawful · Under appeal · Lodged", "FR fr-cnil: Finds it lawful · Decided",
    ]  # fmt: skip
    assert str(cells[1].a["href"]) == "/-/cases/second#authority-fr-cnil"
    assert "Finds it lawful" in plain(html.select(".legend")[0]) and not html.select(".case-list")
    assert "2 others are in fewer" in plain((await shown(site, "view=board")).select("main")[0])
    assert (await data(site, "view=board&least=2"))["total"] == 4


# --- for programs and spreadsheets ------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_table_is_safe_to_open(site: Datasette) -> None:
    response = await site.client.get(f"{ADDRESS}.csv", headers=ENGLISH)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["id"] for row in table] == ["first", "second", "third", "bare"]
    first, second = table[:2]
    assert second["title"] == "'=1+1 apples" and first["next_deadline"] == "'=Far away"
    assert first["next_deadline_day"] == "2099-03-01" and second["next_deadline_day"] == "2098-12"
    assert first["strip"].startswith("IE ie-dpc: Finds it unlawful (Annulled) · Decided; FR fr-cnil: ")
    assert (first["complaints"], first["nothing_found"], first["respondents"], first["opened"]) == ("5", "1", "Acme", "2024-01-05")
    assert table[3]["last_act"] == "" and response.text.endswith("\r\n")
    part = await site.client.get(f"{ADDRESS}.csv?_size=1")
    assert len(part.text.splitlines()) == 2 and "link" not in response.headers
    assert part.headers["link"] == '<http://localhost/-/cases.csv?_size=1&_next=first>; rel="next"'


@given(st.lists(st.one_of(st.text(), st.integers(), st.none()), min_size=1, max_size=5))
def test_any_value_comes_back_and_none_is_a_formula(values: list[Any]) -> None:
    text = render_csv.table([f"c{place}" for place in range(len(values))], [values])
    (_, line) = csv.reader(io.StringIO(text, newline=""))
    for given_value, read in zip(values, line, strict=True):
        assert read.removeprefix("'") == ("" if given_value is None else str(given_value)).removeprefix("'")
        if isinstance(given_value, str):
            assert not read.strip().startswith(("=", "+", "-", "@"))


@pytest.mark.asyncio
async def test_json_has_what_it_had_and_more(site: Datasette, db: sqlite3.Connection) -> None:
    found = await data(site)
    assert set(found) == {*render_json.plain(listed(db)), "next_url"}
    before = {
        "id", "title", "title_language", "regime", "regime_label", "respondents", "opened", "opened_precision", "opened_end", "last_act",
        "last_act_precision", "last_act_end", "checked", "complaints", "authorities_asked", "nothing_found",
    }  # fmt: skip
    assert before | {"strip", "decided", "decided_in_part", "next_deadline", "topics", "url"} == set(found["cases"][0])


@pytest.mark.asyncio
async def test_it_can_be_the_home_page(made_db: Path) -> None:
    datasette = await serve(made_db, configuration=settings_of(home=True))
    html = await shown(datasette, "q=zebra&_sort=title", "/")
    assert [str(item["id"]) for item in html.select(".case-list > li")] == ["first"]


@pytest.mark.asyncio
async def test_without_a_case_it_says_so(tmp_path: Path) -> None:
    datasette = await serve(built(made.folder(tmp_path / "data", cases=0), tmp_path / "cases.db"))
    for parameters in ("", "view=board"):
        html = await shown(datasette, parameters)
        assert "No cases are recorded here." in plain(html.main) and not html.select(".orders, table, .strip")
    assert (await data(datasette))["cases"] == []
    assert len((await datasette.client.get(f"{ADDRESS}.csv")).text.splitlines()) == 1
    assert "No case is like that." in plain((await shown(datasette, "q=x")).main)


@pytest.mark.asyncio
async def test_today_is_that_of_the_reader(made_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasette = Datasette([], immutables=[str(made_db)])
    await datasette.invoke_startup()
    said = []
    for day in (date(2099, 2, 27), date(2099, 2, 28), date(2099, 3, 1), date(2099, 3, 2)):
        monkeypatch.setattr(config.Config, "today", lambda _, day=day: day)
        said.append([plain(one).partition("=Far")[0].strip() for one in (await shown(datasette)).select(".ahead li")])
    assert said == [["1 Mar 2099 (in 2 days)"], ["1 Mar 2099 (in 1 day)"], ["1 Mar 2099 (today)"], []]


@pytest.mark.asyncio
async def test_the_sql_behind_the_numbers_yields_them(site: Datasette, db: sqlite3.Connection) -> None:
    found = {row[0]: row[1:] for row in db.execute(query.NUMBERS)}
    for case in listed(db).cases:
        asked, nothing = found[case.id][1] or 0, found[case.id][2] or 0
        assert (found[case.id][0], asked, nothing) == (case.complaints, case.authorities_asked, case.nothing_found)
    html = await shown(site)
    (link,) = [link for link in html.select(".behind a") if "sql=" in str(link["href"])]
    assert (await site.client.get(str(link["href"]), follow_redirects=True)).status_code == 200
    assert quote("authorities_asked") in str(link["href"])


def test_a_database_is_left_as_it_was(made_db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cases.db"
    shutil.copy(made_db, copy)
    copy.chmod(0o444)
    connection = sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)
    assert listed(connection, words=("zebra",)).total == 1
    connection.close()
