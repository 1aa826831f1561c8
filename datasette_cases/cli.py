"""`datasette cases …`: what an editor does at a terminal. Arguments, one call, print, exit code."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, Iterator, NoReturn, Optional

import click


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day as 2026-11-24."""

    name = "day"

    def convert(self, value: Any, param: Optional[click.Parameter], ctx: Optional[click.Context]) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f'found "{value}"; write a day as 2026-11-24', param, ctx)


released_option = click.option(
    "--released", type=Day(), default=lambda: date.today(), show_default="today", metavar="DAY",
    help="Day of the release. What is said to have happened may not lie after it.",
)  # fmt: skip
folder_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="DATA")


@click.group()
def cases() -> None:
    """Check, format and build a tracker's data."""


@cases.command()
@folder_argument
@released_option
def check(folder: Path, released: date) -> None:
    """Read all files of DATA and report every problem, with its line. Writes nothing."""
    from .regimes import load
    from .store import build as store

    with reported(), progress() as bar:
        count = store.check(folder, load(), released, bar)
    click.echo(f"{folder}: {count} {'case' if count == 1 else 'cases'}, no problems")


@cases.command()
@folder_argument
@click.argument("database", type=click.Path(path_type=Path), metavar="DATABASE")
@released_option
@click.option(
    "--previous", metavar="OLD",
    help="The database that was published before, a file or its https address; it may be DATABASE itself. What changed since stands in "
    "`changes`, and what it said stays readable.",
)  # fmt: skip
@click.option("--progress", "wanted", is_flag=True, help="Say how far it is, also where standard error is no terminal.")
def build(folder: Path, database: Path, released: date, previous: Optional[str], wanted: bool) -> None:
    """Build the SQLite file DATABASE from DATA. A file that is served keeps working: it is swapped in whole."""
    from .regimes import load
    from .store import build as store

    with reported(), progress(wanted) as bar:
        built = store.build(folder, database, load(), released, bar, previous)
    counts = built.counts
    click.echo(
        f"{database}: {counts['cases']} cases, {counts['complaints']} complaints, {counts['events']} events, "
        f"{counts['statements']} statements, {counts['answers']} answers, {counts['deadlines']} deadlines, {counts['sources']} sources"
    )


@cases.command()
@click.argument("database", type=click.Path(path_type=Path), metavar="DATABASE")
@click.option(
    "--after", type=click.Path(path_type=Path), metavar="PUBLISHED",
    help="The database that is published now: DATABASE may not be older, and has to know all of its releases.",
)  # fmt: skip
def verify(database: Path, after: Optional[Path]) -> None:
    """Read DATABASE to its end: is it whole, and may it be published? Writes nothing."""
    from .store.verify import verify as verified

    with reported():
        found = verified(database, after)
    click.echo(f"{database}: whole; {found.releases} {'release' if found.releases == 1 else 'releases'}, the last of {found.released}")


@cases.command("format")
@folder_argument
@click.option("--check", "only_check", is_flag=True, help="Write nothing; show what would change, exit code 1 if anything would.")
def format_(folder: Path, only_check: bool) -> None:
    """Write the files of DATA in canonical form. Values and comments stay as they are."""
    from .source import format as form

    with reported():
        changed = form.format_folder(folder, write=not only_check)
    for path, difference in changed:
        click.echo(difference if only_check else f"{path}: formatted", nl=not only_check)
    if only_check and changed:
        sys.exit(1)


@cases.command()
@folder_argument
@click.option("--day", type=Day(), default=lambda: date.today(), show_default="today", metavar="DAY", help="The day it is looked at.")
@click.option("--case", "case_id", metavar="ID", help="Only this case.")
@click.option("--reason", metavar="REASON", help="Only what is there for this reason, such as search-old.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def audit(folder: Path, day: date, case_id: Optional[str], reason: Optional[str], as_json: bool) -> None:
    """List what editors may look at again in DATA, by case and reason, each with its line. None of it is an error."""
    import json

    from . import audit as auditing
    from .regimes import load

    with reported(), progress() as bar:
        found = auditing.audit(folder, load(), max(day, date.today()), day, case_id, reason, bar)
    click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(auditing.lines(found)))


