"""The pages of authorities and of whoever else acts: a list, a map, and one page for each."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any, Iterator, Optional

import _map
import pytest
import pytest_asyncio
from _map.arcs import outlines
from _map.simple import simplified
from bs4 import BeautifulSoup
from datasette.app import Datasette

from datasette_cases.i18n import catalogue
from datasette_cases.page import actor as actor_page
from datasette_cases.page.authorities import AuthoritiesPage
from datasette_cases.page.authorities import build as build_authorities
from datasette_cases.page.words import Words
from datasette_cases.plugin.people import SHAPES, shapes
from datasette_cases.query import actor, authorities, record, stances
from datasette_cases.query import words as words_query
from datasette_cases.query.standing import standing
from datasette_cases.render import locale
from datasette_cases.render import map as drawing

from .site import RELEASED, serve

ADDRESS = "/-/authorities"
CASE = "meta-ai-training-2024"
ENGLISH = {"accept-language": "en"}
TODAY = "2026-11-24"


@pytest.fixture
def db(real_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(real_db)
    yield connection
    connection.close()


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db)


def one(db: sqlite3.Connection, sql: str, *values: Any) -> Any:
    return db.execute(sql, values).fetchone()[0]


def listed(db: sqlite3.Connection, case: Optional[str] = None, by: Optional[str] = None, language: str = "en") -> AuthoritiesPage:
    return build_authorities(authorities.read(db, TODAY, language, case), Words(words_query.read(db, language)), language, by)


async def soup(site: Datasette, path: str) -> BeautifulSoup:
    answer = await site.client.get(path, headers=ENGLISH)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html5lib")


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_every_authority_is_listed_with_its_cases(site: Datasette, db: sqlite3.Connection) -> None:
    data = (await site.client.get(f"{ADDRESS}.json")).json()
    assert list(data) == [*AuthoritiesPage.__dataclass_fields__]
    expected = db.execute(
        "select u.id, count(p.id) from authorities u left join proceedings p on p.authority_id = u.id group by u.id order by 1"
    ).fetchall()
    assert sorted((line["authority"]["id"], line["cases"]) for line in data["authorities"]) == expected
    assert data["case"] is None and data["by"] == "phase" and data["question"] is None
    html = await soup(site, ADDRESS)
    linked = {str(link["href"]) for link in html.select("td.authority a")}
    assert linked == {f"{ADDRESS}/{name}" for name, _ in expected}
    for country in html.select("table.people tbody[id]"):
        assert country.select_one("th[scope=rowgroup]"), "a name, and its authorities under it"
    assert len(html.select("#country-DE tr")) == one(db, "select count(*) from authorities where country = 'DE'")


@pytest.mark.asyncio
@pytest.mark.parametrize("case", [CASE, "x-grok-training-2024", "clearview-ai-2021"])
async def test_in_a_case_the_list_says_what_sql_says(site: Datasette, db: sqlite3.Connection, case: str) -> None:
    data = (await site.client.get(f"{ADDRESS}.json?case={case}")).json()
    db.row_factory = sqlite3.Row
    expected = {
        row["authority_id"]: row for row in db.execute("select * from standing where case_id = ? and authority_id is not null", [case])
    }
    assert data["case"]["id"] == case and data["by"] == "stance"
    for line in data["authorities"]:
        row = expected.get(line["authority"]["id"])
        assert line["concerned"] == (row is not None)
        assert (line["stance"] and line["stance"]["answer"]) == (row and row["lawful"])
        assert (line["status"] and line["status"]["status"]) == (row and row["status"])
        assert line["nothing_found"] == bool(row and row["nothing_found"])
        assert line["days_asked"] == (row and row["days_asked"])
    assert any(line["nothing_found"] for line in data["authorities"]) == any(row["nothing_found"] for row in expected.values())


def test_without_a_case_the_proceeding_that_moved_last_counts(db: sqlite3.Connection) -> None:
    expected = dict(
        db.execute(
            "select authority_id, max(since) from statuses where authority_id is not null and since <= ? and (until is null or until > ?) group by 1",
            [TODAY, TODAY],
        )
    )
    found = {line.authority.id: line.status.since for line in listed(db).authorities if line.status}
    assert found == expected and len(found) > 20


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("case=meta-ai-training-2025", "case: there is no meta-ai-training-2025; the nearest is meta-ai-training-2024"),
        (f"case={CASE}&case={CASE}", "case: expected only once"),
        (f"case={CASE}&by=status", "by: expected one of stance, phase"),
        ("by=stance", "by: a stance is one in a case; choose it with case"),
        ("_lang=tlh", "_lang: expected one of en, de, es, fr, it, nl, pl"),
    ],
)
async def test_what_is_not_understood_is_400(site: Datasette, parameters: str, words: str) -> None:
    answer = await site.client.get(f"{ADDRESS}.json?{parameters}", headers=ENGLISH)
    assert answer.status_code == 400 and answer.json()["error"].startswith(words)
    assert (await site.client.get(f"{ADDRESS}?{parameters}", headers=ENGLISH)).status_code == 400
    dutch = await site.client.get(f"{ADDRESS}.json?{parameters}", headers={"accept-language": "nl"})
    assert dutch.json()["error"] != answer.json()["error"]


# --- the map ----------------------------------------------------------------------------------------------------------


def test_every_country_of_an_authority_has_a_place_on_the_map(db: sqlite3.Connection) -> None:
    countries = {row[0] for row in db.execute("select country from authorities where country is not null")}
    assert countries == set(shapes()["countries"])
    rings = {country for country, shape in shapes()["countries"].items() if shape["ring"]}
    assert {"MT", "LI"} <= rings
    assert all(bool(shape["path"]) != shape["ring"] for shape in shapes()["countries"].values())
    assert SHAPES.stat().st_size < 60_000 and "Natural Earth" in shapes()["origin"] and "public domain" in shapes()["origin"]


def points(path: str) -> Iterator[tuple[int, int]]:
    for part in re.findall(r"M([^z]+)z", path):
        start, steps = part.split("l")
        x, y = map(int, start.split())
        yield x, y
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        assert len(numbers) % 2 == 0
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            yield x, y


def test_nothing_leaves_the_box() -> None:
    wide, high, radius = shapes()["width"], shapes()["height"], shapes()["radius"]
    for shape in [*shapes()["countries"].values(), {"path": shapes()["around"], "x": radius, "y": radius}]:
        assert all(0 <= x <= wide and 0 <= y <= high for x, y in points(shape["path"]))
        assert radius <= shape["x"] <= wide - radius and radius <= shape["y"] <= high - radius
    rings = [(shape["x"], shape["y"]) for shape in shapes()["countries"].values() if shape["ring"]]
    for place, (x, y) in enumerate(rings):
        assert all((x - left) ** 2 + (y - top) ** 2 >= (2 * radius) ** 2 for left, top in rings[:place]), "no ring covers another"


@pytest.mark.asyncio
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("parameters", ["", f"case={CASE}", f"case={CASE}&by=phase", "case=clearview-ai-2021"])
async def test_each_country_is_a_link_that_says_what_sql_says(
    site: Datasette, db: sqlite3.Connection, parameters: str, language: str
) -> None:
    html = BeautifulSoup((await site.client.get(f"{ADDRESS}?{parameters}&_lang={language}")).text, "html5lib")
    names = [link.select_one("title").get_text() for link in html.select("svg.map a")]  # type: ignore[union-attr]
    assert sorted(name.partition(" – ")[0] for name in names) == sorted(
        locale.country(row[0], language) for row in db.execute("select distinct country from authorities where country is not null")
    )
    by_phase, case = "case" not in parameters or "by=phase" in parameters, parameters.partition("case=")[2].partition("&")[0]
    label = dict(db.execute("select field || value, label from vocabulary order by language = ?", [language]).fetchall())
    if not case:
        expected = """select u.country, u.short_name, v.phase from authorities u join statuses v on v.rowid = (select s.rowid from statuses s
          where s.authority_id = u.id and s.until is null order by s.since desc, s.rowid desc limit 1) where u.country is not null"""
    elif by_phase:
        expected = f"""select s.country, a.short_name, s.phase from standing s join authorities a on a.id = s.authority_id
          where s.case_id = '{case}' and s.phase is not null and s.country is not null"""
    else:
        expected = f"""select s.country, a.short_name, s.lawful from standing s join authorities a on a.id = s.authority_id
          where s.case_id = '{case}' and s.lawful is not null and s.country is not null"""
    rows = db.execute(expected).fetchall()
    assert rows
    said = {name.partition(" – ")[0]: name.partition(" – ")[2] for name in names}
    for country, short, word in rows:
        assert f"{short}: {label[('phase' if by_phase else 'lawful') + word]}" in said[locale.country(country, language)]
    if case and not by_phase:
        found = [text for text in said.values() if catalogue(language).gettext("nothing found") in text]
        assert (
            len(found)
            == len(html.select("svg.map a .nothing"))
            == one(db, "select count(distinct country) from standing where case_id = ? and nothing_found", case)
        )


@pytest.mark.asyncio
async def test_a_country_leads_to_its_authority_or_to_its_authorities(site: Datasette) -> None:
    html = await soup(site, ADDRESS)
    links = {link.select_one("title").get_text()[:7]: str(link["href"]) for link in html.select("svg.map a")}  # type: ignore[union-attr]
    assert links["Ireland"] == f"{ADDRESS}/ie-dpc" and links["Germany"] == "#country-DE" and html.select_one("#country-DE")


def test_several_answers_of_one_country_are_stripes_and_no_sum(db: sqlite3.Connection) -> None:
    page = listed(db)
    germany = next(country for country in page.countries if country.country == "DE")
    phases = {line.status.phase for line in page.lines(germany) if line.status}
    assert len(phases) > 1 and set(germany.holds) == phases
    html = BeautifulSoup(str(drawing.draw(shapes(), page, catalogue("en"), lambda country: f"#{country.country}")), "html5lib")
    path = html.select_one('a[href="#DE"] path')
    assert path and str(path["fill"])[5:-1] in {str(pattern["id"]) for pattern in html.select("pattern")}
    stripes = html.select(f'pattern[id="{str(path["fill"])[5:-1]}"] rect')
    assert {str(stripe["class"][0]) for stripe in stripes} == {f"holds-{phase}" for phase in phases}
    assert not html.select("[style]"), "looks are in the stylesheet"


@pytest.mark.parametrize(("field", "value"), [("answer", None), ("phase", None)])
def test_every_word_has_a_colour(db: sqlite3.Connection, field: str, value: None) -> None:
    css = (SHAPES.parent / "people.css").read_text(encoding="utf-8")
    for (word,) in db.execute("select distinct value from vocabulary where field = ?", [field]):
        assert f".map .holds-{word} {{ fill: var(--{word}); }}" in css


def test_shapes_that_share_a_line_become_one_without_it() -> None:
    """Two squares side by side: Northern Cyprus is drawn with Cyprus."""
    arcs = [[(1.0, 0.0), (1.0, 1.0)], [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)], [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)]]
    left, right = {"type": "Polygon", "arcs": [[0, 1]]}, {"type": "MultiPolygon", "arcs": [[[2, ~0]]]}
    assert [len(ring) for ring in outlines([left], arcs)] == [4]
    (whole,) = outlines([left, right], arcs)
    assert sorted(whole) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]


def test_a_line_keeps_its_ends_and_its_large_corners() -> None:
    line = [(0.0, 0.0), (10.0, 0.1), (20.0, 0.0), (30.0, 20.0), (40.0, 0.0), (50.0, 0.1), (60.0, 0.0)]
    assert simplified(line) == [(0.0, 0.0), (20.0, 0.0), (30.0, 20.0), (40.0, 0.0), (60.0, 0.0)]
    assert _map.path([[(0, 0), (0.2, 0.1), (5, 0), (5, -5)]]) == "M0 0l5 0 0-5z"


# --- one authority ----------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_every_authority_and_actor_has_a_page(site: Datasette, db: sqlite3.Connection) -> None:
    for name, kind in db.execute("select a.id, u.id is not null from actors a left join authorities u on u.id = a.id"):
        data = (await site.client.get(f"/-/{'authorities' if kind else 'actors'}/{name}.json")).json()
        assert list(data) == [*actor_page.ActorPage.__dataclass_fields__, "next_url"]
        assert data["actor"]["id"] == name and (data["about"] is not None) == bool(kind)
        assert len(data["cases"]) == data["cases_total"]
        if kind:
            assert data["cases_total"] == one(db, "select count(*) from proceedings where authority_id = ?", name)
        assert data["words_total"] == one(
            db,
            "select count(*) from statement_actors n join statements s on s.id = n.statement_id where n.actor_id = ? and s.date_end <= ? and s.retracted is null",
            name,
            data["as_of"],
        )


@pytest.mark.asyncio
async def test_what_it_holds_is_what_the_case_page_says(site: Datasette, db: sqlite3.Connection) -> None:
    """Stance, status, last word and nothing found of each authority, and of each board, in each of its cases."""
    known = {row[0] for row in db.execute("select id from authorities")}
    cases = [case["id"] for case in (await site.client.get("/-/cases.json")).json()["cases"]]
    seen = 0
    for case in cases:
        for row in (await site.client.get(f"/-/cases/{case}.json")).json()["authorities"]:
            if not row["authority"]["id"]:
                continue
            address = ADDRESS if row["authority"]["id"] in known else "/-/actors"
            data = (await site.client.get(f"{address}/{row['authority']['id']}.json")).json()
            mine = next(found for found in data["cases"] if found["case"]["id"] == case)
            for key in ("nothing_found", "days_asked", "complaints_open", "complaints_closed", "last_word", "stance"):
                assert mine[key] == row[key], (case, row["authority"]["id"], key)
            assert {role["role"] for role in mine["roles"]} == {role["role"] for role in row["roles"]}
            assert (mine["status"] and mine["status"]["status"]) == (row["status"] and row["status"]["status"])
            seen += 1
    assert seen > 50


@pytest.mark.asyncio
async def test_what_parties_hold_is_what_the_case_page_says(site: Datasette) -> None:
    for party in (await site.client.get(f"/-/cases/{CASE}.json")).json()["parties"]:
        data = (await site.client.get(f"/-/actors/{party['actor']['id']}.json")).json()
        mine = next(found for found in data["cases"] if found["case"]["id"] == CASE)
        assert mine["stance"] == party["stance"]


@pytest.mark.asyncio
async def test_a_party_speaks_for_itself_on_its_own_site(site: Datasette) -> None:
    """That an authority's word is known from others only is said; a party has no official site on which it would speak otherwise."""
    for row in (await site.client.get("/-/actors/noyb.json")).json()["cases"]:
        assert row["last_word"]["reported"] == (row["last_word"]["form"] == "reported")
    assert "Austria" in (await soup(site, f"{ADDRESS}/at-dsb")).select_one(".kicker").get_text()  # type: ignore[union-attr]


