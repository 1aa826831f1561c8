"""The timeline: no label on another, nothing cut off, and its links say aloud what the picture shows."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, Iterator, Mapping, NamedTuple
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from datasette_cases.render import locale

from ..site import RELEASED
from .picture import MEASURE, MEASURE_ALL, MEASURE_SHOWN
from .visitor import CASE, Visitor

CASE_ID = CASE.rpartition("/")[2]
DAYS = ("2024-06-06", "2024-06-14", "2025-05-27")
VIEWS = (
    "",
    *(f"?as_of={day}" for day in DAYS),
    "?from=2024-05-01&to=2024-07-31",
    "?from=2024-06-10&to=2024-06-16",
    f"?from=2024-01-01&to={RELEASED}",
    "?as_of=2024-06-14&from=2024-05-01&to=2024-06-14",
)
"""Today, as of a day, a quarter, a week, all, and a window as of a day."""


@pytest.fixture(scope="module")
def drawn(site: str) -> None:
    """The page has a picture. No part of it is tested before there is one."""
    with urlopen(site + CASE) as answer:
        page = answer.read().decode()
    if not re.search(r'id="timeline".*?<svg', page, re.DOTALL):
        pytest.skip("the case page has no #timeline svg")


pictures = pytest.mark.usefixtures("drawn")


# --- the measuring itself ---------------------------------------------------------------------------------------------

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="400" font-size="10">'
CROWDED = f'{HEAD}<text x="10" y="20">first</text><text x="15" y="22">second</text><text x="10" y="60">third</text></svg>'
CUT_OFF = f'{HEAD}<a href="#a"><text x="190" y="20">too long</text></a><path d="M 5 5 V 120"/></svg>'
TURNED = f'{HEAD}<text transform="translate(20 90) rotate(-90)">upright</text><text x="30" y="50">beside</text></svg>'
FOLDED = f'{HEAD}<defs><rect width="999" height="9"/></defs><text x="10" y="20">a</text><text x="10" y="20" display="none">b</text></svg>'


def test_what_is_wrong_with_a_picture_is_found(browser: Browser) -> None:
    page = browser.new_page()
    crowded, cut_off, turned, folded, broken = page.evaluate(MEASURE_ALL, [CROWDED, CUT_OFF, TURNED, FOLDED, "<svg"])
    assert [re.sub(r"[\d.]+ × [\d.]+", "…", text) for text in crowded] == ['text "first" and text "second" overlap by … px']
    assert sorted(text.split(" leaves")[0] for text in cut_off) == ['a "too long"', 'path "M 5 5 V 120"', 'text "too long"']
    assert (turned, folded) == ([], [])
    assert broken and "no SVG" in broken[0]
    page.close()


# --- what is seen -----------------------------------------------------------------------------------------------------


def require_none(found: Mapping[Any, list[str]]) -> None:
    """Nothing is wrong with any of the pictures."""
    assert not any(found.values()), "\n".join(f"{where}: {text}" for where, wrong in found.items() for text in wrong)


@pictures
@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_label_of_the_page_meets_another(visitor: Visitor, language: str) -> None:
    found = {}
    for view in VIEWS:
        page = visitor.open(CASE + view, language=language)
        assert page.locator("#timeline svg").count(), view
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found[view, width] = page.evaluate(MEASURE_SHOWN)
        page.context.close()
    require_none(found)


@pictures
@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (768, "screen"), (320, "screen"), (718, "print")])
def test_names_stand_beside_their_lanes(visitor: Visitor, width: int, media: Any) -> None:
    """On paper too: 718 pixels are an A4 page within its margins."""
    page = visitor.open(CASE, width)
    page.emulate_media(media=media)
    names, plot = (page.locator(f"#timeline svg.{part}").bounding_box() for part in ("names", "plot"))
    assert names and plot
    assert abs(names["y"] - plot["y"]) < 0.5 and abs(names["height"] - plot["height"]) < 1
    cut_off = page.locator(".timeline-names").evaluate(
        """around => [...around.querySelectorAll("text.name")].filter(text => {
          const [box, room] = [text.getBoundingClientRect(), around.getBoundingClientRect()];
          return box.left < room.left - 0.5 || box.right > room.right + 0.5;
        }).map(text => text.textContent)"""
    )
    assert cut_off == []


@pictures
@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_label_of_a_picture_meets_another(visitor: Visitor, language: str) -> None:
    """The picture alone, as an address of its own."""
    found = {}
    for view in VIEWS:
        page = visitor.open(f"{CASE}.svg{view}", language=language)
        found[view] = page.evaluate(f"() => ({MEASURE})(document.documentElement)")
        assert page.evaluate("document.querySelectorAll('text').length"), view
        page.context.close()
    require_none(found)


@pictures
@pytest.mark.slow
def test_no_label_of_200_random_cases_meets_another(random_visitor: Visitor, random_db: Path) -> None:
    connection = sqlite3.connect(random_db)
    cases = [row[0] for row in connection.execute("select id from cases order by id")]
    connection.close()
    assert len(cases) == 200
    page = random_visitor.open(f"/-/cases/{cases[0]}")
    answers = {case: page.request.get(f"{random_visitor.origin}/-/cases/{case}.svg") for case in cases}
    assert {case: answer.status for case, answer in answers.items() if answer.status != 200} == {}
    blank = page.context.new_page()
    found = dict(zip(cases, blank.evaluate(MEASURE_ALL, [answer.text() for answer in answers.values()]), strict=True))
    assert {case: wrong for case, wrong in found.items() if wrong} == {}


# --- what is heard ----------------------------------------------------------------------------------------------------


class Fact(NamedTuple):
    """Something that happened, as the database has it: who, any of what it may be called, and when."""

    id: str
    who: str
    what: frozenset[str]
    when: str


FACTS = """
select c.id, a.actor_id, null as country, c.filed as date, c.filed_precision as precision, c.filed_end as date_end,
  'complaint' as act, null as form
