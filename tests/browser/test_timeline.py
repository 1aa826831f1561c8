"""The timeline: no label on another, nothing cut off, and its links say aloud what the picture shows."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any, Mapping
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from ..site import RELEASED
from .boxes import MEASURE_PAGES
from .pages import CASE
from .picture import MEASURE, MEASURE_ALL, MEASURE_SHOWN
from .visitor import Visitor, require_boxes

CASE_ID = CASE.rpartition("/")[2]
DAYS = ("2024-06-06", "2024-06-14", "2025-05-27")
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl")
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
def test_no_label_of_the_page_meets_another(visitor: Visitor) -> None:
    found = {}
    for view, language in zip(VIEWS, cycle(LANGUAGES)):
        page = visitor.open(CASE + view, language=language)
        assert page.locator("#timeline svg").count(), view
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found[view, width] = page.evaluate(MEASURE_SHOWN)
        page.close()
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
def test_no_label_of_a_picture_meets_another(visitor: Visitor) -> None:
    """The picture alone, as an address of its own."""
    found = {}
    for view, language in zip(VIEWS, cycle(reversed(LANGUAGES))):
        page = visitor.open(f"{CASE}.svg{view}", language=language)
        found[view] = page.evaluate(f"() => ({MEASURE})(document.documentElement)")
        assert page.evaluate("document.querySelectorAll('text').length"), view
        page.close()
    require_none(found)


@pictures
@pytest.mark.slow
def test_nothing_meets_anything_in_200_random_cases(random_visitor: Visitor, random_db: Path) -> None:
    """Their pictures alone, their pages, and all of them in the list and side by side."""
    with closing(sqlite3.connect(random_db)) as connection:
        cases = [row[0] for row in connection.execute("select id from cases order by id")]
    assert len(cases) == 200
    page = random_visitor.open("/-/cases?_size=200", language="de")
    require_boxes(page, 1280, 360)
    require_boxes(random_visitor.open("/-/cases?view=board&least=1&_size=200"), 1280, 360)

    def texts(end: str) -> list[str]:
        answers = [page.request.get(f"{random_visitor.origin}/-/cases/{case}{end}") for case in cases]
        assert {answer.status for answer in answers} == {200}
        return [answer.text() for answer in answers]

    pages = random_visitor.open(f"/-/cases/{cases[0]}")
    found = {}
    for width in (1280, 360):
        pages.set_viewport_size({"width": width, "height": 900})
        found[width] = pages.evaluate(MEASURE_PAGES, texts(""))
    blank = page.context.new_page()
    found["svg"] = blank.evaluate(MEASURE_ALL, texts(".svg"))
    blank.close()
    assert [(where, case, wrong) for where, each in found.items() for case, wrong in zip(cases, each, strict=True) if wrong] == []
