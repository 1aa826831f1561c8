"""The record as it was known: what an earlier release said of a case, read by the same statements that read what is known now.

`earlier_rows` keeps what each release changed, backwards: the rows that stood until then, and the places of those that came
after. Undone from the newest release down to an earlier one, they give its tables as they were. Temporary tables of the same names
then stand before those of the file, for as long as somebody reads.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Iterator, Optional, Sequence

from .changes import OF_CASE as OF_CASE_CHANGED
from .rows import Connection, Row, rows

TABLES = ("changes", "earlier_rows", "releases")

SEVERAL = "{0} >= :case || '/' and {0} < :case || '0'"
CITING = f"item_type in ('event', 'statement', 'complaint', 'deadline') and {SEVERAL.format('item_id')}"
"""Types are named so that the index serves."""

OF_CASE = {
    "cases": "id = :case",
    **dict.fromkeys(
        ("case_respondents", "case_topics", "case_subjects", "key_days", "searches", "translations", "roles", "complaints"), "case_id = :case"
    ),
    "complaint_actors": SEVERAL.format("complaint_id"),
    "events": "case_id = :case",
    **dict.fromkeys(
        ("event_actors", "event_addressees", "event_respondents", "event_complaints", "event_affects", "event_ends", "measures", "decision_states"),
        SEVERAL.format("event_id"),
    ),
    "statements": "case_id = :case",
    **dict.fromkeys(("statement_actors", "answers"), SEVERAL.format("statement_id")),
    **dict.fromkeys(("stances", "statuses", "proceedings", "deadlines"), "case_id = :case"),
    **dict.fromkeys(("deadline_actors", "deadline_steps"), SEVERAL.format("deadline_id")),
    "citations": CITING,
    "sources": f"id in (select source_id from citations where {CITING})",
}  # fmt: skip
"""Table → the condition that picks a case's own rows. A document belongs to each case that cites it."""
SHARED = ("actors", "authorities", "time_limits", "vocabulary")
"""Tables that all cases share, words and law among them."""
ENTRIES = "entries"
"""Stands for the order of the entries in the file: `position` tells it in two tables, and one that is added moves all after it."""
ORDER = """select id from (select id, position from events where case_id = :case
  union select id, position from statements where case_id = :case) order by position"""
ORDERED = ("events", "statements")
PLACED = ("complaints", "deadlines")
"""Tables whose rows stand in the order of the file alone: `position` is the place."""
POSITION = "position"


@dataclass(frozen=True)
class Release:
    id: int
    released: str


def release_on(db: Connection, day: str) -> Optional[Release]:
    """The release that was current on a day: of several on one day the last; None before the first."""
    found = rows(db, "select id, released from releases where released <= :day order by id desc limit 1", day=day)
    return Release(**found[0]) if found else None


def first_release(db: Connection) -> Optional[Release]:
    found = rows(db, "select id, released from releases order by id limit 1")
    return Release(**found[0]) if found else None


def newest_release(db: Connection) -> Optional[Release]:
    found = rows(db, "select id, released from releases order by id desc limit 1")
    return Release(**found[0]) if found else None


# --- a case's rows ----------------------------------------------------------------------------------------------------


def parts() -> tuple[str, ...]:
    """Everything that is kept of a case."""
    return (*OF_CASE, ENTRIES)


def stands(db: Connection, table: str, case: Optional[str]) -> list[Row]:
    """The rows of a case in a table, or of a table that all cases share, in order; without nulls, and without `position` where it
    follows from the order."""
    if table == ENTRIES:
        return rows(db, ORDER, case=case)
    where, order = (OF_CASE[table], "id" if table == "sources" else "rowid") if case else ("1", "rowid")
    found = rows(db, f'select * from "{table}" where {where} order by {order}', **({"case": case} if case else {}))
    left_out = POSITION if table in (*PLACED, *ORDERED) else None
    return [{column: value for column, value in row.items() if value is not None and column != left_out} for row in found]


# --- back to an earlier release ---------------------------------------------------------------------------------------


def undone(newer: Sequence[Row], kept: Sequence[Row]) -> list[Row]:
    """The rows of the release before, from those of the next and what is kept of the change."""
    come = {row["place"] for row in kept if row["row"] is None}
    older = [row for place, row in enumerate(newer) if place not in come]
    for row in sorted((row for row in kept if row["row"] is not None), key=lambda row: int(row["place"])):
        older.insert(row["place"], json.loads(row["row"]))
    return older


