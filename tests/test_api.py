"""What programs rely on: addresses in every object, tables beside lists, places on a map, pages of a list, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from datasette_cases.page.api import OPERATIONS
from datasette_cases.page.case import Head
from datasette_cases.page.parts import ActorRef, EntryRef
from datasette_cases.plugin import adapter, routes
from datasette_cases.plugin.config import Config
from datasette_cases.plugin.reading import METHODS
from datasette_cases.render import json as render
from datasette_cases.render import tables

from . import golden
from .site import ROOT, built, serve

pytestmark = pytest.mark.asyncio
CASE = "meta-ai-training-2024"
ENGLISH = {"accept-language": "en"}
LISTS = {"cases": "cases", "authorities": "authorities", "actors": "actors", "deadlines": "deadlines", "statements": "statements"}
"""Lists by the noun they answer, which have something in them in the real data."""


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db)


@pytest.fixture
def db(real_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(real_db)
    yield connection
    connection.close()


async def data(site: Datasette, path: str) -> Any:
    answer = await site.client.get(path, headers=ENGLISH)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def table(site: Datasette, path: str) -> list[dict[str, str]]:
    answer = await site.client.get(path, headers=ENGLISH)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/csv; charset=utf-8", answer.text
    lines = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert all(len(line) == len(lines[0]) for line in lines) and len(set(lines[0])) == len(lines[0])
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def local(address: str) -> str:
    """An absolute address as a path."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from objects(one)


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["/", "/data/"])
async def test_what_has_a_page_has_its_address(real_db: Path, base: str) -> None:
    site = await serve(real_db, settings={"base_url": base})
    found = await data(site, f"/-/cases/{CASE}.json")
    root = found["case"]["url"].removesuffix(f"-/cases/{CASE}")
    assert re.fullmatch(rf"https?://[^/]+{base}", root)
    row = next(row for row in found["authorities"] if row["authority"]["id"] == "nl-ap")
    assert row["authority"]["url"] == f"{root}-/authorities/nl-ap"
    assert row["last_word"]["url"] == f"{root}-/cases/{CASE}#{row['last_word']['anchor']}"
    assert found["case"]["respondents"][0]["url"] == f"{root}-/actors/meta-platforms-ireland"
    assert all(source["url"].startswith("http") and root not in source["url"] for source in found["sources"])
    unknown = next(row["authority"] for row in found["authorities"] if row["authority"]["id"] is None)
    assert unknown["url"] is None
    page = BeautifulSoup((await site.client.get(f"/-/cases/{CASE}")).text, "html5lib")
    places = {item["url"] for item in (*found["timeline"], *found["deadlines"])}
    assert len(places) > 100 and all(page.find(id=urlsplit(place).fragment) for place in places)


@pytest.mark.parametrize("noun", LISTS)
async def test_every_object_of_a_list_has_an_address_that_leads_somewhere(site: Datasette, noun: str) -> None:
    found = await data(site, f"/-/{noun}.json?_size=5" if noun != "authorities" else "/-/authorities.json")
    addresses = set()
    for one in objects(found[noun]):
        if "url" in one and "publisher" not in one and one["url"]:
            addresses.add(urlsplit(one["url"]).path)
    assert addresses
    for address in sorted(addresses)[:12]:
        answer = await site.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        assert (await site.client.get(f"{address}.json", follow_redirects=True)).status_code == 200, address


async def test_an_address_of_a_document_is_its_own() -> None:
    actor = ActorRef("nl-ap", "AP", "AP", "authority", "NL", None)
    assert {Head, ActorRef, EntryRef} <= render.LINKS.keys()
    assert json.loads(render.text([actor, EntryRef("plan/word", "word", "2024", "year", "2024-12-31")], "https://x.example"))[0] == {
        **vars(actor), "url": "https://x.example/-/authorities/nl-ap",
    }  # fmt: skip
    assert '"url":"https://x.example/-/cases/plan#word"' in render.text(
        EntryRef("plan/word", "word", "2024", "year", "2024-12-31"), "https://x.example"
    )


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", LISTS)
async def test_a_table_has_what_the_list_has(site: Datasette, noun: str) -> None:
    rows = await table(site, f"/-/{noun}.csv")
    found = (await data(site, f"/-/{noun}.json" + ("" if noun == "authorities" else "?_size=max")))[noun]
    assert [row["id"] for row in rows] == [
        (one.get("authority") or one.get("actor") or one)["id"] if noun != "statements" else one["id"] for one in found
    ]
    assert len(rows) > 9
    if noun not in ("cases",):
        assert [row["address"] for row in rows] == [(one.get("authority") or one.get("actor") or one)["url"] for one in found]


