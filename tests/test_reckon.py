"""Reckoning at a terminal and in SQL: what is answered, and what is refused with a reason."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Iterator

import pytest
from click.testing import CliRunner, Result
from datasette.app import Datasette

from datasette_cases.cli import cases
from datasette_cases.law.calendar import WEEKENDS
from datasette_cases.law.error import unknown
from datasette_cases.plugin import functions

DATA = ("datasette_cases.calendars", "datasette_cases.time_limits")
shipped = pytest.mark.skipif(any(find_spec(name) is None for name in DATA), reason="without the data of the law")


@pytest.fixture(autouse=True)
def without_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package has no calendars or time limits yet, there are none but `none`."""

    def calendar(key: str) -> Any:
        if key == WEEKENDS.key:
            return WEEKENDS
        raise unknown("calendar", key, [WEEKENDS.key])

    for name, content in zip(DATA, ({"calendar": calendar}, {"TIME_LIMITS": {}}), strict=True):
        if find_spec(name) is None:
            stand_in = ModuleType(name)
            stand_in.__dict__.update(content)
            monkeypatch.setitem(sys.modules, name, stand_in)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cases, ["reckon", *arguments])


def answered(*arguments: str) -> Any:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


# --- at a terminal ----------------------------------------------------------------------------------------------------


def test_json_has_the_promised_shape() -> None:
    found = answered("3 months", "--start", "2024-06-06", "--calendar", "none")
    assert list(found) == ["last_day", "end", "steps", "certainty", "variants"]
    assert (found["last_day"], found["end"], found["certainty"], found["variants"]) == (
        "2024-09-06",
        "2024-09-07T00:00:00",
        "text-read",
        [],
    )
    assert found["steps"][1] == {
        "day": "2024-09-06",
        "text": "3 months on: Friday 6 September 2024, the day of the same number as the event.",
        "provision": "Regulation 1182/71 Art. 3(2)(c)",
    }


def test_hours_end_at_the_strict_moment_and_the_lenient_one_is_a_variant() -> None:
    found = answered("72 hours", "--start", "2024-05-17T14:30", "--calendar", "none")
    assert (found["last_day"], found["end"]) == ("2024-05-20", "2024-05-20T15:00:00")
    assert [variant["end"] for variant in found["variants"]] == ["2024-05-22T00:00:00", "2024-05-21T15:00:00"]


def test_backwards_the_start_of_the_period_is_given() -> None:
    found = answered("4 weeks", "--start", "2024-07-01", "--calendar", "none", "--backward")
    assert (found["last_day"], found["variants"][0]["last_day"]) == ("2024-06-03", "2024-06-02")
    assert "\nBegins with: Monday 3 June 2024\n" in run("4 weeks", "--start", "2024-07-01", "--calendar", "none", "--backward").stdout


def test_a_month_as_start_gives_a_range() -> None:
    found = answered("3 months", "--start", "2024-06", "--calendar", "none")
    assert list(found) == ["last_day", "first", "last"]
    assert found["last_day"] == "2024-09-02/2024-09-30"
    assert (found["first"]["last_day"], found["last"]["end"]) == ("2024-09-02", "2024-10-01T00:00:00")
    text = run("3 months", "--start", "2024-06", "--calendar", "none").stdout
    assert "The result lies between Monday 2 September 2024 and Monday 30 September 2024.\n" in text