def earlier(db: Connection, case: str, release: int) -> dict[str, list[Row]]:
    """Table → its rows as they stood in a release: only tables in which something has changed since."""
    found = {**_undone(db, release, case), **_undone(db, release, None)}
    order = found.pop(ENTRIES, None)
    if order is not None or found.keys() & {*ORDERED}:
        place = {row["id"]: number for number, row in enumerate(stands(db, ENTRIES, case) if order is None else order, 1)}
        for table in ORDERED:
            found[table] = [{**row, POSITION: place[row["id"]]} for row in found.get(table, stands(db, table, case))]
    for table in PLACED:
        if table in found:
            found[table] = [{**row, POSITION: number} for number, row in enumerate(found[table], 1)]
    return found


def _undone(db: Connection, release: int, case: Optional[str]) -> dict[str, list[Row]]:
    """Release by release, the newest first. Where a case was not there, only its row in `cases` says so."""
    found: dict[str, list[Row]] = {}
    for table, kept in _kept(db, release, case):
        found[table] = undone(found[table] if table in found else stands(db, table, case), kept)
        if table == "cases" and not found[table]:
            found = {part: [] for part in parts()}
    return found


def _kept(db: Connection, release: int, case: Optional[str]) -> Iterator[tuple[str, list[Row]]]:
    kept: list[Row] = []
    sql = """select release_id, "table", place, row from earlier_rows where case_id is :case and release_id >= :release
      order by release_id desc, "table" <> 'cases', "table", rowid"""
    for row in [*rows(db, sql, case=case, release=release), None]:
        if kept and (row is None or (row["release_id"], row["table"]) != (kept[0]["release_id"], kept[0]["table"])):
            yield kept[0]["table"], kept
            kept = []
        if row is not None:
            kept.append(row)


# --- read as it was known ---------------------------------------------------------------------------------------------


@contextmanager
def as_known(db: Connection, case: str, release: int) -> Iterator[frozenset[str]]:
    """Within, a case and what it shares with others are read as they stood in a release; yields the tables that have changed since.

    All of it happens in one transaction that is rolled back: nothing is left behind, and the file is never written to.
    """
    found = earlier(db, case, release)
    db.execute("begin")
    try:
        for table, kept in found.items():
            _stand_before(db, table, kept)
        db.execute(f"create temp view releases as select * from main.releases where id <= {int(release)}")
        db.execute(f"create temp view changes as select rowid as rowid, * from main.changes where release_id <= {int(release)}")
        if found:
            for view in rows(db, "select name, sql from main.sqlite_master where type = 'view'"):
                db.execute(f'create temp view "{view["name"]}" as {_select(view["sql"])}')
        yield frozenset(found)
    finally:
        if getattr(db, "in_transaction", True):
            db.execute("rollback")


INDEXED = """select l.name, (select group_concat('"' || i.name || '"', ', ') from pragma_index_info(l.name, 'main') i) as columns
  from pragma_index_list(:table, 'main') l"""


def _stand_before(db: Connection, table: str, kept: Sequence[Row]) -> None:
    """Without what the file demands of a row, since a column may be younger than the row; with its indexes, keys among them."""
    db.execute(f'create temp table "{table}" as select * from main."{table}" where 0')
    columns = [column["name"] for column in rows(db, "select name from pragma_table_info(:table, 'temp')", table=table)]
    sql = f'insert into temp."{table}" values ({", ".join(f":c{number}" for number in range(len(columns)))})'
    for row in kept:
        db.execute(sql, {f"c{number}": row.get(column) for number, column in enumerate(columns)})
    for index in rows(db, INDEXED, table=table):
        db.execute(f'create index temp."{index["name"].removeprefix("sqlite_")}" on "{table}" ({index["columns"]})')


def _select(sql: str) -> str:
    """What a view selects: all that follows its name."""
    return re.split(r"\bas\s", sql, maxsplit=1, flags=re.IGNORECASE)[1]


# --- what has happened since ------------------------------------------------------------------------------------------

SINCE = f"select count(*) as number from changes x where x.release_id > :release and x.rowid in ({OF_CASE_CHANGED})"


def changes_since(db: Connection, case: str, release: int) -> int:
    """How many changes later releases brought in a case."""
    return int(rows(db, SINCE, case=case, release=release)[0]["number"])


def release_after(db: Connection, release: int) -> Optional[int]:
    """The number of the next release; None after the newest."""
    found: Optional[int] = rows(db, "select min(id) as id from releases where id > :release", release=release)[0]["id"]
    return found


def last_seen(db: Connection, case: str) -> Optional[Release]:
    """The last release that had a case which is no longer there."""
    found = rows(
        db,
        """select r.id, r.released from earlier_rows e join releases r on r.id = e.release_id
      where e.case_id = :case and e."table" = 'cases' and e.row is not null order by r.id desc limit 1""",
        case=case,
    )
    return Release(**found[0]) if found else None