from complaints c join complaint_actors a on a.complaint_id = c.id and a.role = 'complainant' where c.case_id = :case
union all
select e.id, a.actor_id, e.actor_country, e.date, e.date_precision, e.date_end, e.act, null
from events e left join event_actors a on a.event_id = e.id where e.case_id = :case
union all
select s.id, a.actor_id, s.actor_country, s.date, s.date_precision, s.date_end, null, s.form
from statements s left join statement_actors a on a.statement_id = s.id where s.case_id = :case and s.event_id is null
"""
"""Complaints, acts, and words without an act."""


def facts(database: Path, day: str, language: str) -> Iterator[Fact]:
    """Complaints, events and statements up to a day, one for each who took part in them."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    names = dict(connection.execute("select id, short_name from actors").fetchall())
    labels = {
        (row["field"], row["value"]): row["label"]
        for row in connection.execute("select field, value, label from vocabulary where language = ?", [language])
    }
    answers: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute("select statement_id, question, answer from answers"):
        answers[row["statement_id"]].add(labels[row["question"], row["answer"]])
    for row in connection.execute(f"select * from ({FACTS}) where date_end <= :day", {"case": CASE_ID, "day": day}):
        what = {labels["act", row["act"]] if row["act"] else labels["form", row["form"]]} | answers[row["id"]]
        who = names[row["actor_id"]] if row["actor_id"] else locale.country(row["country"], language)
        yield Fact(row["id"], who, frozenset(what), locale.when(row["date"], row["precision"], row["date_end"], language))
    connection.close()


