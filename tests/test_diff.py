"""`datasette cases diff`: what changed between two databases, and nothing else."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Iterator, Optional

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from datasette_cases.cli import cases as program
from datasette_cases.history.compare import Change
from datasette_cases.history.diff import Diff, diff
from datasette_cases.history.told import FLAGS
from datasette_cases.model.case import Case
from datasette_cases.page.changes import FIELDS
from datasette_cases.query import snapshot
from datasette_cases.store.tables import TABLES

from . import made
from .strategies import cases
from .test_follow_up import entry, says, with_official
from .test_reckoned import SOURCE, Site, complaint, deadline
from .test_rows import few
from .test_rows import written as rows_of

pytestmark = pytest.mark.once

OTHER = "https://example.org/b"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["diff", *map(str, arguments)])


def built(folder: Path, **parts: Any) -> Path:
    folder.mkdir()
    site = with_official(folder)
    site.build(**parts)
    return site.target


@pytest.fixture
def two(tmp_path: Path) -> Any:
    """What is said of two states of a case, after its title."""

    def said(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        done = run(built(tmp_path / "old", **old), built(tmp_path / "new", **new))
        assert done.exit_code == 0, done.output
        lines = done.output.splitlines()
        assert lines[0] == "From the release of 2026-11-24 to that of 2026-11-24"
        assert lines[1:3] == ["", "plan: Plan"]
        return lines[3:]

    return said


# --- in sentences -----------------------------------------------------------------------------------------------------

OLD = {
    "complaints": [complaint()],
    "entries": [
        entry("word", says=says(quote="Too early.", language="en", answers={"lawful": "undecided"})),
        entry("mistaken", act="hearing"),
    ],
    "deadlines": [deadline(last_day="2024-08-01", basis="set")],
    "searches": [{"date": "2026-01-05", "places": ["press"], "languages": ["en"]}],
}


def test_everything_in_sentences_and_then_what_follows(two: Any) -> None:
    new = {
        "complaints": [complaint(), complaint("fr", authority="fr-cnil")],
        "entries": [
            {**OLD["entries"][0], "says": says(quote="Too early!", language="en", answers={"lawful": "no"}), "sources": [SOURCE, OTHER]},
            {**OLD["entries"][1], "retracted": "It was another case."},
            entry("decides", date="2024-07-01", act="decision", complaints=["c"], outcome="upheld", summary="Grants it."),
        ],
        "deadlines": [deadline(last_day="2024-08", basis="announced", outcome="met", closed_by="decides")],
        "searches": [{"date": "2026-01-05", "places": ["press", "courts"], "languages": ["en"]}],
    }
    assert two({**OLD, "entries": [{**OLD["entries"][0], "sources": [SOURCE]}, OLD["entries"][1]]}, new) == [
        "New:",
        "  Complaint fr is new: fr-cnil, 2024-06-06",
        "  Entry decides is new: Grants it.",
        "Corrected:",
        "  Search of 2026-01-05, places: press → press, courts",
        "  Entry word, quote: “Too early.” → “Too early!”",
        "  Entry word, Is the processing lawful?: Examining → Finds it unlawful",
        "  Deadline d, last day: 2024-08-01 → 2024-08",
        "  Deadline d, basis: Set → Announced",
        "  Deadline d, outcome: Open → Met",
        "  Deadline d, closed by: nothing → plan/decides",
        "Retracted:",
        "  Entry mistaken is retracted: It was another case.",
        "Sources added:",
        f"  Entry word has another source: {OTHER}",
        "What follows:",
        "  Complaints in all: 1 → 2",
        "  Deadline fr--78-2, reckoned day: nothing → 2024-09-06",
        "  Role of fr-cnil: nothing → Received a complaint",
        "  nl-ap, Is the processing lawful?: Examining → Finds it unlawful",
        "  Status with fr-cnil, complaint fr: nothing → Lodged",
        "  Status with nl-ap, complaint c: Lodged → Decided",
    ]


def test_what_is_gone_without_a_word(two: Any) -> None:
    assert two(OLD, {**OLD, "entries": OLD["entries"][:1]}) == ["Retracted:", "  Entry mistaken is gone: Acts."]


def test_an_act_that_comes_with_words_is_one_thing(two: Any) -> None:
    both = entry(
        "both",
        date="2024-07-01",
        act="decision",
        outcome="upheld",
        complaints=["c"],
        says=says(answers={"lawful": "no"}),
        fine={"currency": "EUR"},
    )
    assert two(OLD, {**OLD, "entries": [*OLD["entries"], both]})[:2] == ["New:", "  Entry both is new: Acts."]


def test_words_that_are_added_to_an_act(two: Any) -> None:
    spoken = {**OLD["entries"][1], "says": says(quote="We listen.", language="en")}
    assert two(OLD, {**OLD, "entries": [OLD["entries"][0], spoken]}) == ["New:", "  Entry mistaken is new: We listen."]


def test_an_act_on_all_complaints_is_about_a_new_one_too(two: Any) -> None:
    old = {"complaints": [complaint()], "entries": [entry(act="hearing", complaints="all")]}
    new = {**old, "complaints": [complaint(), complaint("d")]}
    assert two(old, new)[:3] == ["New:", "  Complaint d is new: nl-ap, 2024-06-06", "What follows:"]


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("entries", {"by": "ie-dpc"}, "Entry e, actors: nl-ap → ie-dpc"),
        ("entries", {"by": ["nl-ap", "ie-dpc"]}, "Entry e, actors: nl-ap → nl-ap, ie-dpc"),
        ("entries", {"by": {"country": "NL"}}, None),
        ("entries", {"date": "2024-07"}, "Entry e, date: 2024-07-01 → 2024-07"),
        ("entries", {"date": "2024-07-01/2024-07-03"}, "Entry e, date: 2024-07-01 → 2024-07-01/2024-07-03"),
        ("entries", {"outcome": "rejected"}, "Entry e, outcome: Upheld → Rejected"),
        ("entries", {"decision_state": "final"}, "What became of e, state: Open to appeal → Final"),
        ("entries", {"context": "yes"}, "Entry e, context: no → yes"),
        ("roles", {"since": "2024-06-03"}, "Role of ie-dpc, since: 2024-06-01 → 2024-06-03"),
        ("complaints", {"authority": "fr-cnil"}, "Complaint c, authority: nl-ap → fr-cnil"),
        ("complaints", {"filed": "2024-06-03"}, "Complaint c, filed: 2024-06-06 → 2024-06-03"),
        ("complaints", {"count": "2"}, "Complaint c, count: 1 → 2"),
        ("complaints", {"by": ["nl-ap"]}, "Complaint c, complainants: noyb → nl-ap"),
    ],
)
def test_one_edit_is_one_change(two: Any, part: str, change: dict[str, Any], told: Optional[str]) -> None:
    """What else it moves in the database follows from it."""
    act = entry(
        date="2024-07-01", act="decision", outcome="upheld", decision_state="appealable", affects=["nl-ap"], measures=[{"kind": "58-2-a"}]
    )
    role = {"authority": "ie-dpc", "role": "lead", "since": "2024-06-01"}
    old: dict[str, Any] = {"complaints": [complaint()], "entries": [act], "roles": [role]}
    lines = two(old, {**old, part: [{**old[part][0], **change}]})
    changes = [line for line in lines[: lines.index("What follows:") if "What follows:" in lines else None] if line.startswith("  ")]
    if told:
        assert changes == [f"  {told}"]
    else:
        assert changes == ["  Entry e, actor country: nothing → NL", "  Entry e, actors: nl-ap → nothing"]


def test_a_case_that_comes_or_goes_is_one_change(tmp_path: Path) -> None:
    one, other = built(tmp_path / "one", **OLD), tmp_path / "other.db"
    shutil.copy(one, other)
    made.folder(tmp_path / "more")
    shutil.copy(tmp_path / "more" / "cases" / "acme-0.yml", tmp_path / "one" / "data" / "cases")
    more = Site.__new__(Site)
    more.folder, more.target = tmp_path / "one" / "data", one
    more.build(**OLD)
    first = "From the release of 2026-11-24 to that of 2026-11-24\n\nacme-0: Acme: été 0\n"
    assert run(other, one).output.startswith(f"{first}New:\n  Case acme-0 is new: Acme: été 0\n")
    assert run(one, other).output.startswith(f"{first}Retracted:\n  Case acme-0 is gone: Acme: été 0\n")


def test_for_programs(tmp_path: Path) -> None:
    old, new = built(tmp_path / "old", **OLD), built(tmp_path / "new", **{**OLD, "title": "Plans"})
    data = json.loads(run(old, new, "--json").output)
    assert data == {
        "old": "2026-11-24",
        "new": "2026-11-24",
        "cases": [
            {
                "id": "plan",
                "title": "Plans",
                "changes": [
                    {
                        "item": "cases/plan", "column": "title", "old": "Plan", "new": "Plans", "kind": "corrected", "reason": None,
                        "said": "Case plan, title: Plan → Plans",
                    }
                ],
                "follows": [],
            }
        ],
        "shared": [],
    }  # fmt: skip


# --- what cannot be compared ------------------------------------------------------------------------------------------


def test_databases_of_two_versions(tmp_path: Path) -> None:
    old = built(tmp_path / "old", **OLD)
    new = tmp_path / "new.db"
    shutil.copy(old, new)
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("update releases set schema_version = 99")
        connection.commit()
    done = run(old, new)
    message = "the old database has tables of version 1, the new one of version 99; build both with one version of the program\n"
    assert (done.exit_code, done.output) == (1, message)


def test_what_is_no_database(tmp_path: Path) -> None:
    good, text, other, empty = built(tmp_path / "old", **OLD), tmp_path / "text.db", tmp_path / "other.db", tmp_path / "empty.db"
    text.write_text("no database")
    sqlite3.connect(other).close()
    other.touch()
    shutil.copy(good, empty)
    with closing(sqlite3.connect(empty)) as connection:
        connection.execute("delete from releases")
        connection.commit()
    named = "name a database that `datasette cases build` made"
    one = "name one that `datasette cases build` made"
    for path, message in (
        (tmp_path / "none.db", f"found no such file; {named}"),
        (text, f"found no database of cases (file is not a database); {one}"),
        (other, f"found no database of cases (no such table: releases); {one}"),
        (empty, f"found no release in it; {named}"),
    ):
        for pair in ((path, good), (good, path)):
            done = run(*pair)
            assert (done.exit_code, done.output) == (1, f"{path}: {message}\n")


# --- properties -------------------------------------------------------------------------------------------------------


@few
@given(cases())
def test_nothing_changed_between_a_database_and_itself(case: Case) -> None:
    db = rows_of(case)
    db.execute("insert into releases values (1, '2026-11-24', 1, 'x', 'x')")
    connection: Any = getattr(db, "conn", db)
    assert not diff(connection, connection)


def test_the_real_data_and_itself(real_db: Path) -> None:
    done = run(real_db, real_db)
    assert (done.exit_code, done.output) == (0, "No differences between the releases of 2026-11-24 and 2026-11-24.\n")


UNTOLD = {
    "cases": {"opened", "opened_precision", "opened_end", "last_act", "last_act_precision", "last_act_end", "checked", "total_complaints"},
    "deadlines": {"reckoned_day", "reckoned_day_first", "start_event_id", "start_day", "day_end", "known_from", "settled_from"},
    "events": {"actor_id"},
    "statements": {"actor_id"},
    "complaints": {"country"},
    "sources": {"url"},
}
"""What is worked out, and told as following or not at all; an address is what a source is known by."""
OF_AN_EDITOR = {
    "deadlines": "where not instr(id, '--')",
    "deadline_actors": "where deadline_id in (select id from deadlines where not instr(id, '--'))",
    "statement_actors": "where statement_id in (select id from statements where event_id is null)",
    "citations": """where item_type in ('event', 'complaint') or item_id in (select id from statements where event_id is null)
      or item_id in (select id from deadlines where not instr(id, '--'))""",
}
"""Rows that an editor's files fill, of tables of which the program fills some."""
WITH_PARTS = ("cases", "case_subjects", "complaints", "events", "measures", "statements", "deadlines", "actors", "authorities", "sources")
KEYS = {"id", "case_id", "position", "event_id", "rowid"}


