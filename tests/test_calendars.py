"""The frozen calendars: well written, what the package says, and right about days that everybody can check."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
import venv
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from datasette_cases.calendars import FOLDER, UnknownCalendar, calendar, keys
from datasette_cases.calendars.file import CERTAINTY, parse, written
from datasette_cases.law.calendar import WEEKENDS, OutsideCalendar
from datasette_cases.law.error import LawError

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
FILES = sorted(FOLDER.glob("*.txt"))
NATIONAL = [path.stem for path in FILES if path.stem != "EU-COM"]
HEAD = "# Nowhere\n# from 2024-01-01 to 2024-12-31\n# origin: a dream\n# certainty: official\n"


def holiday(key: str, day: str) -> bool:
    return date.fromisoformat(day) in calendar(key).holidays


# --- the files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_well_written(path: Path) -> None:
    """In order, no day twice, nothing outside its years, nothing by hand without a note."""
    text = path.read_text(encoding="utf-8")
    file = parse(text)
    assert written(file) == text
    assert file.certainty in CERTAINTY
    days = {*file.listed, *file.added, *file.removed}
    assert days and file.first <= min(days) and max(days) <= file.last
    assert (file.first.month, file.first.day, file.last.month, file.last.day) == (1, 1, 12, 31)
    assert {day.year for day in file.holidays} == set(range(file.first.year, file.last.year + 1))
    assert not file.added.keys() & file.listed.keys()
    assert file.removed.keys() <= file.listed.keys()
    assert file.notes or not (file.added or file.removed)


@pytest.mark.parametrize("key", keys())
def test_each_calendar_loads(key: str) -> None:
    found = calendar(key)
    assert found.key == key
    assert found is calendar(key)


@pytest.mark.parametrize("key", NATIONAL)
def test_national_calendars_know_2018_to_2030(key: str) -> None:
    found = calendar(key)
    assert (found.first, found.last) == (date(2018, 1, 1), date(2030, 12, 31))
    assert found.certainty == "package"
    working = [day for day in (date(2018, 1, 1) + timedelta(n) for n in range(13 * 365 + 3)) if found.is_working_day(day)]
    assert 13 * 243 < len(working) < 13 * 258


def test_every_authority_has_its_calendars() -> None:
    authorities = yaml.load((ROOT / "data" / "authorities.yml").read_text(encoding="utf-8"), yaml.BaseLoader)["authorities"]
    places = [authority["calendar"] for authority in authorities if "calendar" in authority]
    needed = {place["country"] for place in places}
    needed |= {f"{place['country']}-{place['subdivision']}" for place in places if "subdivision" in place}
    assert needed == set(NATIONAL)


def test_lines_by_hand_overrule_the_origin() -> None:
    text = f"{HEAD}# note: the gazette\n2024-01-01 New Year\n2024-03-01 A mistake\n+ 2024-04-01 A day\n- 2024-03-01 A mistake\n"
    file = parse(text)
    assert file.holidays == {date(2024, 1, 1), date(2024, 4, 1)}
    assert written(file) == text


@pytest.mark.parametrize("line", ["2024-1-1 Day", "2024-01-01", "* 2024-01-01 Day", "", "# remark"])
def test_a_line_that_is_nothing_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="^line 6: neither a note nor a day"):
        parse(f"{HEAD}2024-01-01 New Year\n{line}\n")


def test_a_file_without_a_head_is_none() -> None:
    with pytest.raises(ValueError, match="^line 1: a calendar begins with"):
        parse("2024-01-01 New Year\n")


# --- asking for one ---------------------------------------------------------------------------------------------------


def test_keys_are_in_order_and_none_comes_first() -> None:
    assert keys()[0] == "none"
    assert list(keys()[1:]) == sorted(keys()[1:])
    assert {"IE", "NL", "DE", "DE-HH", "ES", "GB-ENG", "EU-COM"} <= set(keys())


def test_none_knows_weekends_only() -> None:
    assert calendar("none") is WEEKENDS
    assert WEEKENDS.is_working_day(date(2024, 12, 25))
    assert not WEEKENDS.is_working_day(date(2024, 12, 28))
    assert WEEKENDS.is_working_day(date(1950, 1, 2))


@pytest.mark.parametrize(
    ("key", "nearest"), [("nl", "NL"), ("de-hh", "DE-HH"), ("DE-HHX", "DE-HH"), ("EU_COM", "EU-COM"), ("NONE", "none")]
)
def test_an_unknown_calendar_names_the_nearest(key: str, nearest: str) -> None:
    with pytest.raises(UnknownCalendar) as caught:
        calendar(key)
    assert str(caught.value) == f"{key!r} is no calendar; the nearest is {nearest}"
    assert isinstance(caught.value, LawError)


@pytest.mark.parametrize("key", ["", "Utopia", "../NL", "NL.txt", "NL\n"])
def test_nothing_else_is_a_calendar(key: str) -> None:
    with pytest.raises(UnknownCalendar, match="the nearest is"):
        calendar(key)


@pytest.mark.parametrize(
    ("key", "day", "years"),
    [
        ("NL", "2017-12-31", "2018 to 2030"),
        ("NL", "2031-01-01", "2018 to 2030"),
        ("EU-COM", "2024-12-31", "2025 to 2026"),
        ("EU-COM", "2027-01-04", "2025 to 2026"),
    ],
)
def test_a_day_outside_is_an_error_that_names_the_years(key: str, day: str, years: str) -> None:
    with pytest.raises(OutsideCalendar) as caught:
        calendar(key).is_working_day(date.fromisoformat(day))
    assert set(years.split(" to ")) <= set(str(caught.value).replace(",", "").split())
    assert key in str(caught.value)


@pytest.mark.parametrize("key", keys())
def test_weekends_are_no_working_days(key: str) -> None:
    assert not any(calendar(key).is_working_day(date(2025, 10, day)) for day in (4, 5, 11, 12, 18, 19))


# --- days that everybody can check ------------------------------------------------------------------------------------

ORTHODOX = {"BG", "CY", "GR", "RO"}
"""Their Easter Monday is another in most years."""
NO_EASTER_MONDAY = {"CH", "EE", "ES", "ES-AN", "ES-MD", "GB", "MT", "PT"}
NO_26_DECEMBER = {"BE", "CH", "ES", "ES-AN", "ES-MD", "ES-PV", "FR", "MT", "PT"}
GOOD_FRIDAY = {
    "CH-BE", "CZ", "DK", "EE", "FI", "FI-01", "GB", "GB-ENG", "GG", "HU", "IM", "IS", "JE", "LV", "MT", "NL", "NO", "PT", "SE", "SK",
}  # fmt: skip


@pytest.mark.parametrize("key", NATIONAL)
def test_easter_and_christmas(key: str) -> None:
    assert holiday(key, "2024-12-25")
    assert holiday(key, "2024-12-26") == (key not in NO_26_DECEMBER)
    assert holiday(key, "2024-04-01") == (key not in ORTHODOX | NO_EASTER_MONDAY) or key == "CY"
    assert holiday(key, "2024-05-06") >= (key in ORTHODOX)


@pytest.mark.parametrize("key", NATIONAL)
def test_good_friday(key: str) -> None:
    everywhere = key.startswith(("DE", "ES"))
    assert holiday(key, "2024-03-29") == (everywhere or key in GOOD_FRIDAY)
    assert holiday(key, "2024-05-03") == (key in ORTHODOX or key == "PL")


@pytest.mark.parametrize(
    ("key", "day", "expected"),
    [
        ("NL", "2025-04-26", True),  # King's Day: 27 April is a Sunday
        ("NL", "2025-04-27", False),
        ("NL", "2026-04-27", True),
        ("NL", "2026-05-05", True),  # by hand
        ("NL", "2026-12-24", False),
        ("IE", "2024-02-05", True),
        ("IE", "2022-02-07", False),
        ("IE", "2024-03-18", False),
        ("LI", "2021-04-02", True),  # by hand
        ("LI", "2022-04-15", False),
        ("GR", "2024-05-06", True),
        ("GR", "2024-04-01", False),
        ("DE", "2024-10-03", True),
        ("DE", "2024-10-31", False),
        ("DE-HH", "2024-10-03", True),
        ("DE-HH", "2024-10-31", True),
        ("DE-NW", "2024-10-31", False),
        ("DE-NW", "2024-11-01", True),
        ("DE-BE", "2024-03-08", True),
        ("DE-BE", "2025-05-08", True),
        ("DE-SN", "2024-11-20", True),
        ("PL", "2024-12-24", False),
        ("PL", "2025-12-24", True),
        ("SK", "2023-09-01", True),
        ("SK", "2025-09-01", False),
        ("SK", "2024-11-17", True),
        ("SK", "2025-11-17", False),
        ("SK", "2026-05-08", False),
        ("SK", "2027-05-08", True),
        ("DK", "2023-05-05", True),  # Great Prayer Day, the last
        ("DK", "2024-04-26", False),
        ("GB-ENG", "2022-09-19", True),
        ("GB-ENG", "2022-01-03", True),  # for a Saturday
        ("FR", "2024-07-14", True),
        ("BE", "2024-07-21", True),
        ("IT", "2024-04-25", True),
        ("AT-9", "2024-10-26", True),
        ("ES-CT", "2024-09-11", True),
        ("ES", "2024-09-11", False),
        ("LU", "2018-05-09", False),
        ("LU", "2019-05-09", True),
        ("FI-01", "2025-06-09", True),
        ("FI", "2025-06-09", False),
        ("CH-BE", "2024-01-02", True),
        ("CH", "2024-01-02", False),
        ("EU-COM", "2025-05-30", True),
        ("EU-COM", "2026-12-23", False),
    ],
)
def test_a_day(key: str, day: str, expected: bool) -> None:
    assert holiday(key, day) is expected


def test_half_days_are_no_holidays() -> None:
    assert calendar("EE").is_working_day(date(2025, 12, 23))
    assert calendar("IS").is_working_day(date(2025, 12, 24))


# --- what the package says now ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three calendars: one of a country, one of a part, one of another origin."""
    for key in ("PL", "DE-HH", "EU-COM"):
        (tmp_path / f"{key}.txt").write_text((FOLDER / f"{key}.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "authorities.yml").write_text("authorities: [{id: a, calendar: {country: PL}}, {id: edpb}]")
    return tmp_path


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """scripts/calendars on another folder."""
    pytest.importorskip("holidays", reason="needs Python 3.11")
    script = runpy.run_path(str(ROOT / "scripts" / "calendars"))["main"]
    monkeypatch.setattr(sys, "argv", ["calendars", *arguments])
    monkeypatch.setitem(script.__globals__, "FOLDER", folder)
    if folder != FOLDER:
        monkeypatch.setitem(script.__globals__, "AUTHORITIES", folder / "authorities.yml")
    return int(script())


def test_an_environment_without_the_package_says_so(tmp_path: Path) -> None:
    """As on Python 3.10: it does not call itself for ever."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    environment = tmp_path / ".venv" / "test-0.65.5"
    venv.create(environment, with_pip=False, symlinks=True)
    done = subprocess.run([environment / "bin" / "python", tmp_path / "scripts" / "calendars"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert done.stderr == "scripts/calendars: the package holidays is not there; it needs Python 3.11 or later.\n"


def test_the_calendars_are_what_the_package_says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(FOLDER, monkeypatch)
    assert capsys.readouterr().out == "The calendars are what the package says.\n"
    assert code == 0


def test_a_difference_is_found_and_said(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "PL.txt"
    good = path.read_text(encoding="utf-8")
    planted = good.replace("2025-12-24 Wigilia Bożego Narodzenia\n", "2025-12-23 Przedwigilia\n").replace(
        "\n2018-01-01 ", "\n2018-01-01 Stary "
    )
    assert planted != good
    path.write_text(planted, encoding="utf-8")
    assert run(folder, monkeypatch) == 1
    assert capsys.readouterr().out == (
        "PL: 2018-01-01 Stary Nowy Rok is now called Nowy Rok\n"
        "PL: 2025-12-23 Przedwigilia is gone\n"
        "PL: 2025-12-24 Wigilia Bożego Narodzenia is new\n"
    )
    assert path.read_text(encoding="utf-8") == planted
    assert run(folder, monkeypatch, "--write") == 0
    assert capsys.readouterr().out == "PL: written\n"
    assert path.read_text(encoding="utf-8") == good


def test_what_is_written_by_hand_stays(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "PL.txt"
    by_hand = path.read_text(encoding="utf-8") + "+ 2024-12-24 Wigilia\n- 2024-01-06 Święto Trzech Króli\n"
    path.write_text(by_hand, encoding="utf-8")
    assert run(folder, monkeypatch) == 0
    path.write_text(by_hand.replace("2024-01-01 Nowy Rok\n", ""), encoding="utf-8")
    assert run(folder, monkeypatch, "--write") == 0
    assert path.read_text(encoding="utf-8") == by_hand


def test_a_new_place_gets_its_files(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    others = {path: path.read_bytes() for path in folder.glob("*.txt")}
    (folder / "authorities.yml").write_text(
        'authorities: [{id: a, calendar: {country: "NO"}}, {id: b, calendar: {country: FI, subdivision: 01}}]'
    )
    assert run(folder, monkeypatch) == 1
    assert capsys.readouterr().out == "FI: has no file yet\nFI-01: has no file yet\nNO: has no file yet\n"
    assert run(folder, monkeypatch, "--write") == 0
    assert parse((folder / "NO.txt").read_text(encoding="utf-8")).listed == parse((FOLDER / "NO.txt").read_text(encoding="utf-8")).listed
    assert (folder / "FI-01.txt").is_file()
    assert {path: path.read_bytes() for path in others} == others