async def test_the_table_of_deadlines_keeps_what_is_stated_and_what_is_reckoned_apart(site: Datasette) -> None:
    rows = await table(site, "/-/deadlines.csv?kind=deadline")
    found = (await data(site, "/-/deadlines.json?kind=deadline&_size=max"))["deadlines"]
    for row, one in zip(rows, found, strict=True):
        for name in ("last_day", "reckoned_day", "basis", "outcome", "group", "provision"):
            assert row[name] == (one[name] or "")
        assert row["actor_ids"].split() == [actor["id"] for actor in one["actors"]]
    assert {row["kind"] for row in rows} == {"deadline"}


async def test_the_board_of_a_case_is_a_table(site: Datasette) -> None:
    rows = await table(site, f"/-/cases/{CASE}.csv?as_of=2025-05-25")
    found = await data(site, f"/-/cases/{CASE}.json?as_of=2025-05-25")
    assert [row["authority_id"] for row in rows] == [one["authority"]["id"] or "" for one in found["authorities"]]
    for row, one in zip(rows, found["authorities"], strict=True):
        for question in ("lawful", "competent", "urgent", "draft"):
            stance = one["stance"][question]
            assert row[question] == (stance["answer"] if stance else "")
            assert row[f"{question}_since"] == (stance["since"] if stance else "")
        assert row["status"] == (one["status"]["status"] if one["status"] else "")
        assert row["nothing_found"] == str(int(one["nothing_found"]))
    page = BeautifulSoup((await site.client.get(f"/-/cases/{CASE}?as_of=2025-05-25")).text, "html5lib")
    for row in rows:
        assert page.find(id=urlsplit(row["address"]).fragment), row["address"]
    assert [row["country"] for row in await table(site, f"/-/cases/{CASE}.csv?_sort_desc=country")] != [row["country"] for row in rows]


async def test_more_than_one_may_ask_for_is_told_of_in_a_header(site: Datasette) -> None:
    for noun in ("actors", "deadlines", "statements", "cases"):
        for format in ("json", "csv"):
            answer = await site.client.get(f"/-/{noun}.{format}?_size=2&_lang=nl")
            address = re.fullmatch(r'<(.+)>; rel="next"', answer.headers["link"])
            assert address and f"/-/{noun}.{format}?" in address[1] and "_lang=nl" in address[1]
            if format == "json":
                assert answer.json()["next_url"] == address[1] and f"_next={answer.json()['next'].partition('/')[0]}" in address[1]
            following = await site.client.get(local(address[1]))
            assert following.status_code == 200 and following.text != answer.text
        last = await site.client.get(f"/-/{noun}.json?_size=max")
        if last.json()["next"] is None:
            assert "link" not in last.headers and last.json()["next_url"] is None


async def test_no_table_holds_a_formula(tmp_path: Path) -> None:
    """Whatever a source, a name or a title begins with."""
    folder = tmp_path / "data"
    (folder / "cases").mkdir(parents=True)
    good = ROOT / "tests" / "data" / "good"
    for name in ("authorities.yml", "actors.yml", "publishers.yml", "cases/plan.yml"):
        text = (good / name).read_text(encoding="utf-8")
        text = re.sub(r"^( *(?:- )?(?:title|name|summary|short_name): )(?!>)\"?([^\"\n]+)\"?$", r'\1"=cmd(\2)"', text, flags=re.MULTILINE)
        (folder / name).write_text(text, encoding="utf-8")
    site = await serve(built(folder, tmp_path / "cases.db"))
    seen = 0
    for path in ("cases", "authorities", "actors", "deadlines", "statements", "changes", "cases/plan"):
        for row in await table(site, f"/-/{path}.csv"):
            assert not any(re.match(r"\s*[=+@-]", cell) for cell in row.values() if not re.fullmatch(r"-?[\d.]+", cell)), row
            seen += sum(cell.startswith("'=cmd(") for cell in row.values())
    assert seen > 10