def link_names(page: Page) -> list[str]:
    """The accessible names of the timeline's links, as Chromium hands them to a screen reader."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    timeline = session.send("DOM.querySelector", {"nodeId": root, "selector": "#timeline"})["nodeId"]
    found = session.send("Accessibility.queryAXTree", {"nodeId": timeline, "role": "link"})["nodes"]
    return [" ".join(node.get("name", {}).get("value", "").split()) for node in found if not node["ignored"]]


def test_there_are_facts_to_hear_of(real_db: Path) -> None:
    found = {language: list(facts(real_db, str(RELEASED), language)) for language in ("en", "nl")}
    assert len(found["en"]) == len(found["nl"]) > 50
    assert len(list(facts(real_db, DAYS[0], "en"))) < len(found["en"])


@pictures
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("day", [*DAYS, None])
def test_the_links_say_what_the_picture_shows(visitor: Visitor, real_db: Path, day: str, language: str) -> None:
    page = visitor.open(f"{CASE}?as_of={day}" if day else CASE, language=language)
    names = link_names(page)
    assert "" not in names
    unheard = [
        fact
        for fact in facts(real_db, day or "9999", language)
        if not any(fact.who in name and as_one(fact.when) in name and any(label in name for label in fact.what) for name in names)
    ]
    assert not unheard, "\n".join(["not said by any link:", *map(str, unheard), "the links say:", *names])


def as_one(text: str) -> str:
    """A text as an accessible name has it: every space a plain one."""
    return " ".join(text.split())


# --- another time -----------------------------------------------------------------------------------------------------


def seen(page: Page) -> Any:
    """Where the picture is, once it is in sight."""
    picture = page.locator(".timeline-plot svg")
    picture.evaluate("picture => picture.scrollIntoView()")
    return picture.bounding_box()


@pictures
@pytest.mark.parametrize("backwards", [False, True])
def test_dragging_over_the_picture_shows_those_days(visitor: Visitor, backwards: bool) -> None:
    """The days under the mouse, whichever way it went; a table of a few days stands at their first and last."""
    page = visitor.open(f"{CASE}?from=2024-05-01&to=2024-07-31&as_of=2025-05-27")
    box = seen(page)
    days = (date(2024, 7, 31) - date(2024, 5, 1)).days + 1
    at = {
        day: box["x"] + box["width"] * ((date.fromisoformat(day) - date(2024, 5, 1)).days + 0.5) / days
        for day in ("2024-06-03", "2024-06-20")
    }
    start, end = sorted(at, reverse=backwards)
    page.mouse.move(at[start], box["y"] + 3)
    page.mouse.down()
    page.mouse.move(at[end], box["y"] + 3, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=2024-06-03&to=2024-06-20**")
    assert "as_of=2025-05-27" in page.url and page.url.endswith("#timeline")
    assert page.locator("#timeline .plot a").count() > 5


@pictures
def test_a_click_beside_the_marks_changes_nothing(visitor: Visitor) -> None:
    page = visitor.open(CASE)
    page.mouse.click(600, seen(page)["y"] + 3)
    page.wait_for_timeout(200)
    assert page.url.endswith(CASE)


@pictures
def test_on_a_narrow_screen_the_first_complaints_are_in_sight(visitor: Visitor) -> None:
    """Names stay, time is moved: by the script to where the case begins."""
    page = visitor.open(CASE, 360)
    first, names = (
        page.locator("#timeline .plot a.mark", has_text="noyb → DSB").bounding_box(),
        page.locator(".timeline-names").bounding_box(),
    )
    assert first and names and names["x"] + names["width"] <= first["x"] < 360


# --- where it leads ---------------------------------------------------------------------------------------------------

MARKS = "#timeline svg a"


@pictures
def test_every_mark_leads_to_a_place_of_the_page(visitor: Visitor) -> None:
    page = visitor.open(CASE)
    targets = page.eval_on_selector_all(MARKS, "marks => marks.map(mark => mark.getAttribute('href'))")
    assert targets
    assert [target for target in targets if not target.startswith("#")] == []
    assert [target for target in targets if not page.evaluate("id => !!document.getElementById(id)", target[1:])] == []


@pictures
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("way", ["click", "Enter"])
def test_a_mark_goes_to_its_place_in_the_chronicle(visitor: Visitor, way: str, width: int) -> None:
    page = visitor.open(CASE, width)
    marks = [mark for mark in page.locator(MARKS).all() if mark.is_visible()]
    mark = marks[len(marks) // 2]
    target = mark.get_attribute("href") or ""
    if way == "click":
        mark.click()
    else:
        mark.focus()
        page.keyboard.press("Enter")
    page.wait_for_function("target => location.hash === target", arg=target)
    place = page.locator(f"[id='{target[1:]}']")
    assert place.evaluate("place => !!place.closest('.chronicle')")
    page.wait_for_function(
        "place => { const box = place.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight }", arg=place.element_handle()
    )
