"""The timeline: everything that happened is in it once a lane, where its days are, and no label covers another."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Optional
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from datasette_cases.i18n import catalogue
from datasette_cases.page import case as case_page
from datasette_cases.page import timeline as windows
from datasette_cases.page.case import CasePage
from datasette_cases.page.timeline import Timeline, Window, build
from datasette_cases.page.words import Words
from datasette_cases.query import case as case_query
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.render import spoken, svg
from datasette_cases.render.layout import NAMES, PLOT, SMALL, Drawing, layout
from datasette_cases.render.scale import Scale, fold, months, number, weeks
from datasette_cases.render.text import fitted, width
from datasette_cases.store.rows import vocabulary_rows
from datasette_cases.store.schema import create_views

from . import golden
from .site import serve
from .strategies import Case, case_of, cases, did, filed, said
from .test_rows import INSERTS, written

CASE = "meta-ai-training-2024"
TODAY = "2026-11-24"
TEXTS = catalogue("en")
some = settings(max_examples=40)


def page_of(case: Case, day: str = TODAY) -> CasePage:
    db = written(case)
    for row in vocabulary_rows({"gdpr": GDPR}, {"en": TEXTS}):
        db.execute(INSERTS[type(row)], row)
    create_views(Database(db, execute_plugins=False), [question.id for question in GDPR.questions])
    return read(db, case.id, day)


def read(db: sqlite3.Connection, case: str, day: str) -> CasePage:
    from datasette_cases.query import words

    rows = case_query.read(db, case, day, "en")
    assert rows
    return case_page.build(rows, Words(words.read(db, "en")), "en", TODAY)


def lanes(timeline: Timeline) -> dict[str, list[str]]:
    """Name of a lane → anchors of what is in it."""
    return {svg.lane_name(lane, TEXTS): [mark.item.anchor for mark in lane.marks] for lane in timeline.lanes}


# --- what is drawn ----------------------------------------------------------------------------------------------------


def test_each_authority_has_a_lane_and_parties_boards_and_courts_share_theirs() -> None:
    case = case_of(
        did("asks", "2024-06-06", "noyb", "demand"),
        did("starts", "2024-06-07", "meta-platforms-ireland", "respondent-action"),
        said("doubts", "2024-06-08", "nl-ap", "press-statement", {"lawful": "leaning-no"}),
        said("judges", "2024-06-09", "cjeu", "judgment", {}, act="judgment"),
        complaints=[filed("nl-noyb", "2024-06-05", "nl-ap")],
    )
    timeline = build(page_of(case))
    assert lanes(timeline) == {"noyb": ["nl-noyb", "asks"], "meta-platforms-ireland": ["starts"], "cjeu": ["judges"], "nl-ap": ["doubts"]}
    shapes = {mark.item.anchor: (mark.shape, mark.answer) for mark in timeline.marks()}
    assert shapes == {
        "nl-noyb": ("filing", None),
        "asks": ("act", None),
        "starts": ("act", None),
        "doubts": ("statement", "leaning-no"),
        "judges": ("decision", None),
    }


def test_a_joint_act_stands_in_the_lane_of_each() -> None:
    timeline = build(page_of(case_of(did("both", "2024-06-06", ["nl-ap", "ie-dpc"], "information-request"))))
    assert [[mark.item.anchor for mark in lane.marks] for lane in timeline.lanes] == [["both"], ["both"]]
    assert [mark.item.anchor for mark in timeline.marks()] == ["both"]


def test_a_partial_date_is_drawn_over_its_days() -> None:
    timeline = build(page_of(case_of(said("april", "2025-04", "nl-ap", "press-statement", {}))))
    (mark,) = timeline.marks()
    assert (mark.first, mark.last) == ("2025-04-01", "2025-04-30")
    (placed,) = layout(timeline, TEXTS).rows[0].placed
    assert placed.spans and placed.spans[0].left < placed.x < placed.spans[0].right


def test_a_window_leaves_out_what_lies_outside() -> None:
    case = case_of(
        did("first", "2024-01-10", "noyb", "demand"),
        did("second", "2024-03-10", "noyb", "demand"),
        did("some-day", "2024", "noyb", "demand"),
    )
    timeline = build(page_of(case), "2024-03-01", "2024-03-31")
    assert {mark.item.anchor for mark in timeline.marks()} == {"second", "some-day"}
    assert timeline.asked and not timeline.empty
    assert build(page_of(case), "2020-01-01", "2020-01-31").empty


def test_an_authority_that_changed_its_mind_ten_times_can_be_read() -> None:
    answers = ["no", "yes"] * 5
    case = case_of(*(said(f"word-{n}", f"2024-06-{n + 1:02}", "nl-ap", "press-statement", {"lawful": a}) for n, a in enumerate(answers)))
    drawing = layout(build(page_of(case)), TEXTS)
    (row,) = drawing.rows
    assert sum(len(placed.marks) for placed in row.placed) == 10
    assert {len({mark.answer for mark in placed.marks}) for placed in row.placed} == {1}
    apart(drawing)


def test_where_a_proceeding_stood_is_drawn_from_its_day_to_the_next() -> None:
    case = case_of(
        did("forwards", "2024-09-02", "nl-ap", "forwarding", complaints=["nl-noyb"], status="forwarded-to-lead"),
        complaints=[filed("nl-noyb", "2024-06-06", "nl-ap")],
    )
    (row,) = page_of(case).authorities
    assert [(period.status, period.since, period.until) for period in row.history] == [
        ("lodged", "2024-06-06", "2024-09-02"),
        ("forwarded-to-lead", "2024-09-02", None),
    ]
    (earlier,) = page_of(case, "2024-09-01").authorities
    assert [(period.status, period.since, period.until) for period in earlier.history] == [("lodged", "2024-06-06", None)]


def test_a_quiet_time_is_folded_and_says_how_long_it_was() -> None:
    case = case_of(did("before", "2024-01-10", "noyb", "demand"), did("after", "2024-12-10", "noyb", "demand"))
    drawing = layout(build(page_of(case, "2024-12-20")), TEXTS)
    assert [(one.text, one.first, one.last) for one in drawing.folds] == [("10 mths", "2024-01-23", "2024-11-27")]
    assert number("2024-12-10") - number("2024-01-10") > 60


@pytest.mark.parametrize("count", [0, 1, 60, 2000])
def test_few_and_many_entries(count: int) -> None:
    start = date(2018, 5, 25)
    entries = [
        said(f"e{n}", (start + timedelta(days=n)).isoformat(), "nl-ap" if n % 3 else "noyb", "press-statement", {}) for n in range(count)
    ]
    drawing = layout(build(page_of(case_of(*entries))), TEXTS)
    assert sum(len(placed.marks) for row in drawing.rows for placed in row.placed) == count
    apart(drawing)


# --- at random --------------------------------------------------------------------------------------------------------


@some
@given(cases(), st.dates(date(2015, 1, 1), date(2026, 11, 24)))
def test_everything_of_the_chronicle_is_drawn_in_the_lane_of_each_who_did_it(case: Case, day: date) -> None:
    page = page_of(case, day.isoformat())
    timeline = build(page)
    assert {mark.item.id for mark in timeline.marks()} == {item.id for item in page.timeline}
    for item in page.timeline:
        drawn = [lane for lane in timeline.lanes if any(mark.item.id == item.id for mark in lane.marks)]
        assert {windows.lane_of(actor) for actor in item.actors} <= {
            windows.lane_of(actor) for lane in drawn for actor in lane.actors
        } | set(windows.SHARED.values())
    assert all(mark.last <= page.as_of for mark in timeline.marks())
    assert {due.deadline.id for due in timeline.dues} == {deadline.id for deadline in page.deadlines if deadline.last_day}


@some
@given(cases(), st.none() | st.tuples(st.dates(), st.dates()).map(sorted))
def test_labels_keep_clear_of_each_other_and_nothing_leaves_the_picture(case: Case, window: Optional[list[date]]) -> None:
    ends = [day.isoformat() for day in window or []]
    drawing = layout(build(page_of(case), *ends), TEXTS)
    apart(drawing)


def apart(drawing: Drawing) -> None:
    """By the widths that were reckoned; tests/browser measures the same in a browser."""
    ticks = [(tick.x + 3, tick.x + 3 + width(tick.text, SMALL)) for tick in drawing.ticks if tick.text]
    folds = [(one.x, one.x + one.width) for one in drawing.folds]
    for line in [sorted(ticks), sorted(folds)]:
        assert all(left[1] <= right[0] for left, right in pairwise(line))
    assert all(one.x + 4 + width(one.text, SMALL) <= one.x + one.width for one in drawing.folds)
    assert all(end <= PLOT + 0.01 for _, end in ticks + folds)
    labels = [(line, line.left + 4, line.left + 4 + width(line.text, SMALL)) for line in drawing.lines if line.text]
    assert all(left >= 0 and right <= PLOT for _, left, right in labels)
    for (one, left, right), (other, other_left, other_right) in combinations(labels, 2):
        assert one.y != other.y or right <= other_left or other_right <= left
    for row in drawing.rows:
        for placed in row.placed:
            assert placed.left >= 0 and placed.right <= PLOT and row.y + 14 * (placed.level + 1) <= row.y + row.height
        for one_mark, other_mark in combinations(row.placed, 2) if len(row.placed) < 50 else pairwise(row.placed):
            assert one_mark.level != other_mark.level or one_mark.right <= other_mark.left or other_mark.right <= one_mark.left


DAYS = st.integers(number("0001-01-01"), number("9999-12-31"))


@given(st.lists(DAYS, min_size=1, max_size=40).map(sorted))
def test_a_scale_goes_forward_and_fills_its_width(days: list[int]) -> None:
    scale = folded(days)
    assert abs(scale.width - 960) < 0.01
    at = [scale(day) for day in days]
    assert at == sorted(at) and scale(days[0]) == 0 and abs(scale(days[-1] + 1) - 960) < 0.01
    assert [stretch.end for stretch in scale.stretches[:-1]] == [stretch.first for stretch in scale.stretches[1:]]
    assert all(stretch.width >= 55.9 for stretch in scale.stretches if not stretch.folded or len(scale.stretches) == 1)


@given(st.lists(DAYS, min_size=1, max_size=40).map(sorted))
def test_nothing_that_happened_is_folded_away(days: list[int]) -> None:
    for stretch in folded(days).stretches:
        assert not stretch.folded or not any(stretch.first <= day < stretch.end for day in days)


def folded(days: list[int]) -> Scale:
    return fold(days[0], days[-1], days, 960, band=lambda length: 40, least=56)


@given(st.dates(), st.integers(0, 4000), st.sampled_from([1, 3, 12, 60]))
def test_days_of_the_axis(start: date, length: int, step: int) -> None:
    first, end = start.toordinal(), min(start.toordinal() + length, date.max.toordinal())
    for found in map(date.fromordinal, months(first, end, step)):
        assert found.day == 1 and (found.year * 12 + found.month - 1) % step == 0 and first <= found.toordinal() < end
    assert all(date.fromordinal(day).weekday() == 0 and first <= day < end for day in weeks(first, end))


@given(st.text(), st.floats(0, 400))
def test_a_text_is_cut_to_its_room(text: str, room: float) -> None:
    shown = fitted(text, room, 10)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert width(shown, 10) <= max(room, width("…", 10)) + 0.001


ANY = st.tuples(st.dates(), st.dates()).map(sorted).map(lambda days: Window(days[0].isoformat(), days[1].isoformat()))


@given(ANY, ANY)
def test_views_are_days_in_order(window: Window, whole: Window) -> None:
    found = [windows.moved(window, whole, -0.5), windows.moved(window, whole, 0.5), windows.closer(window), windows.wider(window, whole)]
    assert all(view.first <= view.last for view in found if view)
    closer = windows.closer(window)
    assert closer is None or window.first < closer.first <= closer.last < window.last


# --- as a reader gets it ----------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def client(real_db: Path) -> Any:
    return (await serve(real_db)).client


@pytest.mark.asyncio
@pytest.mark.parametrize("day", ["2024-06-14", "2025-05-25", TODAY])
async def test_golden_images(client: Any, day: str) -> None:
    response = await client.get(f"/-/cases/{CASE}.svg?as_of={day}", headers={"accept-language": "en"})
    assert response.status_code == 200 and response.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    golden.same(f"{CASE}.{day}.svg", response.text)


@pytest.mark.asyncio
async def test_an_image_stands_alone(client: Any) -> None:
    response = await client.get(f"/-/cases/{CASE}.svg?_lang=nl")
    image = ElementTree.fromstring(response.text)
    assert image.tag == "{http://www.w3.org/2000/svg}svg" and image.attrib["lang"] == "nl"
    assert "prefers-color-scheme: dark" in response.text
    links = [link.attrib["href"] for link in image.iter("{http://www.w3.org/2000/svg}a")]
    assert links and all(link.startswith(f"http://localhost/-/cases/{CASE}?_lang=nl#") for link in links)
    assert not re.findall(r"(?:href|src)=\"(?!http://localhost)", response.text)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("from=2024-07-01&to=2024-06-01", "found 2024-07-01 and 2024-06-01"),
        ("from=2024-13-01", "from: expected a day"),
        ("to=tomorrow", "to: expected a day"),
        ("from=2024-W23-4", "from: expected a day"),
        ("from=20240601", "from: expected a day"),
    ],
)
@pytest.mark.parametrize("form", ["", ".svg"])
async def test_a_window_that_is_none_is_refused(client: Any, form: str, asked: str, wanted: str) -> None:
    response = await client.get(f"/-/cases/{CASE}{form}?{asked}", headers={"accept-language": "en"})
    assert response.status_code == 400 and wanted in response.text
    dutch = await client.get(f"/-/cases/{CASE}{form}?{asked}&_lang=nl")
    assert dutch.status_code == 400 and "verwacht" in dutch.text


@pytest.mark.asyncio
@pytest.mark.parametrize("asked", ["from=1990-01-01&to=1990-12-31", "from=2090-01-01", "to=1950-01-01", "from=0001-01-01&to=9999-12-31"])
async def test_any_window_can_be_read(client: Any, asked: str) -> None:
    response = await client.get(f"/-/cases/{CASE}?{asked}", headers={"accept-language": "en"})
    assert response.status_code == 200
    page = BeautifulSoup(response.text, "html5lib")
    assert ("Nothing is recorded in this time." in page.text) == (not page.select("#timeline .plot a"))


@pytest.mark.asyncio
async def test_the_table_says_what_the_picture_says(client: Any) -> None:
    response = await client.get(f"/-/cases/{CASE}", headers={"accept-language": "en"})
    page = BeautifulSoup(response.text, "html5lib")
    rows = [[re.sub(r"\s+", " ", cell.get_text()).strip() for cell in row.select("td")] for row in page.select(".timeline-table tbody tr")]
    titles = re.sub(r"\s+", " ", " ".join(title.get_text() for title in page.select("#timeline .plot a title")))
    assert len(rows) > 90
    for day, who, what in rows:
        assert f"{who}: {what}, {day}" in titles or day in titles and what.split(";")[0].split(": ", 1)[1] in titles


@pytest.mark.asyncio
async def test_other_views_keep_day_and_language(client: Any) -> None:
    response = await client.get(f"/-/cases/{CASE}?as_of=2025-05-25&_lang=nl&from=2024-06-01&to=2024-06-30")
    page = BeautifulSoup(response.text, "html5lib")
    links = [str(link["href"]) for link in page.select("#timeline nav a")]
    assert len(links) >= 6 and all("as_of=2025-05-25" in link and "_lang=nl" in link and link.endswith("#timeline") for link in links)
    hidden = {field["name"]: field["value"] for field in page.select("#timeline form input[type=hidden]")}
    assert hidden == {"as_of": "2025-05-25", "_lang": "nl"}


def test_what_is_not_known_is_said() -> None:
    case = case_of(complaints=[{**filed("de-noyb", "2024-06-06"), "country": "DE"}])
    (mark,) = build(page_of(case)).marks()
    assert "an authority in Germany, not known which" in spoken.sentence(mark.item, TEXTS)


def test_a_name_leads_to_the_board_only_where_the_board_has_it() -> None:
    case = case_of(did("e1", "2024-06-06", "nl-ap", "demand"), did("e2", "2024-06-07", "de-hh-hmbbfdi", "demand", context="yes"))
    page = page_of(case)
    assert [row.authority.id for row in page.authorities] == ["nl-ap"]
    names = svg.names(layout(build(page), TEXTS), TEXTS)
    assert re.findall(r'href="([^"]*)"', names) == ["#authority-nl-ap"] and names.count("<title>") == 2


def test_names_have_their_width() -> None:
    case = case_of(*(did(f"e{n}", "2024-06-06", "nl-ap", "demand") for n in range(1)))
    drawing = layout(build(page_of(case)), TEXTS)
    assert f'viewBox="0 0 {NAMES} {round(drawing.height)}"' in svg.names(drawing, TEXTS)
    assert f'viewBox="0 0 {PLOT} {round(drawing.height)}"' in svg.plot(drawing, TEXTS)
