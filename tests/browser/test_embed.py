"""A page of another site frames a case: it is shown, in any width and either colours; where that is forbidden, it is not."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page

from datasette_cases.plugin import adapter

from ..site import settings_of
from .pages import CASE
from .server import served
from .visitor import Visitor, require_accessible, require_fit

pytestmark = pytest.mark.skipif(adapter.V1, reason="both Datasettes get the same page; it is looked at once")
EMBED = f"{CASE}/embed"
NEWSROOM = '<!DOCTYPE html><html lang="en"><title>News</title><link rel="icon" href="data:,"><h1>News</h1>{frame}</html>'


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def newsroom(folder: Path, frame: str) -> Iterator[str]:
    """The address of a page of another origin with a frame in it."""
    (folder / "index.html").write_text(NEWSROOM.format(frame=frame), encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def opened(browser: Browser, address: str, said: list[str]) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en")
    page.on("console", lambda message: said.append(message.text))
    page.goto(address, wait_until="networkidle")
    return page


def framed(page: Page) -> Frame:
    (found,) = page.main_frame.child_frames
    return found


def test_the_snippet_of_the_case_page_shows_it_on_another_site(visitor: Visitor, browser: Browser, tmp_path: Path) -> None:
    snippet = visitor.open(CASE).locator("#embed").input_value()
    said: list[str] = []
    with newsroom(tmp_path, snippet) as address:
        page = opened(browser, address, said)
        frame = framed(page)
        assert frame.locator("h1").inner_text().startswith("Meta") and frame.locator("table.board").is_visible()
        assert said == []
        assert page.evaluate("document.scrollingElement.scrollWidth") == 1280
        frame.locator("svg.names a .name").last.click()
        page.wait_for_url(f"{visitor.origin}{CASE}?_lang=en#authority-*")
        page.go_back()
        framed(page).locator("footer a").first.click()
        page.wait_for_url(f"{visitor.origin}{CASE}?_lang=en")
        page.close()


def test_where_it_is_forbidden_a_frame_stays_empty(browser: Browser, real_db: Path, tmp_path: Path) -> None:
    said: list[str] = []
    with (
        served(real_db, settings_of(frame_ancestors=[])) as origin,
        newsroom(tmp_path, f'<iframe src="{origin}{EMBED}"></iframe>') as address,
    ):
        page = opened(browser, address, said)
        assert framed(page).url.startswith("chrome-error:") and framed(page).locator("table").count() == 0
        assert any("frame-ancestors" in text for text in said), said
        page.close()


@pytest.mark.parametrize("query", ["", "?part=board&as_of=2024-06-14", "?part=timeline", "?part=nl-ap"])
def test_an_embed_fits_and_is_accessible(visitor: Visitor, query: str) -> None:
    """In both colours, as its reader has them."""
    for width, scheme, language in ((1280, "light", "en"), (360, "dark", "de")):
        page = visitor.open(EMBED + query, width, scheme, language)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        require_fit(page, 360, 700, 1280)
        page.set_viewport_size({"width": width, "height": 900})
        require_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_fixed_look_is_that_whatever_the_reader_has(visitor: Visitor, scheme: str) -> None:
    behind = {}
    for theme in ("light", "dark"):
        page = visitor.open(f"{EMBED}?part=nl-ap&theme={theme}", scheme=scheme)
        behind[theme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        require_accessible(page)
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert behind == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}
