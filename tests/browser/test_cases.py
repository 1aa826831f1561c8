"""The list of cases holds, can be read and walked through, however many there are."""

from __future__ import annotations

import gzip
from typing import Any, Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..site import built
from .extremes import listed, write
from .keyboard import require_walk
from .server import served
from .visitor import Contexts, Visitor, open_details, require_accessible, require_boxes, require_fit

LIST, BOARD = "/-/cases", "/-/cases?view=board&least=1"
NUMBERS = (0, 1, 200)
"""The real data are a list of ten: test_pages.py has it."""
BUDGET = 60 * 1024
"""Bytes of a first visit, compressed, with a page of the list as long as it comes."""


@pytest.fixture(scope="module", params=NUMBERS)
def crowd(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """A number of cases, and where they are served."""
    folder = tmp_path_factory.mktemp("crowd")
    with served(built(write(folder / "data", listed(request.param)), folder / "cases.db")) as origin:
        yield request.param, origin


@pytest.fixture
def guest(contexts: Contexts, crowd: tuple[int, str]) -> Iterator[Visitor]:
    visitor = Visitor(contexts, crowd[1])
    yield visitor
    visitor.leave()
    assert visitor.noticed == []


@pytest.mark.parametrize(("path", "width", "scheme", "language"), [(LIST, 1280, "light", "en"), (BOARD, 360, "dark", "nl")])
def test_it_holds_however_many_there_are(guest: Visitor, crowd: tuple[int, str], path: str, width: int, scheme: str, language: str) -> None:
    page = guest.open(path, width, scheme, language)
    if path == LIST:
        assert page.locator(".case-list > li").count() == min(crowd[0], 50)
        open_details(page)
    require_fit(page, 1280, 768, 360, 320)
    require_boxes(page, 1280, 360)
    page.set_viewport_size({"width": width, "height": 900})
    require_accessible(page)


def test_it_is_light(guest: Visitor) -> None:
    page = guest.open(LIST, fresh=True)
    page.wait_for_load_state("load")
    weights = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in guest.answers}
    assert sum(weights.values()) < BUDGET, weights


def test_the_board_can_be_walked_through_on_a_phone(visitor: Visitor) -> None:
    assert len(require_walk(visitor.open(BOARD, 360))) > 40


def test_the_board_scrolls_by_itself_and_keeps_whose_row_it_is(visitor: Visitor) -> None:
    page = visitor.open(BOARD, 360)
    region = page.locator(".case-board")
    region.focus()
    before = places(page)
    for _ in range(100):
        page.keyboard.press("ArrowRight")
        if places(page)["cell"] < before["cell"] - 50:
            break
    after = places(page)
    assert after["who"] == before["who"] and after["cell"] < before["cell"]
    assert page.evaluate("document.scrollingElement.scrollLeft") == 0


def places(page: Page) -> Any:
    return page.evaluate("""() => ({
      who: document.querySelector(".case-board tbody th").getBoundingClientRect().left,
      cell: document.querySelector(".case-board tbody td:last-child").getBoundingClientRect().left})""")


@pytest.mark.parametrize("width", [1280, 360])
def test_answers_are_told_apart_without_colours(visitor: Visitor, width: int) -> None:
    """With the reader's own few colours, a cell still shows which answer it is."""
    page = visitor.open(LIST, width, forced_colors="active")
    shown = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll(".strip a[class^=answer-]:not(.annulled)")].map(cell =>
      [cell.className, getComputedStyle(cell, "::after").content]))""")
    assert len(set(shown.values())) == len(shown) > 2 and "none" not in shown.values()
