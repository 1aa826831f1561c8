"""What this site said on an earlier day: `as_known` equals the site of that day, row by row and cell by cell."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Iterator, NamedTuple, Optional

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from datasette_cases.model.case import Case
from datasette_cases.page import case as case_page
from datasette_cases.page.words import Words
from datasette_cases.query import case as case_query
from datasette_cases.query import known
from datasette_cases.query.rows import rows
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store.kept import differences, kept_rows
from datasette_cases.store.schema import create_views
from datasette_cases.store.tables import TABLES, EarlierRow

from . import made
from .site import serve
from .strategies import Raw, raw_cases, texts
from .test_history import CASE, FIRST, MENDED, SECOND, SUMMARY, THIRD, Site
from .test_rows import written

ENGLISH = {"accept-language": "en"}
DAYS = ("2024-05-01", "2024-06-14", "2024-06-27", "2024-10-01", "2026-11-20")
"""Before the first fact, on days on which something happens, after the last release."""

OPENS = """  - id: dpc-opens
    date: 2024-10-01
    by: ie-dpc
    act: investigation-opened
    summary: Opens an inquiry.
    sources: [https://example.org/acme-0/dpc]
"""
FIRST_OF_ALL = """  - id: dpc-asks
    date: 2024-05-30
    by: ie-dpc
    act: information-request
    summary: Asks Acme what it plans.
    to: [acme]
    sources: [https://example.org/acme-0/dpc]
"""


class Chain(NamedTuple):
    """Releases of one site: the file that is served now, and each release as it was served then."""

    now: Path
    then: list[Path]


def releases(site: Site) -> Iterator[Path]:
    """Three releases of a site: an entry, a deadline and answers corrected, facts added before and after; then a retraction, an entry that
    is gone, another source, another case, another name, another order in the file."""
    site.release(FIRST)
    yield kept(site, 1)
    site.edit(SUMMARY, MENDED)
    site.edit("urgent: undecided", "urgent: leaning-no")
    site.edit("entries:\n", "entries:\n" + FIRST_OF_ALL)
    site.edit("deadlines:\n", OPENS + "deadlines:\n")
    site.edit("last_day: 2024-06-26", "last_day: 2024-06-27")
    site.edit("count: 2", "count: 3")
    made.write(site.data / "cases" / "acme-1.yml", made.CASE.format(id="acme-1", number=1))
    site.release(SECOND)
    yield kept(site, 2)
    site.edit("    status: forwarded-to-lead\n", "    status: forwarded-to-lead\n    retracted: The letter was about another complaint.\n")
    site.edit(OPENS, "")
    site.edit("https://example.org/acme-0/ap]", "https://example.org/acme-0/ap, https://example.org/acme-0/more]")
    made.write(site.data / "actors.yml", made.ACTORS.replace("name: Acme", "name: Acme Limited"))
    (site.data / "cases" / "acme-1.yml").unlink()
    site.release(THIRD)
    yield kept(site, 3)


def kept(site: Site, number: int) -> Path:
    return Path(shutil.copy(site.file, site.file.with_name(f"release-{number}.db")))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    site = Site(tmp_path_factory.mktemp("chain"))
    then = list(releases(site))
    return Chain(site.file, then)


@pytest_asyncio.fixture
async def now(chain: Chain) -> Datasette:
    return await serve(chain.now)


RELEASES = list(enumerate((FIRST, SECOND, THIRD)))


# --- row by row -------------------------------------------------------------------------------------------------------


def test_every_table_is_kept_or_is_about_releases() -> None:
    """Or counts, which each build makes anew."""
    named = [*known.OF_CASE, *known.SHARED, *known.TABLES, "facets", "deadline_days", "deadline_months", "overdue_deadlines"]
    assert sorted(named) == sorted(table.name for table in TABLES)


def whole(db: sqlite3.Connection, case: str) -> dict[str, list[dict[str, Any]]]:
    """Every row a case has in a file, and those that all cases share, with every column."""
    return {
        table: rows(db, f'select * from "{table}" where {known.OF_CASE.get(table, "1")} order by rowid', case=case)
        for table in (*known.OF_CASE, *known.SHARED)
    }


def by_id(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Documents have no order of their own."""
    return {**found, "sources": sorted(found["sources"], key=lambda row: str(row["id"]))}


def opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True))


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("case", [CASE, "acme-1"])
def test_every_row_of_an_earlier_release_is_as_it_was(chain: Chain, number: int, case: str) -> None:
    with opened(chain.then[number]) as then, opened(chain.now) as now:
        expected = whole(then, case)
        with known.as_known(now, case, number + 1):
            found = whole(now, case)
            assert rows(now, "select * from releases") == rows(then, "select * from releases")
            told = 'select release_id, item, "column", old, new, kind, reason from changes order by rowid'
            assert rows(now, told) == rows(then, told)
        assert by_id(found) == by_id(expected)
        assert bool(expected["events"]) == (case == CASE or number == 1), "this case came with the second release, and went with the third"