async def test_the_table_of_changes_has_before_and_after() -> None:
    from datasette_cases.page.changes import Change

    change = Change(
        1, 2, "2026-11-24", None, "corrected", "Correction", "sources/x", "sources", "x", "title", None, None, None, "=a", None, "b", None, None,
        True, None, "https://x.example", None, [], None, None, None,
    )  # fmt: skip
    (line,) = tables.changes([change], lambda one: one.url)
    assert dict(zip(tables.CHANGES, line, strict=True))["old"] == "=a" and line[-1] == "https://x.example"


# --- the map ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["", f"?case={CASE}", f"?case={CASE}&by=phase"])
async def test_authorities_are_geojson(site: Datasette, db: sqlite3.Connection, asked: str) -> None:
    answer = await site.client.get(f"/-/authorities.geojson{asked}", headers=ENGLISH)
    assert answer.headers["content-type"] == "application/geo+json"
    found, listed = answer.json(), await data(site, f"/-/authorities.json{asked}")
    assert found["type"] == "FeatureCollection" and "crs" not in found and found["case"] == (CASE if asked else None)
    assert [one["id"] for one in found["features"]] == [line["authority"]["id"] for line in listed["authorities"]]
    places = {row[0]: row[1:] for row in db.execute("select id, longitude, latitude from authorities")}
    for feature, line in zip(found["features"], listed["authorities"], strict=True):
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        longitude, latitude = places[feature["id"]]
        assert feature["geometry"] == (None if longitude is None else {"type": "Point", "coordinates": [longitude, latitude]})
        told = feature["properties"]
        assert (
            told["url"] == line["authority"]["url"]
            and told["concerned"] == line["concerned"]
            and told["nothing_found"] == line["nothing_found"]
        )
        assert told["answer"] == (line["stance"] and line["stance"]["answer"]) and told["status"] == (
            line["status"] and line["status"]["status"]
        )
    amsterdam = next(one for one in found["features"] if one["id"] == "nl-ap")["geometry"]["coordinates"]
    assert 3 < amsterdam[0] < 8 and 50 < amsterdam[1] < 54, "longitude first"
    held = {one["properties"]["holds"] for one in found["features"]} - {None}
    assert held == {one["value"] for one in listed["holds"]}


async def test_an_authority_without_a_place_has_no_geometry(tmp_path: Path) -> None:
    site = await serve(built(ROOT / "tests" / "data" / "good", tmp_path / "cases.db"))
    found = (await site.client.get("/-/authorities.geojson")).json()
    assert {one["id"]: one["geometry"] for one in found["features"]} == {"ie-dpc": None, "nl-ap": None}


# --- everybody, and the words -----------------------------------------------------------------------------------------


async def test_everybody_is_listed_once_by_name(site: Datasette, db: sqlite3.Connection) -> None:
    expected = [row[0] for row in db.execute("select id from actors order by name, id")]
    found: list[str] = []
    path = "/-/actors.json?_size=40"
    while path:
        page = await data(site, path)
        found += [line["actor"]["id"] for line in page["actors"]]
        path = page["next_url"] and local(page["next_url"])
    assert found == expected and page["total"] == len(expected)
    courts = await data(site, "/-/actors.json?kind=court&country=DE")
    assert {line["actor"]["kind"] for line in courts["actors"]} == {"court"} and {
        line["actor"]["country"] for line in courts["actors"]
    } == {"DE"}
    assert courts["total"] == db.execute("select count(*) from actors where kind = 'court' and country = 'DE'").fetchone()[0]
    facet = {one["value"]: one["number"] for one in courts["facets"]["country"]}
    assert facet == dict(db.execute("select country, count(*) from actors where kind = 'court' and country is not null group by 1"))


async def test_the_page_of_everybody(site: Datasette) -> None:
    page = BeautifulSoup((await site.client.get("/-/actors?kind=complainant&_size=5", headers=ENGLISH)).text, "html5lib")
    listed = (await data(site, "/-/actors.json?kind=complainant&_size=5"))["actors"]
    assert [str(link["href"]) for link in page.select("table.people a.person")] == [f"/-/actors/{line['actor']['id']}" for line in listed]
    following = page.select_one("a[rel=next]")
    assert following and (await site.client.get(str(following["href"]))).status_code == 200
    nothing = BeautifulSoup((await site.client.get("/-/actors?kind=board&country=FR", headers=ENGLISH)).text, "html5lib")
    assert not nothing.select("table.people") and "Nothing is recorded here." in nothing.get_text()


