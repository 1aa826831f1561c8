"""Every route in every format, on whichever Datasette is installed: what is there, what is refused, what stays quiet."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from datasette_cases.plugin import adapter
from datasette_cases.plugin.config import ConfigError
from datasette_cases.query import case as case_query

from .site import ROOT, built, serve, settings_of

pytestmark = pytest.mark.asyncio
CASE = "meta-ai-training-2024"
PAGES = (
    "/-/cases",
    f"/-/cases/{CASE}",
    f"/-/cases/{CASE}?as_of=2024-06-14",
    "/-/cases/about",
    "/-/cases/download",
    "/-/deadlines",
    "/-/statements",
    "/-/follow-up",
    "/-/changes",
)
DATA = (
    "/-/cases.json",
    "/-/deadlines.json",
    "/-/statements.json",
    "/-/follow-up.json",
    "/-/changes.json",
    f"/-/cases/{CASE}.json",
    f"/-/cases/{CASE}.json?as_of=2024-06-14",
)
HOSTILE = """\
id: hostile
title: <script>alert(1)</script> =1+1
summary: "Text that looks like HTML: <img src=x onerror=alert(2)> & 'quotes' \\"and\\" =cmd()."
regime: gdpr
respondents: [meta-platforms-ireland]
entries:
  - id: words
    date: 2024-06-06
    by: nl-ap
    summary: See javascript:alert(3) and {{ 7 * 7 }} and %(day)s
    says:
      quote: <b onmouseover=alert(4)>bold</b>
      language: nl
      translation: "=HYPERLINK(\\"https://noyb.eu\\")"
      form: press-statement
    note: </p><script>alert(5)</script>
    sources: ["https://noyb.eu/en/a?x=1&y='quoted'"]