def test_nothing_is_left_of_it(chain: Chain) -> None:
    with opened(chain.now) as db:
        before = whole(db, CASE)
        with pytest.raises(ZeroDivisionError), known.as_known(db, CASE, 1):
            assert whole(db, CASE) != before
            1 / 0  # noqa: B018
        assert whole(db, CASE) == before and not db.in_transaction
        assert rows(db, "select * from temp.sqlite_master") == []


def test_only_what_changed_is_kept(chain: Chain) -> None:
    """Entries that were put before others move them, and are no reason to keep them."""
    with opened(chain.now) as db:
        found = rows(db, """select release_id, "table", case_id, row is not null as stood, count(*) as number from earlier_rows
          where "table" in ('events', 'statements', 'actors', 'vocabulary', 'entries') group by 1, 2, 3, 4""")  # fmt: skip
    assert {tuple(row.values()) for row in found} == {
        (1, "events", CASE, 0, 2), (1, "entries", CASE, 0, 2), (1, "statements", CASE, 0, 1), (1, "statements", CASE, 1, 1),
        (2, "events", CASE, 0, 1), (2, "events", CASE, 1, 2), (2, "entries", CASE, 1, 1), (2, "actors", None, 0, 1), (2, "actors", None, 1, 1),
        (2, "events", "acme-1", 1, 1), (2, "statements", "acme-1", 1, 1), (2, "entries", "acme-1", 1, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("", "abc"),
        ("abc", ""),
        ("abc", "abc"),
        ("abcd", "acbd"),
        ("abc", "xaybzc"),
        ("xaybzc", "abc"),
        ("aab", "aba"),
        ("abcdef", "fedcba"),
    ],
)
def test_a_difference_is_undone(older: str, newer: str) -> None:
    kept = [{"place": place, "row": row and f'{{"is": "{row}"}}'} for place, row in differences(older, newer)]
    assert known.undone([{"is": letter} for letter in newer], kept) == [{"is": letter} for letter in older]
    assert bool(kept) == (older != newer)


# --- cell by cell -----------------------------------------------------------------------------------------------------


def cells(html: str) -> dict[str, Any]:
    """What a reader sees of the board, the timeline, decisions, deadlines and the chronicle, with every link inside the page."""
    page = BeautifulSoup(html, "html5lib")
    for note in page.select(".known, .as-of-note"):
        note.extract()
    parts = {
        "title": page.select("h1, .kicker, .lead, .sentence p:not(.does), ul.facts li, .parties dd, .law"),
        "board": page.select("table.board tr"),
        "timeline": page.select("svg.timeline text, svg.timeline title, .timeline-table tr, section[aria-labelledby=timeline] tr"),
        "decisions": page.select("ul.decisions > li"),
        "deadlines": page.select("ul.deadlines > li"),
        "chronicle": page.select("ol.chronicle > li"),
        "sources": page.select("ul.sources li"),
    }
    return {
        name: [
            (" ".join(one.get_text(" ").split()), [a["href"] for a in one.select("a[href]") if a["href"].startswith("#")]) for one in found
        ]
        for name, found in parts.items()
    }


