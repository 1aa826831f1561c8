"""Texts of the database that would be more than texts, in every format: parsed back by somebody else's parser, they are the texts they were.

That nothing of them becomes more than text at any address is asked in test_parameters.py, of all of them at once.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from icalendar import Calendar

from datasette_cases.render.csv import disarmed
from datasette_cases.render.xml import held

from . import odd
from .made import folder
from .site import built, serve


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A database for each odd text, which stands in every column for words of it."""
    place = tmp_path_factory.mktemp("escaping")
    plain = built(folder(place / "data"), place / "plain.db").read_bytes()
    found = {}
    for number, (name, text) in enumerate(odd.TEXTS.items()):
        found[name] = place / f"cases{number}.db"
        found[name].write_bytes(plain)
        odd.written(found[name], lambda table, turn, text=text: text)  # type: ignore[misc]
    return found


@pytest_asyncio.fixture(params=list(odd.TEXTS))
async def site(request: Any, files: dict[str, Path]) -> Any:
    return odd.TEXTS[request.param], await serve(files[request.param])


def seen(text: str) -> str:
    """A text as HTML shows it: one space where there are several, or ends of lines."""
    return " ".join(text.split())


@pytest.mark.asyncio
async def test_a_text_stays_a_text(site: Any) -> None:
    text, datasette = site

    async def get(path: str) -> Any:
        answer = await datasette.client.get(path)
        assert answer.status_code == 200, (path, answer.text[:500])
        return answer

    page = BeautifulSoup((await get("/-/cases/acme-0")).text, "html5lib")
    assert page.h1 and seen(page.h1.get_text()) == seen(text)
    data = [json.loads(script.string) for script in page.find_all("script", type="application/ld+json")]
    assert data and text in [value for one in data for value in one.values()]
    assert seen(text) in [seen(each.get_text()) for each in page.find_all(["q", "blockquote"])]

    assert (await get("/-/cases/acme-0.json")).json()["case"]["title"] == text
    assert text in [one["properties"]["name"] for one in (await get("/-/authorities.geojson")).json()["features"]]
    rows = list(csv.DictReader(io.StringIO((await get("/-/cases.csv")).text, newline="")))
    assert [row["title"] for row in rows] == [disarmed(text)]
    lines = [json.loads(line) for line in (await get("/-/cases/data.jsonl")).text.split("\n") if line]
    assert text in [line.get("title") or (line.get("row") or {}).get("title") for line in lines]

    events = Calendar.from_ical((await get("/-/cases/acme-0.ics")).content).walk("VEVENT")
    assert {str(event["UID"]).partition("@")[0] for event in events} >= {"acme-0/policy"} and len(events) == 2
    policy = next(event for event in events if str(event["UID"]).startswith("acme-0/policy"))
    assert seen(held(text)) in seen(str(policy["SUMMARY"]))
    image_of = ElementTree.fromstring((await get("/-/cases/acme-0.svg")).content)
    title = image_of.findtext("{http://www.w3.org/2000/svg}title")
    assert title and seen(held(text)) in seen(title)
