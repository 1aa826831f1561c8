"""The preview in a browser: a page loads itself again when a file changes, within its own policy."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser

from datasette_cases.editor.commands import cases

from ..previewing import Server, change


def test_a_page_loads_itself_again(browser: Browser, tmp_path: Path) -> None:
    """Changed, broken and mended: the page that is open shows it each time. Nothing else is asked for than scripts of the site."""
    tracker, scratch = tmp_path / "tracker", tmp_path / "scratch"
    CliRunner().invoke(cases, ["init", str(tracker)])
    scratch.mkdir()
    server, case = Server(tracker, scratch), tracker / "data" / "cases" / "example.yml"
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto(server.address + "/-/cases/example")
        change(case, "title: An example", "title: A changed example")
        page.get_by_role("heading", name="A changed example with invented facts").wait_for(timeout=10_000)
        change(case, "regime: gdpr", "regime: gdp")
        page.get_by_text("data/cases/example.yml:7:9").wait_for(timeout=10_000)
        change(case, "regime: gdp", "regime: gdpr")
        page.get_by_role("heading", name="A changed example with invented facts").wait_for(timeout=10_000)
        assert [line for line in said if "503" not in line] == []
    finally:
        page.close()
        server.process.kill()
        server.process.communicate()
