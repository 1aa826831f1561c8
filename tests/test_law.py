"""How periods are counted: by hand from the regulation's text, by what must always hold, and by a second way of counting."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from typing import Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasette_cases.law.ask import answer, question
from datasette_cases.law.calendar import WEEKENDS, Calendar, OutsideCalendar, working_days
from datasette_cases.law.error import LawError
from datasette_cases.law.fixed import fixed, valid_until, validity
from datasette_cases.law.period import UNITS, Period, parse
from datasette_cases.law.reckon import reckon, reckon_range
from datasette_cases.law.result import Range, Reckoned
from datasette_cases.law.start import parse_day, parse_start
from datasette_cases.law.time_limit import Extension, TimeLimit

pytestmark = pytest.mark.once

HOLIDAYS = [
    "2024-01-01",
    "2024-03-29",
    "2024-04-01",
    "2024-05-01",
    "2024-05-09",
    "2024-05-20",
    "2024-12-25",
    "2024-12-26",
    "2025-01-01",
    "2025-04-18",
    "2025-04-21",
    "2025-05-01",
    "2025-05-29",
    "2025-06-09",
    "2025-12-25",
    "2025-12-26",
]
TOWN = Calendar("TOWN", date(2023, 1, 1), date(2026, 12, 31), frozenset(map(date.fromisoformat, HOLIDAYS)))
"""Good Friday, Easter Monday, 1 May, Ascension, Whit Monday, Christmas and New Year."""
OFFICE = Calendar(
    "OFFICE",
    date(2025, 1, 1),
    date(2026, 12, 31),
    frozenset(date(2025, 12, day) for day in (24, 25, 26, 29, 30, 31)) | {date(2026, 1, 1), date(2026, 1, 2)},
    "second-hand",
)
"""A body that closes from Christmas Eve to 2 January."""


def last_day(period: str, start: str, calendar: Calendar = TOWN, **options: object) -> str:
    return reckon(parse(period), date.fromisoformat(start), calendar, **options).last_day.isoformat()  # type: ignore[arg-type]


# --- by hand ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "start", "ends", "why"),
    [
        ("3 months", "2024-06-06", "2024-09-06", "the same number, a Friday: Art. 3(2)(c)"),
        ("3 months", "2024-06-07", "2024-09-09", "7 September 2024 is a Saturday: Art. 3(4)"),
        ("1 month", "2024-01-31", "2024-02-29", "a leap year's February has no 31st"),
        ("1 month", "2025-01-31", "2025-02-28", "this February has no 29th either"),
        ("1 month", "2024-02-29", "2024-04-02", "the 29th keeps its number; Good Friday, a weekend and Easter Monday follow"),
        ("2 months", "2025-12-31", "2026-03-02", "cut short once: 28 February is a Saturday"),
        ("1 year", "2024-02-29", "2025-02-28", "a year later there is no such day"),
        ("3 weeks", "2024-03-14", "2024-04-04", "the Thursday of the third week"),
        ("4 weeks", "2024-06-06", "2024-07-04", "Thursday to Thursday"),
        ("28 days", "2024-06-06", "2024-07-04", "as long as four weeks"),
        ("1 day", "2024-06-06", "2024-06-07", "the day of the event does not count: Art. 3(1)"),
        ("1 day", "2024-12-24", "2024-12-27", "moved over Christmas; one day needs no two working days"),
        ("2 days", "2024-12-24", "2024-12-30", "27 December is the first working day, 30 December the second: Art. 3(5)"),
        ("3 days", "2024-03-28", "2024-04-03", "Maundy Thursday: 31 March moves to 2 April, which is only the first working day"),
        ("1 week", "2024-03-28", "2024-04-04", "2, 3 and 4 April are working days: Art. 3(5) asks no more"),
        ("2 working days", "2024-03-28", "2024-04-03", "only 2 and 3 April count: Art. 3(3)"),
        ("10 working days", "2024-06-06", "2024-06-20", "two weeks without holidays"),
    ],
)
def test_forwards(period: str, start: str, ends: str, why: str) -> None:
    assert last_day(period, start) == ends, why


def test_a_week_over_a_closed_office_needs_a_second_working_day() -> None:
    """23 December + 1 week is 30 December: moved to Monday 5 January, the first working day; so it ends on the 6th."""
    found = reckon(parse("1 week"), date(2025, 12, 23), OFFICE)
    assert found.last_day == date(2026, 1, 6)
    assert found.steps[-2].provision == "Regulation 1182/71 Art. 3(5)"
    assert found.certainty == "second-hand"


def test_the_working_of_three_months() -> None:
    found = reckon(parse("3 months"), datetime(2024, 6, 6, 23, 59), TOWN)
    assert [(str(step.day), step.provision) for step in found.steps] == [
        ("2024-06-06", "Regulation 1182/71 Art. 3(1)"),
        ("2024-09-06", "Regulation 1182/71 Art. 3(2)(c)"),
        ("2024-09-06", "Regulation 1182/71 Art. 3(2)"),
    ]
    assert found.steps[1].text == "3 months on: Friday 6 September 2024, the day of the same number as the event."
    assert (found.end, found.certainty, found.variants) == (datetime(2024, 9, 7), "text-read", [])


def test_the_working_names_every_day_it_is_moved_over() -> None:
    texts = [step.text for step in reckon(parse("1 month"), date(2024, 2, 29), TOWN).steps[2:-1]]
    assert texts == [
        "Friday 29 March 2024 is a public holiday (calendar TOWN): on to Saturday 30 March 2024.",
        "Saturday 30 March 2024 is no working day: on to Sunday 31 March 2024.",
        "Sunday 31 March 2024 is no working day: on to Monday 1 April 2024.",
        "Monday 1 April 2024 is a public holiday (calendar TOWN): on to Tuesday 2 April 2024.",
    ]


@pytest.mark.parametrize(
    ("period", "extension", "start", "ends"),
    [
        ("1 month", "2 months", "2024-01-31", "2024-04-30"),  # three months at once; by way of 29 February it would be 29 April
        ("1 month", "2 months", "2024-11-30", "2025-02-28"),
        ("1 year", "1 month", "2024-02-29", "2025-03-31"),  # thirteen months: 29 March 2025 is a Saturday
        ("4 weeks", "10 days", "2024-06-06", "2024-07-15"),  # 14 July is a Sunday
        ("2 weeks", "1 month", "2024-05-18", "2024-07-01"),  # 1 June, a Saturday, is not moved on the way
    ],
)
def test_an_extension_is_reckoned_from_the_event_and_moved_once(period: str, extension: str, start: str, ends: str) -> None:
    assert last_day(period, start, extension=parse(extension)) == ends


@pytest.mark.parametrize(
    ("period", "end", "begins"),
    [
        ("4 weeks", "2024-07-01", "2024-06-03"),
        ("2 weeks", "2024-06-15", "2024-06-01"),  # a Saturday: not moved
        ("1 month", "2024-03-31", "2024-02-29"),
        ("10 days", "2024-04-11", "2024-04-01"),  # Easter Monday: not moved
        ("1 year", "2024-02-29", "2023-02-28"),
        ("2 working days", "2024-04-03", "2024-03-28"),
    ],
)
def test_backwards_it_begins_and_is_not_moved(period: str, end: str, begins: str) -> None:
    found = reckon(parse(period), date.fromisoformat(end), TOWN, direction="backward")
    assert found.last_day.isoformat() == begins
    safe = found.variants[0]
    assert (safe.last_day, safe.end.date()) == (found.last_day - timedelta(days=1), found.last_day)
    assert found.certainty == "disputed"


# --- hours ------------------------------------------------------------------------------------------------------------


def test_seventy_two_hours_from_a_friday() -> None:
    """From 15:00 on Friday to 15:00 on Whit Monday: not moved. Whoever reads Art. 3(5) into it has until Wednesday."""
    found = reckon(parse("72 hours"), datetime(2024, 5, 17, 14, 30), TOWN)
    assert (found.last_day, found.end) == (date(2024, 5, 20), datetime(2024, 5, 20, 15))
    assert [variant.end for variant in found.variants] == [datetime(2024, 5, 23), datetime(2024, 5, 22, 15)]
    assert found.certainty == "disputed"
    weekends = reckon(parse("72 hours"), datetime(2024, 5, 17, 14, 30), WEEKENDS)
    assert [variant.end for variant in weekends.variants] == [datetime(2024, 5, 22), datetime(2024, 5, 21, 15)]


def test_seventy_two_hours_with_two_working_days_in_them_are_settled() -> None:
    found = reckon(parse("72 hours"), datetime(2024, 6, 3, 10), TOWN)
    assert (found.end, found.variants, found.certainty) == (datetime(2024, 6, 6, 11), [], "text-read")


def test_fewer_than_48_hours_are_no_two_days() -> None:
    assert reckon(parse("47 hours"), datetime(2024, 5, 17, 14, 30), TOWN).variants == []


def test_hours_that_end_at_midnight_end_with_the_day_before() -> None:
    found = reckon(parse("24 hours"), datetime(2024, 6, 3, 23, 10), TOWN)
    assert (found.end, found.last_day) == (datetime(2024, 6, 5), date(2024, 6, 4))


def test_hours_backwards() -> None:
    found = reckon(parse("48 hours"), datetime(2024, 6, 6, 14, 30), TOWN, direction="backward")
    assert (found.end, found.last_day) == (datetime(2024, 6, 4, 14), date(2024, 6, 4))


@pytest.mark.parametrize(("start", "later"), [("2024-03-30T09:00", 1), ("2025-10-25T09:00", -1)])
def test_a_change_of_the_clocks_leaves_hours_in_doubt_by_one(start: str, later: int) -> None:
    found = reckon(parse("24 hours"), datetime.fromisoformat(start), WEEKENDS)
    assert [variant.end for variant in found.variants] == [found.end + timedelta(hours=later)]
    assert found.certainty == "disputed"


def test_a_start_with_its_distance_from_utc_is_not_in_doubt() -> None:
    found = reckon(parse("24 hours"), datetime.fromisoformat("2024-03-30T09:00+01:00"), WEEKENDS)
    assert (found.end.isoformat(), found.variants) == ("2024-03-31T10:00:00+01:00", [])


def test_hours_need_a_time_of_day() -> None:
    with pytest.raises(LawError, match="2024-05-17T14:30"):
        reckon(parse("72 hours"), date(2024, 5, 17), TOWN)


# --- dates, validity, courts ------------------------------------------------------------------------------------------


def test_a_date_is_not_moved() -> None:
    """30 June 2024 is a Sunday."""
    assert fixed(date(2024, 6, 30)).last_day == date(2024, 6, 30)
    assert valid_until(date(2024, 6, 30)).end == datetime(2024, 7, 1)
    assert validity(date(2024, 3, 30), parse("3 months")).last_day == date(2024, 6, 30)


def test_the_courts_add_ten_days_and_move_only_the_end() -> None:
    """Two months from 19 June are 19 August, ten days more Thursday the 29th; from 21 June the 31st, a Saturday."""
    assert last_day("2 months", "2024-06-19", counting="CJEU-RP") == "2024-08-29"
    assert last_day("2 months", "2024-06-21", counting="CJEU-RP", extension=parse("10 days")) == "2024-09-02"


def test_from_publication_the_courts_count_from_the_end_of_the_14th_day() -> None:
    found = reckon(parse("2 months"), date(2024, 6, 6), TOWN, counting="CJEU-RP", published=True)
    assert [str(step.day) for step in found.steps] == ["2024-06-20", "2024-08-20", "2024-08-30", "2024-08-30"]
    assert found.certainty == "known"


def test_the_courts_know_no_two_working_days() -> None:
    """24 December and ten days and one: 4 January 2026, a Sunday, moved to the first working day, and that is enough."""
    assert last_day("1 day", "2025-12-24", OFFICE, counting="CJEU-RP") == "2026-01-05"


def test_national_counting_is_moved_and_says_that_it_was_not_read() -> None:
    found = reckon(parse("3 days"), date(2024, 3, 28), TOWN, counting="national")
    assert (found.last_day, found.certainty) == (date(2024, 4, 2), "known")
    assert {step.provision for step in found.steps} == {"national law, by the rules most states share; not read"}


def test_days_on_which_the_clock_stood_still_are_added_before_it_is_moved() -> None:
    found = reckon(parse("1 month"), date(2024, 6, 6), TOWN, stopped=8)
    assert (found.last_day, found.certainty) == (date(2024, 7, 15), "disputed")


@pytest.mark.parametrize(
    "options",
    [
        {"direction": "sideways"},
        {"counting": "moon"},
        {"published": True},
        {"extension": Period(72, "hour")},
        {"stopped": -1},
        {"direction": "backward", "counting": "national"},
        {"direction": "backward", "stopped": 3},
    ],
)
def test_what_cannot_be_reckoned_says_so(options: dict[str, object]) -> None:
    with pytest.raises(LawError):
        last_day("3 months", "2024-06-06", **options)  # type: ignore[arg-type]


def test_years_that_no_calendar_has() -> None:
    with pytest.raises(LawError, match="years 1 to 9999"):
        last_day("9999 years", "2024-06-06", WEEKENDS)
    with pytest.raises(LawError, match="years 1 to 9999"):
        last_day("9999999999999 days", "2024-06-06", WEEKENDS)
    with pytest.raises(LawError, match="years 1 to 9999"):
        last_day("2 months", "9999-10-31", WEEKENDS)
    with pytest.raises(LawError, match="years 1 to 9999"):
        last_day("2025 years", "2024-06-06", WEEKENDS, direction="backward")


def test_a_day_outside_the_calendar_names_the_years_inside() -> None:
    with pytest.raises(OutsideCalendar, match="TOWN knows the years 2023 to 2026, not 2027-02-06; the nearest year is 2026"):
        last_day("3 months", "2026-11-06")


# --- as people ask ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("3 weeks", Period(3, "week")),
        ("1 month", Period(1, "month")),
        ("2 working days", Period(2, "working-day")),
        ("1 working-day", Period(1, "working-day")),
        (" 72  Hours ", Period(72, "hour")),
        ("10days", Period(10, "day")),
    ],
)
def test_periods_are_read(text: str, period: Period) -> None:
    assert parse(text) == period
    assert parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3 weaks", "there is no unit 'weaks'; the nearest: weeks"),
        ("3", "known are days, hours, months, weeks, working days, years"),
        ("0 days", "at least one day, found 0"),
        ("-1 day", "at least one; found '-1'"),
        ("1.5 months", "a whole number"),
        ("weeks", "write one as 3 weeks"),
    ],
)
def test_periods_that_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(LawError, match=message):
        parse(text)


LIMIT = TimeLimit(
    "act-1", "ACT", "ACT 1", "authority", None, "the request", Period(1, "month"), "it is late", "none", "2024-01-01", "known",
    "An answer within a month.", ("https://example.org",), extension=Extension(Period(2, "month"), "if it is hard"),
)  # fmt: skip
LIMITS = {"act-1": LIMIT, "act-2": TimeLimit(**{**LIMIT.__dict__, "id": "act-2", "period": None, "extension": None})}


def test_a_rule_brings_its_period_its_extension_and_its_certainty() -> None:
    asked = question("act-1", LIMITS)
    found = answer(asked, "2024-01-31", TOWN)
    assert isinstance(found, Reckoned)
    assert (str(found.last_day), found.certainty) == ("2024-02-29", "known")
    assert (found.steps[0].text, found.steps[0].provision) == ("An answer within a month.", "ACT 1")
    extended = answer(asked, "2024-01-31", TOWN, extended=True)
    assert str(extended.last_day) == "2024-04-30"


def test_a_rule_that_did_not_apply_yet_says_so() -> None:
    found = answer(question("act-1", LIMITS), "2023-06-06", TOWN)
    assert isinstance(found, Reckoned)
    assert found.steps[1].text == "It applies only from Monday 1 January 2024."


@pytest.mark.parametrize(
    ("text", "message"),
    [("act-3", "there is no rule 'act-3'; the nearest: act-[12], act-[12]; or write a period as"), ("act-2", "has no period to reckon")],
)
def test_rules_that_cannot_be_reckoned(text: str, message: str) -> None:
    with pytest.raises(LawError, match=message):
        question(text, LIMITS)


def test_only_a_rule_with_an_extension_is_extended() -> None:
    with pytest.raises(LawError, match="a bare period knows no extension"):
        answer(question("3 weeks", LIMITS), "2024-06-06", TOWN, extended=True)


@pytest.mark.parametrize(
    ("start", "ends"),
    [("2024-06", "2024-09-02/2024-09-30"), ("2024", "2024-04-02/2025-03-31"), ("2024-06-07/2024-06-08", "2024-09-09")],
)
def test_a_start_that_is_not_exact_gives_a_range(start: str, ends: str) -> None:
    found = answer(question("3 months", LIMITS), start, TOWN)
    assert isinstance(found, Range)
    assert found.last_day == ends


def test_a_day_is_not_exact_for_hours() -> None:
    found = answer(question("72 hours", LIMITS), "2024-06-03", TOWN)
    assert isinstance(found, Range)
    assert (found.first.end, found.last.end) == (datetime(2024, 6, 6, 1), datetime(2024, 6, 7))


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-13", "6 June 2024", "", "2024-06-06T25:00", "2024-06-06/2024-06-01", "20240606", "2024-06-06/"]
)
def test_starts_that_cannot_be_read(text: str) -> None:
    with pytest.raises(LawError):
        parse_start(text, Period(1, "day"))


def test_a_day_is_exact() -> None:
    assert parse_day("2024-06-06") == date(2024, 6, 6)
    with pytest.raises(LawError, match="write a day as 2024-06-06"):
        parse_day("2024-06")


def test_working_days_are_counted_after_the_one_day_up_to_the_other() -> None:
    assert working_days(date(2024, 3, 28), date(2024, 4, 3), TOWN) == 2
    assert working_days(date(2024, 4, 3), date(2024, 3, 28), TOWN) == -2
    assert working_days(date(2024, 3, 28), date(2024, 3, 28), TOWN) == 0
    with pytest.raises(OutsideCalendar):
        working_days(date(2026, 12, 1), date(2027, 1, 1), TOWN)


# --- what always holds ------------------------------------------------------------------------------------------------

WIDE = (date(1990, 1, 1), date(2060, 12, 31))
starts = st.dates(date(2018, 1, 1), date(2030, 12, 31))
calendars = st.frozensets(st.dates(date(2018, 1, 1), date(2036, 12, 31)), max_size=60).map(lambda days: Calendar("ANY", *WIDE, days))
rolling = st.builds(Period, st.integers(1, 40), st.sampled_from([unit for unit in UNITS if unit not in ("hour", "year")])) | st.builds(
    Period, st.integers(1, 5), st.just("year")
)
extensions = st.none() | rolling


@given(rolling, starts, calendars, extensions)
def test_the_last_day_is_a_working_day_after_the_start(
    period: Period, start: date, calendar: Calendar, extension: Optional[Period]
) -> None:
    found = reckon(period, start, calendar, extension=extension)
    assert calendar.is_working_day(found.last_day)
    assert found.last_day > start
    assert found.end == datetime.combine(found.last_day, datetime.min.time()) + timedelta(days=1)


@given(rolling, starts, calendars, extensions, st.integers(-3, 3))
def test_a_further_holiday_never_makes_it_earlier(
    period: Period, start: date, calendar: Calendar, extension: Optional[Period], near: int
) -> None:
    found = reckon(period, start, calendar, extension=extension)
    more = Calendar("ANY", *WIDE, calendar.holidays | {found.last_day + timedelta(days=near)})
    assert reckon(period, start, more, extension=extension).last_day >= found.last_day


@given(rolling, starts, calendars, extensions)
def test_a_later_start_never_ends_earlier(period: Period, start: date, calendar: Calendar, extension: Optional[Period]) -> None:
    """On which a range relies."""
    found = reckon_range(period, start, start + timedelta(days=1), calendar, extension=extension)
    assert found.first.last_day <= found.last.last_day


@given(rolling, starts, calendars, extensions)
def test_the_steps_replay_to_the_result(period: Period, start: date, calendar: Calendar, extension: Optional[Period]) -> None:
    """From the event, each dated step follows from the one before by the provision that it names."""
    found = reckon(period, start, calendar, extension=extension)
    day, counted = start, False
    for step in found.steps:
        assert step.day is not None and step.provision
        article = step.provision.removeprefix("Regulation 1182/71 Art. ")
        if article == "3(1)" or article == "3(2)":
            assert step.day == day
        elif article == "3(4)":
            assert counted and not calendar.is_working_day(day) and step.day == day + timedelta(days=1)
        elif article == "3(5)":
            assert calendar.is_working_day(day) and working_days(start, day, calendar) == 1
            assert working_days(day, step.day, calendar) == 1 and calendar.is_working_day(step.day)
        else:
            assert article in ("3(2)(b)", "3(2)(c)", "3(3)") and step.day > day
            counted = True
        assert str(step.day.year) in step.text
        day = step.day
    assert day == found.last_day


@given(starts, st.integers(0, 60), calendars, st.booleans())
def test_working_days_are_those_that_are_met_one_by_one(after: date, days: int, calendar: Calendar, at_holiday: bool) -> None:
    after = min(calendar.holidays, default=after) if at_holiday else after
    met = sum(calendar.is_working_day(after + timedelta(days=n)) for n in range(1, days + 1))
    assert working_days(after, after + timedelta(days=days), calendar) == met


@given(st.integers(1, 400), st.datetimes(datetime(2018, 1, 1), datetime(2030, 12, 31)), calendars)
def test_hours_do_not_depend_on_the_calendar_nor_on_the_minute(hours: int, event: datetime, calendar: Calendar) -> None:
    found = reckon(Period(hours, "hour"), event, calendar)
    assert found.end == reckon(Period(hours, "hour"), event.replace(minute=0), WEEKENDS).end
    assert all(variant.end > found.end for variant in found.variants if variant.provision.endswith("3(5)"))


# --- a second way of counting -----------------------------------------------------------------------------------------
# Walks day by day, or hour by hour, as one does with a paper calendar. Knows nothing of the package.


class Walker:
    """A wall of days, from 1980 to 2079, with those on which nobody works crossed out."""

    FIRST = date(1980, 1, 1)

    def __init__(self, holidays: frozenset[date]) -> None:
        self.days = [self.FIRST + timedelta(days=n) for n in range(36525)]
        self.off = [day.isoweekday() >= 6 or day in holidays for day in self.days]
        self.names = [day.isoweekday() for day in self.days]
        self.numbers = [day.day for day in self.days]

    def walk(self, at: int, count: int, unit: str, step: int) -> int:
        if unit == "month":
            return self.walk_months(at, count, step)
        name = self.names[at]
        while count:
            at += step
            if unit == "day" or (unit == "week" and self.names[at] == name) or (unit == "working-day" and not self.off[at]):
                count -= 1
        return at

    def walk_months(self, at: int, count: int, step: int) -> int:
        """Turn so many pages of the calendar, then look for the number; where the page is too short, take its last day."""
        number = self.numbers[at]
        while count:
            if step > 0:  # to the first of the next page
                at += 1
                while self.numbers[at] != 1:
                    at += 1
            else:  # to the first of the page before
                while self.numbers[at] != 1:
                    at -= 1
                at -= 1
                while self.numbers[at] != 1:
                    at -= 1
            count -= 1
        while self.numbers[at] != number and self.numbers[at + 1] != 1:
            at += 1
        return at

    def last_day(self, start: date, spans: list[tuple[int, str]], backward: bool) -> date:
        spans = [(count * 12, "month") if unit == "year" else (count, unit) for count, unit in spans]
        if len(spans) == 2 and spans[0][1] == spans[1][1]:
            spans = [(spans[0][0] + spans[1][0], spans[0][1])]
        event = at = (start - self.FIRST).days
        for count, unit in spans:
            at = self.walk(at, count, unit, -1 if backward else 1)
        if backward:
            return self.days[at]
        while self.off[at]:
            at += 1
        if spans not in ([(1, "day")], [(1, "working-day")]):
            worked, day = 0, event
            while day < at or worked < 2:
                day += 1
                worked += not self.off[day]
            at = day
        return self.days[at]

    @staticmethod
    def hours(event: datetime, count: int, backward: bool) -> datetime:
        step = timedelta(hours=-1 if backward else 1)
        at = event - timedelta(minutes=event.minute)
        if not backward:
            at += step
        while count:
            at += step
            count -= 1
        return at


MOST = {"day": 60, "week": 20, "month": 15, "year": 2, "working-day": 40, "hour": 120}


def shipped() -> list[Calendar]:
    """The calendars of the package, once there are any."""
    if find_spec("datasette_cases.calendars") is None:
        return []
    from datasette_cases import calendars as folder

    return list(map(folder.calendar, folder.keys()))


def test_a_second_way_of_counting_agrees_on_100_000_periods() -> None:
    chance = random.Random(1182)
    first, last = date(2018, 1, 1), date(2030, 12, 31)
    made = [
        frozenset(first + timedelta(days=chance.randrange((last - first).days)) for _ in range(13 * many)) for many in (0, 8, 15, 40, 120)
    ]
    pairs = [(Calendar(f"MADE-{n}", Walker.FIRST, date(2079, 1, 1), days), Walker(days)) for n, days in enumerate(made)]
    pairs += [(calendar, Walker(calendar.holidays)) for calendar in shipped()]
    differ, outside = [], 0
    for _ in range(100_000):
        calendar, walker = chance.choice(pairs)
        spans = []
        for _ in range(1 if chance.random() < 0.8 else 2):
            unit = chance.choice(UNITS)
            spans.append((chance.randint(1, MOST[unit]), unit))
        backward = chance.random() < 0.3
        start = datetime(2018, 1, 1) + timedelta(minutes=chance.randrange(60 * 24 * 365 * 12))
        if any(unit == "hour" for _, unit in spans):
            spans = [(spans[0][0], "hour")]
        periods = [Period(count, unit) for count, unit in spans]
        try:
            found = reckon(
                periods[0], start, calendar, extension=periods[1] if periods[1:] else None, direction="backward" if backward else "forward"
            )  # fmt: skip
        except OutsideCalendar:
            outside += 1
            continue
        if spans[0][1] == "hour":
            same = found.end == walker.hours(start, spans[0][0], backward)
        else:
            same = found.last_day == walker.last_day(start.date(), spans, backward)
        if not same:
            differ.append((spans, start, calendar.key, backward, found.last_day))
    assert differ[:5] == []
    assert outside < 15_000
