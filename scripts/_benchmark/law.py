"""What the law costs, as ratios to the same without it, in seconds of this process. Argument: how many deadlines and questions."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Callable

from datasette_cases.plugin.functions import register
from datasette_cases.regimes import collect
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store.build import build

NUMBER = int(sys.argv[1])
A_CASE = 100
"""Complaints of one case."""
SOURCE = "https://example.org/a"

LIBRARY = {
    "authorities.yml": f"""authorities:
  - id: nl-ap
    name: Authority
    names: [{{language: nl, name: Autoriteit}}]
    short_name: AP
    country: NL
    level: national
    edpb_member: yes
    languages: [nl]
    calendar: {{country: NL}}
    sources: [{SOURCE}]
""",
    "actors.yml": """actors:
  - {id: acme, kind: respondent, name: Acme}
  - {id: noyb, kind: complainant, name: noyb}
""",
    "publishers.yml": """publishers:
  - {host: example.org, name: Example, kind: reference}
""",
}


def folder(path: Path, brought_under: str) -> Path:
    """Cases whose complaints bring a deadline with them, or, being tips, none."""
    (path / "cases").mkdir(parents=True)
    for name, text in LIBRARY.items():
        (path / name).write_text(text, encoding="utf-8")
    for case in range(-(-NUMBER // A_CASE)):
        lines = [f"id: case-{case}", "title: Case", "summary: A case.", "regime: gdpr", "respondents: [acme]", "complaints:"]
        for number in range(A_CASE):
            filed = date(2018, 6, 1) + timedelta(days=case % 300 + number * 27)
            lines += [
                f"  - id: c{number}", "    authority: nl-ap", "    by: [noyb]", f"    filed: {filed}",
                f"    brought_under: {brought_under}", f"    sources: [{SOURCE}]",
            ]  # fmt: skip
        (path / f"cases/case-{case}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def took(work: Callable[..., object], *arguments: object) -> float:
    """Seconds of this process: what else the machine does counts for nothing."""
    started = time.process_time()
    work(*arguments)
    return time.process_time() - started


def builds(place: Path) -> dict[str, float]:
    """Seconds of a build with the deadlines and without; the better of two, in turn."""
    folders = {"with": folder(place / "with", "art-80-1"), "without": folder(place / "without", "tip")}
    seconds: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(2):
        for name, data in folders.items():
            seconds[name].append(took(build, data, place / f"{name}.db", collect([GDPR]), date(2026, 11, 24)))
    with sqlite3.connect(place / "with.db") as db:
        (reckoned,) = db.execute("select count(*) from deadlines where reckoned_day is not null").fetchone()
    assert reckoned >= NUMBER, reckoned
    return {name: min(all_of_it) for name, all_of_it in seconds.items()}


def all_rows(db: sqlite3.Connection, sql: str) -> list[object]:
    return db.execute(sql).fetchall()


def questions() -> dict[str, float]:
    """Seconds of as many questions in SQL: days that repeat as in data, nearly all different, and SQLite's own date()."""
    db = sqlite3.connect(":memory:")
    register(db)
    db.execute("create table days (day text, period text)")
    days = ((date(2018, 1, 1) + timedelta(days=number % 4000), number // 4000 + 1) for number in range(NUMBER))
    db.executemany("insert into days values (?, ?)", ((day.isoformat(), f"{weeks} days") for day, weeks in days))
    asked = {
        "own": "select count(date(day, '+28 days')) from days",
        "alike": "select count(last_day('gdpr-60-4', day, 'NL')) from days",
        "different": "select count(last_day(period, day, 'NL')) from days",
    }
    return {name: took(all_rows, db, sql) for name, sql in asked.items()}


def table(build_took: dict[str, float], asked: dict[str, float]) -> str:
    """Markdown, as it stands in CONTRIBUTING.md."""
    rows = (
        (f"build, {NUMBER:,} reckoned deadlines", build_took["with"], "the same build without", build_took["without"], "at most 1.3"),
        (f"{NUMBER:,} last_day in SQL, days as in data", asked["alike"], "date(day, '+28 days')", asked["own"], ""),
        ("nearly all questions different", asked["different"], "the same", asked["own"], ""),
    )
    lines = ["| what | s | against | s | ratio | goal |", "| --- | ---: | --- | ---: | ---: | --- |"]
    for what, this, against, that, goal in rows:
        lines.append(f"| {what} | {this:.2f} | {against} | {that:.3f} | {this / that:.2f} | {goal} |")
    return "\n".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print(table(builds(Path(place)), questions()))
