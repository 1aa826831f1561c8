"""Every figure that a case's title or summary names follows from the case's rows."""

import re
import sqlite3
from pathlib import Path

import pytest
import yaml

from .site import ROOT

pytestmark = pytest.mark.once

FIGURES = Path(__file__).parent / "figures"
CASES = sorted(path.stem for path in (ROOT / "data/cases").glob("*.yml"))
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBER = re.compile(rf"\d[\d.,]*|\b(?:{'|'.join(SMALL.split())}|dozen|hundred|thousand|half)\b", re.IGNORECASE)
# What is a date, a provision or a number that only names something is no figure.
NO_FIGURE = re.compile(
    rf"(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?|\b(?:19|20)\d\d\b|\bArt(?:icle|s)?\.? \d+(?:\(\w+\))*|\b[CT]-\d+/\d+|Regulation \S+ \S+"
)


def figures(case: str) -> list[dict[str, object]]:
    path = FIGURES / f"{case}.yml"
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader) if path.exists() else []


@pytest.fixture
def db(real_db: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{real_db}?mode=ro", uri=True)


@pytest.mark.parametrize("case", CASES)
def test_each_figure_is_what_its_sql_yields(db: sqlite3.Connection, case: str) -> None:
    for figure in figures(case):
        (found,) = db.execute(str(figure["sql"])).fetchone()
        assert float(found) == float(str(figure["number"])), f"{figure['words']}: the rows say {found}"


@pytest.mark.parametrize("case", CASES)
def test_no_figure_is_without_its_sql(db: sqlite3.Connection, case: str) -> None:
    title, summary = db.execute("select title, summary from cases where id = ?", (case,)).fetchone()
    rest = f"{title}\n{summary}"
    for figure in figures(case):
        assert str(figure["words"]) in rest, f"{figure['words']!r} stands neither in the title nor in the summary"
        rest = rest.replace(str(figure["words"]), "")
    assert NUMBER.findall(NO_FIGURE.sub("", rest)) == []


@pytest.mark.parametrize("case", CASES)
def test_a_translation_has_the_figures_and_days_of_the_text_it_translates(db: sqlite3.Connection, case: str) -> None:
    """Written in figures; years and days among them. Spanish has no word for a thousand million."""
    original = digits(*db.execute("select title, summary from cases where id = ?", (case,)).fetchone())
    texts: dict[str, list[str]] = {}
    found = "select language, text from translations where case_id = ? and item_type = 'case'"
    for language, text in db.execute(found, (case,)):
        texts.setdefault(language, []).append(text)
    assert len(texts) == 6
    assert {language: digits(*text) for language, text in texts.items()} == dict.fromkeys(texts, original)


def digits(*texts: str) -> list[str]:
    return sorted(re.findall(r"\d+", " ".join(texts).replace("1200 millones", "1,2 mil millones")))
