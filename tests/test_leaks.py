"""Readers who may not see: no address tells them anything, neither in its body nor in its headers."""

from __future__ import annotations

import ast
import asyncio
import re
import resource
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from datasette.app import Datasette
from datasette.database import Database

from datasette_cases.export.tables import names
from datasette_cases.page.api import OPERATIONS
from datasette_cases.plugin import adapter, cache, html, limit, routes

from . import odd
from .addresses import ADDRESSES, Address
from .made import folder
from .site import built, serve, settings_of

CASE = "acme-0"
FILLED = {"case": CASE, "actor": "noyb", "authority": "nl-ap", "id": CASE, "number": "1"}
SECRETS = ("acme", "noyb", "Autorité", "fr-cnil", "ie-dpc", "forwarded-to-lead", "informatie", "2024-06-06")
"""Words of the database; those of an address that was asked for are the visitor's own."""
PRIVATE = {
    "instance": {"allow": {"id": "root"}},
    "database": {"databases": {"cases": {"allow": {"id": "root"}}}},
}
ASKED = {
    "case": CASE, "actor": "nl-ap", "authority": "nl-ap", "respondent": "acme", "as_known": "2026-10-02", "as_of": "2024-07-01", "from": "2024-01-01", "to": "2025-01-01", "rule": "gdpr-60-4",
    "start": "2024-06-06", "calendar": "IE", "month": "2024-06", "_next": "1", "since": "1", "part": "board", "country": "NL", "prefix": "a", "question": "competent", "by": "phase",
    "queries": '{"q":{"query":"acme"}}', "topic": "x", "language": "nl", "answer": "no", "kind": "complainant", "field": "phase", "_lang": "nl", "reason": "x", "_sort": "date", "phase": "open",
}  # fmt: skip
"""What is asked of each address, so that it reads all that it can."""


def plain(address: Address) -> str:
    """An address of things that there are, with what it has to be asked."""
    bare = address.at(**FILLED)
    return f"{bare}?rule=gdpr-60-4&start=2024-06-06&calendar=IE" if bare.endswith("reckon.json") else bare


def addresses() -> list[str]:
    """One of every route and format."""
    return [plain(address).partition("?")[0] for address in ADDRESSES if address.path != "/"]


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
    assert len(found) > 50 and not any("{" in path or "(" in path for path in found), found
    for pattern, _ in (*routes.ROUTES, *routes.QUESTIONS):
        assert any(re.match(pattern, path) for path in found), pattern
    for operation in OPERATIONS:
        for format in operation.formats:
            path = re.sub(r"\{(\w+)\}", lambda name: FILLED[name[1]], operation.path) + f".{format}"
            assert path in found, path


@pytest.mark.asyncio
@pytest.mark.parametrize("private", PRIVATE)
async def test_what_is_private_is_told_nowhere(made: Path, private: str, read: set[str]) -> None:
    """Whoever may see it gets each page, which nobody keeps; a stranger who comes next gets nothing, for which nothing is read."""
    datasette = await frozen(made, **PRIVATE[private])
    cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    for path in map(plain, ADDRESSES):
        answer = await datasette.client.get(path, cookies=cookies)
        assert answer.status_code in (200, 302), (path, answer.text)
        if path == "/":
            continue  # Datasette's own
        if path != "/robots.txt":
            assert answer.headers["cache-control"] == "private, no-store" and "etag" not in answer.headers, path
        read.clear()
        for query in ("", "?q=acme", "?_lang=nl&as_of=2024-07-01", "?_size=max", "?queries=%7B%22q%22:%7B%22query%22:%22acme%22%7D%7D"):
            answer = await datasette.client.get(path.partition("?")[0] + query, headers={"if-none-match": "*"} if query else {})
            if path == "/robots.txt":
                assert answer.status_code == 200 and answer.text == "User-agent: *\nDisallow: /\n"
            else:
                require_nothing_told(path, answer, (400, 403, 404) if query else (403, 404))  # 400: what nobody may ask
        assert not read, path
    assert not (cache.known(datasette.get_database("cases")) or {}).get("pages")


