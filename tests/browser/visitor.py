"""Somebody who opens pages, and notices what a page should not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

CASE = "/-/cases/meta-ai-training-2024"

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

WIDER = """() => [...document.body.querySelectorAll("*")].filter(element => {
  const box = element.getBoundingClientRect();
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement)
    if (getComputedStyle(around).overflowX !== "visible") return false;
  return box.width && box.right > innerWidth + 0.5;
}).slice(0, 5).map(element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}`
  + ` to ${Math.round(element.getBoundingClientRect().right)}: ${element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)}`)"""


@dataclass
class Visitor:
    browser: Browser
    origin: str
    noticed: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, path: str, width: int = 1280, scheme: Any = "light", language: str = "en", script: bool = True, height: int = 900, **more: Any
    ) -> Page:
        """A page as a first visitor gets it. `language`: what the browser asks for; `script`: whether JavaScript is on."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=language, java_script_enabled=script, **more
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.noticed.append(f"{path}: the console says: {message.text}"))
        page.on("pageerror", lambda error: self.noticed.append(f"{path}: a script failed: {error}"))
        page.on("request", self.notice_request)
        page.on("requestfailed", lambda request: self.noticed.append(f"{path}: got no answer from {request.url}: {request.failure}"))
        page.on("response", self.notice_response)
        answer = page.goto(urljoin(self.origin, path))
        assert answer and answer.status == 200, f"{path}: {answer and answer.status}"
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def notice_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.noticed.append(f"asked another origin: {request.url}")

    def notice_response(self, response: Response) -> None:
        self.answers.append(response)
        if response.status >= 400:
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
    """What axe-core finds against WCAG 2.2 AA: rule, what helps, and each place."""
    page.evaluate(AXE_SCRIPT)
    wanted = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]}
    found = page.evaluate("wanted => axe.run(document, wanted)", wanted)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}" for node in rule["nodes"][:5])
        + (f"\n    and {len(rule['nodes']) - 5} more" if len(rule["nodes"]) > 5 else "")
        for rule in found
    ]  # fmt: skip


def require_accessible(page: Page) -> None:
    found = stumbles(page)
    assert not found, f"{page.url} at {page.viewport_size}:\n" + "\n".join(found)