"""


@pytest_asyncio.fixture
async def real(real_db: Path) -> Datasette:
    return await serve(real_db)


@pytest.mark.parametrize("path", PAGES)
async def test_pages_answer(real: Datasette, path: str) -> None:
    response = await real.client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = BeautifulSoup(response.text, "html5lib")
    assert page.html is not None and page.html["lang"] == "en"
    assert len(page.select("h1")) == 1
    ids = [node["id"] for node in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert not page.select("script:not([src], [type='application/ld+json']), style, [style], [onclick]")
    assert "script-src 'self'" in response.headers["content-security-policy"]
    for link in page.select('a[href^="#"]'):
        assert page.find(id=str(link["href"])[1:]), link["href"]


@pytest.mark.parametrize("path", PAGES[1:])
async def test_links_lead_somewhere(real: Datasette, path: str) -> None:
    page = BeautifulSoup((await real.client.get(path)).text, "html5lib")
    for address in {str(link["href"]).partition("#")[0] for link in page.select('a[href^="/"], link[href^="/"]')}:
        response = await real.client.get(address, follow_redirects=True)
        assert response.status_code == 200, address


@pytest.mark.parametrize("path", DATA)
async def test_json_answers(real: Datasette, path: str) -> None:
    response = await real.client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json()


async def test_json_of_a_case_has_the_promised_keys(real: Datasette) -> None:
    data = (await real.client.get(f"/-/cases/{CASE}.json")).json()
    assert {"case", "as_of", "authorities", "timeline", "deadlines", "sources"} <= data.keys()
    one = next(row for row in data["authorities"] if row["authority"]["id"] == "nl-ap")
    assert {"authority", "roles", "stance", "status", "nothing_found", "days_asked", "complaints"} <= one.keys()
    assert set(one["stance"]) == {"lawful", "competent", "urgent", "draft"}
    keys = {"answer", "label", "since", "answer_since", "form", "subject", "statement_id"}
    assert keys <= one["stance"]["competent"].keys() and one["stance"]["draft"] is None
    assert all({"id", "date"} <= item.keys() for item in data["timeline"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"/-/cases/{CASE}?as_of=yesterday", "as_of: expected a day up to"),
        (f"/-/cases/{CASE}?as_of=2024-06", "as_of: expected a day up to"),
        (f"/-/cases/{CASE}?as_of=20240606", "as_of: expected a day up to"),
        (f"/-/cases/{CASE}?as_of=2999-01-01", "as_of: expected a day up to"),
        (f"/-/cases/{CASE}?_lang=tlh", "_lang: expected one of en, de, es, fr, it, nl, pl"),
        (
            f"/-/cases/{CASE}?_sort=colour",
            "_sort: expected one of country, authority, lawful, competent, urgent, draft, status, since, last_word",
        ),
        (f"/-/cases/{CASE}?_sort_desc=Country", "_sort_desc: expected one of country, authority"),
        (f"/-/cases/{CASE}?_sort=country&_sort_desc=country", "_sort, _sort_desc: expected only one of them"),
        ("/-/cases?_size=0", "_size: expected a number from 1 to 1000, or max"),
        ("/-/cases?_next=nowhere", "_next: expected the token of a page of this list"),
    ],
)
async def test_what_is_not_understood_is_400(real: Datasette, path: str, words: str) -> None:
    response = await real.client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 400
    assert words in BeautifulSoup(response.text, "html5lib").get_text()
    bare, _, query = path.partition("?")
    answer = await real.client.get(f"{bare}.json?{query}", headers={"accept-language": "en"})
    assert answer.status_code == 400
    data = answer.json()
    assert data["ok"] is False and data["status"] == 400 and data["error"].startswith(words)


@pytest.mark.parametrize("case", ["nothing-here", "NOT-A-SLUG", "a~2Fb", "about.json"])
async def test_an_unknown_case_is_404(real: Datasette, case: str) -> None:
    assert (await real.client.get(f"/-/cases/{case}")).status_code == 404
    if case == "nothing-here":
        answer = await real.client.get(f"/-/cases/{case}.json")
        assert answer.status_code == 404
        assert answer.json()["ok"] is False and answer.json()["status"] == 404
        assert "nothing-here" in answer.json()["error"]


async def test_an_empty_as_of_is_today(real: Datasette) -> None:
    data = (await real.client.get(f"/-/cases/{CASE}.json?as_of=")).json()
    assert data["current"] is True


# --- databases without cases, private ones ----------------------------------------------------------------------------


async def test_without_our_tables_the_plugin_is_quiet(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.executescript("create table cases (id text primary key, title text); insert into cases values ('x', 'y')")
    datasette = await serve(other)
    for path in (*PAGES, *DATA):
        assert (await datasette.client.get(path)).status_code == 404, path
    home = await datasette.client.get("/")
    assert home.status_code == 200 and "/-/cases" not in home.text
    table = await datasette.client.get("/other/cases")
    assert table.status_code == 200 and "/-/cases/x" not in table.text


@pytest.mark.parametrize(
    "private",
    [
        {"allow": {"id": "root"}},
        {"databases": {"cases": {"allow": {"id": "root"}}}},
        {"databases": {"cases": {"tables": {"statements": {"allow": {"id": "root"}}}}}},
        {"databases": {"cases": {"tables": {"cases": {"allow": {"id": "root"}}}}}},
        {"databases": {"cases": {"tables": {"vocabulary": {"allow": False}}}}},
    ],
)
async def test_what_is_private_shows_nothing(real_db: Path, private: dict[str, Any]) -> None:
    datasette = await serve(real_db, configuration=private)
    blocked = set(private.get("databases", {}).get("cases", {}).get("tables", case_query.TABLES))
    for path in (*PAGES, *DATA):
        response = await datasette.client.get(path)
        if "about" in path and not blocked & {"vocabulary"}:
            continue
        assert response.status_code == 403, path
        assert "noyb" not in response.text and "Meta" not in response.text, path
        if ".json" in path:
            assert response.json()["ok"] is False and response.json()["status"] == 403
    home = await datasette.client.get("/")
    assert "/-/cases" not in home.text


async def test_what_is_private_is_there_for_who_may_see_it(real_db: Path) -> None:
    datasette = await serve(real_db, configuration={"databases": {"cases": {"allow": {"id": "root"}}}})
    cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    for path in (*PAGES, *DATA):
        assert (await datasette.client.get(path, cookies=cookies)).status_code == 200, path


async def test_a_table_open_in_a_private_database_is_what_core_says(real_db: Path) -> None:
    tables = {name: {"allow": True} for name in case_query.TABLES}
    datasette = await serve(real_db, configuration={"databases": {"cases": {"allow": False, "tables": tables}}})
    core = (await datasette.client.get("/cases/cases.json")).status_code
    assert (await datasette.client.get(f"/-/cases/{CASE}")).status_code == core


async def test_every_table_that_a_page_reads_is_asked_for() -> None:
    """A table named in a page's SQL but not in its TABLES would be shown to those who may not see it. The view `follow_up` is only counted."""
    sql = " ".join([case_query.CASE, case_query.ENTRY_DAYS, *case_query.HEAD.values(), case_query.standing([], ":day")])
    named = set(re.findall(r"(?:from|join)\s+([a-z_]+)\b", sql)) - {"entry_days", "follow_up", "json_each"}
    assert named <= set(case_query.TABLES)


