"""What every page really asks of SQLite, and how SQLite would find it: no table that grows with the whole is read whole, but for the
reasons given here. The SQL is taken down while pages are made; it is planned on empty tables, so that no table seems small."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path
from typing import Iterator

import pytest
import pytest_asyncio

from .recording import Recording, scanned, steps
from .site import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from _load import Load, addresses, chronicle  # noqa: E402

BOUNDED = {"vocabulary", "releases", "time_limits", "authorities"}
"""Tables that do not grow with the number of cases."""

A_PAGE = "read in the order of an index, up to the size of the page"
PER_CHANGE = "changes are counted by kind, and by release"

ALLOWED = {
    "/-/cases": {"cases": f"{A_PAGE}; those with words are counted, up to a bound", "nothing_found": A_PAGE},
    "/-/deadlines": {"deadlines": A_PAGE},
    "/-/changes": {"changes": f"{A_PAGE}; {PER_CHANGE}", "cases": "up to as many as are counted"},
    "/-/authorities": {"cases": A_PAGE, "actors": "joined to the authorities"},
}  # fmt: skip
"""Address → table that is read whole → why. An address stands for itself with whatever is asked of it, and for its other forms."""


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A database, and one of ten times as many cases; none is very large, so that their pages are alike."""
    folder, most = tmp_path_factory.mktemp("load"), chronicle.MOST
    chronicle.MOST = chronicle.USUAL
    few, many = (Load(cases, cases * 15, 1).build(folder / f"{cases}.db").path for cases in (14, 140))
    chronicle.MOST = most
    yield few, many


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript((ROOT / "docs" / "schema.sql").read_text(encoding="utf-8"))
    yield connection
    connection.close()


@pytest_asyncio.fixture
async def recorded(sizes: tuple[Path, Path]) -> object:
    recordings = [await Recording.of(path) for path in sizes]
    yield recordings
    for recording in recordings:
        recording.close()


def growing(empty: sqlite3.Connection) -> set[str]:
    names = {name for (name,) in empty.execute("select name from sqlite_master where type = 'table'")}
    return {name for name in names if not re.search("_fts|sqlite", name)} - BOUNDED - {"facets", "deadline_days", "record_days"}


def read_whole(empty: sqlite3.Connection, sql: str) -> Iterator[str]:
    """Tables that grow and would be read whole. An alias stands for every table that has it anywhere in the statement."""
    tables = growing(empty)
    views = " ".join(text for (text,) in empty.execute("select sql from sqlite_master where type = 'view'"))
    text = sql + (views if "follow_up" in sql or "timeline" in sql else "")
    for line in scanned(empty, sql):
        alias = line.split()[1]
        named = {table for table in tables if table == alias or re.search(rf"\b(?:from|join)\s+{table}\s+(?:as\s+)?{alias}\b", text)}
        yield from named


@pytest.mark.asyncio
@pytest.mark.parametrize("address", addresses.ADDRESSES)
async def test_no_page_reads_a_table_that_grows_whole(recorded: list[Recording], empty: sqlite3.Connection, address: str) -> None:
    base = re.sub(r"\.\w+$", "", address.partition("?")[0])
    found = {table for sql in await recorded[0].sql(address) for table in read_whole(empty, sql)}
    assert found <= ALLOWED.get(base, {}).keys(), found


@pytest.mark.asyncio
@pytest.mark.parametrize("address", [*addresses.ONE, *addresses.LISTS])
async def test_a_page_costs_the_same_in_a_larger_database(recorded: list[Recording], sizes: tuple[Path, Path], address: str) -> None:
    """Counted in instructions of SQLite's machine. Ten times as many cases have more values in their filters, up to a bound."""
    few, many = [
        sum(steps(connection, sql) for sql in await recording.sql(address))
        for recording, connection in zip(recorded, map(sqlite3.connect, sizes), strict=True)
    ]
    assert many <= 1.5 * few + 10_000, (few, many)


def test_every_reason_is_needed() -> None:
    assert ALLOWED.keys() <= {re.sub(r"\.\w+$", "", address.partition("?")[0]) for address in addresses.ADDRESSES}
