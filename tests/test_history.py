"""A release says what changed since the one before, and nothing that was published is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from datasette_cases.cli import cases as command
from datasette_cases.store.build import build

from . import made
from .site import serve

pytestmark = pytest.mark.once

FIRST, SECOND, THIRD = date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 8)
CASE = "acme-0"


class Site:
    """A data folder that is released again and again, each time over the file before."""

    def __init__(self, folder: Path) -> None:
        self.data, self.file = made.folder(folder / "data"), folder / "cases.db"

    def edit(self, old: str, new: str) -> None:
        path = self.data / f"cases/{CASE}.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def release(self, day: date) -> None:
        build(self.data, self.file, made.REGIMES, day, previous=self.file if self.file.exists() else None)

    def rows(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.file)) as db:
            return db.execute(sql).fetchall()

    def changes(self) -> list[Any]:
        return self.rows(
            'select r.released, c.item, c."column", c.old, c.new, c.kind from changes c join releases r on r.id = c.release_id'
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.release(FIRST)
    return found


SUMMARY = "Not competent; cannot yet judge whether urgency is called for."
MENDED = "Not competent; has too little information to judge whether urgency is called for."


def test_the_first_release_changes_nothing(site: Site) -> None:
    assert site.rows("select id, released from releases") == [(1, "2026-10-01")]
    assert site.changes() == []


def test_each_release_adds_its_changes_to_those_before(site: Site) -> None:
    site.edit(SUMMARY, MENDED)
    site.release(SECOND)
    corrected = ("2026-11-01", f"statements/{CASE}/ap-first-word", "summary", SUMMARY, MENDED, "corrected")
    assert site.changes() == [corrected]
    site.edit("    status: forwarded-to-lead\n", "    status: forwarded-to-lead\n    retracted: The letter was about another complaint.\n")
    site.release(THIRD)
    assert site.rows("select id, released from releases") == [(1, "2026-10-01"), (2, "2026-11-01"), (3, "2026-11-08")]
    assert site.changes()[0] == corrected
    assert [change[:2] + change[5:] for change in site.changes()[1:]] == [("2026-11-08", f"events/{CASE}/ap-forwards", "retracted")]


def test_what_is_no_longer_in_the_files_is_told(site: Site) -> None:
    path = site.data / f"cases/{CASE}.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: ap-first-word"), text.index("  - id: ap-forwards")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    site.release(SECOND)
    assert site.changes() == [("2026-11-01", f"statements/{CASE}/ap-first-word", None, SUMMARY, None, "retracted")]


def test_the_same_release_over_the_same_file_is_the_same(site: Site, tmp_path: Path) -> None:
    site.edit(SUMMARY, MENDED)
    dumps = []
    for name in ("one.db", "two.db"):
        build(site.data, tmp_path / name, made.REGIMES, SECOND, previous=site.file)
        with closing(sqlite3.connect(tmp_path / name)) as db:
            dumps.append(list(db.iterdump()))
    assert dumps[0] == dumps[1]


def test_another_version_of_the_tables_is_refused(site: Site, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(site.file.read_bytes())
    with closing(sqlite3.connect(old)) as db:
        db.execute("update releases set schema_version = 0")
        db.commit()
    before = site.file.read_bytes()
    arguments = ["build", str(site.data), str(site.file), "--released", "2026-11-01", "--previous", str(old)]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 1 and "version 0" in done.stderr and site.file.read_bytes() == before


@pytest.mark.parametrize("name", ["nowhere.db", "note.txt"])
def test_what_is_no_database_is_refused(site: Site, tmp_path: Path, name: str) -> None:
    (tmp_path / "note.txt").write_text("no database")
    arguments = ["build", str(site.data), str(site.file), "--previous", str(tmp_path / name)]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 1 and name in done.stderr


async def shown(site: Site, query: str = "") -> BeautifulSoup:
    response = await (await serve(site.file)).client.get(f"/-/cases/{CASE}{query}", headers={"accept-language": "en"})
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html5lib")


@pytest.mark.asyncio
async def test_a_correction_is_seen_on_the_page(site: Site) -> None:
    site.edit(SUMMARY, MENDED)
    site.release(SECOND)
    note = (await shown(site, "?as_of=2026-11-02")).select_one("#ap-first-word .corrected")
    assert note and SUMMARY in note.get_text() and "Corrected 1 Nov 2026" in " ".join(note.get_text().split())
    assert not (await shown(site, "?as_of=2026-10-31")).select(".corrected"), "nothing of a later day"


@pytest.mark.asyncio
async def test_a_changed_deadline_changes_its_event_alone(site: Site) -> None:
    async def events() -> dict[str, str]:
        text = (await (await serve(site.file)).client.get("/-/deadlines.ics")).text
        return {part.split("UID:")[1].split("\r\n")[0]: part for part in text.split("BEGIN:VEVENT")[1:]}

    path = site.data / f"cases/{CASE}.yml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + path.read_text(encoding="utf-8").split("deadlines:\n")[1].replace("policy", "more").replace("06-26", "07-26"),
        encoding="utf-8",
    )
    site.release(SECOND)
    before = await events()
    site.edit("last_day: 2024-06-26", "last_day: 2024-06-27")
    site.release(THIRD)
    after = await events()
    (changed,) = [uid for uid, event in after.items() if before.get(uid) != event]
    assert "policy" in changed and "SEQUENCE:1" in after[changed] and "LAST-MODIFIED:20261108T000000Z" in after[changed]