async def test_sql_links_need_the_right_to_ask(real_db: Path) -> None:
    closed = await serve(real_db, settings={"default_allow_sql": False})
    page = (await closed.client.get(f"/-/cases/{CASE}")).text
    assert "sql=" not in page
    opened = await serve(real_db)
    page = (await opened.client.get(f"/-/cases/{CASE}")).text
    links = [str(link["href"]) for link in BeautifulSoup(page, "html5lib").select(".facts a")]
    assert links
    for link in links:
        assert (await opened.client.get(link, follow_redirects=True)).status_code == 200


# --- text stays text --------------------------------------------------------------------------------------------------


async def test_text_that_looks_like_html_is_text(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "cases" / "hostile.yml").write_text(HOSTILE, encoding="utf-8")
    datasette = await serve(built(data, tmp_path / "cases.db"))
    for path in ("/-/cases/hostile", "/-/cases"):
        page = BeautifulSoup((await datasette.client.get(path)).text, "html5lib")
        assert not page.select("script:not([src], [type='application/ld+json']), img, b"), path
        assert "<script>alert(1)</script> =1+1" in page.get_text()
        assert not [link for link in page.select("a[href]") if not re.match(r"https?://|/|#", str(link["href"]))]
    text = BeautifulSoup((await datasette.client.get("/-/cases/hostile")).text, "html5lib").get_text()
    for words in (
        "javascript:alert(3) and {{ 7 * 7 }} and %(day)s",
        "<b onmouseover=alert(4)>",
        "</p><script>alert(5)</script>",
        "=HYPERLINK(",
    ):
        assert words in text
    image = ElementTree.fromstring((await datasette.client.get("/-/cases/hostile.svg")).text)
    assert {part.tag.rpartition("}")[2] for part in image.iter()} <= {
        "svg",
        "g",
        "a",
        "title",
        "style",
        "text",
        "rect",
        "circle",
        "path",
        "line",
    }
    assert any("<script>alert(1)</script> =1+1" in (part.text or "") for part in image.iter())
    item = (await datasette.client.get("/-/cases/hostile.json")).json()["timeline"][0]
    assert item["quote"] == "<b onmouseover=alert(4)>bold</b>"


# --- languages --------------------------------------------------------------------------------------------------------


async def test_the_language_is_asked_for_or_accepted(real: Datasette) -> None:
    async def heading(path: str, accepted: str = "") -> str:
        page = BeautifulSoup((await real.client.get(path, headers={"accept-language": accepted})).text, "html5lib")
        assert page.html is not None
        return f"{page.html['lang']} {page.select('h2')[0].get_text()}"

    address = f"/-/cases/{CASE}"
    assert await heading(address) == "en Where each authority stands"
    assert await heading(address, "nl-BE,nl;q=0.9,en;q=0.5") == "nl Waar elke toezichthouder staat"
    assert await heading(address, "da;q=0.9, en;q=0.2, nl;q=0.7") == "nl Waar elke toezichthouder staat"
    assert await heading(address + "?_lang=nl") == "nl Waar elke toezichthouder staat"
    assert await heading(address + "?_lang=en", "nl") == "en Where each authority stands"
    response = await real.client.get(address)
    assert "accept-language" in response.headers["vary"].lower()


async def test_a_language_asked_for_stays(real: Datasette) -> None:
    page = BeautifulSoup((await real.client.get(f"/-/cases/{CASE}?_lang=nl&as_of=2024-06-14")).text, "html5lib")
    for link in page.select('a[href^="/-/cases"], form'):
        address = str(link.get("href") or "")
        if link.name == "a" and not link.get("hreflang"):
            assert "_lang=nl" in address, address
    assert page.select('form input[name="_lang"][value="nl"]')
    english = page.select('nav.languages a[hreflang="en"]')[0]["href"]
    assert "_lang=en" in english and "as_of=2024-06-14" in english