@cases.command()
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Tell what changed from the database OLD to NEW: new, corrected, retracted, more sources; then what follows from it."""
    import json

    from .history import diff as history
    from .history import told
    from .page.words import Words
    from .query import words as words_query
    from .store.opened import opened

    with reported(), opened(old) as before, opened(new) as after:
        found, words = history.diff(before, after), Words(words_query.read(after, "en"))
    click.echo(json.dumps(told.plain(found, words), ensure_ascii=False, indent=2) if as_json else "\n".join(told.lines(found, words)))


@cases.command()
@click.argument("database", type=click.Path(path_type=Path), metavar="DATABASE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--url", metavar="URL", help="Where DIR will be on the web; then it has a description for catalogues of data, dcat.jsonld.")
@click.option(
    "--metadata", type=click.Path(path_type=Path), metavar="FILE",
    help="Datasette's metadata.yml: title, description, license, source, and also publisher, publisher_url.",
)  # fmt: skip
@click.option("--license-text", type=click.Path(path_type=Path), metavar="FILE", help="The text that goes along as LICENSE.txt.")
def export(database: Path, folder: Path, url: Optional[str], metadata: Optional[Path], license_text: Optional[Path]) -> None:
    """Write all of DATABASE to the new, empty or earlier DIR: the file itself, CSV as a data package in a zip file, JSON Lines."""
    from .export import folder as exporting
    from .export.metadata import read, text
    from .store.opened import opened

    if url and not url.startswith(("https://", "http://")):
        fail(f'found --url "{url}"; write an address that begins with https://')
    with reported():
        said, licence = read(metadata), text(license_text)
        with opened(database) as db:
            found = exporting.export(database, db, folder, said, url, licence)
    lines = [size for name, size in found.files.items() if name.startswith("jsonl/")]
    for name, size in found.files.items():
        if not name.startswith("jsonl/"):
            click.echo(f"{folder / name}: {size:,} bytes")
    click.echo(f"{folder / 'jsonl'}: {len(lines)} files, {sum(lines):,} bytes")


@cases.command()
@click.argument("rule", metavar="RULE_OR_PERIOD")
@click.option("--start", required=True, help="The event: 2024-06-06, or 2024-05-17T14:30 for hours; 2024-06 and 2024 give a range.")
@click.option("--calendar", "key", metavar="KEY", help="Whose public holidays: IE, DE-HH, EU-COM; none knows weekends only.")
@click.option("--calendar-file", type=click.Path(path_type=Path), metavar="FILE", help="Your own public holidays, one date a line.")
@click.option("--extended", is_flag=True, help="With the extension that the rule allows.")
@click.option("--backward", is_flag=True, help="Backwards from the event: gives the day with which the period begins.")
@click.option("--published", is_flag=True, help="EU courts: the event is publication in the Official Journal.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def reckon(
    rule: str, start: str, key: Optional[str], calendar_file: Optional[Path], extended: bool, backward: bool, published: bool, as_json: bool
) -> None:
    """Reckon the last day of a time limit (gdpr-60-4) or a period ("3 weeks", "2 working days", "72 hours"), with every step."""
    import json

    from .law.ask import answer, question
    from .law.working import lines
    from .time_limits import TIME_LIMITS

    with reported():
        asked = question(rule, TIME_LIMITS)
        calendar = _calendar(key, calendar_file)
        found = answer(asked, start, calendar, extended=extended, backward=backward, published=published)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    click.echo(f"{asked.name}, calendar {calendar.key} ({calendar.certainty if calendar.holidays else 'weekends only'})\n")
    for line in lines(found, begins=backward or asked.backward):
        click.echo(line)
    missing = {int(day[:4]) for day in str(found.last_day).split("/")} - {day.year for day in calendar.holidays}
    if calendar_file and missing:
        click.echo(f"{calendar.key} has no day in {', '.join(map(str, sorted(missing)))}: only weekends were known there")


def _calendar(key: Optional[str], file: Optional[Path]) -> Any:
    """The one calendar that was named."""
    from .calendars import calendar
    from .law.calendar import listed

    if (key is None) == (file is None):
        fail("say whose public holidays: --calendar KEY, where none knows weekends only, or --calendar-file FILE, not both")
    if file is None:
        return calendar(key or "")
    try:
        return listed(file.name, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} cannot be read: {error}")


class reported:
    """Problems become lines on standard error and exit code 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Optional[BaseException], trace: Any) -> None:
        from .audit import AuditError
        from .export.tables import ExportError
        from .history.diff import VersionError
        from .law.error import LawError
        from .regimes import RegimeError
        from .source.problem import DataProblems
        from .store.build import BuildError
        from .store.opened import OpenError
        from .store.released import ReleaseError

        if isinstance(error, DataProblems):
            fail(
                *map(str, error.problems),
                f"{len(error.problems)} {'problem' if len(error.problems) == 1 else 'problems'}; nothing was written",
            )
        if isinstance(error, (AuditError, BuildError, ExportError, LawError, OpenError, RegimeError, ReleaseError, VersionError)):
            fail(str(error))


@contextmanager
def progress(wanted: bool = False) -> Iterator[Bar]:
    """A bar whose line is ended before anything else is said. `wanted`: also where nobody sits at a terminal."""
    bar = Bar(wanted)
    try:
        yield bar
    finally:
        bar.end()


def fail(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(1)


class Bar:
    """A progress line on a terminal, once the work has taken longer than `AFTER` seconds. `end` goes on to the next line."""

    AFTER, EVERY = 1, 10
    WIDTH = 30

    def __init__(self, wanted: bool = False) -> None:
        self.started = self.told = monotonic()
        self.wanted, self.shown, self.what = wanted, False, ""

    def __call__(self, what: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            if self.wanted:
                self._line(what, done, total)
            return
        if not self.shown and monotonic() - self.started < self.AFTER:
            return
        self.shown = True
        filled = self.WIDTH * done // max(total, 1)
        click.echo(f"\r{what:<12} [{'#' * filled}{'.' * (self.WIDTH - filled)}] {done}/{total}  ", err=True, nl=False)

    def _line(self, what: str, done: int, total: int) -> None:
        """For a log: a line for each new thing, and every so many seconds."""
        now = monotonic()
        if what != self.what or now - self.told >= self.EVERY:
            click.echo(f"{now - self.started:6.0f} s  {what} {done}/{total}", err=True)
            self.what, self.told = what, now

    def end(self) -> None:
        if self.shown:
            click.echo(err=True)
            self.shown = False
