"""Made-up data of any size: the same numbers make the same database, and an editor's files make it too."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from random import Random
from typing import Iterator

import pytest

from datasette_cases.regimes import load as regimes
from datasette_cases.store.build import build

from .site import RELEASED, ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from _load import Load, chronicle  # noqa: E402

SMALL = Load(cases=12, statements=240, seed=7)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SMALL.build(tmp_path_factory.mktemp("load") / "cases.db").path


def dump(path: Path) -> list[str]:
    """All statements that make a database, but for what it was read from."""
    return [line for line in sqlite3.connect(path).iterdump() if 'INSERT INTO "releases"' not in line]


def test_an_editors_files_make_the_same_database(small: Path, tmp_path: Path) -> None:
    """They are checked by every rule on the way."""
    SMALL.files(tmp_path / "data")
    assert dump(build(tmp_path / "data", tmp_path / "cases.db", regimes(), RELEASED).path) == dump(small)


def test_another_seed_makes_other_cases(small: Path, tmp_path: Path) -> None:
    again, other = SMALL.build(tmp_path / "again.db").path, SMALL._replace(seed=8).build(tmp_path / "other.db").path
    assert dump(again) == dump(small) != dump(other)


def test_there_are_as_many_as_asked_for(small: Path) -> None:
    db = sqlite3.connect(small)
    for table, number in (("cases", 12), ("statements", 240), ("authorities", 60)):
        assert db.execute(f"select count(*) from {table}").fetchone() == (number,)


def test_everything_that_can_stand_in_a_file_is_there(small: Path) -> None:
    db = sqlite3.connect(small)
    languages = {language for (language,) in db.execute("select distinct language from statements where language is not null")}
    assert len(languages) == 11 and {"el", "bg", "pl"} <= languages
    for sql, least in (
        ("select count(distinct form) from statements", 13),
        ("select count(distinct act) from events", 25),
        ("select count(distinct status) from statuses", 20),
        ("select count(distinct date_precision) from statements", 4),
        ("select count(distinct basis) from deadlines where outcome = 'open'", 4),
        ("select count(distinct state) from decision_states", 4),
        ("select count(distinct kind) from measures", 8),
    ):
        assert db.execute(sql).fetchone()[0] >= least, sql


@pytest.mark.parametrize(("cases", "statements"), [(2, 61), (10, 300), (1000, 20_000), (50_000, 1_000_000)])
def test_few_cases_are_large_and_many_small(cases: int, statements: int) -> None:
    sizes = chronicle.sizes(cases, statements, Random(1))
    assert (len(sizes), sum(sizes), sizes[0]) == (cases, statements, chronicle.USUAL)
    assert min(sizes) >= 1 and max(sizes) <= chronicle.MOST
    if cases >= 1000:
        assert max(sizes) > 20 * sorted(sizes)[cases // 2]


@pytest.mark.parametrize(("cases", "statements"), [(1, 60), (10, 60), (2, 1000)])
def test_numbers_that_do_not_go_together_are_refused(cases: int, statements: int) -> None:
    with pytest.raises(ValueError, match="statements together"):
        chronicle.sizes(cases, statements, Random(1))


def test_a_case_is_made_only_when_it_is_its_turn(tmp_path: Path) -> None:
    """However many there are, one is in memory."""
    passed: list[int] = []

    def counted(cases: Iterator[object]) -> Iterator[object]:
        for number, case in enumerate(cases, 1):
            assert len(passed) == number - 1
            yield case

    SMALL.build(tmp_path / "cases.db", lambda what, done, _: passed.append(done) if what == "cases" else None, counted)  # type: ignore[arg-type]
    assert passed == list(range(1, 13))
