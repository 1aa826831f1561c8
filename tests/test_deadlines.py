"""The deadlines of all cases: which are listed and in which order, as a page, as JSON, and as a calendar for others to read."""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Iterator, Optional

import icalendar
import ics
import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from datasette_cases.i18n import catalogue
from datasette_cases.page import case as case_page
from datasette_cases.page import deadlines as page
from datasette_cases.page.deadlines import CaseRef, Line, Rule
from datasette_cases.page.parts import ActorRef, Citation, EntryRef
from datasette_cases.page.words import Words
from datasette_cases.query import case as case_query
from datasette_cases.query import deadlines as query
from datasette_cases.query import words as words_query
from datasette_cases.render import ical, json
from datasette_cases.store.counts import count

from . import golden
from .browser import random_cases
from .site import built, serve
from .test_as_of import days_of_change

CASE = "meta-ai-training-2024"
ADDRESS = "/-/deadlines"
ENGLISH = {"accept-language": "en"}
ADDED = [
    # id, kind, last day, its precision and end, reckoned day, basis, rule, outcome
    ("next", "deadline", "2099-03-01", "day", "2099-03-01", None, "set", None, "open"),
    ("a-month", "milestone", "2098-12", "month", "2098-12-31", None, "announced", None, "open"),
    ("a-year", "milestone", "2097", "year", "2097-12-31", None, "announced", None, "open"),
    ("from-the-law", "deadline", None, None, None, "2024-09-06", "reckoned", "gdpr-78-2", "open"),
    ("both", "deadline", "2024-09-05", "day", "2024-09-05", "2024-09-06", "set", "gdpr-78-2", "met"),
    ("no-day", "deadline", None, None, None, None, "reckoned", "gdpr-60-4", "not-reckonable"),
    ("called-off-early", "deadline", "2099-01-01", "day", "2099-01-01", None, "demanded", None, "called-off"),
]
STEPS = [
    (1, "2024-06-06", "The day of the event does not count.", "1182/71 Art. 3(1)"),
    (2, "2024-09-06", "Three months end on Friday <6 September>.", None),
]


def add(connection: sqlite3.Connection) -> None:
    latest = connection.execute("select max(date_end) from timeline where case_id = ?", [CASE]).fetchone()[0]
    for position, (name, kind, day, precision, end, reckoned, basis, rule, outcome) in enumerate(ADDED, 100):
        row = {
            "id": f"{CASE}/{name}", "case_id": CASE, "position": position, "kind": kind, "title": f"Title of {name}, one", "last_day": day,
            "last_day_precision": precision, "last_day_end": end, "reckoned_day": reckoned, "basis": basis, "rule_id": rule,
            "outcome": outcome, "day_end": end or reckoned, "known_from": "1900-01-01" if basis == "reckoned" else min(end, latest),
            "settled_from": latest,
        }  # fmt: skip
        columns = ", ".join(row)
        connection.execute(f"insert into deadlines ({columns}) values ({', '.join(f':{column}' for column in row)})", row)
        place = (row["day_end"], CASE, position)
        connection.execute("insert into deadline_actors values (?, 'nl-ap', 'actor', ?, ?, ?)", (row["id"], *place))
        connection.execute("insert into deadline_actors values (?, 'noyb', 'addressee', ?, ?, ?)", (row["id"], *place))
        source = connection.execute("select source_id from citations where item_type = 'deadline'").fetchone()[0]
        connection.execute(
            "insert into citations (item_type, item_id, source_id, position) values ('deadline', ?, ?, 1)", [row["id"], source]
        )
    for step in STEPS:
        connection.execute("insert into deadline_steps values (?, ?, ?, ?, ?)", (f"{CASE}/from-the-law", *step))
    count(connection)


