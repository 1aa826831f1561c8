"""The list of cases holds, can be read and walked through, however many there are."""

from __future__ import annotations

import gzip
from typing import Any, Iterator

import pytest
from playwright.sync_api import Browser, Page

from ..site import built
from .extremes import listed, write
from .server import served
from .test_keyboard import walk
from .visitor import Visitor, open_details, require_accessible, require_fit

LIST, BOARD = "/-/cases", "/-/cases?view=board&least=1"
NUMBERS = (0, 1, 12, 200)
LOOKS = ((1280, "light", "en"), (360, "dark", "nl"))
BUDGET = 60 * 1024
"""Bytes of a first visit, compressed, with a page of the list as long as it comes."""
TARGET = 24
"""CSS pixels that something to be hit has at least, each way (WCAG 2.2, 2.5.8)."""

SMALL = f"""() => [...document.querySelectorAll(".strip a, .case-board td a")].map(link => link.getBoundingClientRect())
  .filter(box => box.width < {TARGET} || box.height < {TARGET}).length"""
FEWER = """() => document.querySelectorAll(".case-list, tbody, thead tr, tbody tr").forEach(parent =>
  [...parent.children].slice(20).forEach(child => child.remove()))"""
"""The others are built alike, and axe-core would take minutes for thousands of cells."""


@pytest.fixture(scope="module", params=NUMBERS)
def crowd(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """A number of cases, and where they are served."""
    folder = tmp_path_factory.mktemp("crowd")
    with served(built(write(folder / "data", listed(request.param)), folder / "cases.db")) as origin:
        yield request.param, origin


@pytest.fixture
def guest(browser: Browser, crowd: tuple[int, str]) -> Iterator[Visitor]:
    visitor = Visitor(browser, crowd[1])
    yield visitor
    visitor.leave()
    assert visitor.noticed == []


def test_it_holds_however_many_there_are(guest: Visitor, crowd: tuple[int, str]) -> None:
    for path in (LIST, BOARD):
        page = guest.open(path, script=path == LIST)
        if path == LIST:
            assert page.locator(".case-list > li").count() == min(crowd[0], 50)
            open_details(page)
        require_fit(page, 1280, 768, 360, 320)
        page.set_viewport_size({"width": 360, "height": 900})
        if path == LIST:
            assert page.evaluate(SMALL) == 0, "too small to be hit"


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_it_is_accessible(guest: Visitor, width: int, scheme: str, language: str) -> None:
    for path in (LIST, BOARD):
        page = guest.open(path, width, scheme, language)
        page.evaluate(FEWER)
        open_details(page)
        require_accessible(page)


def test_it_is_light(guest: Visitor) -> None:
    page = guest.open(LIST)
    page.wait_for_load_state("networkidle")
    weights = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in guest.answers}
    assert sum(weights.values()) < BUDGET, weights


@pytest.mark.parametrize("width", [1280, 360])
def test_it_can_be_walked_through(visitor: Visitor, width: int) -> None:
    for path in (LIST, BOARD):
        page = visitor.open(path, width, script=True)
        steps = walk(page)
        assert len({step["place"] for step in steps}) == len(steps) > 40
        assert [step["shown"] for step in steps if not step["seen"]] == []
        assert [step["shown"] for step in steps if not step["outlined"]] == []


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


def test_nothing_is_missing_without_scripts(visitor: Visitor) -> None:
    with_scripts, without = (visitor.open(LIST, script=script).inner_text("main") for script in (True, False))
    assert with_scripts == without
