"""What a page of one case, and a line of the list, asks does not grow with the number of cases: no statement reads a whole table, of those
that grow. What the list asks of all cases (numbers of its filters, what is due) reads each table once at most."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any, Iterator

import pytest

from datasette_cases.query import case, case_sorts, cases, changes, facts, follow_up, snapshot, statements
from datasette_cases.query.case_sorts import walked
from datasette_cases.query.standing import standing

pytestmark = pytest.mark.once

BOUND = {"case": "a", "day": "2024-06-06", "language": "en", "later": 0, "ids": "[]"}
BOUND |= {
    "authority": "b",
    "actor": "a",
    "kind": "new",
    "since_release": "2",
    "since_day": "2024-06-06",
    "last": 3,
    "items": "[]",
    "cases": "[]",
}
BOUND |= {"size": 100, "last_case": None, "last_reason": None, "last_item": None}
STATEMENTS = {
    "case": case.CASE,
    **{part: case.ENTRY_DAYS + sql if "entry_days" in sql else sql for part, sql in {**case.HEAD, "actors": case.ACTORS}.items()},
    "standing": standing((), ":day", "p.case_id = :case"),
    **{f"diff {table}": sql for table, sql in {**snapshot.WRITTEN, **snapshot.FOLLOWING}.items()},
    **{f"diff lists of {column}": snapshot.values_of(column) for column in snapshot.LISTS},
    "diff sources": snapshot.SOURCES,
    "diff answers": snapshot.ANSWERS,
    "audit": follow_up.LISTED.format(where=follow_up.FILTERS["case"]),
    **{f"changes by {name}": changes.LISTED.format(where=changes.where([name], 3)) for name in changes.FILTERS},
    **{f"changes: {part}": sql for part, sql in changes.PARTS.items()},
    **{fact: facts.sql(fact, "a", "2024-06-06") for fact in facts.FACTS},
}
SAID = {
    "first page": statements.Asked(),
    "next page": statements.Asked(last="a/b"),
    "oldest first": statements.Asked(descending=False, retracted=True),
    **{name: statements.Asked({name: "x"}) for name in statements.FILTERS},
    "by relevance": statements.Asked({"q": "x"}, sort=statements.RELEVANCE, last="a/b"),
}
"""What can be asked of the list of statements."""
LINES = {
    **cases.PARTS,
    "due": cases.KNOWN + cases.DUE.format(where=f"k.case_id {cases.OF}"),
}
"""What the list asks of the cases of a page."""
SMALL = {"releases", "entry_days", "t", "o", "n", "json_each", "ids", "f", "l", "listed", "p", "CONSTANT"}
"""What may be read whole: releases, the days and entries of one case, what there is to look at in it, lists in JSON."""


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    """The tables alone, so that SQLite cannot plan by how small they are."""
    connection = sqlite3.connect(":memory:")
    connection.executescript((Path(__file__).parent.parent / "docs" / "schema.sql").read_text(encoding="utf-8"))
    yield connection
    connection.close()


@pytest.mark.parametrize("name", STATEMENTS)
def test_nothing_that_grows_is_read_whole(empty: sqlite3.Connection, name: str) -> None:
    assert set(scanned(empty, STATEMENTS[name])) <= SMALL


@pytest.mark.parametrize("name", [*SAID, *statements.PARTS, "marks"])
def test_a_page_of_statements_reads_no_table_whole(empty: sqlite3.Connection, name: str) -> None:
    """What was said is read in the order of its day, by index, up to the size of the page; what belongs to it is looked up. By
    relevance what full-text search found is read (`f`, `found`), and no more of it than `MOST_FOUND`."""
    sql = statements.listed(SAID[name]) if name in SAID else statements.PARTS.get(name, statements.MARKS)
    bound = {**BOUND, **statements.Asked(last="a/b").bound("2024-06-06", "en"), "q": "x", "start": "", "end": ""}
    small = {"by relevance": {"s", "f", "found"}, "marks": {"n"}}.get(name, set())
    ordered = name in ("first page", "next page", "oldest first", "question", "answer", "kind")
    assert set(scanned(empty, sql, bound)) <= {"json_each", "wanted"} | small
    if ordered or name in ("actor", "form", "language", "confidence", "from", "to"):
        assert not any("TEMP B-TREE" in row[3] for row in empty.execute("explain query plan " + sql, bound))


@pytest.mark.parametrize("asked", SAID.values(), ids=list(SAID))
def test_what_was_said_is_counted_once_for_all_numbers_under_the_same_conditions(asked: statements.Asked) -> None:
    """The numbers of the filters read each statement once; once more for each filter that is set."""
    found = {asked.found("1", *statements.TOGETHER.get(name, (name,))) for name in statements.COUNTED}
    assert len(found) <= 1 + len(asked.filters)


@pytest.mark.parametrize("name", LINES)
def test_no_line_of_the_list_reads_a_table_whole(empty: sqlite3.Connection, name: str) -> None:
    assert set(scanned(empty, LINES[name])) <= SMALL


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", case_sorts.SORTS)
def test_the_first_page_of_the_list_is_found_by_index(empty: sqlite3.Connection, sort: str, descending: bool) -> None:
    """Whatever it is sorted by, it is read in that order, up to the size of the page; of one day of last acts all that fall on it are."""
    plan = [row[3] for row in empty.execute("explain query plan " + walked(case_sorts.SORTS[sort].walks[0], "1", descending), BOUND)]
    assert re.match(r"(SCAN|SEARCH) [ck] USING (COVERING )?INDEX idx_|SEARCH d USING INDEX idx_deadlines_day_end", plan[0]), "\n".join(plan)
    assert not any("TEMP B-TREE" in line for line in plan) or (sort == "last_act" and "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY" in plan)


def test_the_first_page_of_changes_is_read_from_the_newest_release_on(empty: sqlite3.Connection) -> None:
    plan = [row[3] for row in empty.execute("explain query plan " + changes.LISTED.format(where=changes.where([])), BOUND)]
    assert [line for line in plan if re.match(r"SCAN x\b", line)] == ["SCAN x USING INDEX idx_changes_release_id"], "\n".join(plan)


def scanned(empty: sqlite3.Connection, sql: str, bound: dict[str, Any] = BOUND) -> list[str]:
    """What SQLite would read whole."""
    plan = [row[3] for row in empty.execute("explain query plan " + sql, bound)]
    return [found.group(1) for line in plan if (found := re.match(r"SCAN (\w+)\b(?! VIRTUAL)", line))]
