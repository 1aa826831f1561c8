"""Every page, in the sizes, colours, languages and media that readers have."""

from __future__ import annotations

import gzip
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .visitor import CASE, Visitor, open_details, require_accessible, require_fit

PAGES = {
    "cases": "/-/cases",
    "case": CASE,
    "case as of a day": f"{CASE}?as_of=2024-06-14",
    "about": "/-/cases/about",
    "download": "/-/cases/download",
    "cases side by side": "/-/cases?view=board",
    "deadlines": "/-/deadlines",
    "authorities": "/-/authorities?case=clearview-ai-2021",
    "authorities by phase": "/-/authorities",
    "authority": "/-/authorities/at-dsb",
    "actor": "/-/actors/noyb",
    "statements": "/-/statements?q=legitimate+int&_size=20",
    "follow-up": "/-/follow-up",
    "changes": "/-/changes",
    "reckon": "/-/deadlines/reckon?rule=gdpr-60-4&start=2024-03-04&calendar=IE",
}
WIDTHS = (320, 360, 640, 768, 1280)
"""Among them 1280 px at 200 % zoom, and at 400 %: 640 and 320 px."""
LOOKS = ((1280, "light", "en"), (360, "dark", "nl"), (1280, "dark", "nl"), (360, "light", "en"))
"""The case page is looked at in each; the others in two. Where it is dark, all that is folded away is opened."""
BUDGET = 60 * 1024
"""Bytes of a first visit, compressed."""
A4 = 794
MARGIN = 38
"""In CSS pixels: 210 mm, and the 1 cm that a browser leaves on each side."""


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_in_any_width(visitor: Visitor, name: str, language: str) -> None:
    page = visitor.open(PAGES[name], language=language)
    open_details(page)
    require_fit(page, *WIDTHS)


def test_a_page_fits_in_any_width_without_scripts(visitor: Visitor) -> None:
    page = visitor.open(CASE, script=False)
    require_fit(page, *WIDTHS)


@pytest.mark.parametrize(
    ("name", "width", "scheme", "language"), [(name, *look) for name in PAGES for look in (LOOKS if name == "case" else LOOKS[:2])]
)
def test_a_page_is_accessible(visitor: Visitor, name: str, width: int, scheme: str, language: str) -> None:
    page = visitor.open(PAGES[name], width, scheme, language)
    if scheme == "dark":
        open_details(page)
    require_accessible(page)


def test_everything_is_there_without_scripts(visitor: Visitor) -> None:
    """Scripts only add comfort: without them no text is missing."""
    with_scripts, without = (visitor.open(CASE, script=script) for script in (True, False))
    assert set(words(with_scripts)) - set(words(without)) == set()


def words(page: Page) -> list[str]:
    """All but those on buttons, which may be of use to scripts only."""
    open_details(page)
    page.evaluate("document.querySelectorAll('button').forEach(button => button.remove())")
    return page.inner_text("main").split()


def test_a_first_visit_is_light(visitor: Visitor) -> None:
    """All that the page is made of, compressed as a server in front of it would."""
    page = visitor.open(CASE)
    page.wait_for_load_state("networkidle")
    weights = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in visitor.answers}
    assert any(CASE in url for url in weights) and any(".css" in url for url in weights), weights
    assert sum(weights.values()) < BUDGET, weights


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