@pytest.fixture(scope="module")
def more_db(real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data with deadlines of every kind."""
    path = tmp_path_factory.mktemp("more") / "cases.db"
    shutil.copy(real_db, path)
    with sqlite3.connect(path) as connection:
        add(connection)
    connection.close()
    return path


@pytest.fixture
def db(more_db: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(more_db)
    yield connection
    connection.close()


@pytest_asyncio.fixture
async def site(more_db: Path) -> Datasette:
    return await serve(more_db)


def listed(db: sqlite3.Connection, day: str, language: str = "en", **filters: str) -> page.DeadlinesPage:
    words = Words(words_query.read(db, language))
    return page.build(query.read(db, day, language, filters, count=True), words, language)


async def names(site: Datasette, parameters: str = "") -> list[str]:
    data = (await site.client.get(f"{ADDRESS}.json?{parameters}")).json()
    return [deadline["anchor"] for deadline in data["deadlines"]]


# --- what is known, and when ------------------------------------------------------------------------------------------


def same_on_both(db: sqlite3.Connection, words: Words, case: str, day: str) -> int:
    """As of a day, each deadline of a case is on its page and on the list, or on neither, and the same is said of it."""
    rows = case_query.read(db, case, day, "en")
    assert rows is not None
    on_the_case = {one.id: vars(one) for one in case_page.build(rows, words, "en", day).deadlines}
    on_the_list = {one.id: vars(one) for one in listed(db, day, case=case).deadlines}
    assert on_the_list.keys() == on_the_case.keys(), day
    for name, deadline in on_the_case.items():
        assert {key: on_the_list[name][key] for key in deadline} == deadline, (day, name)
        assert (on_the_list[name]["group"] == page.PASSED) == deadline["passed"], (day, name)
    return len(on_the_case)


def test_the_list_knows_what_the_case_page_knows(db: sqlite3.Connection) -> None:
    words = Words(words_query.read(db, "en"))
    db.row_factory = sqlite3.Row
    days = [*days_of_change(db), "2097-06-01", "2098-12-31", "2099-01-01", "2099-03-02"]
    db.row_factory = None
    assert len(days) > 100
    for day in days:
        same_on_both(db, words, CASE, day)


def test_it_does_so_for_any_case(tmp_path: Path) -> None:
    db = sqlite3.connect(built(random_cases.write(tmp_path / "data", 60), tmp_path / "cases.db"))
    words = Words(words_query.read(db, "en"))
    days = """select last_day_end from deadlines where case_id = :case union select date(last_day_end, '+1 day') from deadlines
      where case_id = :case union select date_end from events where case_id = :case union select date_end from statements where case_id = :case"""
    seen = sum(
        same_on_both(db, words, case, day)
        for (case,) in db.execute("select id from cases").fetchall()
        for (day,) in db.execute(days, {"case": case}).fetchall()
        if day
    )
    db.close()
    assert seen > 100


@pytest.mark.parametrize(
    ("day", "groups"),
    [
        ("2024-06-13", {"policy-2024": "due"}),
        ("2024-06-14", {"policy-2024": "past"}),
        ("2024-09-06", {"from-the-law": "due", "a-month": None}),
        ("2024-09-07", {"from-the-law": "past", "both": "passed"}),
        ("2026-11-24", {"from-the-law": "past", "both": "past"}),
        ("2098-12-31", {"a-month": "due", "a-year": "passed", "next": "due", "no-day": "due", "called-off-early": "past"}),
        ("2099-01-01", {"a-month": "passed", "next": "due"}),
        ("2099-03-01", {"next": "due"}),
        ("2099-03-02", {"next": "passed", "no-day": "due"}),
    ],
)
def test_a_deadline_is_due_until_its_last_day_is_over(db: sqlite3.Connection, day: str, groups: dict[str, Optional[str]]) -> None:
    """None: it cannot be said to have been known then."""
    found = {line.anchor: line.group for line in listed(db, day).deadlines}
    assert {name: found.get(name) for name in groups} == groups


def test_nothing_due_is_over_and_nothing_passed_is_settled(db: sqlite3.Connection) -> None:
    for line in listed(db, "2026-11-24").deadlines:
        end = line.last_day_end or line.reckoned_day
        if line.group == page.DUE:
            assert end is None or end >= "2026-11-24"
            assert line.outcome in ("open", "not-reckonable")
        elif line.group == page.PASSED:
            assert end and end < "2026-11-24" and line.outcome == "open"
        else:
            assert line.outcome != "open" or line.basis == "reckoned"
            assert not line.passed


# --- order, pages, filters --------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(("parameters", "ways"), [("", (1, -1, -1)), ("_sort=last_day", (1, 1, 1)), ("_sort_desc=last_day", (-1, -1, -1))])
async def test_the_order_is_by_last_day_within_each_group(site: Datasette, parameters: str, ways: tuple[int, ...]) -> None:
    data = (await site.client.get(f"{ADDRESS}.json?{parameters}")).json()["deadlines"]
    assert [page.GROUPS.index(line["group"]) for line in data] == sorted(page.GROUPS.index(line["group"]) for line in data)
    for group, way in zip(page.GROUPS, ways):  # noqa: B905
        days = [line["last_day_end"] or line["reckoned_day"] for line in data if line["group"] == group]
        known = [day for day in days if day]
        assert len(known) > 1 and known == sorted(known, reverse=way < 0)
        assert days == known + [None] * (len(days) - len(known)), "what has no day comes last"


@pytest.mark.asyncio
@pytest.mark.parametrize("parameters", ["", "_sort=last_day", "_sort_desc=last_day", "actor=noyb", "group=past"])
async def test_pages_make_the_whole(site: Datasette, parameters: str) -> None:
    whole, seen = [line["id"] for line in (await site.client.get(f"{ADDRESS}.json?{parameters}")).json()["deadlines"]], []
    address = f"{ADDRESS}.json?_size=2&_lang=nl&{parameters}"
    while address:
        data = (await site.client.get(address)).json()
        assert 1 <= len(data["deadlines"]) <= 2
        seen += [deadline["id"] for deadline in data["deadlines"]]
        assert (data["next"] is None) == (data["next_url"] is None)
        address = data["next_url"] and data["next_url"].replace("http://localhost", "")
        assert not address or "_lang=nl" in address
    assert seen == whole and len(set(seen)) == len(seen) > 2
    html = BeautifulSoup((await site.client.get(f"{ADDRESS}?_size=2&{parameters}")).text, "html5lib")
    assert html.select('a[rel="next"]')


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("rule=gdpr-78-2", {"from-the-law", "both", "at-noyb--78-2"}),
        ("rule=gdpr-78-2&group=past", {"both", "from-the-law", "at-noyb--78-2"}),
        ("rule=gdpr-78-2&group=passed", set()),
        ("month=2024-09", {"from-the-law", "both", "at-noyb--78-2"}),
        ("month=2097-05", {"a-year"}),
        ("month=2098-12", {"a-month"}),
        ("month=2098-11", set()),
        ("month=2025-10", {"safeguards-report"}),
        ("actor=ie-dpc", {"urgency-asked", "safeguards-report"}),
        ("actor=nl-ap&kind=milestone", {"a-month", "a-year"}),
        ("actor=&kind=milestone&rule=&month=2024-06", {"policy-2024"}),
        ("actor=se-imy", set()),
    ],
)
async def test_filters(site: Datasette, parameters: str, expected: set[str]) -> None:
    parameters = parameters if "case=" in parameters else f"case={CASE}&{parameters}"
    assert set(await names(site, parameters)) == expected
    html = BeautifulSoup((await site.client.get(f"{ADDRESS}?{parameters}")).text, "html5lib")
    assert {str(item["id"]).partition("/")[2] for item in html.select("ul.deadlines > li")} == expected
    calendar = icalendar.Calendar.from_ical((await site.client.get(f"{ADDRESS}.ics?{parameters}")).content)
    assert {str(event["uid"]).partition("/")[2].partition("@")[0] for event in calendar.walk("VEVENT")} == expected - {"no-day"}


@pytest.mark.asyncio
@pytest.mark.parametrize("parameters", ["", "kind=deadline", "actor=nl-ap", "month=2024-09&actor=noyb"])
async def test_each_number_is_what_its_link_shows(site: Datasette, parameters: str) -> None:
    data = (await site.client.get(f"{ADDRESS}.json?{parameters}")).json()
    given = dict(part.split("=") for part in parameters.split("&") if part)
    counted = {**data["facets"], "group": [{"value": group, "number": number} for group, number in data["groups"].items()]}
    assert set(counted) == set(query.FILTERS)
    for name, values in counted.items():
        for value in values:
            wanted = "&".join(f"{key}={one}" for key, one in {**given, name: value["value"]}.items())
            assert len(await names(site, wanted)) == value["number"], wanted


@pytest.mark.asyncio
async def test_links_and_form_keep_what_was_asked(site: Datasette) -> None:
    html = BeautifulSoup((await site.client.get(f"{ADDRESS}?actor=nl-ap&_lang=nl&_size=2&group=past")).text, "html5lib")
    form = html.select("form.filters")[0]
    assert {str(one["name"]): str(one["value"]) for one in form.select("input")} == {"_lang": "nl", "_size": "2", "group": "past"}
    assert [str(one["value"]) for one in form.select("option[selected]")] == ["nl-ap"]
    month = str(html.select(".facet-links a[href*='month=2024-09']")[0]["href"])
    assert "actor=nl-ap" in month and "group=past" in month and "_lang=nl" in month and "_next" not in month
    for link in html.select(".facet-links a, nav.days a, form.filters a, link[rel=alternate][type]"):
        assert (await site.client.get(str(link["href"]))).status_code == 200


@pytest.mark.asyncio
async def test_the_page_says_all_of_a_deadline(site: Datasette) -> None:
    html = BeautifulSoup((await site.client.get(ADDRESS, headers=ENGLISH)).text, "html5lib")
    item = html.find(id=f"{CASE}/both")
    assert item is not None
    text = item.get_text(" ")
    for words in (
        "5 Sept 2024",
        "as stated",
        "6 Sept 2024",
        "as reckoned",
        "AP → noyb",
        "Set",
        "Met",
        "GDPR 78(2)",
        "Meta: training AI",
    ):
        assert words in re.sub(r"\s+", " ", text), words
    item = html.find(id=f"{CASE}/safeguards-report")
    assert item is not None and "Oct 2025" in item.get_text() and "passed, nothing known" in item.get_text()
    item = html.find(id=f"{CASE}/from-the-law")
    assert item is not None and "may go to court" in item.get_text() and "nothing known" not in item.get_text(), "it informs"
    item = html.find(id=f"{CASE}/no-day")
    assert item is not None and "day not known" in item.get_text() and "Not reckonable" in item.get_text()
    item = html.find(id=f"{CASE}/policy-2024")
    assert item is not None and item.select(f"a[href='/-/cases/{CASE}#meta-pauses']") and item.select("a[rel=external]")
    assert [heading.get_text() for heading in html.select("h2")] == ["Due", "Passed, nothing known", "Past or settled"]


@pytest.mark.asyncio
async def test_the_working_is_shown_where_there_is_one(site: Datasette) -> None:
    for path, name in ((f"{ADDRESS}?case={CASE}", f"{CASE}/from-the-law"), (f"/-/cases/{CASE}", "from-the-law")):
        html = BeautifulSoup((await site.client.get(path, headers=ENGLISH)).text, "html5lib")
        item = html.find(id=name)
        assert item is not None and len(item.select("details.steps")) == 1
        assert all(details.select("li") for details in html.select("details.steps")), "no working without steps"
        assert [" ".join(step.get_text(" ").split()) for step in item.select("details.steps ol > li")] == [
            "6 Jun 2024 The day of the event does not count. 1182/71 Art. 3(1)",
            "6 Sept 2024 Three months end on Friday <6 September>.",
        ]
        assert item.select("summary")[0].get_text() == "How it was reckoned"
    for path in (f"{ADDRESS}.json", f"/-/cases/{CASE}.json"):
        found = {one["anchor"]: one for one in (await site.client.get(path)).json()["deadlines"]}
        assert found["from-the-law"]["steps"] == [{"day": day, "text": text, "provision": rule} for _, day, text, rule in STEPS]
        assert found["both"]["steps"] == []


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("actor=ie-dcp", "actor: there is no ie-dcp; the nearest is ie-dpc"),
        ("actor=%F0%9F%8E%88", "actor: there is no 🎈, and none like it"),
        ("actor=" + "x" * 1000, "actor: there is no xxx"),
        ("case=meta-ai-training-2025", "case: there is no meta-ai-training-2025; the nearest is meta-ai-training-2024"),
        ("case=%27%20or%201%3D1--", "case: there is no ' or 1=1--, and none like it"),
        ("rule=gdpr-78-3", "rule: there is no gdpr-78-3; the nearest is gdpr-78-2"),
        ("month=2024-13", "month: expected a month, written as 2024-06"),
        ("month=2024-6", "month: expected a month, written as 2024-06"),
        ("month=2024", "month: expected a month, written as 2024-06"),
        ("month=%D9%A2%D9%A0%D9%A2%D9%A4-06", "month: expected a month, written as 2024-06"),
        ("kind=milestones", "kind: expected one of deadline, milestone"),
        ("group=missed", "group: expected one of due, passed, past"),
        ("_sort=title", "_sort: expected one of last_day"),
        ("_sort=last_day&_sort_desc=last_day", "_sort, _sort_desc: expected only one of them"),
        ("actor=nl-ap&actor=noyb", "actor: expected only once"),
        ("_size=0", "_size: expected a number from 1 to 1000, or max"),
        ("_next=nowhere", "_next: expected the token of a page of this list"),
        (f"rule=gdpr-78-2&_next={CASE}/next", "_next: expected the token of a page of this list"),
        ("_lang=tlh", "_lang: expected one of en, de, es, fr, it, nl, pl"),
    ],
)
async def test_what_is_not_understood_is_400(site: Datasette, parameters: str, words: str) -> None:
    for path in (ADDRESS, f"{ADDRESS}.ics"):
        response = await site.client.get(f"{path}?{parameters}", headers=ENGLISH)
        assert response.status_code == 400 and words in BeautifulSoup(response.text, "html5lib").get_text(), path
    answer = await site.client.get(f"{ADDRESS}.json?{parameters}", headers=ENGLISH)
    data = answer.json()
    assert answer.status_code == data["status"] == 400 and data["ok"] is False and data["error"].startswith(words)


@pytest.mark.asyncio
async def test_it_is_refused_in_the_readers_language(site: Datasette) -> None:
    answer = await site.client.get(f"{ADDRESS}.json?actor=ie-dcp", headers={"accept-language": "nl"})
    assert answer.json()["error"] == "actor: er is geen ie-dcp; het meest lijkt ie-dpc erop"


@pytest.mark.asyncio
async def test_there_is_no_calendar_of_no_case(site: Datasette) -> None:
    assert (await site.client.get("/-/cases/nothing.ics")).status_code == 404


@pytest.mark.asyncio
@pytest.mark.parametrize("table", query.TABLES)
async def test_who_may_not_see_a_table_sees_no_deadline(more_db: Path, table: str) -> None:
    private = {"databases": {"cases": {"tables": {table: {"allow": {"id": "root"}}}}}}
    datasette = await serve(more_db, configuration=private)
    for path in (ADDRESS, f"{ADDRESS}.json", f"{ADDRESS}.ics", f"/-/cases/{CASE}.ics"):
        response = await datasette.client.get(path)
        assert response.status_code == 403 and "Meta" not in response.text, path


def test_every_table_that_is_read_is_asked_for() -> None:
    sql = " ".join(
        [
            query.KNOWN,
            query.OF_ACTOR,
            query.MATCHING,
            query.MONTHS,
            query.GROUPS,
            query.PAGE,
            query.TITLE,
            *query.COUNTED.values(),
            *query.PARTS.values(),
            *query.IDS.values(),
        ]
    )
    named = set(re.findall(r"(?:from|join)\s+([a-z_]+)\b", sql + " ".join(query.FILTERS.values())))
    made = set(re.findall(r"([a-z]+) as \(", sql))
    assert named - made - {"json_each"} <= set(query.TABLES) | {"known", "months"}


# --- the calendar -----------------------------------------------------------------------------------------------------


def line(name: str, **more: Any) -> Line:
    """A made deadline."""
    given: dict[str, Any] = {
        "id": f"plan/{name}", "anchor": name, "kind": "deadline", "kind_label": "Deadline", "title": f"Title of {name}",
        "actors": [ActorRef("nl-ap", "Autoriteit Persoonsgegevens", "AP", "authority", "NL", None)], "addressees": [],
        "last_day": "2024-06-19", "last_day_precision": "day", "last_day_end": "2024-06-19", "reckoned_day": None, "reckoned_day_first": None, "basis": "set",
        "basis_label": "Set", "provision": None, "rule_id": None, "on_expiry": None, "set_by": None, "outcome": "open", "outcome_label": "Open", "passed": False,
        "closed_by": None, "note": None, "steps": [],
        "sources": [Citation("s", "https://example.org/a,b;c", None, "Example", "example.org", None, "press", "Press", "en", None)],
        "case": CaseRef("plan", "The plan", "en"), "group": "due", "rule": None, "modified": "2026-11-24", "sequence": 0,
    }  # fmt: skip
    return Line(**{**given, **more})


LINES = [
    line("plain"),
    line("a-month", last_day="2025-10", last_day_precision="month", last_day_end="2025-10-31", kind_label="Milestone"),
    line("a-year", last_day="2025", last_day_precision="year", last_day_end="2025-12-31"),
    line("an-interval", last_day="2024-06-06", last_day_precision="interval", last_day_end="2024-06-14", basis_label="Announced"),
    line(
        "called-off", outcome="called-off", outcome_label="Called off", closed_by=EntryRef("plan/x", "x", "2024-06-14", "day", "2024-06-14"),
        set_by=EntryRef("plan/y", "y", "2024-06-06", "interval", "2024-06-14"), addressees=[ActorRef(None, None, None, None, "DE", None)],
    ),
    line("both", last_day="2024-09-05", last_day_end="2024-09-05", reckoned_day="2024-09-06", provision="GDPR 78(2)"),
    line(
        "from-the-law", last_day=None, last_day_precision=None, last_day_end=None, reckoned_day="2024-09-06", basis_label="Reckoned",
        rule=Rule("gdpr-78-2", "GDPR 78(2)", "Three months; then one may go to court.", "checked", None),
    ),
    line("no-day", last_day=None, last_day_precision=None, last_day_end=None),
    line("odd", title="Überlänge, été; \\ – " + "łódź 🎈 " * 30 + "\x07BEGIN:VEVENT\nEND:VCALENDAR"),
    line("the-last-day-there-is", last_day="9999-12-31", last_day_end="9999-12-31"),
]  # fmt: skip


def made(lines: list[Line], language: str = "en", name: str = "Deadlines") -> str:
    return ical.calendar(lines, name, lambda one: f"https://example.org/-/cases/plan#{one.anchor}", catalogue(language))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_calendar_is_as_it_was(language: str) -> None:
    golden.same(f"deadlines.{language}.ics", made(LINES, language).replace("\r\n", "\n"))


def test_lines_end_and_fold_as_the_format_wants() -> None:
    text = made(LINES)
    assert text.endswith("END:VCALENDAR\r\n") and "\r" not in text.replace("\r\n", "") and "\n" not in text.replace("\r\n", "")
    assert "\x07" not in text
    for one in text.split("\r\n"):
        assert len(one.encode("utf-8")) <= 75
    assert text.count("BEGIN:VEVENT\r\n") == text.count("\r\nEND:VEVENT") == len(LINES) - 1


def test_two_readers_understand_the_calendar() -> None:
    """Two libraries that know nothing of each other, nor of us."""
    text = made(LINES[:-1])
    expected = {one.id: ical.span(one) for one in LINES[:-1] if ical.last(one)}
    first = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    assert all(not event.errors for event in first.values())
    second = {event.uid: event for event in ics.Calendar(text).events}
    for one in LINES[:-1]:
        if not ical.last(one):
            continue
        start, end = expected[one.id]
        found = first.pop(f"{one.id}@datasette-cases")
        assert (found["dtstart"].dt, found["dtend"].dt) == (start, end + timedelta(days=1))
        assert found["dtstart"].params["value"] == "DATE"
        assert str(found["summary"]) == re.sub("\x07", "", ical.summary(one, catalogue("en")))
        assert str(found["url"]).startswith("https://example.org/-/cases/plan#")
        assert "https://example.org/a,b;c" in str(found["description"])
        other = second.pop(str(found["uid"]))
        assert other.all_day and other.begin.date() == start
        assert other.end.date() == end + timedelta(days=1)
        assert other.name == str(found["summary"])
        assert other.description == str(found["description"])
        assert other.last_modified is not None and other.last_modified.date() == date(2026, 11, 24)
    assert not first and not second


def test_a_deadline_without_an_exact_day_says_so() -> None:
    english, dutch = catalogue("en"), catalogue("nl")
    assert ical.summary(LINES[1], english) == "Title of a-month (one day in Oct 2025) · The plan"
    assert ical.summary(LINES[1], dutch) == "Title of a-month (een dag in okt 2025) · The plan"
    assert ical.summary(LINES[2], english) == "Title of a-year (one day in 2025) · The plan"
    assert ical.summary(LINES[0], english) == "Title of plain · The plan"


@given(st.text(), st.text(min_size=1))
def test_any_text_comes_back(title: str, name: str) -> None:
    """All but control characters; any break of a line is one."""
    text = made([line("any", title=title)], name=name)
    assert all(len(one.encode("utf-8", "surrogatepass")) <= 75 for one in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text.encode("utf-8", "replace")).walk("VEVENT")
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", title))
    assert str(event["summary"]) == f"{kept} · The plan"


def events(text: str) -> dict[str, str]:
    """Each event's own text, by its UID; what is outside them under an empty name."""
    found = re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", text, re.DOTALL)
    around = re.sub(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", "", text, flags=re.DOTALL)
    return {"": around, **{one.replace("\r\n ", "").split("UID:")[1].split("\r\n")[0]: one for one in found}}


@pytest.mark.asyncio
async def test_a_changed_deadline_changes_its_event_alone(more_db: Path, tmp_path: Path) -> None:
    changed = tmp_path / "cases.db"
    shutil.copy(more_db, changed)
    with sqlite3.connect(changed) as connection:
        connection.execute(
            "update deadlines set outcome = 'missed', last_day = '2099-03-02', last_day_end = '2099-03-02' where id = ?", [f"{CASE}/next"]
        )
    connection.close()
    for path in (f"{ADDRESS}.ics", f"/-/cases/{CASE}.ics", f"{ADDRESS}.ics?actor=nl-ap"):
        before, again, after = [
            (await (await serve(database)).client.get(path, headers=ENGLISH)).content.decode() for database in (more_db, more_db, changed)
        ]
        assert before == again
        old, new = events(before), events(after)
        assert list(old) == list(new) and len(old) > 5
        assert [name for name in old if old[name] != new[name]] == [f"{CASE}/next@datasette-cases"]


@pytest.mark.asyncio
async def test_calendars_are_served(site: Datasette) -> None:
    pages: dict[str, BeautifulSoup] = {}
    for path in (f"{ADDRESS}.ics", f"/-/cases/{CASE}.ics", f"{ADDRESS}.ics?actor=nl-ap"):
        response = await site.client.get(path, headers=ENGLISH)
        assert response.status_code == 200 and response.headers["content-type"] == "text/calendar; charset=utf-8"
        calendar = icalendar.Calendar.from_ical(response.content)
        assert len(calendar.walk("VEVENT")) == len(ics.Calendar(response.text).events) > 3
        for event in calendar.walk("VEVENT"):
            assert str(event["sequence"]) == "0" and event["dtstamp"].dt.date() == event["last-modified"].dt.date() == date(2026, 11, 24)
            address, _, anchor = str(event["url"]).replace("http://localhost", "").partition("#")
            if address not in pages:
                pages[address] = BeautifulSoup((await site.client.get(address)).text, "html.parser")
            assert pages[address].find(id=anchor), (address, anchor)
    dutch = (await site.client.get(f"/-/cases/{CASE}.ics?_lang=nl")).text
    assert "X-WR-CALNAME:Meta: AI trainen met berichten van Facebook en Instagram\r\n" in dutch


@pytest.mark.asyncio
async def test_pages_link_to_their_calendar(site: Datasette) -> None:
    html = BeautifulSoup((await site.client.get(f"/-/cases/{CASE}", headers=ENGLISH)).text, "html5lib")
    (link,) = html.select(f'a[href="/-/cases/{CASE}.ics"]')
    assert link.get_text() == "Subscribe to these deadlines"
    html = BeautifulSoup((await site.client.get(f"{ADDRESS}?actor=noyb&_size=1&_sort=last_day", headers=ENGLISH)).text, "html5lib")
    assert [str(link["href"]) for link in html.select('a[type="text/calendar"]')] == [f"{ADDRESS}.ics?actor=noyb"]


def test_a_page_as_json_is_the_page_object(db: sqlite3.Connection) -> None:
    assert set(json.plain(listed(db, "2026-11-24"))) == {"as_of", "groups", "deadlines", "facets", "next", "released"}