# --- one table after the other ----------------------------------------------------------------------------------------


def canary(table: str) -> str:
    """What is written into a table and nowhere else."""
    return f"canary{table.replace('_', '')}end"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases, in which each text says of which table it is; what changed in a table says the same."""
    return odd.written(odd.folder(tmp_path_factory.mktemp("marked")), lambda table, _: canary(table))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The tables that SQLite has read: it is asked, not the pages. Of an index for search: the table that it is of."""
    found: set[str] = set()
    before = Database.execute_fn

    def note(action: int, table: str, column: str, database: str, view: str) -> int:
        if action == sqlite3.SQLITE_READ and database == "main" and not table.startswith("sqlite_"):
            found.add(table.partition("_fts")[0])
        return sqlite3.SQLITE_OK

    async def execute_fn(self: Database, function: Any) -> Any:
        def noted(connection: Any) -> Any:
            connection.set_authorizer(note)
            try:
                return function(connection)
            finally:
                connection.set_authorizer(None)

        return await before(self, noted if self.name == "cases" else function)

    monkeypatch.setattr(Database, "execute_fn", execute_fn)
    return found


async def frozen(*files: Path, **configuration: Any) -> Datasette:
    datasette = Datasette([], immutables=[str(file) for file in files], **adapter.configured({"metadata": configuration}))
    await datasette.invoke_startup()
    return datasette


def asked(address: Address) -> Iterator[str]:
    """An address as it is, and with each thing that may be asked of it."""
    yield plain(address)
    for name, parameter in () if address.format == "png" else address.asked.items():
        known = parameter and (parameter.example or (parameter.among if name == "_sort" else parameter.among[:1]))
        for value in [known] if isinstance(known, str) else known or [ASKED.get(name, "20")]:
            yield plain(address).partition("?")[0] + "?" + urlencode({name: value})


@pytest.mark.asyncio
async def test_no_private_table_is_told_of_by_any_page(marked: Path, read: set[str]) -> None:
    """What each address reads and says while all is public, it may not be asked for when any table of that is private: whatever the
    reader has of before, or the site remembers. What stays public is no longer told with a digest of the whole file."""
    settings = settings_of(home=True)
    datasette = await serve(marked, configuration=settings)
    with closing(sqlite3.connect(marked)) as db:
        tables = {
            name
            for (name,) in db.execute("select name from sqlite_master where type = 'table'")
            if "_fts" not in name and not name.startswith("sqlite_")
        }
    told: dict[str, set[str]] = {}
    for address in ADDRESSES:
        known: set[str] = set()
        for path in asked(address):
            read.clear()
            answer = await datasette.client.get(path)
            assert answer.status_code in (200, 302, 400, 404, 501), (path, answer.text)
            found = (read | {table for table in tables if canary(table) in answer.text}) & tables
            if address.format in ("zip", "jsonl"):
                found = tables & set(names())  # read by a connection of its own
            if found - known or not known:
                told[path], known = found - known, known | found
    assert len([path for path, of in told.items() if of]) > 50
    every = set().union(*told.values())
    assert every == tables

    site = await frozen(marked, **settings)
    had = {path: (await site.client.get(path)).headers.get("etag", '"none"') for path in told}
    assert len([tag for tag in had.values() if tag != '"none"']) > 50
    place = site.config if adapter.V1 else site._metadata_local
    for number, table in enumerate(sorted(every)):
        place["databases"] = {"cases": {"tables": {table: {"allow": False}}}}
        for turn, (path, of) in enumerate(told.items()):
            if path == "/robots.txt" or (table not in of and (turn + number) % 13):
                continue
            answer = await site.client.get(path, headers={"if-none-match": f"{had[path]}, *" if turn % 2 else had[path]})
            assert canary(table) not in answer.text, (table, path)
            if table in of or not path.endswith((".zip", ".jsonl")):  # these have a digest of what is in them, and nothing else
                assert "etag" not in answer.headers and "last-modified" not in answer.headers, (table, path)
            if table in of:
                assert answer.status_code == 403, (table, path, answer.status_code)
                assert "canary" not in answer.text, (table, path)