@pytest.mark.asyncio
@pytest.mark.parametrize(("number", "day"), RELEASES)
async def test_a_page_as_known_is_the_page_of_that_release(chain: Chain, now: Datasette, number: int, day: date) -> None:
    then = await serve(chain.then[number])
    for as_of in DAYS:
        address = f"/-/cases/{CASE}?as_of={as_of}"
        before, after = (
            await then.client.get(address, headers=ENGLISH),
            await now.client.get(f"{address}&as_known={day}", headers=ENGLISH),
        )
        assert before.status_code == after.status_code == 200, after.text
        expected, found = cells(before.text), cells(after.text)
        assert found == expected, as_of
        assert as_of == DAYS[0] or all(found[part] for part in ("title", "board", "timeline", "deadlines", "chronicle", "sources"))


@pytest.mark.asyncio
@pytest.mark.parametrize(("number", "day"), RELEASES)
async def test_json_and_image_as_known_are_those_of_that_release(chain: Chain, now: Datasette, number: int, day: date) -> None:
    then = await serve(chain.then[number])
    for as_of in DAYS:
        address = f"/-/cases/{CASE}.json?as_of={as_of}"
        before, after = (await then.client.get(address)).json(), (await now.client.get(f"{address}&as_known={day}")).json()
        assert before.pop("known") is None
        told = after.pop("known")
        assert (told["day"], told["release"], told["released"]) == (day.isoformat(), number + 1, day.isoformat())
        assert after == before, as_of
        image = f"/-/cases/{CASE}.svg?as_of={as_of}"
        before, after = (
            (await then.client.get(image, headers=ENGLISH)).text,
            (await now.client.get(f"{image}&as_known={day}", headers=ENGLISH)).text,
        )
        assert f"as known on {day.day} {day:%b} {day.year}" in after
        drawn = [[part.get_text() for part in BeautifulSoup(text, "html5lib").select("svg svg text, a title")] for text in (before, after)]
        assert drawn[0] == drawn[1] and (len(drawn[0]) > 3 or as_of == DAYS[0])


@pytest.mark.asyncio
async def test_a_case_that_was_not_there_is_not_there(now: Datasette) -> None:
    expected = {FIRST: 404, SECOND: 200, THIRD: 404}
    for day, status in expected.items():
        assert (await now.client.get(f"/-/cases/acme-1.json?as_known={day}")).status_code == status
    gone = await now.client.get("/-/cases/acme-1", headers=ENGLISH)
    assert gone.status_code == 404 and f"http://localhost/-/cases/acme-1?as_known={SECOND}" in gone.text


@pytest.mark.asyncio
async def test_each_release_tells_what_it_brought(now: Datasette) -> None:
    """Added, corrected, retracted, with one more source: each is told as that."""
    listed = (await now.client.get("/-/changes.json")).json()["changes"]
    told = {(change["release"], change["kind"], change["item"].partition("/")[0]) for change in listed}
    assert told == {
        (2, "new", "events"), (2, "new", "cases"), (2, "corrected", "statements"), (2, "corrected", "answers"), (2, "corrected", "deadlines"),
        (2, "corrected", "complaints"), (3, "retracted", "events"), (3, "retracted", "cases"), (3, "source-added", "statements"),
        (3, "corrected", "actors"),
    }  # fmt: skip
    gone = [change for change in listed if change["kind"] == "retracted"]
    assert [(change["reason"], change["there"]) for change in gone] == [
        ("The letter was about another complaint.", True), (None, False), (None, False),
    ]  # fmt: skip


# --- which day --------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("day", "release"), [("2026-10-01", 1), ("2026-10-31", 1), ("2026-11-01", 2), ("2026-11-07", 2), ("2026-11-08", 3), ("2026-11-09", 3)]
)
async def test_the_release_that_was_current_on_a_day_is_read(now: Datasette, day: str, release: int) -> None:
    data = (await now.client.get(f"/-/cases/{CASE}.json?as_known={day}")).json()
    assert (data["as_of"], data["known"]["day"], data["known"]["release"]) == (day, day, release), (
        "of the same day, where no other is asked for"
    )
    assert data["case"]["released"] == (FIRST, SECOND, THIRD)[release - 1].isoformat()


