"""Somebody who opens pages, and notices what a page should not do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Response

from .boxes import MEASURE_MAIN

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

WIDER = """() => [...document.body.querySelectorAll("*")].filter(element => {
  const box = element.getBoundingClientRect();
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement)
    if (getComputedStyle(around).overflowX !== "visible") return false;
  return box.width && box.right > innerWidth + 0.5;
}).slice(0, 5).map(element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}`
  + ` to ${Math.round(element.getBoundingClientRect().right)}: ${element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)}`)"""


ALIKE = """() => {
  const built = new Map();
  const shape = element => built.get(element) || built.set(element, [element.localName, element.getAttribute("class"), element.getAttributeNames(),
    [...element.children].map(shape)].join(" ")).get(element);
  for (const parent of new Set([...document.querySelectorAll("main :is(li, tr, tbody, option, dl > div, svg a)")].map(child => child.parentElement))) {
    const number = new Map();
    for (const child of [...parent.children]) {
      const own = shape(child), already = number.get(own) || 0;
      number.set(own, already + 1);
      if (already >= 3 && child.matches("li, tr, tbody, option, dl > div, svg a")) child.remove();
    }
  }
}"""
"""Of what is built alike and stands in a row the first three stay: axe-core says the same of all, and takes minutes for thousands."""


class Contexts:
    """A context for each kind of visitor, made once: what is asked for again comes from its cache."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.made: dict[str, BrowserContext] = {}

    def of(self, fresh: bool, **kind: Any) -> BrowserContext:
        if fresh:
            return self.browser.new_context(**kind)
        key = repr(sorted(kind.items()))
        if key not in self.made:
            self.made[key] = self.browser.new_context(**kind)
        return self.made[key]


@dataclass
class Visitor:
    contexts: Contexts
    origin: str
    noticed: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    refused: int = 200
    """The status that a page is expected to have, where it is an error."""

    def open(
        self,
        path: str,
        width: int = 1280,
        scheme: Any = "light",
        language: str = "en",
        script: bool = True,
        height: int = 900,
        status: int = 200,
        fresh: bool = False,
        **more: Any,
    ) -> Page:
        """A page as a reader gets it. `language`: what the browser asks for; `script`: whether JavaScript is on; `fresh`: nothing of the
        site was seen before."""
        context = self.contexts.of(fresh, color_scheme=scheme, locale=language, java_script_enabled=script, **more)
        page = context.new_page()
        self.pages.append(page)
        self.refused = status
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda message: self.notice_message(path, message.text))
        page.on("pageerror", lambda error: self.noticed.append(f"{path}: a script failed: {error}"))
        page.on("request", self.notice_request)
        page.on("requestfailed", lambda request: self.noticed.append(f"{path}: got no answer from {request.url}: {request.failure}"))
        page.on("response", self.notice_response)
        answer = page.goto(urljoin(self.origin, path))
        assert answer and answer.status == status, f"{path}: {answer and answer.status}"
        return page

    def leave(self) -> None:
        for page in self.pages:
            with suppress(Error):
                page.close()

    def notice_message(self, path: str, text: str) -> None:
        """That a page is an error the browser says itself."""
        if self.refused == 200 or f"status of {self.refused}" not in text:
            self.noticed.append(f"{path}: the console says: {text}")

    def notice_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.noticed.append(f"asked another origin: {request.url}")

    def notice_response(self, response: Response) -> None:
        self.answers.append(response)
        if response.status >= 400 and response.status != self.refused:
            self.noticed.append(f"{response.url}: {response.status}")


def open_details(page: Page) -> None:
    """What is folded away has to hold as well."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def require_fit(page: Page, *widths: int) -> None:
    """A page scrolls sideways in no width; a failure names what sticks out."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        scrolls = page.evaluate("document.scrollingElement.scrollWidth")
        if scrolls > width:
            found.append("\n    ".join([f"in {width} px it scrolls to {scrolls}:", *page.evaluate(WIDER)]))
    assert not found, f"{page.url}:\n" + "\n".join(found)


def stumbles(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA: rule, what helps, and each place. The page has less on it afterwards."""
    page.evaluate(ALIKE)
    page.evaluate(AXE_SCRIPT)
    wanted = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
    found = page.evaluate("wanted => axe.run(document, wanted)", wanted)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}" for node in rule["nodes"][:5])
        + (f"\n    and {len(rule['nodes']) - 5} more" if len(rule["nodes"]) > 5 else "")
        for rule in found
    ]  # fmt: skip


def require_boxes(page: Page, *widths: int) -> None:
    """No text on another or out of its box, and nothing too small to be hit, at each width."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"in {width} px: {wrong}" for wrong in page.evaluate(MEASURE_MAIN)]
    assert not found, f"{page.url}:\n" + "\n".join(found)


def require_accessible(page: Page) -> None:
    found = stumbles(page)
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(found)