async def test_the_vocabulary_is_told_in_the_language_asked_for(site: Datasette, db: sqlite3.Connection) -> None:
    found = await data(site, "/-/vocabulary.json")
    values = {(word["field"], word["value"]) for field in found["fields"] for word in field["words"]}
    assert values == set(db.execute("select distinct field, value from vocabulary where language = 'en'"))
    assert all(field["field"] == word["field"] for field in found["fields"] for word in field["words"])
    assert found["language"] == "en" and found["released"] == "2026-11-24"
    (statuses,) = (await data(site, "/-/vocabulary.json?field=status&_lang=nl"))["fields"]
    lead = next(word for word in statuses["words"] if word["value"] == "forwarded-to-lead")
    expected = db.execute("select label, phase from vocabulary where field = 'status' and value = 'forwarded-to-lead' and language = 'nl'")
    assert (lead["label"], lead["phase"]) == expected.fetchone() and lead["provision"] and lead["meaning"]


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "/-/cases.json?colour=red",
            "colour: there is no such parameter; there are _lang, _next, _size, _sort, _sort_desc, authority, least",
        ),
        ("/-/cases.csv?_shape=array", "_shape: there is no such parameter"),
        (f"/-/cases/{CASE}.json?from=2024-01-01", "from: there is no such parameter; there are _lang, _sort, _sort_desc, as_known, as_of"),
        (f"/-/cases/{CASE}.ics?as_of=2024-06-14", "as_of: there is no such parameter; there are _lang"),
        ("/-/changes.atom?autority=nl-ap", "autority: there is no such parameter"),
        ("/-/authorities.geojson?kind=court", "kind: there is no such parameter; there are _lang, by, case"),
        ("/-/actors.json?kind=king", "kind: expected one of authority, board, court, complainant, respondent, other"),
        ("/-/actors.json?country=XX", "country: there is no XX"),
        ("/-/actors.json?_next=nobody", "_next: expected the token of a page of this list"),
        ("/-/actors.json?kind=court&_next=noyb", "_next: expected the token of a page of this list"),
        ("/-/actors.json?_size=1001", "_size: expected a number from 1 to 1000, or max"),
        ("/-/actors.json?kind=court&kind=board", "kind: expected only once"),
        ("/-/vocabulary.json?field=colour", "field: expected one of act, actor_kind, answer"),
        ("/-/vocabulary.json?_lang=en&_lang=nl", "_lang: expected only once"),
        ("/-/deadlines/reckon.json?rule=gdpr-60-4&start=2024-06-06&calendar=IE&_ttl=5", "_ttl: there is no such parameter"),
    ],
)
async def test_what_is_not_known_is_400(site: Datasette, path: str, words: str) -> None:
    answer = await site.client.get(path, headers=ENGLISH)
    assert answer.status_code == 400, path
    found = answer.json()
    assert found["error"].startswith(words) and found["status"] == 400 and found["ok"] is False
    assert set(found) == ({"ok", "error", "errors", "status"} if adapter.V1 else {"ok", "error", "status", "title"})


async def test_marks_of_other_sites_break_nothing(site: Datasette) -> None:
    for path in ("/-/cases", f"/-/cases/{CASE}.json", "/-/changes.atom", "/-/actors.csv", "/-/deadlines.ics", "/-/authorities.geojson"):
        assert (await site.client.get(f"{path}?utm_source=news&fbclid=Iw1")).status_code == 200, path
    for path in ("/-/cases", f"/-/cases/{CASE}", f"/-/cases/{CASE}.svg", "/-/actors"):
        assert (await site.client.get(f"{path}?colour=red")).status_code == 200, path


def addresses() -> Iterator[str]:
    """One of each route and format."""
    for pattern, _ in routes.ROUTES:
        path = re.sub(r"\(\?P<(case|actor|authority)>[^)]*\)", "x", pattern.strip("^$")).replace("\\.", ".")
        formats = re.search(r"\(\?P<format>([a-z|]+)\)", path)
        for format in formats.group(1).split("|") if formats else [""]:
            yield re.sub(r"\(\?:\.\(\?P<format>[a-z|]+\)\)\?", f".{format}", re.sub(r"\.\(\?P<format>[a-z|]+\)$", f".{format}", path))
        if "(?:" in path:
            yield path.partition("(?:")[0]


