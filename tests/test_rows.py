"""What is written into the database can be read out of it: the same facts, and what follows from them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, Iterator, Optional, Union

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from datasette_cases.i18n import SOURCE_LANGUAGE, catalogue
from datasette_cases.model.case import Case, Complaint, Deadline, Entry
from datasette_cases.model.decision_state import decision_states_of
from datasette_cases.model.role import roles_of
from datasette_cases.model.stance import stances_of
from datasette_cases.model.status import statuses_of
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.source.read import Library as Files
from datasette_cases.source.read import read_case
from datasette_cases.store import tables as t
from datasette_cases.store.rows import address, case_rows, citation_rows, library_rows, time_limit_rows, vocabulary_rows
from datasette_cases.store.schema import create_indexes, create_tables, placeholders

from .strategies import (
    COUNTRIES,
    HOSTS,
    KINDS,
    OTHERS,
    RELEASED,
    SUBJECTS,
    Raw,
    actors,
    authorities,
    case_of,
    cases,
    chronicles,
    did,
    filed,
    library,
    publishers,
    raw_case,
    raw_cases,
    raw_chronicles,
    said,
    urls,
)

pytestmark = pytest.mark.once

Row = tuple[Any, ...]

few = settings(max_examples=50)
"""Whole cases are large, and each is written into a database."""


def written(*records: Case) -> sqlite3.Connection:
    """A database with the cases, everybody in them and their sources."""
    connection = sqlite3.connect(":memory:")
    empty().backup(connection)
    rows = [*time_limit_rows(), *library_rows(authorities(), actors())]
    for case in records:
        rows += [*case_rows(case, GDPR, library()), *citation_rows(case, publishers())]
    for row in rows:
        connection.execute(INSERTS[type(row)], row)
    return connection


@cache
def empty() -> sqlite3.Connection:
    """A database with all tables and nothing in them."""
    connection = sqlite3.connect(":memory:")
    create_tables(Database(connection, execute_plugins=False))
    create_indexes(Database(connection, execute_plugins=False))
    return connection


INSERTS = {table.row: placeholders(table) for table in t.TABLES}


def table(connection: sqlite3.Connection, name: str, *columns: str) -> list[Row]:
    return connection.execute(f"select {', '.join(f'[{column}]' for column in columns)} from [{name}] order by rowid").fetchall()


def groups(connection: sqlite3.Connection, name: str, key: str, *columns: str) -> dict[str, list[Any]]:
    """What stands in a table by a key, in order; a single column without a tuple around it."""
    found = defaultdict(list)
    for first, *rest in table(connection, name, key, *columns):
        found[first].append(rest[0] if len(rest) == 1 else tuple(rest))
    return dict(found)


def as_written(start: str, precision: str, end: str) -> str:
    """A date as the editor wrote it, from its three columns."""
    return f"{start}/{end}" if precision == "interval" else start


# --- the cases are fair -----------------------------------------------------------------------------------------------


def files() -> Files:
    everybody = frozenset(COUNTRIES)
    return Files(authorities(), actors(), publishers(), frozenset(HOSTS), frozenset(KINDS), everybody)


@few
@given(st.one_of(raw_cases(), raw_chronicles()))
def test_random_cases_are_cases_an_editor_could_write(tmp_path_factory: pytest.TempPathFactory, case: Raw) -> None:
    """What is shown for random cases says something about real ones: the checker finds nothing in them."""
    path = tmp_path_factory.mktemp("case") / f"{case['id']}.yml"
    path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    found = read_case(path, path.name, files(), {"gdpr": GDPR}, RELEASED)
    assert [str(problem) for problem in found.problems] == []
    assert found.case == Case.model_validate(case)


# --- what an editor wrote ---------------------------------------------------------------------------------------------


@few
@given(cases())
def test_a_case_is_read_back_as_it_was_written(case: Case) -> None:
    db = written(case)
    assert table(db, "cases", "id", "title", "summary", "regime") == [(case.id, case.title, case.summary, case.regime)]
    assert [actor for (actor,) in table(db, "case_respondents", "actor_id")] == case.respondents
    assert table(db, "case_subjects", "id", "title") == [(subject.id, subject.title) for subject in case.subjects or ()]
    assert table(db, "key_days", "date", "label") == [(str(day.date), day.label) for day in case.key_days or ()]
    assert {topic for (topic,) in table(db, "case_topics", "topic")} == set(case.topics or ())
    searches = [(str(s.date), s.places, s.languages) for s in case.searches or ()]
    assert [(date, json.loads(p), json.loads(l)) for date, p, l in table(db, "searches", "date", "places", "languages")] == searches
    titles = {language: words.title for language, words in (case.translations or {}).items()}
    assert dict(table(db, "translations", "language", "text")) == titles


@few
@given(cases())
def test_complaints_are_read_back_as_they_were_written(case: Case) -> None:
    db = written(case)
    columns = ("id", "position", "authority_id", "count", "brought_under", "strand", "note", "handled_by_id")
    assert table(db, "complaints", *columns) == [
        (f"{case.id}/{c.id}", n, c.authority, c.count, c.brought_under, c.strand, c.note, c.handled_by.authority if c.handled_by else None)
        for n, c in enumerate(case.complaints or (), 1)
    ]
    dates = {key: as_written(*rest) for key, *rest in table(db, "complaints", "id", "filed", "filed_precision", "filed_end")}
    assert dates == {f"{case.id}/{c.id}": str(c.filed) for c in case.complaints or ()}
    countries = dict(table(db, "complaints", "id", "country"))
    assert countries == {f"{case.id}/{c.id}": c.country or COUNTRIES[c.authority or ""] for c in case.complaints or ()}
    numbers = [json.loads(value or "null") for (value,) in table(db, "complaints", "reference_numbers")]
    assert numbers == [c.reference_numbers for c in case.complaints or ()]
    sides = groups(db, "complaint_actors", "complaint_id", "actor_id", "role")
    for complaint in case.complaints or ():
        respondents = [(actor, "respondent") for actor in complaint.respondents or case.respondents]
        assert sides[f"{case.id}/{complaint.id}"] == [*((actor, "complainant") for actor in complaint.by), *respondents]


def acts(case: Case) -> dict[str, Entry]:
    return {f"{case.id}/{entry.id}": entry for entry in case.entries or () if entry.act}


def spoken(case: Case) -> dict[str, Entry]:
    return {f"{case.id}/{entry.id}": entry for entry in case.entries or () if entry.says}


def named(entry: Entry) -> list[str]:
    return entry.by if isinstance(entry.by, list) else []


@few
@given(cases())
def test_acts_are_read_back_as_they_were_written(case: Case) -> None:
    db = written(case)
    columns = ("act", "summary", "status", "strand", "outcome", "scope", "reference", "confidence", "note", "retracted")
    assert {key: rest for key, *rest in table(db, "events", "id", *columns)} == {
        key: [getattr(entry, column) for column in columns] for key, entry in acts(case).items()
    }
    dates = {key: as_written(*rest) for key, *rest in table(db, "events", "id", "date", "date_precision", "date_end")}
    assert dates == {key: str(entry.date) for key, entry in acts(case).items()}
    flags = {key: rest for key, *rest in table(db, "events", "id", "context", "separately", "published")}
    assert flags == {k: [e.context, e.separately, str(e.published) if e.published else None] for k, e in acts(case).items()}
    assert groups(db, "event_actors", "event_id", "actor_id") == {k: named(e) for k, e in acts(case).items() if named(e)}
    assert groups(db, "event_affects", "event_id", "authority_id") == {k: e.affects for k, e in acts(case).items() if e.affects}
    named_complaints = {k: [f"{case.id}/{c}" for c in e.complaints] for k, e in acts(case).items() if isinstance(e.complaints, list)}
    found = groups(db, "event_complaints", "event_id", "complaint_id")
    assert {key: found[key] for key in named_complaints} == named_complaints


@few
@given(cases())
def test_words_are_read_back_as_they_were_written(case: Case) -> None:
    db = written(case)
    columns = ("quote", "language", "translation", "translator", "form")
    assert {key: rest for key, *rest in table(db, "statements", "id", *columns)} == {
        key: [getattr(entry.says, column) for column in columns] for key, entry in spoken(case).items()
    }
    dates = {key: as_written(*rest) for key, *rest in table(db, "statements", "id", "date", "date_precision", "date_end")}
    assert dates == {key: str(entry.date) for key, entry in spoken(case).items()}
    assert groups(db, "statement_actors", "statement_id", "actor_id") == {k: named(e) for k, e in spoken(case).items() if named(e)}
    answers = [(key, q, a, e.says.about) for key, e in spoken(case).items() if e.says for q, a in (e.says.answers or {}).items()]
    assert table(db, "answers", "statement_id", "question", "answer", "about_authority_id") == answers
    with_act = {key: key if entry.act else None for key, entry in spoken(case).items()}
    assert dict(table(db, "statements", "id", "event_id")) == with_act


@few
@given(cases())
def test_measures_and_fines_are_read_back_as_they_were_written(case: Case) -> None:
    db = written(case)
    expected: list[Row] = []
    for key, entry in acts(case).items():
        for m in entry.measures or ():
            expected.append((key, m.kind, m.provisional, str(m.since or entry.date.last), str(m.until) if m.until else None, None, None))
        if entry.fine:
            amounts = [float(amount) if amount is not None else None for amount in (entry.fine.amount, entry.fine.amount_max)]
            expected.append((key, "fine", False, str(entry.date.last), None, *amounts))
    columns = ("event_id", "kind", "provisional", "from_day", "until_day", "amount", "amount_max")
    assert table(db, "measures", *columns) == expected


@few
@given(cases())
def test_references_between_entries_are_read_back_as_they_were_written(case: Case) -> None:
    db = written(case)
    both = {f"{case.id}/{entry.id}": entry for entry in case.entries or ()}
    assert groups(db, "event_ends", "event_id", "ended_id") == {k: [f"{case.id}/{x}" for x in e.ends] for k, e in both.items() if e.ends}
    assert groups(db, "event_addressees", "event_id", "actor_id") == {k: e.to for k, e in both.items() if e.to}
    assert groups(db, "event_respondents", "event_id", "actor_id") == {k: e.respondents for k, e in both.items() if e.respondents}
    replies = {k: f"{case.id}/{e.replies_to}" if e.replies_to else None for k, e in spoken(case).items()}
    assert dict(table(db, "statements", "id", "replies_to")) == replies


@few
@given(cases())
def test_deadlines_are_read_back_as_they_were_written(case: Case) -> None:
    db = written(case)
    columns = ("id", "kind", "title", "basis", "outcome", "complaint_id", "set_by_event_id")
    assert table(db, "deadlines", *columns) == [
        (f"{case.id}/{d.id}", d.kind, d.title, d.basis or "reckoned", d.outcome, local(case, d.complaint), local(case, d.set_by))
        for d in case.deadlines or ()
    ]
    dates = {key: as_written(*rest) for key, *rest in table(db, "deadlines", "id", "last_day", "last_day_precision", "last_day_end")}
    assert dates == {f"{case.id}/{d.id}": str(d.last_day) if d.last_day else None for d in case.deadlines or ()}
    sides = groups(db, "deadline_actors", "deadline_id", "actor_id", "role")
    for d in case.deadlines or ():
        assert sides[f"{case.id}/{d.id}"] == [*((a, "actor") for a in d.actors), *((a, "addressee") for a in d.addressees or ())]


def local(case: Case, name: Optional[str]) -> Optional[str]:
    return f"{case.id}/{name}" if name else None


# --- sources ----------------------------------------------------------------------------------------------------------


def cited(case: Case) -> Iterator[tuple[str, str, list[str]]]:
    """What cites what: an entry that acts and speaks cites as both."""
    records: list[Union[Complaint, Entry, Deadline]] = [*(case.complaints or ()), *(case.entries or ()), *(case.deadlines or ())]
    for record in records:
        if isinstance(record, Entry):
            kinds = [kind for kind, there in (("event", record.act), ("statement", record.says)) if there]
        else:
            kinds = ["complaint" if isinstance(record, Complaint) else "deadline"]
        for kind in kinds:
            yield kind, f"{case.id}/{record.id}", list(dict.fromkeys(record.sources))


@few
@given(cases())
def test_every_item_cites_its_addresses_in_order(case: Case) -> None:
    db = written(case)
    query = "select c.item_type, c.item_id, s.url from citations c join sources s on s.id = c.source_id order by c.rowid, c.position"
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item_type, item, url in db.execute(query):
        found[item_type, item].append(url)
    assert found == {(kind, item): addresses for kind, item, addresses in cited(case)}


@few
@given(cases())
def test_a_source_has_its_publisher_and_what_is_known_of_it(case: Case) -> None:
    details = {source.url: source for source in reversed(case.sources or ())}
    for url, host, kind, title in table(written(case), "sources", "url", "host", "kind", "title"):
        assert host in HOSTS and host in url.split("/")[2]
        assert kind == publishers()[host].kind
        assert title == (details[url].title if url in details else None)


@given(urls(), urls())
def test_the_id_of_a_source_is_that_of_its_address_and_of_no_other(one: str, other: str) -> None:
    assert (address(one).id == address(other).id) == (one == other)


@given(st.lists(urls(), min_size=2, max_size=30, unique=True))
def test_no_two_addresses_share_an_id(addresses: list[str]) -> None:
    assert len({address(url).id for url in addresses}) == len(addresses)


@given(urls())
def test_the_id_of_a_source_can_stand_in_an_address(url: str) -> None:
    found = address(url).id
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(found) <= 60


def test_the_id_of_a_source_never_changes() -> None:
    assert (
        address("https://noyb.eu/en/project/artificial-intelligence/c081-07").id
        == "noyb-eu-en-project-artificial-intelligence-c081-d9a5d9d7"
    )
    assert len({address(f"https://{end}").id for end in ("noyb.eu/x", "noyb.eu/X", "noyb.eu/x?a=1", "noyb.eu/x#a", "www.noyb.eu/x")}) == 5


def test_a_source_cited_by_two_cases_is_written_once() -> None:
    first, second = case_of(did("a", "2024-06-06", "nl-ap", "hearing")), case_of(did("a", "2024-06-06", "nl-ap", "hearing"), id="other")
    db = written(first, second)
    assert db.execute("select count(*) from sources").fetchone() == (1,)
    assert db.execute("select count(*) from citations").fetchone() == (2,)


# --- the database is sound --------------------------------------------------------------------------------------------


@few
@given(cases())
def test_every_reference_has_what_it_refers_to(case: Case) -> None:
    db = written(case)
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert db.execute("pragma integrity_check").fetchall() == [("ok",)]


@few
@given(chronicles())
def test_every_reference_of_what_follows_has_what_it_refers_to(case: Case) -> None:
    db = written(case)
    assert db.execute("pragma foreign_key_check").fetchall() == []
    for name, column in (("statuses", "event_id"), ("decision_states", "by_event_id"), ("event_ends", "ended_id")):
        ids = {key for (key,) in db.execute("select id from events union select id from statements")}
        assert {key for (key,) in table(db, name, column) if key} <= ids


@few
@given(raw_cases())
def test_the_same_case_gives_the_same_rows(raw: Raw) -> None:
    case, again = Case.model_validate(raw), Case.model_validate(json.loads(json.dumps(raw)))
    for row, other in zip(case_rows(case, GDPR, library()), case_rows(again, GDPR, library()), strict=True):
        assert row == other and type(row) is type(other)


ROWS_IN_A_NEW_PROCESS = """
import sys, json
from datasette_cases.model.case import Case
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store.rows import case_rows
from tests.strategies import library
for row in case_rows(Case.model_validate(json.load(sys.stdin)), GDPR, library()):
    print(row)
