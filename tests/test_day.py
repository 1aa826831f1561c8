"""Days as sources give them: what can be written, and between which days each lies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasette_cases.model import day
from datasette_cases.model.interval import Interval, as_of
from datasette_cases.vocabulary import DATE_PRECISION

from .strategies import dates, days

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "precision", "first", "last", "start"),
    [
        ("2024-06-06", "day", date(2024, 6, 6), date(2024, 6, 6), "2024-06-06"),
        ("2024-06", "month", date(2024, 6, 1), date(2024, 6, 30), "2024-06"),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2023-02", "month", date(2023, 2, 1), date(2023, 2, 28), "2023-02"),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-06-06/2024-06-14", "interval", date(2024, 6, 6), date(2024, 6, 14), "2024-06-06"),
        ("2023-12-31/2024-01-01", "interval", date(2023, 12, 31), date(2024, 1, 1), "2023-12-31"),
        ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29), "2024-02-29"),
    ],
)
def test_a_date_is_read_as_written_and_never_completed(text: str, precision: str, first: date, last: date, start: str) -> None:
    found = day.parse(text)
    assert (found.precision, found.first, found.last, found.start, str(found)) == (precision, first, last, start, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "6 June 2024", "2024-6-6", "24-06-06", "2024-06-06T10:00", "2024/06/06", "2024-06-", "-2024", "+2024", "2024-06-06\n",
        " 2024", "2024 ", "２０２４", "٢٠٢٤-٠٦", "2024-W23", "20240606", "12024", "2024-06-31", "2023-02-29", "2024-00", "2024-13",
        "2024-06-00", "0000", "1899", "1899-12-31", "2200", "9999-12-31",
        "2024-06-06/", "/2024-06-06", "2024-06/2024-07", "2024/2025", "2024-06-06/2024-07", "2024-06-06/2024-06-14/2024-06-20",
        "2024-06-06/14", "2024-06-06//2024-06-14", "2024-06-06 / 2024-06-14",
    ],
)  # fmt: skip
def test_what_is_no_date_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        day.parse(text)


@pytest.mark.parametrize("text", ["2024-06-14/2024-06-06", "2024-06-06/2024-06-06"])
def test_an_interval_has_its_earlier_day_first(text: str) -> None:
    with pytest.raises(day.IntervalBackwards, match="2024-06-06"):
        day.parse(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_its_month_and_that_in_its_year(when: date) -> None:
    exact, month, year = day.parse(f"{when}"), day.parse(f"{when:%Y-%m}"), day.parse(f"{when:%Y}")
    assert exact.first == exact.last == when
    assert year.first <= month.first <= when <= month.last <= year.last
    assert month.first.day == 1 and (month.last + timedelta(1)).day == 1
    assert (year.first.month, year.first.day, year.last.month, year.last.day) == (1, 1, 12, 31)


@given(dates())
def test_a_date_lies_between_its_days_and_its_precision_is_a_word(text: str) -> None:
    found = day.parse(text)
    assert found.first <= found.last
    assert found.precision in DATE_PRECISION
    assert day.parse(str(found)) == found


@given(st.lists(dates()))
def test_dates_are_in_order_of_the_last_day_they_can_be(texts: list[str]) -> None:
    lasts = [found.last for found in sorted(day.parse(text) for text in texts)]
    assert lasts == sorted(lasts)


@given(st.text("0123456789-/ T", max_size=22))
def test_any_text_is_a_date_or_a_plain_error(text: str) -> None:
    try:
        found = day.parse(text)
    except ValueError as error:
        assert str(error)
    else:
        assert str(found) == text


# --- intervals --------------------------------------------------------------------------------------------------------


def test_an_interval_holds_from_its_first_day_up_to_the_day_on_which_it_no_longer_does() -> None:
    interval = Interval(date(2024, 6, 6), date(2024, 6, 10))
    assert [day for day in range(1, 31) if interval.holds(date(2024, 6, day))] == [6, 7, 8, 9]


def test_an_interval_without_an_end_holds_still() -> None:
    interval = Interval(date(2024, 6, 6), None)
    assert not interval.holds(date(2024, 6, 5))
    assert interval.holds(date(2024, 6, 6)) and interval.holds(date.max)


@given(st.lists(st.tuples(days(), st.one_of(st.none(), days()))), days())
def test_as_of_a_day_are_those_that_hold_on_it_in_their_order(pairs: list[tuple[date, date | None]], on: date) -> None:
    intervals = [Interval(since, until) for since, until in pairs]
    assert as_of(intervals, on) == [interval for interval in intervals if interval.since <= on < (interval.until or date.max)]
