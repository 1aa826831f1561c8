"""One browser for all, one server for each database, one context for each kind of visitor, and a page of its own for each visit.

Playwright's own loop runs in the main thread for as long as it is open: its fixture ends with this folder, before tests
that have loops of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import chromium
import pytest
import yaml
from playwright.sync_api import Browser, sync_playwright

from datasette_cases.plugin import adapter

from ..site import ROOT, built
from . import extremes, random_cases
from .server import served
from .visitor import Contexts, Visitor

collect_ignore_glob = ["test_[!s]*.py", "test_statements.py"] if adapter.V1 else ["test_smoke.py"]
"""Both Datasettes get the same pages: they are looked at in full on one of them, each once on the other."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was not tested is said where nobody overlooks it."""
    if any(chromium.MISSING in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())):
        terminalreporter.write_line(f"SKIPPED {chromium.MISSING}", yellow=True, bold=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        (pytest.fail if chromium.demanded() else pytest.skip)(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield started
        started.close()


@pytest.fixture(scope="package")
def contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture(scope="package")
def site(browser: Browser, real_db: Path) -> Iterator[str]:
    """The project's own data, served as scripts/serve does."""
    configuration = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    with served(real_db, configuration) as origin:
        yield origin


@pytest.fixture(scope="package")
def extreme_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("extremes")
    with served(built(extremes.write(folder / "data"), folder / "cases.db")) as origin:
        yield origin


@pytest.fixture(scope="package")
def random_db(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 random cases, the same in every run."""
    folder = tmp_path_factory.mktemp("random")
    return built(random_cases.write(folder / "data", 200), folder / "cases.db")


@pytest.fixture(scope="package")
def random_site(random_db: Path) -> Iterator[str]:
    with served(random_db) as origin:
        yield origin


@pytest.fixture
def visitor(contexts: Contexts, site: str) -> Iterator[Visitor]:
    """Opens pages of the real data. The test fails if a page said something on the console, or asked for what it may not."""
    yield from visiting(contexts, site)


@pytest.fixture
def extreme_visitor(contexts: Contexts, extreme_site: str) -> Iterator[Visitor]:
    yield from visiting(contexts, extreme_site)


@pytest.fixture
def random_visitor(contexts: Contexts, random_site: str) -> Iterator[Visitor]:
    yield from visiting(contexts, random_site)


def visiting(contexts: Contexts, origin: str) -> Iterator[Visitor]:
    visitor = Visitor(contexts, origin)
    yield visitor
    visitor.leave()
    assert visitor.noticed == []