"""


def test_the_rows_do_not_depend_on_the_process() -> None:
    """Sets have another order in each process; rows have not."""
    everybody = [*KINDS, *OTHERS]
    case = raw_case(
        said("a", "2024-06-06", everybody, "opinion", {"lawful": "mixed", "urgent": "no"}, subject=SUBJECTS[0], status="admitted"),
        complaints=[filed(f"c-{authority}", "2024-06-06", authority) for authority in KINDS] + [filed("de", "2024-06-06", country="DE")],
        subjects=[{"id": subject, "since": "2024", "title": subject} for subject in SUBJECTS],
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", ROWS_IN_A_NEW_PROCESS], input=json.dumps(case), text=True, capture_output=True,
            check=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(__file__).parent.parent,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1 and outputs.pop().count("StanceRow") == 14


# --- what follows -----------------------------------------------------------------------------------------------------


@few
@given(chronicles())
def test_what_follows_stands_in_the_tables_as_the_rules_have_it(case: Case) -> None:
    db = written(case)
    stances = [
        (key.actor, key.subject, key.strand, key.question, s.answer, str(s.since), until(s.until), str(s.answer_since), f"{case.id}/{s.statement}")
        for key, s in stances_of(case, GDPR)
    ]  # fmt: skip
    columns = ("actor_id", "subject", "strand", "question", "answer", "since", "until", "answer_since", "statement_id")
    assert table(db, "stances", *columns) == stances
    statuses = [
        (p.authority, p.country, local(case, p.complaint), p.strand, s.status, str(s.since), until(s.until), local(case, s.entry))
        for p, s in statuses_of(case, GDPR, frozenset(KINDS))
    ]
    columns = ("authority_id", "country", "complaint_id", "strand", "status", "since", "until", "event_id")
    assert table(db, "statuses", *columns) == statuses
    states = [(local(case, decision), s.state, str(s.since), until(s.until)) for decision, s in decision_states_of(case)]
    assert table(db, "decision_states", "event_id", "state", "since", "until") == states
    roles = [(role.authority, role.role, str(role.since), until(role.until)) for role in roles_of(case, GDPR, KINDS)]
    assert table(db, "roles", "authority_id", "role", "since", "until") == roles


def test_a_stance_shows_its_statement_and_since_when_its_answer_has_stood() -> None:
    case = case_of(
        said("a", "2024-06-06", "nl-ap", "interview", {"lawful": "no"}), said("b", "2024-06-10", "nl-ap", "decision", {"lawful": "no"})
    )
    assert table(written(case), "stances", "since", "until", "answer_since", "statement_id", "form") == [
        ("2024-06-06", "2024-06-10", "2024-06-06", "meta-ai/a", "interview"),
        ("2024-06-10", None, "2024-06-06", "meta-ai/b", "decision"),
    ]


def until(day: Any) -> Optional[str]:
    return str(day) if day else None


@few
@given(chronicles())
def test_a_status_has_the_phase_of_its_word_and_is_open_until_closed(case: Case) -> None:
    for status, phase, is_open in table(written(case), "statuses", "status", "phase", "open"):
        assert phase == GDPR.statuses[status].phase
        assert bool(is_open) == (phase != "closed")


@few
@given(chronicles())
def test_an_act_on_all_complaints_names_those_whose_status_it_moves(case: Case) -> None:
    db = written(case)
    moved = {(event, complaint) for event, complaint in table(db, "statuses", "event_id", "complaint_id") if event and complaint}
    for key, entry in acts(case).items():
        if entry.complaints == "all" and (not entry.affects or entry.status):
            rows = {(event, complaint) for event, complaint in table(db, "event_complaints", "event_id", "complaint_id") if event == key}
            assert {pair for pair in moved if pair[0] == key} <= rows


def test_an_act_on_all_complaints_of_a_strand_names_none_of_another() -> None:
    complaints = [filed("c", "2024-06-06", "nl-ap", strand="urgency"), filed("d", "2024-06-06", "nl-ap", strand="eprivacy")]
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints="all", strand="eprivacy"), complaints=complaints)
    assert table(written(case), "event_complaints", "event_id", "complaint_id") == [("meta-ai/a", "meta-ai/d")]


def test_each_period_of_a_role_has_its_own_note() -> None:
    lead = {"authority": "ie-dpc", "role": "lead"}
    roles = [lead | {"since": "2024-01", "until": "2024-02", "note": "At first."}, lead | {"since": "2024-03-01"}]
    case = case_of(roles=roles)
    assert table(written(case), "roles", "since", "note") == [("2024-01-31", "At first."), ("2024-03-01", None)]


# --- proceedings ------------------------------------------------------------------------------------------------------


@few
@given(chronicles())
def test_whoever_has_a_role_or_a_status_has_one_proceeding(case: Case) -> None:
    db = written(case)
    found = table(db, "proceedings", "authority_id", "country")
    assert len(found) == len(set(found))
    assert {authority for authority, _ in found if authority} == {
        authority for name in ("roles", "statuses") for (authority,) in table(db, name, "authority_id") if authority
    }
    unknown = {country for authority, country in table(db, "statuses", "authority_id", "country") if not authority}
    assert {country for authority, country in found if not authority} == unknown


@few
@given(chronicles())
def test_a_proceeding_stands_where_its_latest_status_does(case: Case) -> None:
    db = written(case)
    for authority, country, status, since in table(db, "proceedings", "authority_id", "country", "status", "status_since"):
        query = """select status, since from statuses where authority_id is ? and (authority_id is not null or country is ?)
            and until is null order by since desc, rowid desc limit 1"""
        assert (status, since) == (db.execute(query, (authority, country)).fetchone() or (None, None))


@few
@given(chronicles())
def test_every_complaint_is_counted_once_as_open_or_closed(case: Case) -> None:
    db = written(case)
    for authority, country, still, closed in table(db, "proceedings", "authority_id", "country", "complaints_open", "complaints_closed"):
        own = [c for c in case.complaints or () if c.authority == authority and (authority or c.country == country)]
        assert still + closed == sum(complaint.count for complaint in own)


def test_a_complaint_in_two_strands_is_counted_where_it_stands_latest() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"], strand="eprivacy"),
        complaints=[filed("c", "2024-06-06", "nl-ap", count="3")],
    )
    assert table(written(case), "proceedings", "complaints_open", "complaints_closed") == [(0, 3)]


# --- everybody, and the words -----------------------------------------------------------------------------------------


def test_everybody_is_an_actor_and_authorities_are_authorities_too() -> None:
    db = written()
    assert dict(table(db, "actors", "id", "kind")) == KINDS | OTHERS
    assert {authority for (authority,) in table(db, "authorities", "id")} == KINDS.keys()


def test_every_word_stands_in_the_vocabulary_once() -> None:
    rows = list(vocabulary_rows({"gdpr": GDPR}, {SOURCE_LANGUAGE: catalogue(SOURCE_LANGUAGE)}))
    keys = [(row.field, row.value, row.language) for row in rows if isinstance(row, t.VocabularyRow)]
    assert len(keys) == len(rows) == len(set(keys))
    assert {value for field, value, _ in keys if field == "status"} == set(GDPR.statuses.values)


def test_the_vocabulary_says_which_question_is_drawn_in_colour_and_which_class_a_form_has() -> None:
    rows = list(vocabulary_rows({"gdpr": GDPR}, {SOURCE_LANGUAGE: catalogue(SOURCE_LANGUAGE)}))
    assert [row.value for row in rows if row.coloured] == ["lawful"]  # type: ignore[attr-defined]
    ranks = {row.value: row.rank for row in rows if row.rank is not None}  # type: ignore[attr-defined]
    assert (ranks["judgment"], ranks["opinion"], ranks["reported"]) == (3, 2, 1)