@pytest.mark.asyncio
@pytest.mark.parametrize("format", ["", ".json", ".svg"])
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-09-30", "as_known: nothing was published here before 2026-10-01, the day of the first release"),
        ("2999-01-01", "as_known: expected a day up to"),
        ("20261101", "as_known: expected a day up to"),
        ("2026-11-01&as_known=2026-11-02", "as_known: expected only once"),
    ],
)
async def test_what_cannot_be_known_is_refused(now: Datasette, format: str, asked: str, said: str) -> None:
    response = await now.client.get(f"/-/cases/{CASE}{format}?as_known={asked}", headers=ENGLISH)
    assert response.status_code == 400 and said in response.text


@pytest.mark.asyncio
async def test_as_known_today_is_as_known_now(now: Datasette) -> None:
    today = date.today().isoformat()
    for query in ("as_known=", f"as_known={today}", f"as_known={today}&as_of=2024-09-02"):
        plain = query.partition("&")[2]
        assert (await now.client.get(f"/-/cases/{CASE}.json?{query}")).json() == (
            await now.client.get(f"/-/cases/{CASE}.json?{plain}")
        ).json()


@pytest.mark.asyncio
async def test_who_may_not_see_earlier_rows_sees_the_page_and_no_earlier_one(chain: Chain) -> None:
    closed = await serve(chain.now, configuration={"databases": {"cases": {"tables": {"earlier_rows": {"allow": False}}}}})
    assert (await closed.client.get(f"/-/cases/{CASE}")).status_code == 200
    assert (await closed.client.get(f"/-/cases/{CASE}?as_known={FIRST}")).status_code == 403


# --- what has happened since ------------------------------------------------------------------------------------------


async def shown(site: Datasette, address: str) -> BeautifulSoup:
    response = await site.client.get(address, headers=ENGLISH)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html5lib")


def text(element: Any) -> str:
    return " ".join(element.get_text().split())


@pytest.mark.asyncio
async def test_the_page_says_what_has_changed_since(now: Datasette) -> None:
    page = await shown(now, f"/-/cases/{CASE}?as_known={FIRST}&as_of=2024-09-02")
    note = page.select_one("p.known")
    assert note and text(note) == (
        "This record as it was known on 1 Oct 2026 (release of 1 Oct 2026). 9 changes in this case since then · What is known now of 2 Sept 2024"
    )
    changes, today = (str(link["href"]) for link in note.select("a"))
    listed = (await now.client.get(changes.replace("/-/changes?", "/-/changes.json?"))).json()["changes"]
    assert len(listed) == 9 and {change["release"] for change in listed} == {2, 3}
    assert today == f"/-/cases/{CASE}?as_of=2024-09-02"
    assert "as known on 1 Oct 2026" in text(page.title) and not page.select("ul.facts a, .does a")
    last = (await shown(now, f"/-/cases/{CASE}?as_known={THIRD}")).select_one("p.known")
    assert last and "No change in this case since then" in text(last)
    assert not (await shown(now, f"/-/cases/{CASE}")).select("p.known")


@pytest.mark.asyncio
async def test_links_of_an_earlier_page_stay_in_its_release(now: Datasette) -> None:
    page = await shown(now, f"/-/cases/{CASE}?as_known={SECOND}&as_of=2024-09-02")
    kept = [
        str(link["href"])
        for link in page.select("table.board thead a, nav.days a, a.alone, head link[rel=alternate][type='application/json']")
    ]
    assert len(kept) > 4 and all(f"as_known={SECOND}" in address for address in kept)
    first = page.select_one("nav.days a")
    assert first and "as_of" not in str(first["href"]) and text(first) == "1 Nov 2026"


@pytest.mark.asyncio
async def test_a_citation_leads_to_the_same_page_later(chain: Chain, now: Datasette) -> None:
    """What was cited when the first release was current, opened when there are three."""
    then = await serve(chain.then[0])
    cited = text((await shown(then, f"/-/cases/{CASE}?as_of=2026-10-15")).select_one("#cite-plain"))
    address = cited.rpartition("http://localhost")[2]
    assert address == f"/-/cases/{CASE}?as_of=2026-10-15&as_known=2026-10-01" and "release of 1 October 2026" in cited
    before = (await then.client.get(f"/-/cases/{CASE}?as_of=2026-10-15", headers=ENGLISH)).text
    after = (await now.client.get(address, headers=ENGLISH)).text
    assert cells(before) == cells(after) and "9 changes in this case since then" in after
    again = text(BeautifulSoup(after, "html5lib").select_one("#cite-plain"))
    assert again == cited, "cited again it is the same"