@pytest.fixture
def pair(real_db: Path, tmp_path: Path) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    shutil.copy(real_db, tmp_path / "new.db")
    with closing(sqlite3.connect(real_db)) as old, closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as new:
        yield old, new


def everything(found: Diff) -> list[Change]:
    return [*(change for case in found.cases for change in case.changes), *found.shared]


@pytest.mark.parametrize("table", WITH_PARTS)
def test_one_changed_value_is_named_and_nothing_else(pair: tuple[sqlite3.Connection, sqlite3.Connection], table: str) -> None:
    """In every column of every table that an editor fills, in a row picked at random."""
    old, new = pair
    columns = [row[1] for row in old.execute(f"pragma table_info([{table}])")]
    told = [
        column
        for column in columns
        if column not in KEYS | UNTOLD.get(table, set())
        and not column.endswith(("_precision", "_end"))
        and not (table == "authorities" and column in snapshot.OF_THE_ACTOR)
    ]
    assert told
    for column in told:
        alone = "where event_id is null" if table == "statements" and column in snapshot.SHARED else OF_AN_EDITOR.get(table, "")
        found = old.execute(f"select rowid, [{column}] from [{table}] {alone} order by rowid").fetchall()
        if not found:
            continue
        rowid, before = random.Random(f"{table} {column}").choice(found)
        new.execute("begin")
        new.execute(f"update [{table}] set [{column}] = ? where rowid = ?", (7 if isinstance(before, (int, float)) else "changed", rowid))
        changes = everything(diff(old, new))
        new.execute("rollback")
        if table == "measures" and column == "kind":  # by which it is known
            assert [change.kind for change in changes] == ["new", "retracted"]
            continue
        (change,) = changes
        assert change.item.startswith(f"{table}/") and change.column == column, (column, change)
        assert (change.new or "").split("/")[0] in ("7", "7.0", "changed"), change
        assert change.kind == ("retracted" if column == "retracted" else "corrected")


