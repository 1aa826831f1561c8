"""Deadlines that the law sets: from a data folder to SQL, with their working."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Optional

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given

from datasette_cases.calendars import calendar
from datasette_cases.law.ask import answer, question
from datasette_cases.law.result import Range
from datasette_cases.model.case import Case
from datasette_cases.query import deadlines
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store import build as store
from datasette_cases.store import tables as t
from datasette_cases.store.rows import case_rows
from datasette_cases.time_limits import TIME_LIMITS

from . import made
from .site import serve
from .strategies import CALENDARS, cases, did, library

pytestmark = pytest.mark.once

SOURCE = "https://example.org/a"
PLACES: dict[str, Optional[str]] = {
    "nl-ap": "NL",
    "ie-dpc": "IE",
    "no-dt": "NO",
    "gb-ico": "GB",
    "de-hh": "DE",
    "fr-cnil": "FR",
    "edps": None,
}
HAMBURG = {"country": "DE", "subdivision": "HH"}


def authority(name: str, country: Optional[str]) -> dict[str, Any]:
    seat = {"country": country, "calendar": HAMBURG if name == "de-hh" else {"country": country}} if country else {}
    return {
        "id": name, "name": name, "names": [{"language": "en", "name": name}], "short_name": name, "level": "national",
        "edpb_member": "yes", "languages": ["en"], "sources": [SOURCE], **seat,
    }  # fmt: skip


def complaint(name: str = "c", authority: str = "nl-ap", filed: str = "2024-06-06", **rest: str) -> dict[str, Any]:
    return {"id": name, "authority": authority, "by": ["noyb"], "filed": filed, "sources": [SOURCE], "brought_under": "art-80-1", **rest}


def deadline(**rest: Any) -> dict[str, Any]:
    return {"id": "d", "title": "Answer", "actors": ["nl-ap"], "sources": [SOURCE], **rest}


class Site:
    """A data folder with one case, built."""

    def __init__(self, folder: Path) -> None:
        self.folder = made.folder(folder / "data")
        (self.folder / "cases/acme-0.yml").unlink()
        dumped = yaml.safe_dump({"authorities": [authority(*place) for place in PLACES.items()]})
        (self.folder / "authorities.yml").write_text(dumped, encoding="utf-8")
        self.target = folder / "cases.db"

    def build(self, **parts: Any) -> None:
        case = {"id": "plan", "title": "Plan", "summary": "A case.", "regime": "gdpr", "respondents": ["acme"], **parts}
        (self.folder / "cases/plan.yml").write_text(yaml.safe_dump(case), encoding="utf-8")
        store.build(self.folder, self.target, made.REGIMES, made.RELEASED)

    def rows(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.target)) as connection:
            return connection.execute(sql).fetchall()

    def days(self) -> list[Any]:
        return self.rows("select id, reckoned_day, reckoned_day_first from deadlines order by position")

    def texts(self) -> list[str]:
        return [text for (text,) in self.rows("select text from deadline_steps order by deadline_id, step")]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


# --- what every complaint brings with it --------------------------------------------------------------------------------


def test_the_dutch_complaint_is_to_be_told_by_6_september(site: Site) -> None:
    site.build(complaints=[complaint()])
    columns = (
        "id, title, last_day, reckoned_day, reckoned_day_first, basis, provision, rule_id, start_event_id, start_day, complaint_id, outcome"
    )
    assert site.rows(f"select {columns} from deadlines") == [
        (
            "plan/c--78-2", "Inform the complainant of progress or outcome", None, "2024-09-06", None, "reckoned", "GDPR 78(2)",
            "gdpr-78-2", None, "2024-06-06", "plan/c", "open",
        )
    ]  # fmt: skip
    assert site.rows("select actor_id, role from deadline_actors") == [("nl-ap", "actor"), ("noyb", "addressee")]
    assert site.rows("select url from citations join sources s on s.id = source_id where item_type = 'deadline'") == [(SOURCE,)]
    steps = site.rows("select step, day, text, provision from deadline_steps order by step")
    assert [step[0] for step in steps] == [1, 2, 3, 4]
    assert steps[0][1:] == (None, TIME_LIMITS["gdpr-78-2"].summary, "GDPR 78(2)")
    assert steps[1][1] == "2024-06-06" and "That day does not count." in steps[1][2]
    assert steps[-1][1] == "2024-09-06" and "Friday 6 September 2024, a working day (calendar NL)" in steps[-1][2]
    assert site.rows("select reason from follow_up where item like '%78-2'") == []


@pytest.mark.parametrize(
    "whose, filed, day",
    [
        ("no-dt", "2018-07-20", "2018-10-22"),  # 20 October 2018 was a Saturday
        ("no-dt", "2018-07-19", None),
        ("nl-ap", "2018-05-25", "2018-08-27"),  # 25 August 2018 was a Saturday
        ("nl-ap", "2018-05-24", None),
        ("nl-ap", "2018-05", None),
        ("gb-ico", "2024-06-06", None),
    ],
)
def test_it_is_owed_where_and_since_the_gdpr_applies(site: Site, whose: str, filed: str, day: Optional[str]) -> None:
    site.build(complaints=[complaint(authority=whose, filed=filed)])
    assert site.days() == ([("plan/c--78-2", day, None)] if day else [])


@pytest.mark.parametrize("under, number", [("art-77", 1), ("art-80-1", 1), ("art-80-2", 1), ("tip", 0), (None, 0)])
def test_it_is_owed_for_complaints_only(site: Site, under: Optional[str], number: int) -> None:
    given_complaint = complaint()
    given_complaint.pop("brought_under") if under is None else given_complaint.update(brought_under=under)
    site.build(complaints=[given_complaint])
    assert len(site.days()) == number


def test_what_an_editor_wrote_is_not_added_again(site: Site) -> None:
    site.build(complaints=[complaint()], deadlines=[deadline(rule="gdpr-78-2", complaint="c", outcome="met")])
    assert site.rows("select id, reckoned_day, outcome from deadlines") == [("plan/d", "2024-09-06", "met")]


def test_a_month_gives_a_range(site: Site) -> None:
    site.build(complaints=[complaint(filed="2024-06")])
    assert site.days() == [("plan/c--78-2", "2024-09-30", "2024-09-02")]
    assert site.rows("select start_day from deadlines") == [("2024-06-30",)]
    assert site.texts()[-1] == (
        "Of the start only 2024-06 is known: the last day lies between Monday 2 September 2024 and Monday 30 September 2024."
    )


def test_outside_the_years_of_the_calendar_it_is_not_reckonable(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "RELEASED", date(2031, 1, 1))
    site.build(complaints=[complaint(filed="2030-12-01")])
    assert site.rows("select reckoned_day, outcome, start_day from deadlines") == [(None, "not-reckonable", "2030-12-01")]
    assert "the calendar NL knows the years 2018 to 2030" in site.texts()[-1]


# --- what an editor writes ----------------------------------------------------------------------------------------------


def test_an_entry_starts_a_period(site: Site) -> None:
    draft = did("draft", "2024-06-06", "ie-dpc", "decision", sources=[SOURCE])
    site.build(entries=[draft], deadlines=[deadline(rule="gdpr-60-4", starts_with="draft")])
    columns = "start_event_id, start_day, reckoned_day, basis, provision"
    assert site.rows(f"select {columns} from deadlines") == [("plan/draft", "2024-06-06", "2024-07-04", "reckoned", "GDPR 60(4)")]


def test_two_calendars_and_the_later_day(site: Site) -> None:
    """Four weeks from 3 October end on 31 October: the Reformation in Hamburg, a working day in the Netherlands."""
    site.build(deadlines=[deadline(rule="gdpr-60-4", start_day="2024-10-03", actors=["nl-ap", "de-hh"])])
    assert site.days() == [("plan/d", "2024-11-01", None)]
    assert "By the calendar NL the last day is Thursday 31 October 2024; the latest is taken." in site.texts()


def test_the_place_of_receipt_where_no_authority_acts(site: Site) -> None:
    site.build(deadlines=[deadline(rule="gdpr-60-4", start_day="2024-10-03", actors=["acme"], addressees=["noyb", "de-hh", "nl-ap"])])
    assert site.days() == [("plan/d", "2024-11-01", None)]


def test_of_a_body_of_the_union_no_calendar_is_known(site: Site) -> None:
    site.build(deadlines=[deadline(rule="gdpr-60-4", start_day="2024-10-03", actors=["edps"])])
    assert site.days() == [("plan/d", "2024-10-31", None)]
    assert "For a body of the Union no calendar is known: weekends only." in site.texts()


def test_an_extension_is_reckoned_from_the_same_start(site: Site) -> None:
    site.build(deadlines=[deadline(rule="gdpr-12-3", start_day="2024-06-06", extended="yes")])
    assert site.days() == [("plan/d", "2024-09-06", None)]


def test_a_clock_that_stood_still(site: Site) -> None:
    site.build(deadlines=[deadline(rule="gdpr-60-4", start_day="2024-06-06", stopped="5")])
    assert site.days() == [("plan/d", "2024-07-09", None)]
    assert any("The clock stood still for 5 days" in text for text in site.texts())


def test_a_rule_that_was_not_read_says_so(site: Site) -> None:
    site.build(deadlines=[deadline(rule="gdpr-42-7", start_day="2024-06-06")])
    assert site.days() == [("plan/d", "2027-06-06", None)]  # a Sunday: validity is not moved
    assert TIME_LIMITS["gdpr-42-7"].confidence == "known"
    assert site.texts()[-1] == "The rule was not checked against its text."


@pytest.mark.parametrize(
    "stated, differs",
    [("2024-09-06", False), ("2024-09", False), ("2024-09-05", True), ("2024-10", True), ("2024-09-01/2024-09-10", False)],
)
def test_a_stated_day_is_kept_beside_the_reckoned_one(site: Site, stated: str, differs: bool) -> None:
    both = deadline(rule="gdpr-78-2", start_day="2024-06-06", last_day=stated, basis="announced")
    site.build(deadlines=[both])
    assert site.rows("select reckoned_day, basis from deadlines") == [("2024-09-06", "announced")]
    reasons = [reason for (reason,) in site.rows("select reason from follow_up where item = 'plan/d' order by 1")]
    assert reasons == ["deadline-open", *(["stated-and-reckoned-differ"] if differs else [])]


def test_only_the_law_says_so_is_nothing_to_follow_up(site: Site) -> None:
    site.build(deadlines=[deadline(rule="gdpr-78-2", start_day="2024-06-06")])
    assert site.rows("select reason from follow_up where item = 'plan/d'") == []


# --- the end of a measure ---------------------------------------------------------------------------------------------


def bans(until: str, **rest: Any) -> dict[str, Any]:
    return did(
        "bans", "2024-06-06", "nl-ap", "measure", to=["acme"], measures=[{"kind": "58-2-f", "provisional": "yes", "until": until}],
        sources=[SOURCE], **rest,
    )  # fmt: skip


def test_a_measure_brings_its_end_with_it(site: Site) -> None:
    """8 September 2024 was a Sunday: validity is not moved."""
    site.build(entries=[bans("2024-09-08")])
    columns = "id, kind, last_day, reckoned_day, basis, rule_id, set_by_event_id, outcome, closed_by_event_id"
    assert site.rows(f"select {columns} from deadlines") == [
        ("plan/bans--end", "milestone", "2024-09-08", None, "set", None, "plan/bans", "lapsed", None)
    ]
    assert site.rows("select actor_id, role from deadline_actors order by 2") == [("nl-ap", "actor"), ("acme", "addressee")]
    assert site.rows("select day, text, provision from deadline_steps") == [
        (
            "2024-09-08", "Validity ends with the last hour of Sunday 8 September 2024; it is not moved to a working day.",
            "Regulation 1182/71 Art. 4(3)",
        )
    ]  # fmt: skip
    assert site.rows("select reason from follow_up where item = 'plan/bans--end'") == []


def test_measures_of_one_day_end_together_and_proposed_or_retracted_ones_never(site: Site) -> None:
    twice = bans("2024-09-08")
    twice["measures"] += [{"kind": "58-2-d", "until": "2024-09-08"}, {"kind": "58-2-d", "until": "2024-12-31"}]
    proposed = {**bans("2024-09-09"), "id": "proposes"}
    proposed["measures"][0]["proposed"] = "yes"
    retracted = {**bans("2024-09-10"), "id": "never-was", "retracted": "The source was withdrawn."}
    site.build(entries=[twice, proposed, retracted])
    assert site.rows("select id, last_day from deadlines order by position") == [
        ("plan/bans--end", "2024-09-08"),
        ("plan/bans--end-2", "2024-12-31"),
    ]


def test_an_end_that_an_editor_wrote_is_not_added_again(site: Site) -> None:
    site.build(
        entries=[bans("2024-09-08")],
        deadlines=[deadline(last_day="2024-09-08", basis="set", set_by="bans", kind="milestone", outcome="met")],
    )
    assert site.rows("select id, outcome from deadlines") == [("plan/d", "met")]


@pytest.mark.parametrize(
    "day, by, rest, outcome",
    [
        ("2024-07-01", "nl-ap", {"ends": ["bans"]}, "called-off"),
        ("2024-07-01", "ie-dpc", {"ends": ["bans"]}, "moot"),
        ("2024-09-09", "nl-ap", {"ends": ["bans"]}, "lapsed"),
    ],
)
def test_what_ended_it_before_its_day(site: Site, day: str, by: str, rest: dict[str, Any], outcome: str) -> None:
    lifts = did("lifts", day, by, "discontinuation", sources=[SOURCE], **rest)
    site.build(entries=[bans("2024-09-08"), lifts])
    closed_by = None if outcome == "lapsed" else "plan/lifts"
    assert site.rows("select outcome, closed_by_event_id from deadlines") == [(outcome, closed_by)]


@pytest.mark.asyncio
async def test_an_end_is_due_until_it_is_over_and_never_passed_with_nothing_known(site: Site) -> None:
    site.build(entries=[bans("2024-09-08")])
    for day, said in (("2024-09-08", "Open"), ("2024-09-09", "Lapsed")):
        for path in (f"/-/cases/plan?as_of={day}",):
            (item,) = (await shown(site, path)).select("ul.deadlines > li")
            assert "The measure ends" in words(item) and "nothing known" not in words(item)
            assert ("Lapsed" in words(item)) == (said == "Lapsed")
    assert not (await shown(site, "/-/cases/plan?as_of=2024-06-05")).select("ul.deadlines > li")
    found = (await (await serve(site.target)).client.get("/-/deadlines.json")).json()
    assert [(one["id"], one["group"], one["outcome"]) for one in found["deadlines"]] == [("plan/bans--end", "past", "lapsed")]


def test_one_that_ends_in_the_future_is_due(site: Site) -> None:
    """Also where nothing later is recorded."""
    site.build(entries=[bans("2030-09-08")])
    with closing(sqlite3.connect(site.target)) as connection:
        connection.row_factory = sqlite3.Row
        found = deadlines.read(connection, "2026-11-24", "en", {})
    assert [(row["state"], row["outcome"]) for row in found.deadlines] == [("due", "open")]


# --- anything at all ----------------------------------------------------------------------------------------------------


@given(cases())
def test_what_is_reckoned_is_what_the_law_answers(case: Case) -> None:
    rows = list(case_rows(case, GDPR, library()))
    found = {row.id: row for row in rows if isinstance(row, t.DeadlineRow)}
    steps = [row for row in rows if isinstance(row, t.DeadlineStepRow)]
    dates = {
        record.id: getattr(record, "filed", None) or getattr(record, "date", None)
        for record in (*(case.complaints or ()), *(case.entries or ()))
    }
    for written in case.deadlines or ():
        row = found[f"{case.id}/{written.id}"]
        mine = [step for step in steps if step.deadline_id == row.id]
        if not written.rule:
            assert row.reckoned_day is None and not mine
            continue
        start = written.start_day or dates[written.starts_with or written.complaint or ""]
        keys = {CALENDARS[actor] for actor in written.actors}
        answers = [answer(question(written.rule, TIME_LIMITS), str(start), calendar(key), extended=written.extended) for key in keys]
        ends = [(one.first, one.last) if isinstance(one, Range) else (one, one) for one in answers]
        last, first = (max(end[place].last_day for end in ends).isoformat() for place in (1, 0))
        assert (row.reckoned_day, row.reckoned_day_first) == (last, first if first != last else None)
        assert [step.day for step in mine if step.day][-1] == row.reckoned_day
        assert [step.step for step in mine] == list(range(1, len(mine) + 1))


# --- on the pages -----------------------------------------------------------------------------------------------------


async def shown(site: Site, path: str) -> BeautifulSoup:
    response = await (await serve(site.target)).client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html5lib")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


@pytest.mark.asyncio
async def test_a_day_of_the_law_informs_and_shows_its_working(site: Site) -> None:
    site.build(complaints=[complaint()])
    for path in ("/-/cases/plan", "/-/deadlines"):
        (item,) = (await shown(site, path)).select("ul.deadlines > li")
        text = words(item)
        assert "6 Sept 2024" in text and "Reckoned" in text and "GDPR 78(2)" in text
        assert "after this day: The data subject may go to court" in text and "nothing known" not in text
        assert len(item.select("details.steps li")) >= 4 and "Regulation 1182/71 Art. 3(2)(c)" in text
    page = await shown(site, "/-/cases/plan")
    assert "nothing known" not in words(page.select("ul.facts")[0]), "it is in no number of what passed"
    assert not page.select("#timeline .due a")


@pytest.mark.asyncio
async def test_it_is_there_from_the_day_of_the_filing(site: Site) -> None:
    site.build(complaints=[complaint()])
    assert not (await shown(site, "/-/cases/plan?as_of=2024-06-05")).select("ul.deadlines > li")
    (item,) = (await shown(site, "/-/cases/plan?as_of=2024-06-06")).select("ul.deadlines > li")
    assert "6 Sept 2024" in words(item)


@pytest.mark.asyncio
async def test_a_start_that_is_not_exact_shows_both_days(site: Site) -> None:
    site.build(complaints=[complaint(filed="2024-06-05/2024-06-12")])
    (item,) = (await shown(site, "/-/cases/plan")).select("ul.deadlines > li")
    assert "5 Sept 2024 – 12 Sept 2024" in words(item)


@pytest.mark.asyncio
async def test_the_calendar_has_it_with_what_it_means(site: Site) -> None:
    site.build(complaints=[complaint()])
    text = (await (await serve(site.target)).client.get("/-/cases/plan.ics")).text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20240906" in text and "may go to court" in text and "UID:plan/c--78-2@" in text
