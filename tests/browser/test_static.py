"""The site as files, behind a plain file server and below a folder of it, as a reader opens it."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Iterator

import pytest
from playwright.sync_api import Browser, Locator

from datasette_cases.plugin import adapter

from ..site import ROOT
from ..test_export_site import dead, require_still
from .conftest import visiting
from .visitor import Contexts, Visitor, open_details, require_accessible, require_fit

pytestmark = pytest.mark.skipif(adapter.V1, reason="both Datasettes write the same files; they are looked at once")

BELOW = "/somewhere/below"
CASE = "cases/meta-ai-training-2024/index.html"
PAGES = (
    "index.html", CASE, "cases/meta-ai-training-2024/as-of/2024-06-26/index.html", "cases/view/board/index.html", "authorities/at-dsb/index.html",
    "statements/page/2/index.html", "cases/download/index.html",
)  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Not among the output of the tests."""


@pytest.fixture(scope="module")
def top(real_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is served; the site is below it."""
    place = tmp_path_factory.mktemp("files")
    (place / "somewhere").mkdir()
    options = ("--metadata", str(ROOT / "metadata.yml"), "--language", "en", "--language", "nl")
    command = (sys.executable, "-m", "datasette", "cases", "export-site", str(real_db), f"{place}{BELOW}", *options)
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    return place


@pytest.fixture(scope="module")
def origin(browser: Browser, top: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(top)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(contexts: Contexts, origin: str) -> Iterator[Visitor]:
    yield from visiting(contexts, origin)


def test_every_link_of_our_own_record_leads_to_a_file_and_a_place_in_it(top: Path) -> None:
    """No browser is asked: of ten cases, in every kind of file."""
    place = top / BELOW[1:]
    assert list(dead(place)) == []
    assert len(list((place / "nl/cases").glob("*/as-of/*/index.html"))) > 20
    assert (place / "nl/statements/page/2/index.html").is_file()
    require_still(place)


def test_calendars_name_no_address_where_none_is_known(top: Path) -> None:
    calendar = (top / BELOW[1:] / "nl/deadlines.ics").read_bytes()
    assert b"URL:" not in calendar and b"BEGIN:VEVENT" in calendar


@pytest.mark.parametrize(("language", "width", "scheme"), [("en", 1280, "light"), ("nl", 360, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_asks_for_nothing_that_is_missing(
    visitor: Visitor, name: str, language: str, width: int, scheme: str
) -> None:
    page = visitor.open(f"{BELOW}/{language}/{name}", width, scheme)
    open_details(page)
    require_accessible(page)
    require_fit(page, 360, 1280)


@pytest.mark.parametrize("name", ["index.html", "404.html"])
def test_the_pages_of_no_language_are_accessible(visitor: Visitor, name: str) -> None:
    require_accessible(visitor.open(f"{BELOW}/{name}"))


def test_a_reader_goes_from_page_to_page(visitor: Visitor) -> None:
    page = visitor.open(f"{BELOW}/index.html")
    follow(page.get_by_role("link", name="Nederlands"))
    follow(page.locator(".case-list h2 a").first)
    page.locator("table.board").wait_for()
    assert "/nl/cases/" in page.url
    follow(page.locator(".languages a[hreflang=en]"))
    page.locator("html[lang=en]").wait_for()
    assert "/en/cases/" in page.url
    follow(page.locator(".days a").nth(1))
    page.locator(".as-of-note").first.wait_for()
    assert "/as-of/" in page.url
    follow(page.locator("a.person").first)
    assert "/en/a" in page.url
    page.go_back()
    page.locator(".chronicle .when a").first.click()
    assert "#" in page.url
    follow(page.get_by_role("link", name="Statements"))
    follow(page.get_by_role("link", name="Next page"))
    assert page.url.endswith("/en/statements/page/2/index.html")


def follow(link: Locator) -> None:
    """Whoever clicks on before a page is there breaks off its load."""
    with link.page.expect_navigation():
        link.click()


def test_the_picture_of_time_cannot_be_moved_where_there_is_no_other(visitor: Visitor) -> None:
    page = visitor.open(f"{BELOW}/en/{CASE}")
    place = page.locator(".timeline-plot").bounding_box()
    assert place
    page.mouse.move(place["x"] + 200, place["y"] + 5)
    page.mouse.down()
    page.mouse.move(place["x"] + 400, place["y"] + 5)
    page.mouse.up()
    assert "?" not in page.url and page.locator(".chosen").count() == 0


def test_pages_can_be_read_from_a_disk(browser: Browser, top: Path) -> None:
    """Styles are there, and links lead on; scripts, which are comfort, are refused by some browsers."""
    context = browser.new_context(java_script_enabled=False)
    page, failed = context.new_page(), []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((top / BELOW[1:] / "index.html").as_uri())
    page.get_by_role("link", name="English").click()
    page.locator(".case-list h2 a").first.click()
    page.locator("table.board").wait_for()
    assert page.locator("table.board").evaluate("it => getComputedStyle(it).borderCollapse") == "collapse"
    context.close()
    assert failed == []