CHILDREN = {
    "case_respondents": "respondents", "case_topics": "topics", "complaint_actors": ("complainants", "respondents"), "event_actors": "actors",
    "event_addressees": "addressees", "event_respondents": "respondents", "event_complaints": "complaints", "event_affects": "affects",
    "event_ends": "ends", "deadline_actors": ("actors", "addressees"), "citations": "sources", "answers": None, "searches": None,
    "key_days": None, "translations": None, "measures": None, "statement_actors": "actors",
}  # fmt: skip


@pytest.mark.parametrize("table", CHILDREN)
def test_one_missing_row_is_named_and_nothing_else(pair: tuple[sqlite3.Connection, sqlite3.Connection], table: str) -> None:
    old, new = pair
    rowids = [row[0] for row in old.execute(f"select rowid from [{table}] {OF_AN_EDITOR.get(table, '')} order by rowid")]
    for rowid in random.Random(table).sample(rowids, min(3, len(rowids))):
        new.execute("begin")
        new.execute(f"delete from [{table}] where rowid = ?", [rowid])
        (change,) = everything(diff(old, new))
        (back,) = everything(diff(new, old))
        new.execute("rollback")
        wanted = CHILDREN[table]
        if wanted:
            assert change.column in ((wanted,) if isinstance(wanted, str) else wanted)
            assert (change.kind, back.kind) == ("corrected", "source-added" if wanted == "sources" else "corrected")
        elif table == "answers":
            assert (change.item.partition("/")[0], change.new, back.old) == ("answers", None, None)
        else:
            assert (change.kind, back.kind, change.old) == ("retracted", "new", back.new)
        assert change.item == back.item


