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
def build(folder: Path, database: Path, released: date) -> None:
    """Build the SQLite file DATABASE from DATA. A file that is served keeps working: it is swapped in whole."""
    from .regimes import load
    from .store import build as store

    with reported(), progress() as bar:
        built = store.build(folder, database, load(), released, bar)
    counts = built.counts
    click.echo(
        f"{database}: {counts['cases']} cases, {counts['complaints']} complaints, {counts['events']} events, "
        f"{counts['statements']} statements, {counts['answers']} answers, {counts['deadlines']} deadlines, {counts['sources']} sources"
    )


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


class reported:
    """Problems become lines on standard error and exit code 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Optional[BaseException], trace: Any) -> None:
        from .regimes import RegimeError
        from .source.problem import DataProblems
        from .store.build import BuildError

        if isinstance(error, DataProblems):
            fail(
                *map(str, error.problems),
                f"{len(error.problems)} {'problem' if len(error.problems) == 1 else 'problems'}; nothing was written",
            )
        if isinstance(error, (BuildError, RegimeError)):
            fail(str(error))


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar whose line is ended before anything else is said."""
    bar = Bar()
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

    AFTER = 1
    WIDTH = 30

    def __init__(self) -> None:
        self.started = monotonic()
        self.shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        if not sys.stderr.isatty() or (not self.shown and monotonic() - self.started < self.AFTER):
            return
        self.shown = True
        filled = self.WIDTH * done // max(total, 1)
        click.echo(f"\r{what:<12} [{'#' * filled}{'.' * (self.WIDTH - filled)}] {done}/{total}  ", err=True, nl=False)

    def end(self) -> None:
        if self.shown:
            click.echo(err=True)
            self.shown = False
