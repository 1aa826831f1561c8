"""Every page, in the sizes, colours, languages and media that readers have."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .keyboard import require_walk
from .pages import CASE, ERRORS, PAGES, Place
from .visitor import ALIKE, Visitor, open_details, require_accessible, require_boxes, require_fit

WIDTHS = (320, 360, 640, 768, 1280)
"""Among them 1280 px at 200 % zoom, and at 400 %: 640 and 320 px."""
A4 = 794
MARGIN = 38
"""In CSS pixels: 210 mm, and the 1 cm that a browser leaves on each side."""


def each(places: dict[str, Place]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("place", places.values(), ids=places)


@each(PAGES)
def test_a_page_in_english_on_a_desk(visitor: Visitor, place: Place) -> None:
    page = visitor.open(place.path)
    assert page.locator("main table:not([aria-label], [aria-labelledby])").count() == 0, "a table has no name"
    require_boxes(page, 1280)
    open_details(page)
    require_fit(page, *WIDTHS)
    page.emulate_media(media="print")
    require_fit(page, A4 - 2 * MARGIN)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(ALIKE)
    require_walk(page)
    require_accessible(page)


@each(PAGES)
def test_a_page_in_another_language_on_a_phone_in_the_dark(visitor: Visitor, place: Place) -> None:
    """Scripts only add comfort: without them no text is missing."""
    page, plain = (visitor.open(place.path, 360, "dark", place.language, script) for script in (True, False))
    assert page.locator("html").get_attribute("lang") == place.language
    require_boxes(page, 1280, 360)
    open_details(page)
    require_boxes(page, 360)
    require_fit(page, *WIDTHS)
    require_fit(plain, *WIDTHS)
    for one in (page, plain):
        one.set_viewport_size({"width": 360, "height": 900})
    assert set(words(page)) - set(words(plain)) == set()
    require_accessible(page)


@each(ERRORS)
def test_what_is_not_there_or_not_understood_says_so(visitor: Visitor, place: Place) -> None:
    """In the reader's language, on Datasette's own page for errors."""
    page = visitor.open(place.path, 360, language=place.language, status=place.status)
    in_english = visitor.open(place.path, script=False, status=place.status)
    assert page.locator("section.content").inner_text() != in_english.locator("section.content").inner_text()
    require_fit(page, *WIDTHS)


def words(page: Page) -> list[str]:
    """All but those on buttons, which may be of use to scripts only."""
    open_details(page)
    return page.evaluate("""() => { const main = document.querySelector("main"), buttons = [...main.querySelectorAll("button")];
      buttons.forEach(button => { button.style.visibility = "hidden" });
      return main.innerText.split(/\\s+/) }""")


def test_a_printed_page_loses_nothing_at_its_edge(visitor: Visitor) -> None:
    page = visitor.open(CASE)
    page.emulate_media(media="print")
    require_fit(page, A4 - 2 * MARGIN)
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 2


@pytest.mark.parametrize("width", [1280, 360])
def test_stances_keep_their_words_without_colours(visitor: Visitor, real_db: Path, width: int) -> None:
    """With the reader's own few colours, every answer on the board is still written there, and can be read."""
    page = visitor.open(CASE, width, forced_colors="active")
    shown = page.locator("table.board").inner_text()
    labels = standing_answers(real_db)
    assert labels
    assert [label for label in labels if label not in shown] == []


def standing_answers(database: Path) -> set[str]:
    """The labels of all answers that stand today."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    questions = [row["value"] for row in connection.execute("select value from vocabulary where field = 'question' and language = 'en'")]
    labels = {
        (row["field"], row["value"]): row["label"]
        for row in connection.execute("select field, value, label from vocabulary where language = 'en'")
    }
    found = {
        labels[question, row[question]]
        for row in connection.execute("select * from standing where case_id = ?", [CASE.rpartition("/")[2]])
        for question in questions
        if row[question]
    }
    connection.close()
    return found