def test_every_table_is_compared_or_follows() -> None:
    """A table that is added must be thought of here too."""
    rest = {"decision_states", "stances", "statuses", "proceedings", "deadline_steps", "time_limits", "vocabulary"}
    rest |= {"releases", "changes", "earlier_rows", "facets", "deadline_days", "deadline_months", "overdue_deadlines"}
    assert {table.name for table in TABLES} == {*snapshot.WRITTEN, *snapshot.LIBRARY, *CHILDREN, *rest}


def test_words_are_told_by_labels() -> None:
    """Every column of a closed list is told in its words."""
    plain = {
        "statuses",
        "stances",
        "vocabulary",
        "deadline_actors",
        "complaint_actors",
        "citations",
        "answers",
        "time_limits",
        "proceedings",
        "changes",
    }
    for table in TABLES:
        for column in table.columns:
            if column.about.words and not column.name.endswith("_precision") and table.name not in plain:
                field = FIELDS.get(f"{table.name}.{column.name}") or FIELDS.get(column.name)
                assert field == column.about.words.field, (table.name, column.name)
            if column.type is int and column.name not in ("position", "count", "total_complaints") and table.name in snapshot.WRITTEN:
                assert column.name in FLAGS, column.name


def test_it_is_told_in_the_same_order_in_every_process(real_db: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    shutil.copy(real_db, new)
    with closing(sqlite3.connect(new)) as connection:
        for table in ("event_actors", "statements", "citations", "statuses", "stances"):
            connection.execute(f"delete from [{table}] where rowid % 3 = 0")
        connection.execute("update events set note = 'x', scope = 'y', reference = 'z'")
        connection.commit()
    code = "import sys; from datasette_cases.cli import cases; cases(['diff', *sys.argv[1:]])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(real_db), str(new)], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parent.parent,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1 and outputs.pop().count("\n") > 50