@pytest.mark.parametrize("cors", [False, True])
async def test_nothing_but_reading_is_done(real_db: Path, cors: bool) -> None:
    site = await serve(real_db)
    site.cors = cors
    every = sorted(set(addresses()))
    assert len(every) > 30 and not any("(" in path for path in every)
    for path in every:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = await site.client.request(method, path, headers=ENGLISH)
            assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD, OPTIONS", (method, path)
            if "." in path:
                assert answer.json()["status"] == 405 and answer.json()["error"] == "Expected one of the methods GET, HEAD, OPTIONS"
                assert ("access-control-allow-origin" in answer.headers) == cors
        answer = await site.client.request("OPTIONS", path)
        assert answer.status_code == 204 and answer.headers["allow"] == ", ".join(METHODS) and not answer.text
        assert ("access-control-allow-origin" in answer.headers) == cors


async def test_other_origins_may_read_every_format_where_datasette_says_so(site: Datasette) -> None:
    paths = [
        "/-/cases.json",
        "/-/actors.csv",
        "/-/authorities.geojson",
        "/-/changes.atom",
        "/-/deadlines.ics",
        f"/-/cases/{CASE}.csv",
        "/-/cases/openapi.json",
    ]
    for cors in (False, True):
        site.cors = cors
        for path in (*paths, "/-/cases/nothing.json", "/-/cases/nothing.csv"):
            answer = await site.client.get(f"{path}?utm_source={cors}")
            assert ("access-control-allow-origin" in answer.headers) == cors, path


async def test_what_cannot_be_an_id_is_not_there(site: Datasette) -> None:
    for path in ("/-/cases/%C2%84.json", "/-/cases/0.5.csv", "/-/actors/A B.json", "/-/authorities/null%2Cnull.ics", "/-/cases/x.y.svg"):
        answer = await site.client.get(path)
        assert answer.status_code == 404 and answer.json()["ok"] is False, path


# --- for people -------------------------------------------------------------------------------------------------------


async def test_the_page_for_programs(site: Datasette) -> None:
    answer = await site.client.get("/-/cases/api", headers=ENGLISH)
    page = BeautifulSoup(answer.text, "html5lib")
    assert [code.get_text() for code in page.select(".operations dt > code:first-child")] == [operation.path for operation in OPERATIONS]
    for link in page.select(".operations a"):
        assert (await site.client.get(str(link["href"]))).status_code == 200, link["href"]
    for code in page.select("pre code"):
        await asked_with_curl(site, code.get_text())
    home = BeautifulSoup((await site.client.get("/-/cases", headers=ENGLISH)).text, "html5lib")
    assert home.select('footer a[href="/-/cases/api"]')


async def asked_with_curl(site: Datasette, command: str) -> None:
    program, *options, address = shlex.split(command)
    assert program == "curl" and options == []
    answer = await site.client.get(local(address))
    assert answer.status_code == 200 and len(answer.text) > 100, command


async def test_the_examples_of_the_docs_answer(site: Datasette) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for block in re.findall(r"^```bash\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) for line in block.splitlines()]
    commands = [command for command in commands if command.startswith("curl")]
    assert len(commands) > 10
    for command in commands:
        await asked_with_curl(site, command)


async def test_no_case_may_take_the_address_of_the_api() -> None:
    from datasette_cases.source.read import RESERVED

    assert {"about", "api", "openapi"} <= RESERVED


# --- golden files -----------------------------------------------------------------------------------------------------

GOLDEN = (
    "cases", "cases/plan", "authorities", "authorities/nl-ap", "actors", "actors/meta", "deadlines", "statements", "changes", "follow-up",
    "vocabulary?field=actor_kind",
)  # fmt: skip


async def test_json_is_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind, from one short case: a change here is a change of what programs read."""
    monkeypatch.setattr(Config, "today", lambda self: date(2026, 11, 24))
    site = await serve(built(ROOT / "tests" / "data" / "good", tmp_path / "cases.db"))
    for path in GOLDEN:
        address, _, query = path.partition("?")
        found = await data(site, f"/-/{address}.json?{query}")
        golden.same(f"{address.replace('/', '.')}.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


async def test_geojson_and_tables_are_what_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Config, "today", lambda self: date(2026, 11, 24))
    site = await serve(built(ROOT / "tests" / "data" / "good", tmp_path / "cases.db"))
    found = await data(site, "/-/authorities.geojson?case=plan")
    golden.same("authorities.geojson", json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    for path in ("authorities", "actors", "deadlines", "cases/plan"):
        text = (await site.client.get(f"/-/{path}.csv", headers=ENGLISH)).text
        golden.same(f"{path.replace('/', '.')}.csv", text.replace("\r\n", "\n"))