@pytest.mark.asyncio
async def test_the_record_is_what_the_view_says(site: Datasette, db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    few = enough = 0
    for row in db.execute("select u.id, r.* from authorities u left join authority_record r on r.authority_id = u.id").fetchall():
        found = (await site.client.get(f"{ADDRESS}/{row['id']}.json")).json()["record"]
        html = " ".join((await soup(site, f"{ADDRESS}/{row['id']}")).get_text(" ").split())
        if row["n"] is None:
            assert found is None and "No complaint is recorded" in html
            continue
        for key in ("cases", "complaints", "complaints_open", "n", "nothing_yet"):
            assert found[key] == row[key], (row["id"], key)
        yielded = dict(db.execute(found["sql"]).fetchone())
        assert yielded == {key: row[key] for key in yielded}, "the link yields what is stated"
        few, enough = few + (row["n"] < 5), enough + (row["n"] >= 5)
        for key in ("median_days", "shortest_days", "longest_days"):
            assert found[key] == (row[key] if row["n"] >= 5 else None)
        assert ("In fewer than 5 cases no time is reckoned" in html) == (row["n"] < 5)
        assert ("median" in html) == (row["n"] >= 5)
    assert few and enough


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["authorities/ie-dpc", "actors/noyb", "actors/meta-platforms-ireland"])
async def test_its_deadlines_are_those_of_the_list(site: Datasette, path: str) -> None:
    data = (await site.client.get(f"/-/{path}.json")).json()
    every = (await site.client.get(f"/-/deadlines.json?actor={path.partition('/')[2]}")).json()
    assert data["groups"] == every["groups"] and data["deadlines"] == every["deadlines"][: actor.MOST_DEADLINES]
    calendar = await site.client.get(f"/-/{path}.ics")
    assert calendar.status_code == 302 and calendar.headers["location"] == f"/-/deadlines.ics?actor={path.partition('/')[2]}"
    html = await soup(site, f"/-/{path}")
    assert html.select_one('link[type="text/calendar"]') and len(html.select("ul.deadlines > li")) == len(data["deadlines"])


