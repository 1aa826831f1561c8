"""Readers who may not see: no address tells them anything, neither in its body nor in its headers. And what strangers put into addresses."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any, Iterator

import pytest
import pytest_asyncio

from datasette_cases.plugin import routes, sitemap

from .made import folder
from .site import built, serve

CASE = "acme-0"
FILLED = {"case": CASE, "actor": "nl-ap", "authority": "nl-ap", "id": CASE, "kind": "entity", "number": "1"}
SECRETS = ("acme", "noyb", "Autorité", "fr-cnil", "ie-dpc", "forwarded-to-lead", "informatie", "2024-06-06")
"""Words of the database; those of an address that was asked for are the visitor's own."""
PRIVATE = {
    "instance": {"allow": {"id": "root"}},
    "database": {"databases": {"cases": {"allow": {"id": "root"}}}},
}
HOSTILE = ("'", "';drop table cases--", "1 union select 1", "\x00", "\r\nX-Evil: 1", "\ud7ff", "9" * 5000, "-1", "1e999", "../../etc/passwd", "<script>", "2024-02-30", "0000-00-00", "99999-01-01", "\u0662", "\u202e", "*", '"', "a" * 5000)  # fmt: skip


def addresses() -> list[str]:
    """One of every route and format."""
    found: list[str] = []
    for pattern, _ in (*routes.ROUTES, *sitemap.ROUTES):
        found += filled(pattern)
    return list(dict.fromkeys(found))


def filled(pattern: str) -> Iterator[str]:
    text = re.sub(r"\(\?:-\(\?P<number>[^)]*\)\)\?", "", pattern.strip("^$"))
    formats = re.search(r"\(\?P<format>([^)]*)\)", text)
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda match: FILLED.get(match[1], f"<{match[1]}>"), text).replace("\\", "")
    optional = re.search(r"\(\?:\.<format>\)\?", path)
    if optional:
        yield path.replace(optional[0], "")
    for format in formats[1].split("|") if formats else ():
        yield path.replace(optional[0] if optional else ".<format>", f".{format}")
    if not formats:
        yield path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("leaks")
    return built(folder(place / "data"), place / "cases.db")


@pytest_asyncio.fixture
async def site(made: Path) -> Any:
    return await serve(made)


def require_nothing_told(path: str, answer: Any, allowed: tuple[int, ...] = (403, 404)) -> None:
    assert answer.status_code in allowed, (path, answer.status_code)
    assert "etag" not in answer.headers and "last-modified" not in answer.headers, path
    said = f"{answer.text} {dict(answer.headers)}".replace(path, "").lower()
    for word in SECRETS:
        assert word.lower() in path or word.lower() not in said, (path, word)


def test_every_route_has_an_address() -> None:
    found = addresses()
    assert len(found) > 40 and not any("<" in path or "(" in path for path in found), found
    for pattern, _ in routes.ROUTES:
        assert any(re.match(pattern, path) for path in found), pattern


@pytest.mark.asyncio
@pytest.mark.parametrize("private", PRIVATE)
async def test_what_is_private_is_told_nowhere(made: Path, private: str) -> None:
    datasette = await serve(made, configuration=PRIVATE[private])
    cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    for path in addresses():
        for more in ({}, {"if-none-match": "*"}):
            answer = await datasette.client.get(path, headers=more)
            if path == "/robots.txt":
                assert answer.status_code == 200 and answer.text == "User-agent: *\nDisallow: /\n"
                continue
            require_nothing_told(path, answer)
        for query in ("?q=acme", "?_lang=nl&as_of=2024-07-01", "?_size=max", "?queries=%7B%22q%22:%7B%22query%22:%22acme%22%7D%7D"):
            assert (await datasette.client.get(path + query)).status_code in (200, 403, 404) if path == "/robots.txt" else (403, 404)
    for path in ("/-/cases", f"/-/cases/{CASE}", f"/-/cases/{CASE}.json", "/-/statements.csv", "/-/changes.atom", "/-/deadlines.ics"):
        answer = await datasette.client.get(path, cookies=cookies)
        assert answer.status_code == 200 and answer.headers["cache-control"] == "private, no-store", path


@pytest.mark.asyncio
async def test_what_strangers_put_into_addresses_is_refused_or_read_as_text(site: Any) -> None:
    """SQL, line breaks, huge numbers and days that are none: never an error of ours, nor a header of theirs."""
    from urllib.parse import quote

    names = (
        "q",
        "_next",
        "_size",
        "_sort",
        "as_of",
        "as_known",
        "from",
        "to",
        "actor",
        "case",
        "month",
        "_lang",
        "queries",
        "prefix",
        "width",
    )
    paths = [path for path in addresses() if not path.endswith((".png", ".zip", ".jsonl"))]
    for number, path in enumerate(paths):
        for turn, value in enumerate(HOSTILE[number % 6 :: 6]):
            # Each address with some of the values and parameters; all of them come up.
            name = names[(number + turn) % len(names)]
            answer = await site.client.get(f"{path}?{name}={quote(value)}")
            assert answer.status_code in (200, 302, 303, 400, 404), (path, name, value[:40], answer.status_code, answer.text[:200])
            assert "x-evil" not in answer.headers
            if "html" in answer.headers.get("content-type", ""):
                assert "<script>" not in re.sub(r'<script src="[^"<>]*"[^<>]*>', "", answer.text) or answer.status_code != 200, (path, name)


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%2e%2e", "a%00b", "a%0d%0aX-Evil:1", "A", "a'b", "é", "a" * 5000])
async def test_an_id_is_no_path(site: Any, name: str) -> None:
    for path in ("/-/cases/{}", "/-/cases/{}.json", "/-/cases/{}.atom", "/-/authorities/{}", "/-/actors/{}.ics", "/-/cases/{}/card.png"):
        answer = await site.client.get(path.format(name))
        assert answer.status_code in (404, 302), (path, answer.status_code)
        assert "x-evil" not in answer.headers and "root:" not in answer.text


@pytest.mark.asyncio
async def test_many_at_once_are_answered_in_bounded_memory(made: Path) -> None:
    from datasette_cases.plugin import cache

    datasette = await serve(made)
    paths = [f"/-/cases/{CASE}.atom" for _ in range(200)]
    answers = await asyncio.gather(*(datasette.client.get(path) for path in paths))
    assert {answer.status_code for answer in answers} == {200}
    memory = cache.known(datasette.get_database("cases")) or {}
    pages = memory.get("pages")
    assert pages is None or (len(pages) <= cache.MOST_PAGES and pages.bytes <= pages.most_bytes)


def test_every_question_to_the_database_of_cases_has_a_limit() -> None:
    """Datasette limits `execute`, not `execute_fn`. Besides Visit.read only what reads a row or two by itself may use it."""
    package = Path(routes.__file__).parent
    found = {path.name: path.read_text(encoding="utf-8").count(".execute_fn(") for path in package.glob("*.py")}
    assert {name: count for name, count in found.items() if count} == {"pages.py": 2, "cache.py": 1, "adapter.py": 1}
