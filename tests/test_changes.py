"""What changed between releases: as a page, as JSON and as a feed that other programs read."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from datasette_cases.history.diff import diff
from datasette_cases.i18n import catalogue, languages
from datasette_cases.page import changes as page
from datasette_cases.page.words import Words
from datasette_cases.query import changes as query
from datasette_cases.query import snapshot
from datasette_cases.query import words as words_query
from datasette_cases.render import atom
from datasette_cases.render.changes import Told, columns
from datasette_cases.store.build import build
from datasette_cases.store.tables import TABLES

from . import golden, made
from .site import serve, settings_of
from .test_history import CASE, FIRST, MENDED, SECOND, SUMMARY, THIRD, Site

ADDRESS = "/-/changes"
ENGLISH = {"accept-language": "en"}
ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = """  - id: dpc-opens
    date: 2024-10-01
    by: ie-dpc
    act: investigation-opened
    summary: Opens an inquiry <quickly> & "quietly".
    sources: [https://example.org/acme-0/dpc]
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases: a correction, another answer and news; then a retraction, something that is gone, another case and name."""
    site = Site(tmp_path_factory.mktemp("released"))
    site.release(FIRST)
    site.edit(SUMMARY, MENDED)
    site.edit("urgent: undecided", "urgent: leaning-no")
    site.edit("brought_under: art-80-1", "brought_under: art-77")
    site.edit("deadlines:\n", NEWS + "deadlines:\n")
    site.edit("last_day: 2024-06-26", "last_day: 2024-06-27")
    site.release(SECOND)
    site.edit("    status: forwarded-to-lead\n", "    status: forwarded-to-lead\n    retracted: The letter was about another complaint.\n")
    site.edit(NEWS, "")
    site.edit("https://example.org/acme-0/ap]", "https://example.org/acme-0/ap, https://example.org/acme-0/more]")
    made.write(site.data / "cases" / "acme-1.yml", made.CASE.format(id="acme-1", number=1))
    made.write(site.data / "actors.yml", made.ACTORS.replace("name: Acme", "name: Acme Limited"))
    site.release(THIRD)
    return site.file


@pytest_asyncio.fixture
async def served(released: Path) -> Datasette:
    return await serve(released)


async def listed(served: Datasette, parameters: str = "") -> list[dict[str, Any]]:
    response = await served.client.get(f"{ADDRESS}.json?{parameters}", headers=ENGLISH)
    assert response.status_code == 200, response.text
    return list(response.json()["changes"])


async def told(served: Datasette, parameters: str = "") -> list[tuple[int, str, str]]:
    return [(change["release"], change["kind"], change["item"]) for change in await listed(served, parameters)]


async def shown(served: Datasette, parameters: str = "", path: str = ADDRESS) -> BeautifulSoup:
    response = await served.client.get(f"{path}?{parameters}", headers=ENGLISH)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html5lib")


def words_of(element: Any) -> str:
    return " ".join(element.get_text().split())


# --- what is listed ---------------------------------------------------------------------------------------------------

ALL = [
    (3, "source-added", f"statements/{CASE}/ap-first-word"),
    (3, "retracted", f"events/{CASE}/ap-forwards"),
    (3, "retracted", f"events/{CASE}/dpc-opens"),
    (3, "new", "cases/acme-1"),
    (3, "corrected", "actors/acme"),
    (3, "corrected", "actors/acme"),
    (2, "new", f"events/{CASE}/dpc-opens"),
    (2, "corrected", f"statements/{CASE}/ap-first-word"),
    (2, "corrected", f"answers/{CASE}/ap-first-word"),
    (2, "corrected", f"complaints/{CASE}/nl-noyb"),
    (2, "corrected", f"deadlines/{CASE}/policy"),
]


@pytest.mark.asyncio
async def test_every_change_is_listed_the_newest_release_first(served: Datasette) -> None:
    found = await told(served)
    assert sorted(found) == sorted(ALL)
    assert [release for release, _, _ in found] == [3] * 6 + [2] * 5
    cases = [change["case"] and change["case"]["id"] for change in await listed(served)]
    assert cases == [CASE] * 3 + ["acme-1", None, None] + [CASE] * 5


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (f"case={CASE}", [one for one in ALL if CASE in one[2]]),
        ("case=acme-1", [(3, "new", "cases/acme-1")]),
        ("kind=retracted", [one for one in ALL if one[1] == "retracted"]),
        ("since=3", [one for one in ALL if one[0] == 3]),
        ("since=4", []),
        ("since=2026-11-01", ALL),
        ("since=2026-11-02", [one for one in ALL if one[0] == 3]),
        ("since=2026-11-09", []),
        ("authority=fr-cnil", [(3, "new", "cases/acme-1")]),
        (
            "authority=nl-ap",
            [one for one in ALL if one[2].split("/")[-1] in ("ap-first-word", "ap-forwards", "nl-noyb")] + [(3, "new", "cases/acme-1")],
        ),
        (
            "authority=ie-dpc",
            [(3, "retracted", f"events/{CASE}/dpc-opens"), (3, "new", "cases/acme-1"), (2, "new", f"events/{CASE}/dpc-opens")],
        ),
        ("authority=nl-ap&kind=source-added", [(3, "source-added", f"statements/{CASE}/ap-first-word")]),
        (f"case={CASE}&since=3&kind=new", []),
    ],
)
async def test_filters_hold(served: Datasette, parameters: str, expected: list[tuple[int, str, str]]) -> None:
    assert sorted(await told(served, parameters)) == sorted(expected)


@pytest.mark.asyncio
@pytest.mark.parametrize("parameters", ["", "kind=corrected", f"case={CASE}", "authority=nl-ap"])
async def test_pages_are_the_whole_list(served: Datasette, parameters: str) -> None:
    path, found = f"{ADDRESS}.json?_size=2&{parameters}", []
    while path:
        data = (await served.client.get(path)).json()
        assert len(data["changes"]) <= 2
        found += [change["number"] for change in data["changes"]]
        assert (data["next"] is None) == (data["next_url"] is None)
        path = "?".join(urlsplit(data["next_url"])[2:4]) if data["next_url"] else ""
    assert found == [change["number"] for change in await listed(served, parameters)] and len(found) == len(set(found))


@pytest.mark.asyncio
async def test_the_values_of_filters_are_counted(served: Datasette) -> None:
    facets = (await served.client.get(f"{ADDRESS}.json?kind=retracted", headers=ENGLISH)).json()["facets"]
    assert [(value["value"], value["number"]) for value in facets["case"]] == [(CASE, 2)]
    assert {value["value"]: value["number"] for value in facets["kind"]} == {"corrected": 6, "new": 2, "retracted": 2, "source-added": 1}
    assert {value["value"] for value in facets["authority"]} == {"fr-cnil", "ie-dpc", "nl-ap"}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "english", "dutch"),
    [
        ("case=acme-2", "the nearest is acme-", "de beste benadering is"),
        ("case=" + "x" * 5000, "there is no x", "x"),
        ("authority=nl-app", "the nearest is nl-ap", "nl-ap"),
        ("authority=noyb", "there is no noyb", "noyb"),
        ("kind=follows", "expected one of new, corrected, retracted, source-added", "new, corrected"),
        ("since=monday", "since: expected a day, written as 2024-06-06, or the number of a release", "since: verwacht wordt een dag"),
        ("since=2024-02-30", "since: expected a day", "since: verwacht wordt een dag"),
        ("since=0", "since: expected a day", "since: verwacht wordt een dag"),
        ("since=%C2%B2", "since: expected a day", "since: verwacht wordt een dag"),
        ("since=9999999999999999999999", "since: expected a day", "since: verwacht wordt een dag"),
        ("kind=new&kind=new", "kind: expected only once", "kind"),
        ("_size=0", "_size: expected a number", "_size"),
        ("_next=x", "_next: expected the token", "_next"),
        ("_next=99999", "_next: expected the token", "_next"),
        ("kind=new&_next=3", "_next: expected the token", "_next"),
    ],
)
async def test_what_is_not_understood_is_refused(served: Datasette, parameters: str, english: str, dutch: str) -> None:
    for format in ("", ".json", ".atom"):
        response = await served.client.get(f"{ADDRESS}{format}?{parameters}", headers=ENGLISH)
        assert response.status_code == 400 and english in response.text.replace("&#39;", "'"), response.text
    response = await served.client.get(f"{ADDRESS}.json?{parameters}&_lang=nl")
    assert response.status_code == 400 and (dutch in response.text or "case=acme" in parameters)


# --- what is said -----------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_each_change_says_before_and_after(served: Datasette) -> None:
    html = await shown(served)
    lines = {words_of(line) for line in html.select("ul.changes > li")}
    assert f"Corrected Entry of nl-ap, 6–14 Jun 2024 · summary {SUMMARY} → {MENDED}" in lines, lines
    assert "Corrected Entry of nl-ap, 6–14 Jun 2024 · Is urgent action called for? Undecided → Leans to no" in lines, lines
    assert any("Retracted: The letter was about another complaint." in line for line in lines)
    assert any("last day 26 Jun 2024 → 27 Jun 2024" in line for line in lines), lines
    assert any("no longer in the files" in line and 'Opens an inquiry <quickly> & "quietly".' in line for line in lines)
    assert any(line.startswith("Source added") and "https://example.org/acme-0/more" in line for line in lines)
    assert [words_of(heading) for heading in html.select("h2")] == ["Release of 8 November 2026", "Release of 1 November 2026"]


@pytest.mark.asyncio
async def test_each_change_leads_to_its_entry_while_it_is_there(served: Datasette) -> None:
    html = await shown(served)
    seen = 0
    for line in html.select("ul.changes > li"):
        link = line.select_one('a[href^="/-/cases/"]')
        if "no longer in the files" in line.get_text():
            assert link is None or "as_known=2026-11-01" in str(link["href"])
            assert "Entry of ie-dpc, 1 Oct 2024" in words_of(line), "told as it stood"
        elif link and "#" in str(link["href"]):
            path, _, anchor = str(link["href"]).partition("#")
            assert (await shown(served, path=path)).find(id=anchor), link
            seen += 1
    assert seen == 6
    assert sum("no longer in the files" in line.get_text() for line in html.select("ul.changes > li")) == 2


@pytest.mark.asyncio
async def test_the_page_of_the_case_says_what_was_corrected_in_the_same_words(served: Datasette) -> None:
    html = await shown(served, path=f"/-/cases/{CASE}")
    notes: dict[str, list[str]] = {}
    for note in html.select(".note.corrected"):
        notes.setdefault(str(note.find_parent("li")["id"]), []).append(words_of(note))  # type: ignore[index]
    assert notes == {
        "nl-noyb": ["Corrected 1 Nov 2026 · what it rests on GDPR Art. 80(1) → GDPR Art. 77"],
        "ap-first-word": [
            f"Corrected 1 Nov 2026 · summary {SUMMARY} → {MENDED}",
            "Corrected 1 Nov 2026 · Is urgent action called for? Undecided → Leans to no",
        ],
    }
    dutch = BeautifulSoup((await served.client.get(f"/-/cases/{CASE}?_lang=nl")).text, "html5lib")
    assert [part.get("lang") for part in dutch.select("#ap-first-word .corrected ins")] == ["en", None]


@pytest.mark.asyncio
async def test_it_is_said_in_dutch(served: Datasette) -> None:
    html = BeautifulSoup((await served.client.get(f"{ADDRESS}?_lang=nl")).text, "html5lib")
    assert words_of(html.select_one("h1")) == "Wat er is veranderd"
    kinds = {words_of(element) for element in html.select("ul.changes .when")}
    assert kinds == {"Nieuw", "Verbeterd", "Herroepen", "Bron toegevoegd"}
    marked = {str(element["lang"]): words_of(element) for element in html.select(".corrected [lang]")}
    assert marked == {"en": MENDED}


@pytest.mark.asyncio
async def test_after_one_release_nothing_has_changed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.release(FIRST)
    served = await serve(site.file)
    assert "Nothing has changed yet since the first release, of 1 October 2026." in words_of(await shown(served))
    assert await listed(served) == []
    feed = ElementTree.fromstring((await served.client.get(f"{ADDRESS}.atom")).content)
    assert not feed.findall(f"{ATOM}entry") and feed.findtext(f"{ATOM}updated") == "2026-10-01T00:00:00Z"


@pytest.mark.asyncio
async def test_a_case_that_is_gone_keeps_its_title(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.release(FIRST)
    made.write(site.data / "cases" / "acme-1.yml", made.CASE.format(id="acme-1", number=1))
    site.release(SECOND)
    (site.data / "cases" / "acme-1.yml").unlink()
    site.release(THIRD)
    served = await serve(site.file)
    for change in await listed(served, "case=acme-1"):
        assert (
            change["case"] == {"id": "acme-1", "title": "Acme: été 1", "title_language": "en", "there": False, "url": None}
            and not change["there"]
        )
    assert "Acme: été 1 no longer in the files" in words_of(await shown(served, "case=acme-1"))
    assert "/-/cases/acme-1" not in (await served.client.get(f"{ADDRESS}.atom")).text


def test_every_column_that_can_change_has_a_name(released: Path) -> None:
    texts = catalogue("nl")
    read = {table.name: table.row._fields for table in TABLES if table.name in {**snapshot.WRITTEN, **snapshot.LIBRARY}}
    for table, fields in read.items():
        lists = snapshot.HAS.get(table, ())
        for column in (*snapshot.content(dict.fromkeys(fields)), *lists):
            assert column in columns(texts.gettext), (table, column)


def test_people_are_known_by_the_columns_that_name_them() -> None:
    named = {name for table in TABLES for name in table.row._fields} | set(snapshot.LISTS)
    assert named >= query.PEOPLE


@pytest.mark.parametrize("language", languages())
def test_every_change_of_any_case_can_be_told(tmp_path: Path, real_db: Path, language: str) -> None:
    """The real cases, come and gone, and each column of each item as if it had changed."""
    target = tmp_path / "cases.db"
    target.write_bytes(real_db.read_bytes())
    with closing(sqlite3.connect(target)) as db:
        db.execute("update releases set id = 2")
        db.execute("insert into releases select 1, '2026-01-01', schema_version, built_with, digest from releases")
        for case in snapshot.cases(db):
            for item, values in snapshot.written(db, case)[0].items():
                for column, value in values.items():
                    text = value if isinstance(value, (str, type(None))) else str(value) if not isinstance(value, tuple) else "[]"
                    db.execute("insert into changes values (2, ?, ?, ?, null, 'corrected', null)", [item, column, text])
                db.execute("insert into changes values (2, ?, null, null, 'x', 'new', null)", [item])
        found = query.read(db, language, {}, 100_000)
        shown = page.build(found, Words(words_query.read(db, language)), language, 100_000)
    told = Told(catalogue(language))
    assert len(shown.changes) > 5000
    for change in shown.changes:
        assert change.there and told.sentence(change) and "None" not in told.sentence(change), change
        if change.column:
            assert told.column(change)


def test_what_the_page_lists_is_what_a_diff_tells(released: Path, tmp_path: Path) -> None:
    """The table is filled from the diff: nothing between them is lost."""
    site = Site(tmp_path)
    site.release(FIRST)
    old = tmp_path / "old.db"
    old.write_bytes(site.file.read_bytes())
    site.edit(SUMMARY, MENDED)
    build(site.data, site.file, made.REGIMES, SECOND, previous=old)
    with closing(sqlite3.connect(old)) as before, closing(sqlite3.connect(site.file)) as after:
        told = [(one.item, one.column) for case in diff(before, after).cases for one in case.changes]
        found = query.read(after, "en", {}, 100)
    assert [(row["item"], row["column"]) for row in found.changes] == told


# --- the feed ---------------------------------------------------------------------------------------------------------


def require_valid(text: str) -> ElementTree.Element:
    """What RFC 4287 demands (4.1.1, 4.1.2, 4.2) of a feed whose author is named once for all entries."""
    feed = ElementTree.fromstring(text.encode())
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text and one.text.strip()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(element.findtext(f"{ATOM}updated")))
        assert re.fullmatch(r"tag:datasette-cases,2026:changes[!-~]*", str(element.findtext(f"{ATOM}id")))
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert links.count(("alternate", "text/html")) == 1 and len(links) == len(set(links))
        assert all(str(link.get("href")).startswith("http://") for link in element.findall(f"{ATOM}link"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for entry in feed.findall(f"{ATOM}entry"):
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html" and BeautifulSoup(str(content.text), "html5lib").select("li")
        assert len(entry.findall(f"{ATOM}summary")) == 1
    stamps = [str(entry.findtext(f"{ATOM}updated")) for entry in feed.findall(f"{ATOM}entry")]
    assert stamps == sorted(stamps, reverse=True) and (not stamps or feed.findtext(f"{ATOM}updated") == stamps[0])
    return feed


def local(address: str) -> str:
    return address.removeprefix("http://localhost")


def entry_ids(feed: ElementTree.Element) -> list[str]:
    return [str(entry.findtext(f"{ATOM}id")).removeprefix(atom.TAG) for entry in feed.findall(f"{ATOM}entry")]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "parameters", ["", "_lang=nl", f"case={CASE}", "kind=corrected", "authority=nl-ap", "since=3", "_size=3", "since=9"]
)
async def test_the_feed_is_valid(served: Datasette, parameters: str) -> None:
    response = await served.client.get(f"{ADDRESS}.atom?{parameters}", headers=ENGLISH)
    assert response.status_code == 200 and response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = require_valid(response.text)
    assert response.content == (await served.client.get(f"{ADDRESS}.atom?{parameters}", headers=ENGLISH)).content
    for link in feed.findall(f"{ATOM}link"):
        assert (await served.client.get(local(str(link.get("href"))))).status_code == 200


@pytest.mark.asyncio
async def test_the_feed_has_an_entry_for_each_case_of_a_release(served: Datasette) -> None:
    feed = require_valid((await served.client.get(f"{ADDRESS}.atom", headers=ENGLISH)).text)
    assert entry_ids(feed) == [f"/3/{CASE}", "/3/acme-1", "/3", f"/2/{CASE}"]
    first = feed.find(f"{ATOM}entry")
    assert first is not None and first.findtext(f"{ATOM}title") == "Acme: été 0 · Release of 8 Nov 2026"
    assert first.findtext(f"{ATOM}summary") == "Retracted: 2, Source added: 1"
    content = BeautifulSoup(str(first.findtext(f"{ATOM}content")), "html5lib")
    assert 'Opens an inquiry <quickly> & "quietly".' in words_of(content)
    assert f"http://localhost/-/cases/{CASE}#ap-first-word" in {str(link["href"]) for link in content.select("a")}


@pytest.mark.asyncio
async def test_what_a_feed_leaves_out_has_another_id(served: Datasette) -> None:
    """An entry with some of the changes is not the entry with all; that of one case is the same in the feed of all."""

    async def ids(parameters: str) -> list[str]:
        return entry_ids(require_valid((await served.client.get(f"{ADDRESS}.atom?{parameters}", headers=ENGLISH)).text))

    assert await ids(f"case={CASE}") == [f"/3/{CASE}", f"/2/{CASE}"]
    assert await ids("since=3") == [f"/3/{CASE}", "/3/acme-1", "/3"]
    assert await ids("kind=new&authority=nl-ap") == ["/3/acme-1?authority=nl-ap&kind=new"]


@pytest.mark.asyncio
async def test_an_entry_is_never_cut(served: Datasette) -> None:
    whole = require_valid((await served.client.get(f"{ADDRESS}.atom", headers=ENGLISH)).text)
    path, found = f"{ADDRESS}.atom?_size=5", []
    while path:
        feed = require_valid((await served.client.get(path, headers=ENGLISH)).text)
        found += [ElementTree.tostring(entry) for entry in feed.findall(f"{ATOM}entry")]
        path = next((local(str(link.get("href"))) for link in feed.findall(f"{ATOM}link") if link.get("rel") == "next"), "")
    assert found == [ElementTree.tostring(entry) for entry in whole.findall(f"{ATOM}entry")]


@pytest.mark.asyncio
async def test_a_release_leaves_the_entries_before_as_they_were(tmp_path: Path) -> None:
    async def entries() -> dict[str, bytes]:
        feed = require_valid((await (await serve(site.file)).client.get(f"{ADDRESS}.atom", headers=ENGLISH)).text)
        return {str(entry.findtext(f"{ATOM}id")): ElementTree.tostring(entry) for entry in feed.findall(f"{ATOM}entry")}

    site = Site(tmp_path)
    site.release(FIRST)
    site.edit(SUMMARY, MENDED)
    site.release(SECOND)
    before = await entries()
    site.edit("last_day: 2024-06-26", "last_day: 2024-06-27")
    site.release(THIRD)
    after = await entries()
    assert len(before) == 1 and len(after) == 2 and before.items() <= after.items()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_feed_is_as_it_was(released: Path, language: str) -> None:
    with closing(sqlite3.connect(released)) as db:
        shown = page.build(query.read(db, language, {}, 100), Words(words_query.read(db, language)), language, 100)
    root = "https://example.org"
    about = atom.Feed("What changed", "Example", f"{root}/-/changes.atom", f"{root}/-/changes", None, "2026-11-08", {}, {})

    def address(group: page.Group, change: Any) -> str:
        return f"{root}/{group.case.id if group.case else group.release}{f'#{change.anchor}' if change else ''}"

    golden.same(f"changes.{language}.atom", atom.feed(about, page.groups(shown.changes), address, catalogue(language)))


def test_what_may_not_stand_in_xml_is_left_out() -> None:
    assert atom.text("a\x00\x0b<\ud800&\ufffe\t🎈") == "a&lt;&amp;\t🎈"
    assert ElementTree.fromstring(f"<a b={atom.attribute(chr(7) + chr(34) + '<x>' + chr(39))}/>").get("b") == "\"<x>'"


# --- where it stands --------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_other_pages_lead_here(served: Datasette) -> None:
    html = await shown(served, path=f"/-/cases/{CASE}")
    assert {str(link["href"]) for link in html.select('a[href^="/-/changes"]')} == {ADDRESS, f"{ADDRESS}?case={CASE}"}
    assert (await shown(served)).select('link[type="application/atom+xml"]')[0]["href"] == f"{ADDRESS}.atom"


@pytest.mark.asyncio
async def test_addresses_keep_base_url_and_language(released: Path) -> None:
    served = await serve(released, settings={"base_url": "/prefix/"})
    html = (await served.client.get(f"{ADDRESS}?_lang=nl&case={CASE}")).text
    assert not re.findall(r'href="/(?!prefix/)', html) and f'href="/prefix{ADDRESS}.atom?_lang=nl&amp;case={CASE}"' in html
    feed = require_valid((await served.client.get(f"{ADDRESS}.atom?_lang=nl")).text)
    assert all("/prefix/-/" in str(link.get("href")) for link in feed.iter(f"{ATOM}link"))


@pytest.mark.asyncio
@pytest.mark.parametrize("table", ["changes", "releases", "statement_actors"])
async def test_who_may_not_see_a_table_does_not_see_the_page(released: Path, table: str) -> None:
    served = await serve(released, configuration={"databases": {released.stem: {"tables": {table: {"allow": {"id": "root"}}}}}})
    for format in ("", ".json", ".atom"):
        assert (await served.client.get(f"{ADDRESS}{format}")).status_code == 403


@pytest.mark.asyncio
async def test_a_site_says_who_it_is(released: Path) -> None:
    served = await serve(released, configuration={"title": "Example <tracker>", **settings_of()})
    feed = require_valid((await served.client.get(f"{ADDRESS}.atom", headers=ENGLISH)).text)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Example <tracker>"
    assert feed.findtext(f"{ATOM}title") == "What changed · Example <tracker>"