def test_a_file_of_your_own_holidays(tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("# a remark\n2024-09-06\n\n2024-09-09 The Monday after\n", encoding="utf-8")
    assert answered("3 months", "--start", "2024-06-06", "--calendar-file", str(file))["last_day"] == "2024-09-10"
    file.write_text("# from 2024-01-01 to 2024-08-31\n2024-05-01\n", encoding="utf-8")
    done = run("3 months", "--start", "2024-06-06", "--calendar-file", str(file))
    assert (done.exit_code, done.stderr) == (
        1,
        "the calendar mine.txt knows the days from 2024-01-01 to 2024-08-31, not 2024-09-06; the nearest day is 2024-08-31\n",
    )


def test_the_working_is_for_a_pencil() -> None:
    assert run("3 months", "--start", "2024-06-07", "--calendar", "none").stdout == (
        "3 months, calendar none (frozen)\n\n"
        " 1. The event is on Friday 7 June 2024. That day does not count. [Regulation 1182/71 Art. 3(1)]\n"
        " 2. 3 months on: Saturday 7 September 2024, the day of the same number as the event. [Regulation 1182/71 Art. 3(2)(c)]\n"
        " 3. Saturday 7 September 2024 is no working day: on to Sunday 8 September 2024. [Regulation 1182/71 Art. 3(4)]\n"
        " 4. Sunday 8 September 2024 is no working day: on to Monday 9 September 2024. [Regulation 1182/71 Art. 3(4)]\n"
        " 5. Monday 9 September 2024, a working day (calendar none), is the last day; it is over at 24:00. [Regulation 1182/71 Art. 3(2)]\n\n"
        "Last day: Monday 9 September 2024\n"
        "Certainty: text-read (read in the legal text)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["3 weaks", "--start", "2024-06-06", "--calendar", "none"], "there is no unit 'weaks'; the nearest: weeks"),
        (["3 weeks", "--start", "2024-02-30", "--calendar", "none"], "write the start as 2024-06-06"),
        (["3 weeks", "--start", "2024-06-06", "--calendar", "nome"], "none"),
        (["3 weeks", "--start", "2024-06-06"], "--calendar KEY"),
        (["3 weeks", "--start", "2024-06-06", "--calendar-file", "/nowhere/x.txt"], "/nowhere/x.txt cannot be read"),
        (["3 weeks", "--start", "2024-06-06", "--calendar", "none", "--extended"], "a bare period knows no extension"),
        (["3 weeks", "--start", "2024-06-06", "--calendar", "none", "--published"], "only the EU courts"),
        (["gdpr-60-44", "--start", "2024-06-06", "--calendar", "none"], "there is no rule 'gdpr-60-44'"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_1(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert message in done.stderr and done.stderr.count("\n") == 1


def test_a_line_that_is_no_day_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("2024-09-06\n6 September\n", encoding="utf-8")
    done = run("3 weeks", "--start", "2024-06-06", "--calendar-file", str(file))
    assert (done.exit_code, "mine.txt, line 2: found '6 September'" in done.stderr) == (1, True)


@shipped
def test_a_rule_and_a_calendar_of_the_package() -> None:
    found = answered("gdpr-78-2", "--start", "2024-06-06", "--calendar", "NL")
    assert (found["last_day"], found["steps"][0]["provision"]) == ("2024-09-06", "GDPR 78(2)")
    near = run("gdpr-60-44", "--start", "2024-06-06", "--calendar", "IE")
    assert (near.exit_code, "gdpr-60-4" in near.stderr) == (1, True)
    outside = run("3 weeks", "--start", "2051-06-06", "--calendar", "IE")
    assert (outside.exit_code, "2018 to 2030" in outside.stderr) == (1, True)
    assert run("3 weeks", "--start", "2024-06-06", "--calendar", "EI").exit_code == 1


@shipped
def test_the_end_of_validity_is_not_moved() -> None:
    """16 August 2025 is a Saturday."""
    assert answered("gdpr-66-1", "--start", "2025-05-16", "--calendar", "IT")["last_day"] == "2025-08-16"


@shipped
def test_the_ten_days_for_distance_need_not_be_asked_for() -> None:
    found = answered("tfeu-263", "--start", "2024-06-06", "--calendar", "none", "--published")
    assert (found["last_day"], found["certainty"]) == ("2024-08-30", "known")
    assert answered("tfeu-263", "--start", "2024-06-06", "--calendar", "none", "--published", "--extended") == found


@shipped
def test_every_time_limit_reckons_its_own_example() -> None:
    from datasette_cases.time_limits import TIME_LIMITS

    wrong = {}
    for limit in TIME_LIMITS.values():
        if limit.example is None:
            assert limit.period is None, f"{limit.id} has a period and no example"
            continue
        example = limit.example
        extended = ["--extended"] if example.extended else []
        found = answered(limit.id, "--start", example.start, "--calendar", example.calendar, *extended)
        if found["last_day"] != example.last_day:
            wrong[limit.id] = (found["last_day"], example.last_day)
    assert wrong == {}


# --- in SQL -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    found = sqlite3.connect(":memory:")
    functions.register(found)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("last_day('3 months', '2024-06-06', 'none')", "2024-09-06"),
        ("last_day('3 months', '2024-06', 'none')", "2024-09-02/2024-09-30"),
        ("last_day('72 hours', '2024-05-17T14:30', 'none')", "2024-05-20"),
        ("last_day(null, '2024-06-06', 'none')", None),
        ("last_day('3 months', null, 'none')", None),
        ("last_day('3 months', '2024-06-06', null)", None),
        ("working_days('2024-06-06', '2024-06-13', 'none')", 5),
        ("working_days('2024-06-08', '2024-06-09', 'none')", 0),
        ("working_days('2024-06-13', '2024-06-06', 'none')", -5),
        ("working_days(null, '2024-06-09', 'none')", None),
        ("is_working_day('2024-06-07', 'none')", 1),
        ("is_working_day('2024-06-08', 'none')", 0),
        ("is_working_day('2024-06-08', null)", None),
        ("reckon_json('3 months', null, 'none')", None),
        ("json_extract(reckon_json('3 months', '2024-06-06', 'none'), '$.steps[1].day')", "2024-09-06"),
        (
            "json_extract(reckon_json('3 weaks', '2024-06-06', 'none'), '$.error')",
            "there is no unit 'weaks'; the nearest: weeks, years",
        ),
        ("json_extract(reckon_json('3 weeks', 2024, 'none'), '$.error')", "found 2024; write a text in quotes"),
    ],
)
def test_functions_answer(connection: sqlite3.Connection, sql: str, value: Any) -> None:
    assert connection.execute(f"select {sql}").fetchone() == (value,)


@pytest.mark.parametrize(
    "sql",
    [
        "last_day('3 weaks', '2024-06-06', 'none')",
        "last_day('3 weeks', '2024-02-30', 'none')",
        "last_day('3 weeks', 20240606, 'none')",
        "last_day('3 weeks', '2024-06-06', 'nome')",
        "working_days('2024-06', '2024-06-09', 'none')",
        "is_working_day('2024-06-08T10:00', 'none')",
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_functions_refuse(connection: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="user-defined function raised exception"):
        connection.execute(f"select {sql}").fetchone()


def test_functions_may_stand_in_an_index(connection: sqlite3.Connection) -> None:
    """That is what being deterministic allows."""
    connection.execute("create table complaints (lodged text)")
    connection.execute("create index ends on complaints (last_day('3 months', lodged, 'none'))")


def test_a_hundred_thousand_last_days_take_about_a_second(connection: sqlite3.Connection) -> None:
    """The days of thirty years, several times over."""
    days = "with recursive n(i) as (select 0 union all select i + 1 from n where i < 99999) select "
    day = "date('2000-01-01', (i % 10958) || ' days')"
    started = time.process_time()
    plain = connection.execute(f"{days} max({day}) from n").fetchone()
    between = time.process_time()
    found = connection.execute(f"{days} max(last_day('3 months', {day}, 'none')) from n").fetchone()
    took = time.process_time() - between
    assert (plain, found) == (("2029-12-31",), ("2030-04-01",))
    assert took < 5, f"{took:.2f} s, without {between - started:.2f} s"


@pytest.mark.asyncio
@pytest.mark.parametrize("sql", ["select last_day('3 months', '2024-06-06', 'none') as day"])
async def test_datasette_has_the_functions(tmp_path: Path, sql: str) -> None:
    sqlite3.connect(tmp_path / "any.db").execute("vacuum")
    site = Datasette([str(tmp_path / "any.db")])
    await site.invoke_startup()
    rows = (await site.get_database("any").execute(sql)).rows
    assert [tuple(row) for row in rows] == [("2024-09-06",)]
    response = await site.client.get("/any.json", params={"sql": sql, "_shape": "array"}, follow_redirects=True)
    assert response.json() == [{"day": "2024-09-06"}]
