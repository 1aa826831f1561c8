"""The questions of docs/questions.md, asked of the site as its visitors do."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from .site import ROOT, serve

PAGE = (ROOT / "docs/questions.md").read_text("utf-8")
ANSWERS = dict(re.findall(r"```sql (\S+)\n.*?\n```\n\n((?:\|[^\n]*\n)+)", PAGE, re.DOTALL))
CONFIGURATION: dict[str, Any] = yaml.safe_load((ROOT / "metadata.yml").read_text("utf-8"))


def shown(rows: list[dict[str, Any]], heads: list[str]) -> list[str]:
    """Rows as a table of the page has them."""
    cells = ([row[head] for head in heads] for row in rows)
    return ["| " + " | ".join(text(value).replace("|", "\\|").replace("\n", " ") for value in line) + " |" for line in cells]


def text(value: Any) -> str:
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def test_there_are_twenty_and_each_has_an_answer() -> None:
    assert len(ANSWERS) == PAGE.count("\n## ") == 20
    assert list(CONFIGURATION["databases"]["cases"]["queries"]) == list(ANSWERS)


@pytest.mark.asyncio
async def test_the_site_gives_the_answers_of_the_page(real_db: Path) -> None:
    datasette = await serve(real_db, configuration=CONFIGURATION)
    for name, answer in ANSWERS.items():
        response = await datasette.client.get(f"/cases/{name}.json?_shape=array")
        assert response.status_code == 200, f"{name}: {response.text}"
        head, _, *lines = answer.splitlines()
        assert shown(response.json(), head.strip("| ").split(" | ")) == lines, name


@pytest.mark.asyncio
async def test_the_database_page_offers_them(real_db: Path) -> None:
    datasette = await serve(real_db, configuration=CONFIGURATION)
    page = (await datasette.client.get("/cases")).text
    assert "/cases/first-words" in page


@pytest.mark.asyncio
async def test_the_page_about_the_record_lists_them(real_db: Path) -> None:
    datasette = await serve(real_db, configuration=CONFIGURATION)
    page = BeautifulSoup((await datasette.client.get("/-/cases/about")).text, "html5lib")
    links = page.select("section[aria-labelledby=queries] a")
    assert {str(link["href"]) for link in links} == {f"/cases/{name}" for name in ANSWERS}
    assert "Who objected to the Irish drafts on Meta's ads?" in [link.text for link in links]


@pytest.mark.asyncio
async def test_a_query_that_one_may_not_see_is_not_listed(real_db: Path) -> None:
    closed = copy.deepcopy(CONFIGURATION)
    closed["databases"]["cases"]["queries"]["fines"]["allow"] = False
    datasette = await serve(real_db, configuration=closed)
    page = (await datasette.client.get("/-/cases/about")).text
    assert "/cases/first-words" in page and '/cases/fines"' not in page