@pytest.mark.asyncio
async def test_pages_of_cases_make_the_whole(site: Datasette) -> None:
    whole = [row["case"]["id"] for row in (await site.client.get("/-/actors/noyb.json")).json()["cases"]]
    seen, address = [], "/-/actors/noyb.json?_size=2&_lang=nl"
    while address:
        data = (await site.client.get(address)).json()
        seen += [row["case"]["id"] for row in data["cases"]]
        assert data["cases_total"] == len(whole)
        address = data["next_url"] and data["next_url"].replace("http://localhost", "")
    assert seen == whole and len(whole) > 4
    assert (await soup(site, "/-/actors/noyb?_size=2")).select('a[rel="next"]')
    refused = await site.client.get("/-/actors/noyb.json?_next=nowhere", headers=ENGLISH)
    assert refused.status_code == 400 and refused.json()["error"].startswith("_next: ")
    assert (await site.client.get("/-/actors/noyb.json?_size=0")).status_code == 400


@pytest.mark.asyncio
async def test_an_authority_has_one_address(site: Datasette) -> None:
    for given, wanted in (
        ("/-/actors/ie-dpc", f"{ADDRESS}/ie-dpc"),
        ("/-/actors/edpb.json?_lang=nl", f"{ADDRESS}/edpb.json?_lang=nl"),
        (f"{ADDRESS}/noyb", "/-/actors/noyb"),
    ):
        answer = await site.client.get(given)
        assert answer.status_code == 302 and answer.headers["location"] == wanted
    for path, words in ((f"{ADDRESS}/nl-app", "There is no authority nl-app"), ("/-/actors/nobody", "There is nobody called nobody")):
        assert (await site.client.get(path)).status_code == 404
        for ending in (".json", ".ics"):
            assert (await site.client.get(path + ending, headers=ENGLISH)).status_code == 404
        data = (await site.client.get(f"{path}.json", headers=ENGLISH)).json()
        assert data["error"] == words and data["ok"] is False and data["status"] == 404


