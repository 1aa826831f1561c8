"""The time limits of the law, as data: complete, in closed words, and each with an example that the counting agrees with."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Iterator

import pytest

from datasette_cases.law.period import HOUR, UNITS
from datasette_cases.law.time_limit import BACKWARD, CONFIDENCE, COURTS, FORWARD, NATIONAL, R1182, Example, TimeLimit
from datasette_cases.store.rows import time_limit_rows
from datasette_cases.time_limits import ACTS, CALENDARS_OF, EFFECTS, KINDS, LEFT_OUT, TIME_LIMITS, regime_of, time_limit
from datasette_cases.time_limits.courts import COURT_LIMITS
from datasette_cases.time_limits.eudpr import EUDPR
from datasette_cases.time_limits.gdpr import GDPR
from datasette_cases.time_limits.national import NATIONAL as NATIONAL_LIMITS
from datasette_cases.time_limits.procedure import PROCEDURE

pytestmark = pytest.mark.once

ALL = (*GDPR, *PROCEDURE, *COURT_LIMITS, *EUDPR, *NATIONAL_LIMITS)
EXAMPLES = [pytest.param(limit, limit.example, id=limit.id) for limit in ALL if limit.example]
OPEN = ("known", "second-hand")

each_limit = pytest.mark.parametrize("limit", ALL, ids=lambda limit: limit.id)
each_example = pytest.mark.parametrize(("limit", "example"), EXAMPLES)


# --- which there are --------------------------------------------------------------------------------------------------


def test_every_limit_that_was_collected_is_here_or_on_the_list_of_those_left_out() -> None:
    assert not TIME_LIMITS.keys() & LEFT_OUT.keys()
    assert len(TIME_LIMITS) + len(LEFT_OUT) == 104


def test_no_id_is_there_twice() -> None:
    assert [id for id, count in Counter(limit.id for limit in ALL).items() if count > 1] == []
    assert list(TIME_LIMITS) == [limit.id for limit in ALL]


def test_each_act_has_its_limits() -> None:
    assert Counter(limit.act for limit in ALL) == {
        "GDPR": 31, "REG-2025-2518": 47, "TFEU": 2, "STATUTE-CJEU": 1, "EUDPR": 4, "NATIONAL": 2,
    }  # fmt: skip


def test_of_the_gdpr_and_of_the_procedure_nothing_is_left_out() -> None:
    """Only directives, and national law that is not certain."""
    assert {id.split("-")[0] for id in LEFT_OUT} == {"led", "nat"}
    assert all(reason.endswith(".") and len(reason) > 20 for reason in LEFT_OUT.values())


def test_a_limit_is_found_by_its_id() -> None:
    assert time_limit("gdpr-78-2").provision == "GDPR 78(2)"
    with pytest.raises(KeyError, match="no time limit 'gdpr-99'"):
        time_limit("gdpr-99")
    with pytest.raises(KeyError, match="left out: .*directive"):
        time_limit("led-53-2")


# --- in closed words --------------------------------------------------------------------------------------------------


@each_limit
def test_words_are_from_closed_lists(limit: TimeLimit) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", limit.id)
    assert limit.act in ACTS
    assert limit.effect in EFFECTS
    assert limit.kind in KINDS
    assert limit.direction in (FORWARD, BACKWARD)
    assert limit.counting in (R1182, COURTS, NATIONAL)
    assert limit.confidence in CONFIDENCE
    assert limit.calendar_of in CALENDARS_OF
    assert all(period.unit in UNITS for period in (limit.period, limit.extension and limit.extension.by) if period)


def test_every_word_is_used() -> None:
    assert {limit.effect for limit in ALL} == EFFECTS.keys()
    assert {limit.kind for limit in ALL} == KINDS.keys()
    assert {limit.calendar_of for limit in ALL} == CALENDARS_OF.keys()
    assert {limit.act for limit in ALL} == ACTS.keys()


@each_limit
def test_the_kind_fits_the_length(limit: TimeLimit) -> None:
    """Only what is reckoned has a number, and backwards are those that must lie before an event."""
    assert (limit.period is None) == (limit.kind in ("no-number", "date", "set-by-authority", "other-date"))
    assert (limit.direction == BACKWARD) == (limit.kind == "minimum-before")
    assert limit.extension is None or limit.period is not None
    assert (limit.kind == "validity") == (limit.effect == "expiry-of-validity")


@each_limit
def test_days_are_days(limit: TimeLimit) -> None:
    first = date.fromisoformat(limit.applies_from)
    assert limit.applies_to is None or first <= date.fromisoformat(limit.applies_to)


@each_limit
def test_sources_are_addresses(limit: TimeLimit) -> None:
    assert limit.sources and all(re.fullmatch(r"https?://[a-z0-9.-]+/\S+", source) for source in limit.sources)


def sentences(limit: TimeLimit) -> Iterator[str]:
    yield from (limit.summary, limit.on_expiry)
    yield from filter(None, (limit.note, limit.suspension, limit.applies_note, limit.extension and limit.extension.condition))
    if limit.example:
        yield limit.example.why


@each_limit
def test_texts_are_short_plain_sentences(limit: TimeLimit) -> None:
    for text in sentences(limit):
        assert text[0].isupper() and text[-1] == "." and text == " ".join(text.split())
        assert all(len(sentence) <= 220 for sentence in re.split(r"(?<=[.;]) ", text)), text
    assert len(limit.summary) <= 140
    for phrase in filter(None, (limit.who, limit.addressee, limit.starts_with)):
        assert phrase and phrase[-1] != "." and phrase == " ".join(phrase.split())


@each_limit
def test_a_limit_that_a_text_names_is_known(limit: TimeLimit) -> None:
    for text in sentences(limit):
        for id in re.findall(r"`([^`]+)`", text):
            assert id in TIME_LIMITS and id != limit.id


# --- nothing is sharper than its source -------------------------------------------------------------------------------


def test_what_was_not_re_read_says_so() -> None:
    assert {limit.id for limit in ALL if limit.confidence in OPEN} == {
        "gdpr-12-4", "gdpr-14-3-a", "gdpr-42-7", "gdpr-43-4", "gdpr-97-1", "tfeu-265", "statute-56",
        "eudpr-14-3", "eudpr-34-1", "eudpr-40-2", "eudpr-63-3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "doubt"),
    [
        ("gdpr-33-1", "3(5)"), ("gdpr-60-4", "unsettled"), ("gdpr-60-5", "unsettled"), ("gdpr-62-7", "does not say"),
        ("gdpr-65-3", "open"), ("gdpr-66-1", "estimate"), ("gdpr-66-4", "not said"), ("reg2518-4-6", "does not say"),
        ("reg2518-10-4", "unsettled"), ("reg2518-19-3", "unsettled"), ("reg2518-12-3", "open"), ("reg2518-13-2", "does not say"),
        ("tfeu-263", "not re-read"),
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_noted(id: str, doubt: str) -> None:
    assert doubt in (time_limit(id).note or "")


@pytest.mark.parametrize("limit", PROCEDURE, ids=lambda limit: limit.id)
def test_the_procedure_begins_from_or_after_the_second_of_april(limit: TimeLimit) -> None:
    """Complaints lodged on that very day fall under Chapter II (Articles 4 and 5) only. Not assumed for the EEA states."""
    article = int(limit.id.split("-")[1])
    assert limit.applies_from == ("2027-04-02" if article < 6 else "2027-04-03")
    note = limit.applies_note or ""
    assert note.startswith("From 2 April 2027") if article < 6 else "after 2 April 2027" in note
    assert note.endswith("Not assumed for Iceland, Liechtenstein and Norway.")


def test_three_to_six_weeks_are_not_reckoned_as_somebody_sets_the_day() -> None:
    assert {limit.id for limit in ALL if limit.kind == "set-by-authority"} == {
        "reg2518-16-1", "reg2518-17", "reg2518-19-5", "reg2518-20-1", "reg2518-22-2",
    }  # fmt: skip


# --- the examples -----------------------------------------------------------------------------------------------------


@each_limit
def test_what_has_a_length_has_an_example(limit: TimeLimit) -> None:
    assert (limit.example is None) == (limit.period is None)


@each_example
def test_an_example_is_about_days(limit: TimeLimit, example: Example) -> None:
    start, last = datetime.fromisoformat(example.start), datetime.fromisoformat(example.last_day)
    assert ("T" in example.start) == (limit.period is not None and limit.period.unit == HOUR)
    assert last < start if limit.direction == BACKWARD else start < last
    assert not example.extended or limit.extension
    assert start.date().isoformat() >= limit.applies_from
    for day in (start, last):
        assert f"{day:%A} {day.day} {day:%B}" in example.why


@pytest.mark.parametrize(
    ("limits", "least"), [(GDPR, 24), (PROCEDURE, 35), (COURT_LIMITS, 3), (EUDPR, 4), (NATIONAL_LIMITS, 2)],
    ids=["gdpr", "procedure", "courts", "eudpr", "national"],
)  # fmt: skip
def test_each_act_has_enough_examples(limits: tuple[TimeLimit, ...], least: int) -> None:
    assert sum(limit.example is not None for limit in limits) >= least


def test_many_examples_are_hard() -> None:
    """Moved to a working day, kept in a shorter month, or extended."""
    whys = [(limit.example.why, limit.example.extended) for limit in ALL if limit.example]
    assert sum("next working day is" in why for why, _ in whys) * 3 >= len(whys)
    assert sum("has no 3" in why or "has no 29th" in why for why, _ in whys) >= 10
    assert sum(extended for _, extended in whys) >= 10


@each_example
def test_the_counting_agrees_with_the_example(limit: TimeLimit, example: Example) -> None:
    law: Any = pytest.importorskip("datasette_cases.law.reckon")
    fixed: Any = pytest.importorskip("datasette_cases.law.fixed")
    calendars: Any = pytest.importorskip("datasette_cases.calendars")
    assert limit.period
    start = datetime.fromisoformat(example.start) if "T" in example.start else date.fromisoformat(example.start)
    if limit.kind == "validity":
        reckoned = fixed.validity(start, limit.period)
    else:
        reckoned = law.reckon(
            limit.period, start, calendars.calendar(example.calendar),
            direction=limit.direction, counting=limit.counting,
            extension=limit.extension.by if limit.extension and example.extended else None,
        )  # fmt: skip
    assert reckoned.last_day.isoformat() == example.last_day, example.why


# --- in the database --------------------------------------------------------------------------------------------------


def test_each_limit_is_a_row() -> None:
    rows: list[Any] = list(time_limit_rows())
    assert [row.id for row in rows] == list(TIME_LIMITS)
    for row, limit in zip(rows, ALL, strict=True):
        assert row.regime == regime_of(limit)
        assert (row.count, row.unit) == ((limit.period.count, limit.period.unit) if limit.period else (None, None))
        assert row.source_url == limit.sources[0]


def test_the_build_writes_them(real_db: Path) -> None:
    connection = sqlite3.connect(real_db)
    assert connection.execute("select count(*) from time_limits").fetchone() == (len(TIME_LIMITS),)
    row = connection.execute("select regime, provision, actor_role, count, unit, confidence from time_limits where id = 'gdpr-60-4'")
    assert row.fetchone() == ("gdpr", "GDPR 60(4)", "each authority concerned", 4, "week", "text-read")
    assert connection.execute("select distinct regime from time_limits order by 1").fetchall() == [
        ("eu-courts",), ("eudpr",), ("gdpr",), ("national",),
    ]  # fmt: skip
    connection.close()


def test_a_limit_has_no_field_that_is_never_used() -> None:
    """But for `applies_to`: nothing here has ended yet."""
    optional = [field.name for field in fields(TimeLimit) if any(getattr(limit, field.name) is None for limit in ALL)]
    assert [name for name in optional if all(getattr(limit, name) is None for limit in ALL)] == ["applies_to"]
