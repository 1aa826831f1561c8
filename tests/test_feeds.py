"""Feeds of a case, an authority and anybody else, read by two parsers that know nothing of each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import atoma
import feedparser
import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from .site import serve
from .test_changes import CASE, ENGLISH, require_valid
from .test_changes import released as released
from .test_history import FIRST, MENDED, SECOND, SUMMARY, THIRD, Site

FEEDS = {
    f"/-/cases/{CASE}": ["3/acme-0", "2/acme-0"],
    "/-/cases/acme-1": ["3/acme-1"],
    "/-/authorities/nl-ap": ["3/acme-0?authority=nl-ap", "3/acme-1?authority=nl-ap", "2/acme-0?authority=nl-ap"],
    "/-/authorities/ie-dpc": ["3/acme-0?authority=ie-dpc", "3/acme-1?authority=ie-dpc", "2/acme-0?authority=ie-dpc"],
    "/-/actors/noyb": ["2/acme-0?actor=noyb"],
    "/-/actors/acme": ["3/acme-1?actor=acme", "3?actor=acme", "2/acme-0?actor=acme"],
}
"""Page → the entries of its feed: an inquiry that is gone stays in the feed of the authority that opened it."""


@pytest_asyncio.fixture
async def served(released: Path) -> Datasette:
    return await serve(released)


async def fetched(site: Datasette, address: str) -> bytes:
    response = await site.client.get(address, headers=ENGLISH)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    require_valid(response.text)
    return bytes(response.content)


@pytest.mark.asyncio
@pytest.mark.parametrize("page", FEEDS)
async def test_two_parsers_read_the_same(served: Datasette, page: str) -> None:
    body = await fetched(served, f"{page}.atom")
    one, other = feedparser.parse(body), atoma.parse_atom_bytes(body)
    assert not one.bozo
    assert [entry.id for entry in one.entries] == [entry.id_ for entry in other.entries]
    assert [entry.id.removeprefix("tag:datasette-cases,2026:changes/") for entry in one.entries] == FEEDS[page]
    assert [entry.title for entry in one.entries] == [entry.title.value for entry in other.entries]
    assert [entry.updated for entry in one.entries] == [f"{entry.updated:%Y-%m-%dT%H:%M:%SZ}" for entry in other.entries]
    assert [entry.content[0].value for entry in one.entries] == [entry.content.value for entry in other.entries]
    assert (one.feed.id, one.feed.title, one.feed.updated) == (other.id_, other.title.value, f"{other.updated:%Y-%m-%dT%H:%M:%SZ}")
    links = {link.rel: link.href for link in one.feed.links}
    assert (
        links
        == {link.rel: link.href for link in other.links}
        == {"self": f"http://localhost{page}.atom", "alternate": f"http://localhost{page}"}
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("page", FEEDS)
async def test_a_page_names_its_feed_and_the_feed_its_page(served: Datasette, page: str) -> None:
    html = BeautifulSoup((await served.client.get(page, headers=ENGLISH)).text, "html5lib")
    named = html.select('head link[rel="alternate"][type="application/atom+xml"]')
    assert [str(link["href"]) for link in named] == [f"{page}.atom"] and named[0]["title"]
    assert html.select(f'main a[href="{page}.atom"]')
    feed = feedparser.parse(await fetched(served, f"{page}.atom"))
    for entry in feed.entries:
        address = urlsplit(entry.link)
        assert (await served.client.get(f"{address.path}?{address.query}")).status_code == 200


@pytest.mark.asyncio
@pytest.mark.parametrize("page", [f"/-/cases/{CASE}", "/-/authorities/nl-ap", "/-/actors/acme"])
async def test_a_changed_fact_is_one_entry_with_before_and_after(tmp_path: Path, page: str) -> None:
    """What was in the feed stays in it, byte for byte, so that a reader's program shows each entry once."""

    async def entries() -> dict[str, Any]:
        return {entry.id: entry for entry in feedparser.parse(await fetched(await serve(site.file), f"{page}.atom")).entries}

    site = Site(tmp_path)
    site.release(FIRST)
    assert await entries() == {}
    site.edit(SUMMARY, MENDED)
    site.edit("last_day: 2024-06-26", "last_day: 2024-06-27")
    site.release(SECOND)
    first = await entries()
    assert len(first) == 1
    (told,) = [BeautifulSoup(entry.content[0].value, "html5lib").get_text() for entry in first.values()]
    if page != "/-/actors/acme":
        assert f"{SUMMARY} → {MENDED}" in told
    if page != "/-/authorities/nl-ap":
        assert "26 Jun 2024 → 27 Jun 2024" in told
    site.edit(MENDED, SUMMARY)
    site.edit("last_day: 2024-06-27", "last_day: 2024-06-26")
    site.release(THIRD)
    second = await entries()
    assert len(second) == 2 and first.items() <= second.items()
    assert [entry.updated[:10] for entry in second.values()] == [THIRD.isoformat(), SECOND.isoformat()]


@pytest.mark.asyncio
async def test_two_builds_of_the_same_give_the_same_bytes(tmp_path: Path) -> None:
    bodies = []
    for name in ("one", "two"):
        site = Site(tmp_path / name)
        site.release(FIRST)
        site.edit(SUMMARY, MENDED)
        site.release(SECOND)
        bodies.append(
            [
                await fetched(await serve(site.file), f"{page}.atom")
                for page in (f"/-/cases/{CASE}", "/-/authorities/nl-ap", "/-/actors/noyb")
            ]
        )
    assert bodies[0] == bodies[1]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/-/cases/nothing.atom", "There is no case nothing"),
        ("/-/cases/nl-ap.atom", "There is no case nl-ap"),
        ("/-/authorities/noyb.atom", "There is no authority noyb"),
        ("/-/actors/nobody.atom", "There is nobody called nobody"),
    ],
)
async def test_a_feed_of_nothing_is_not_there(served: Datasette, address: str, said: str) -> None:
    response = await served.client.get(address, headers=ENGLISH)
    assert response.status_code == 404 and said in response.text


@pytest.mark.asyncio
async def test_filters_hold_and_pages_go_on(served: Datasette) -> None:
    one = feedparser.parse(await fetched(served, f"/-/cases/{CASE}.atom?kind=retracted"))
    assert [entry.id.partition("changes/")[2] for entry in one.entries] == [f"3/{CASE}?kind=retracted"]
    first = feedparser.parse(await fetched(served, f"/-/cases/{CASE}.atom?_size=3"))
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    assert following.startswith(f"http://localhost/-/cases/{CASE}.atom?")
    second = feedparser.parse(await fetched(served, following.removeprefix("http://localhost")))
    assert [entry.id.partition("changes/")[2] for entry in (*first.entries, *second.entries)] == FEEDS[f"/-/cases/{CASE}"]


@pytest.mark.asyncio
async def test_an_authority_has_its_feed_at_its_own_address(served: Datasette) -> None:
    response = await served.client.get("/-/actors/nl-ap.atom?_lang=nl", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (302, "/-/authorities/nl-ap.atom?_lang=nl")


@pytest.mark.asyncio
async def test_the_feed_of_a_case_that_is_gone_stays(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.release(FIRST)
    (site.data / "cases" / f"{CASE}.yml").unlink()
    site.release(SECOND)
    feed = feedparser.parse(await fetched(await serve(site.file), f"/-/cases/{CASE}.atom"))
    assert [entry.title for entry in feed.entries] == ["Acme: été 0 · Release of 1 Nov 2026"]