# --- links, permissions, growth ---------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_other_pages_link_to_these(site: Datasette) -> None:
    html = await soup(site, f"/-/cases/{CASE}")
    assert html.select_one("#authority-ie-dpc th a.person")["href"] == f"{ADDRESS}/ie-dpc"  # type: ignore[index]
    assert html.select_one(".parties dt a")["href"].startswith("/-/actors/")  # type: ignore[index,union-attr]
    assert html.select_one(f'header a[href="{ADDRESS}"]')
    assert (await soup(site, "/-/deadlines")).select('ul.deadlines a[href="/-/actors/noyb"]')


@pytest.mark.asyncio
@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}?case={CASE}", f"{ADDRESS}/at-dsb", "/-/actors/noyb?_size=2"])
async def test_every_link_leads_somewhere(site: Datasette, path: str) -> None:
    html = await soup(site, path)
    for address in {str(link["href"]) for link in html.select("a[href], link[href]")}:
        if address.startswith("#"):
            assert html.find(id=address[1:]), address
        elif address.startswith(("/-/authorit", "/cases/")) or ".json" in address:
            assert (await site.client.get(address)).status_code in (200, 302), address


@pytest.mark.asyncio
async def test_links_are_below_the_base_url(real_db: Path) -> None:
    site = await serve(real_db, settings={"base_url": "/data/"})
    html = await soup(site, f"{ADDRESS}?case={CASE}")
    assert all(str(link["href"]).startswith(("/data/", "#")) for link in html.select("svg.map a, table.people td.authority a"))
    answer = await site.client.get("/-/actors/ie-dpc")
    assert answer.headers["location"] == f"/data{ADDRESS}/ie-dpc"


