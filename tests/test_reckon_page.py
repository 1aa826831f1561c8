"""/-/deadlines/reckon: what stands in the address is reckoned, with its working; what cannot be is said, with status 400."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from .site import serve

pytestmark = pytest.mark.asyncio
ADDRESS = "/-/deadlines/reckon"


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db)


async def read(site: Datasette, asked: str, language: str = "en", status: int = 200) -> BeautifulSoup:
    response = await site.client.get(f"{ADDRESS}?{asked}", headers={"accept-language": language})
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "html5lib")


def text(node: Any) -> str:
    return " ".join(node.get_text().split())


async def test_the_empty_form_asks_for_a_rule_a_start_and_a_calendar(site: Datasette) -> None:
    page = await read(site, "")
    assert {str(field["name"]) for field in page.select("form [name]")} == {"rule", "start", "calendar", "extended", "backward"}
    assert all(page.select(f"label[for={name}]") for name in ("rule", "start", "calendar"))
    assert len(page.select("option")) > 60 and not page.select(".working")


async def test_three_months_of_a_dutch_complaint(site: Datasette) -> None:
    """Filed on 6 June 2024: not counted; the day of the same number is Friday 6 September, a working day."""
    page = await read(site, "rule=gdpr-78-2&start=2024-06-06&calendar=NL")
    assert text(page.select("#result")[0]) == "6 September 2024"
    steps = [text(step) for step in page.select(".working li")]
    assert any("does not count" in step and "3(1)" in step for step in steps)
    assert any("6 September 2024" in step and "3(2)(c)" in step for step in steps)
    assert "datasette cases reckon gdpr-78-2 --start 2024-06-06 --calendar NL" in text(page)
    assert {str(field["value"]) for field in page.select("input:not([type=checkbox])[name]")} == {"gdpr-78-2", "2024-06-06"}


async def test_json_is_that_of_the_command_line(site: Datasette) -> None:
    found = (await site.client.get(f"{ADDRESS}.json?rule=3+weeks&start=2024-03-11&calendar=NL")).json()
    assert found.keys() == {"last_day", "end", "steps", "certainty", "variants"}
    assert (found["last_day"], found["end"]) == ("2024-04-02", "2024-04-03T00:00:00"), "Easter Monday is no working day"
    page = await read(site, "rule=3+weeks&start=2024-03-11&calendar=NL")
    linked = await site.client.get(str(page.find("a", string="JSON")["href"]))  # type: ignore[index]
    assert linked.json() == found


async def test_a_start_known_by_its_month_gives_two_days(site: Datasette) -> None:
    page = await read(site, "rule=1+month&start=2024-06&calendar=none")
    assert text(page.select("#result")[0]) == "1 July 2024 at the earliest, 30 July 2024 at the latest"
    assert len(page.select("ol.working")) == 2
    found = (await site.client.get(f"{ADDRESS}.json?rule=1+month&start=2024-06&calendar=none")).json()
    assert found["last_day"] == "2024-07-01/2024-07-30"


async def test_hours_have_another_reading(site: Datasette) -> None:
    page = await read(site, "rule=72+hours&start=2024-05-17T14:30&calendar=NL")
    assert page.select(".note") and "Another reading" in text(page)


async def test_an_extension_and_a_period_backwards(site: Datasette) -> None:
    page = await read(site, "rule=gdpr-12-3&start=2024-01-31&calendar=NL&extended=1")
    assert text(page.select("#result")[0]) == "30 April 2024"
    assert page.select("input[name=extended][checked]")
    back = await read(site, "rule=4+weeks&start=2024-06-28&calendar=NL&backward=1")
    assert text(back.select("#result")[0]) == "31 May 2024"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("rule=gdpr-78-22&start=2024-06-06&calendar=NL", "gdpr-78-2"),
        ("rule=3+wekks&start=2024-06-06&calendar=NL", "week"),
        ("rule=3+weeks&start=yesterday&calendar=NL", "found 'yesterday'"),
        ("rule=3+weeks&start=2024-06-06&calendar=NLD", "nearest is NL"),
        ("rule=3+weeks&start=2045-06-06&calendar=NL", "2018 to 2030"),
        ("rule=3+weeks&start=2024-06-06&calendar=NL&extended=1", "no extension"),
        ("rule=3+weeks&start=2024-06-06", "found nothing for: calendar"),
        ("rule=3+weeks&start=2024-06-06&calendar=NL&backward=yes", "backward: expected 1"),
        ("rule=%3Cscript%3Ealert(1)%3C/script%3E&start=2024-06-06&calendar=NL", "<script>alert(1)</script>"),
    ],
)
async def test_what_cannot_be_reckoned_is_said(site: Datasette, asked: str, said: str) -> None:
    page = await read(site, asked, status=400)
    assert said in text(page) and not page.select("script:not([src])[data-x], .working")
    response = await site.client.get(f"{ADDRESS}.json?{asked}")
    assert response.status_code == 400 and response.json()["ok"] is False and said in response.json()["error"]
    again = await site.client.get(f"{ADDRESS}?{asked}")
    assert again.status_code == 400, "a refusal is not kept as a page"


async def test_it_speaks_dutch(site: Datasette) -> None:
    page = await read(site, "rule=gdpr-78-2&start=2024-06-06&calendar=NL", "nl")
    assert text(page.select("#result")[0]) == "6 september 2024" and "Nederland" in text(page.select("select")[0])
    assert all(step.select("[lang=en]") for step in page.select(".working li"))


async def test_a_private_database_shows_no_form(real_db: Path) -> None:
    private = await serve(real_db, configuration={"databases": {"cases": {"allow": {"id": "editor"}}}})
    assert (await private.client.get(ADDRESS)).status_code == 403