@pytest.mark.asyncio
async def test_no_other_database_is_told_of(made: Path, marked: Path, tmp_path: Path) -> None:
    """One that is private, and might be taken for that of the cases."""
    other = Path(shutil.copy(marked, tmp_path / "other.db"))
    site = await frozen(made, other, databases={"other": {"allow": False}}, **settings_of(database="cases", home=True))
    alone = await frozen(made, **settings_of(database="cases", home=True))
    for address in ADDRESSES:
        answers = [await one.client.get(plain(address)) for one in (site, alone)]
        assert answers[0].content == answers[1].content and "canary" not in answers[0].text, address.path
        assert answers[0].headers.get("etag") == answers[1].headers.get("etag"), address.path


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%2e%2e", "a%00b", "a%0d%0aX-Evil:1", "A", "a'b", "é", "a" * 5000])
async def test_an_id_is_no_path(site: Any, name: str) -> None:
    for path in ("/-/cases/{}", "/-/cases/{}.json", "/-/cases/{}.atom", "/-/authorities/{}", "/-/actors/{}.ics", "/-/cases/{}/card.png"):
        answer = await site.client.get(path.format(name))
        assert answer.status_code in (404, 302), (path, answer.status_code)
        assert "x-evil" not in answer.headers and "root:" not in answer.text


@pytest.mark.asyncio
async def test_many_feeds_at_once_are_answered_in_bounded_memory(made: Path) -> None:
    """A tenth of ten thousand, no two alike."""
    datasette = await frozen(made, **settings_of(cache=1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    feeds = [
        f"/-/{name}?{urlencode({'since': since, '_size': size})}"
        for name in ("changes.atom", f"cases/{CASE}.atom")
        for since in range(1, 26)
        for size in range(1, 21)
    ]
    answers = await asyncio.gather(*(datasette.client.get(path) for path in feeds))
    assert len(answers) == 1000 and {answer.status_code for answer in answers} == {200}
    pages = (cache.known(datasette.get_database("cases")) or {})["pages"]
    assert 0 < len(pages) <= cache.MOST_PAGES and pages.bytes <= pages.most_bytes == 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kilobytes"


def test_every_question_to_a_database_has_a_limit() -> None:
    """Datasette limits `execute`, not `execute_fn`: that stands in limit.py alone. A connection of their own have the download, whose cost
    is that of the file, once for each, and the site as files, which nobody asks for over the network."""
    package = Path(limit.__file__).parent
    calls = {
        (path.relative_to(package).as_posix(), node.func.attr)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("execute_fn", "execute_write_fn", "execute_write", "execute_isolated_fn", "connect")
    }  # fmt: skip
    assert calls == {("limit.py", "execute_fn"), ("download.py", "connect"), ("files/site.py", "connect")}


@pytest.mark.asyncio
async def test_what_takes_too_long_is_stopped(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    monkeypatch.setattr(limit, "TIME_LIMIT_MS", 50)
    started = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        await limit.ask(site.get_database("cases"), lambda connection: connection.execute(endless).fetchall())
    assert time.monotonic() - started < 5
    monkeypatch.setattr(limit, "TIME_LIMIT_MS", 2000)
    assert (await site.client.get("/-/cases")).status_code == 200


def test_only_short_texts_are_remembered_as_they_are_escaped() -> None:
    """Thousands of long ones would be what strangers put into addresses."""
    before = html._escaped.cache_info().currsize
    for number in range(20):
        assert html.quick(f"<{number}" + "x" * html.SHORT) == f"&lt;{number}" + "x" * html.SHORT
    assert html._escaped.cache_info().currsize == before
    assert html.quick("a<b, for the test") == "a&lt;b, for the test" and html._escaped.cache_info().currsize in (before + 1, 4096)