@pytest.mark.asyncio
async def test_who_may_not_see_a_table_sees_no_authority(real_db: Path) -> None:
    for table in sorted({*authorities.TABLES, *actor.TABLES}):
        site = await serve(real_db, configuration={"databases": {"cases": {"tables": {table: {"allow": {"id": "root"}}}}}})
        paths = [ADDRESS, f"{ADDRESS}.json"] if table in authorities.TABLES else []
        paths += [f"{ADDRESS}/at-dsb", "/-/actors/noyb.json", f"{ADDRESS}/at-dsb.ics"] if table in actor.TABLES else []
        for path in paths:
            answer = await site.client.get(path)
            assert answer.status_code == 403 and "noyb" not in answer.text, (table, path)


STATEMENTS = {
    "authorities": authorities.AUTHORITIES, "latest": authorities.LATEST, "cases to choose": authorities.LAST, "case": authorities.ONE,
    "actor": actor.ACTOR, "cases": actor.CASES.format(after=actor.AFTER), "later cases": actor.LATER_CASES,
    **actor.PARTS, "words": actor.WORDS,
    "answers": actor.ANSWERS, "sources": actor.SOURCES, "record": record.sql("at-dsb", TODAY), "record of a day": record.AS_OF,
    "stances of a case": stances.STANCES.format(where="s.case_id = :case"),
    "stances of an actor": stances.STANCES.format(where=f"s.actor_id = :actor and s.case_id {actor.OF}"),
    "standing": standing((), ":day", "p.case_id = :case and p.authority_id is not null"),
    "standing of an authority": standing((), ":day", f"p.authority_id = :actor and p.case_id {actor.OF}"),
}  # fmt: skip