async def test_dutch_has_dutch_words_and_days(real: Datasette) -> None:
    page = BeautifulSoup((await real.client.get(f"/-/cases/{CASE}?_lang=nl")).text, "html5lib")
    heading = page.select("h1")[0]
    assert heading.get_text() == "Meta: AI trainen met berichten van Facebook en Instagram" and heading["lang"] == "nl"
    text = page.get_text()
    row = page.find(id="authority-nl-ap")
    assert row is not None and "Autoriteit Persoonsgegevens" in row.get_text()
    assert "2 sep 2024" in text and "Niets gevonden" in text and "Nothing found" not in text
    quote = page.find(id="ap-first-word").select("q")[0]  # type: ignore[union-attr]
    assert quote["lang"] == "nl"


# --- Datasette's own pages, base_url, configuration -------------------------------------------------------------------


@pytest.mark.parametrize("table", ["cases", "events", "statements", "complaints", "stances", "deadlines"])
async def test_tables_link_to_the_case_page(real: Datasette, table: str) -> None:
    page = BeautifulSoup(
        (await real.client.get(f"/cases/{table}?_size=5&{'id' if table == 'cases' else 'case_id'}={CASE}")).text, "html5lib"
    )
    links = page.select(f'td a[href^="/-/cases/{CASE}"]')
    assert links
    answer = await real.client.get(str(links[0]["href"]))
    assert answer.status_code == 200
    anchor = str(links[0]["href"]).partition("#")[2]
    assert not anchor or BeautifulSoup(answer.text, "html5lib").find(id=anchor)
    assert "/-/cases" in (await real.client.get(f"/cases/{table}")).text


async def test_the_menu_links_to_the_cases(real: Datasette) -> None:
    page = BeautifulSoup((await real.client.get("/cases")).text, "html5lib")
    assert page.select('a[href="/-/cases"]')


async def test_every_link_honours_base_url(real_db: Path) -> None:
    datasette = await serve(real_db, settings={"base_url": "/data/"})
    for path in PAGES:
        page = BeautifulSoup((await datasette.client.get(path)).text, "html5lib")
        for node in page.select("[href], [src], [action]"):
            address = str(node.get("href") or node.get("src") or node.get("action"))
            assert address.startswith(("/data/", "http", "#")), address


async def test_home_can_be_the_list(real_db: Path) -> None:
    datasette = await serve(real_db, configuration=settings_of(home=True))
    home, cases = await datasette.client.get("/"), await datasette.client.get("/-/cases")
    assert home.status_code == 200
    assert BeautifulSoup(home.text, "html5lib").select("h1")[0] == BeautifulSoup(cases.text, "html5lib").select("h1")[0]
    assert f"/-/cases/{CASE}" in home.text