@pytest.mark.asyncio
async def test_what_is_gone_is_found_where_it_stood(now: Datasette) -> None:
    """An entry and a case that an editor took out of the files without a word."""
    page = await shown(now, "/-/changes?kind=retracted")
    found = [str(link["href"]) for link in page.select("ul.changes a") if "as_known" in str(link["href"])]
    assert found == [f"/-/cases/{CASE}?as_known={SECOND}#dpc-opens", f"/-/cases/acme-1?as_known={SECOND}"]
    for address in found:
        page = await shown(now, address.partition("#")[0])
        assert page.select_one("p.known") and (page.find(id="dpc-opens") or "acme-1" in address)
    assert not (await shown(now, f"/-/cases/{CASE}")).find(id="dpc-opens")
    retracted = (await shown(now, f"/-/cases/{CASE}")).select_one("#ap-forwards.retracted")
    assert retracted and "The letter was about another complaint." in text(retracted), "what is marked in the files stays on the page"


# --- any chain of releases --------------------------------------------------------------------------------------------


@st.composite
def chains(draw: st.DrawFn) -> list[Optional[Case]]:
    """Versions of one case from release to release: edited, written anew, taken out, put back."""
    pool: list[Raw] = [draw(raw_cases()) for _ in range(2)]
    pool += [
        {**raw, "summary": draw(texts()), **{key: raw[key][::-1] for key in ("complaints", "deadlines") if key in raw}} for raw in pool
    ]
    versions = st.sampled_from([None, *pool])
    return [raw and Case.model_validate(raw) for raw in [draw(st.sampled_from(pool)), *(draw(versions) for _ in range(3))]]


def released_over(previous: Optional[sqlite3.Connection], number: int, version: Optional[Case]) -> sqlite3.Connection:
    """What a build writes of a release, with the one before."""
    db = written(*([version] if version else []))
    create_views(Database(db, execute_plugins=False), GDPR.question_ids)
    earlier = previous.execute("select * from earlier_rows order by rowid").fetchall() if previous else []
    db.executemany("insert into releases values (?, ?, 1, 'x', 'x')", [(n, f"2026-11-0{n}") for n in range(1, number + 1)])
    db.executemany(f"insert into earlier_rows values ({', '.join('?' * len(EarlierRow._fields))})", [*earlier, *kept_rows(previous, db)])
    db.commit()
    return db


@settings(max_examples=12)
@given(chains())
def test_every_release_of_any_chain_is_read_as_it_was(versions: list[Optional[Case]]) -> None:
    then: list[sqlite3.Connection] = []
    for number, version in enumerate(versions, 1):
        then.append(released_over(then[-1] if then else None, number, version))
    now, words = then[-1], Words([])
    for number, before in enumerate(then, 1):
        with known.as_known(now, "meta-ai", number):
            assert by_id(whole(now, "meta-ai")) == by_id(whole(before, "meta-ai"))
            for day in ("2024-06-05", "2026-11-24"):
                found, expected = (case_query.read(db, "meta-ai", day, "en") for db in (now, before))
                if expected is None or found is None:
                    assert found is None and expected is None
                    continue
                one, other = (case_page.build(part, words, "en", "2026-11-24") for part in (found, expected))
                assert (one.authorities, one.parties, one.timeline, one.deadlines, one.sources) == (
                    other.authorities, other.parties, other.timeline, other.deadlines, other.sources,
                )  # fmt: skip
                assert [(fact.fact, fact.number) for fact in one.facts] == [(fact.fact, fact.number) for fact in other.facts]
    assert [row["row"] for row in rows(now, "select row from earlier_rows")] or all(version == versions[0] for version in versions)