def test_every_table_that_is_read_is_asked_for() -> None:
    made = {"mine", "latest", "json_each", "asked", "acted", "spoke", "days", "from"}
    named = set(re.findall(r"(?:from|join)\s+([a-z_]+)\b", " ".join(STATEMENTS.values()))) - made
    assert named <= {*authorities.TABLES, *actor.TABLES}
    assert set(stances.TABLES) <= set(authorities.TABLES)


@pytest.mark.parametrize("name", STATEMENTS)
def test_nothing_that_grows_is_read_whole(name: str) -> None:
    """Authorities are few; of what there is a row for each case, complaint, act or word, only what is asked for is read."""
    connection = sqlite3.connect(":memory:")
    connection.executescript((Path(__file__).parent.parent / "docs" / "schema.sql").read_text(encoding="utf-8"))
    bound = {
        "case": "a",
        "actor": "a",
        "authority": "a",
        "day": TODAY,
        "language": "en",
        "ids": "[]",
        "last": None,
        "size": 10,
        "most": 10,
        "total": 1,
    }
    plan = [row[3] for row in connection.execute("explain query plan " + STATEMENTS[name], bound)]
    connection.close()
    scanned = [found.group(1) for line in plan if (found := re.match(r"SCAN (\w+)\b(?! VIRTUAL)", line))]
    small = {"u", "n", "l", "json_each", "mine", "asked", "acted", "spoke", "days", "a", "s", "x", "d"} - (
        {"n"} if name == "record" else set()
    )
    ordered = [line for line in plan if "idx_cases_last_act_end" in line]
    assert set(scanned) <= small | ({"c"} if ordered else set()), "\n".join(plan)


@pytest.mark.parametrize("name", ["standing of an authority", "record"])
def test_the_statuses_of_a_complaint_are_found_by_the_complaint(name: str) -> None:
    """Not among all statuses of its authority: that took seconds for one that is in five thousand cases."""
    connection = sqlite3.connect(":memory:")
    connection.executescript((Path(__file__).parent.parent / "docs" / "schema.sql").read_text(encoding="utf-8"))
    bound = {"actor": "a", "day": TODAY, "ids": "[]"}
    plan = [row[3] for row in connection.execute("explain query plan " + STATEMENTS[name], bound)]
    connection.close()
    assert sum("idx_statuses_complaint_id" in line for line in plan) >= (2 if name == "standing of an authority" else 1)


def test_the_released_day_is_the_builds(db: sqlite3.Connection) -> None:
    assert listed(db).released == RELEASED.isoformat()
    assert json.loads(SHAPES.read_text(encoding="utf-8")) == shapes()