async def test_the_database_can_be_named(real_db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(real_db, other)
    with sqlite3.connect(other) as connection:
        connection.execute("update cases set title = 'The other'")
    datasette = await serve(real_db, other, configuration=settings_of(database="other"))
    assert {case["title"] for case in (await datasette.client.get("/-/cases.json?_lang=en")).json()["cases"]} == {"The other"}
    nowhere = await serve(real_db, configuration=settings_of(database="elsewhere"))
    assert (await nowhere.client.get("/-/cases")).status_code == 404


async def test_the_time_zone_says_what_day_it_is(real_db: Path) -> None:
    days = set()
    for timezone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        datasette = await serve(real_db, configuration=settings_of(timezone=timezone))
        days.add((await datasette.client.get(f"/-/cases/{CASE}.json")).json()["as_of"])
    assert len(days) == 2


@pytest.mark.parametrize("address", ["mailto:us@example.org", "https://example.org/errors", "/-/errors"])
async def test_where_to_report_errors_is_linked(real_db: Path, address: str) -> None:
    datasette = await serve(real_db, configuration=settings_of(corrections=address))
    for path in PAGES:
        page = BeautifulSoup((await datasette.client.get(path)).text, "html5lib")
        assert page.select(f'footer a[href="{address}"]')
        assert len(page.select(f'main a[href="{address}"]')) == (1 if CASE in path or "about" in path else 0)


async def test_where_nothing_is_set_the_link_tells_how(real: Datasette) -> None:
    for path in PAGES:
        page = BeautifulSoup((await real.client.get(path + ("&" if "?" in path else "?") + "_lang=en")).text, "html5lib")
        link = str(page.select("footer a[href$='#corrections']")[0]["href"])
        assert link == "/-/cases/about?_lang=en#corrections"
    about = BeautifulSoup((await real.client.get("/-/cases/about")).text, "html5lib")
    assert about.find(id="corrections")


async def test_imprint_and_privacy_are_linked(real_db: Path) -> None:
    links = {"imprint": "https://example.org/imprint", "privacy": "/-/privacy"}
    datasette = await serve(real_db, configuration=settings_of(**links))
    for path in PAGES:
        page = BeautifulSoup((await datasette.client.get(path)).text, "html5lib")
        assert {str(link["href"]) for link in page.select("footer a")} >= set(links.values())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"databse": "x"}, "unknown setting 'databse'; known are cache, corrections, database, frame_ancestors, home"),
        ({"timezone": "Europe/Atlantis"}, "no time zone 'Europe/Atlantis'"),
        ({"home": "yes"}, "home is 'yes'; write true or false"),
        ({"imprint": "javascript:alert(1)"}, "imprint is"),
        (
            {"imprint": "mailto:us@example.org"},
            "imprint is 'mailto:us@example.org'; write an address that begins with https:// or http:// or /",
        ),
        ({"corrections": "javascript:alert(1)"}, "corrections is .* begins with https:// or / or mailto:"),
        ({"corrections": "http://example.org"}, "corrections is"),
        ({"corrections": ["mailto:us@example.org"]}, "corrections is"),
        ({"database": 1}, "database is 1"),
        ({"cache": -1}, "cache is -1; write a number of megabytes, 0 for no cache"),
        ({"cache": True}, "cache is True"),
        ({"cache": "32"}, "cache is '32'"),
    ],
)
async def test_a_wrong_setting_stops_the_start(real_db: Path, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        datasette = await serve(real_db, configuration=settings_of(**wrong))
        await datasette.client.get("/-/cases")


async def test_cors_is_datasettes(real_db: Path) -> None:
    given: dict[str, Any] = {"config": {}} if adapter.V1 else {}
    datasette = Datasette([str(real_db)], cors=True, **given)
    await datasette.invoke_startup()
    assert (await datasette.client.get(f"/-/cases/{CASE}.json")).headers["access-control-allow-origin"] == "*"
    without = await serve(real_db)
    assert "access-control-allow-origin" not in (await without.client.get(f"/-/cases/{CASE}.json")).headers


async def test_the_list_comes_in_pages(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "cases" / "hostile.yml").write_text(HOSTILE, encoding="utf-8")
    datasette = await serve(built(data, tmp_path / "cases.db"))
    address, seen = "/-/cases.json?_size=1", []
    while address:
        page = (await datasette.client.get(address)).json()
        seen += [case["id"] for case in page["cases"]]
        assert len(page["cases"]) == 1
        address = page["next_url"] and page["next_url"].replace("http://localhost", "")
    assert seen == sorted(set(seen), key=seen.index) and set(seen) == {
        "hostile",
        *(path.stem for path in (ROOT / "data" / "cases").glob("*.yml")),
    }
    html = BeautifulSoup((await datasette.client.get("/-/cases?_size=1")).text, "html5lib")
    assert html.select('a[rel="next"]')


async def test_template_and_json_read_the_same_object(real: Datasette) -> None:
    data = (await real.client.get(f"/-/cases/{CASE}.json")).json()
    page = BeautifulSoup((await real.client.get(f"/-/cases/{CASE}")).text, "html5lib")
    assert [item["anchor"] for item in data["timeline"]] == [str(item["id"]) for item in page.select("ol.chronicle > li")]
    assert [item["anchor"] for item in data["deadlines"]] == [str(item["id"]) for item in page.select("ul.deadlines > li")]
    assert json.dumps(data["case"]["title"], ensure_ascii=False).strip('"') == page.select("h1")[0].get_text()
