"""The editor's commands: `datasette cases init`, `new-case`, `add`, `preview`. They join the others when this is imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Optional

import click

from ..cli import cases, fail, released_option

__all__ = ["cases"]


class told:
    """What cannot be done becomes lines on standard error and exit code 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Optional[BaseException], trace: Any) -> None:
        from ..cli import reported
        from .tracker import EditorError

        if isinstance(error, EditorError):
            fail(str(error))
        if isinstance(error, (click.Abort, KeyboardInterrupt)):
            fail("", "Stopped; nothing was written")
        reported().__exit__(kind, error, trace)


@cases.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init_(folder: Path) -> None:
    """Begin a tracker in the new or empty folder DIR: example files that can be checked, built and served at once."""
    from .init import init

    with told():
        written = init(folder)
    for path in written:
        click.echo(f"{path}: written")
    click.echo(f"\nSee it:          datasette cases preview {folder}\nWhat to do next: {folder / 'README.md'}")


folder_option = click.option(
    "--in", "folder", type=click.Path(path_type=Path), default=Path("."), metavar="DIR", help="The tracker's folder; this one, if left out."
)
actor_option = click.option(
    "--actor", "actors", type=(str, str, str), multiple=True, metavar="ID KIND NAME", help="A new actor, which joins actors.yml."
)


@cases.command("new-case")
@click.argument("case_id", metavar="ID")
@folder_option
@click.option("--title", help="Title, in English.")
@click.option("--summary", help="Two to four sentences, in your own words.")
@click.option("--regime", help="The body of law, such as gdpr.")
@click.option("--respondent", multiple=True, metavar="ACTOR", help="Who is complained of; more than once for several.")
@actor_option
@released_option
def new_case_(case_id: str, folder: Path, actors: Any, released: date, **options: Any) -> None:
    """Begin the case ID: asks for what is not given as an option, and writes a file that passes the check."""
    from ..regimes import load
    from .new_case import new_case
    from .tracker import tracker

    with told():
        changes = new_case(tracker(folder), case_id, options, load(), released, actors)
    for change in changes:
        click.echo(f"{change.path}: written")
    click.echo(f"\nAdd a fact to it: datasette cases add {case_id}")


@cases.command("add")
@click.argument("case_id", metavar="CASE")
@folder_option
@click.option("--date", help="When: 2024-06-06, 2024-06, 2024 or 2024-06-06/2024-06-14 (one day in this interval).")
@click.option("--by", multiple=True, metavar="ACTOR", help="Who; more than once for several who acted or spoke together.")
@click.option("--act", help="What was done, a word of docs/vocabulary.md.")
@click.option("--form", help="In which form it was said.")
@click.option("--quote", help="The exact public words, at most 25.")
@click.option("--language", help="Language of the quote.")
@click.option("--translation", help="The quote in English.")
@click.option("--subject", help="What the words are about, where the case has several subjects.")
@click.option("--answer", multiple=True, metavar="QUESTION=ANSWER", help="Such as lawful=no; only where the words give it.")
@click.option("--summary", help="What happened, in your own words.")
@click.option("--status", help="Where the procedure stands afterwards, if the source shows it.")
@click.option("--source", multiple=True, metavar="URL", help="A document that says so; more than once for several.")
@click.option("--id", help="Unique in the case; made from who and what, if left out.")
@click.option("--to", multiple=True, metavar="ACTOR", help="To whom it is addressed.")
@click.option("--complaint", multiple=True, metavar="ID", help="Which complaints it is about, or all.")
@click.option("--published", metavar="DATE", help="When it became public, where that is another day.")
@click.option("--outcome", help="What came out of it.")
@click.option("--scope", help="What a decision decides, where it does not decide everything.")
@click.option("--confidence", help="How sure the sources make it.")
@click.option("--note", help="What the sources leave open, or where they differ.")
@click.option("--reference", help="Its file or case number.")
@actor_option
@click.option(
    "--publisher",
    "publishers",
    type=(str, str, str),
    multiple=True,
    metavar="HOST KIND NAME",
    help="A new publisher, which joins publishers.yml.",
)
@released_option
def add_(case_id: str, folder: Path, actors: Any, publishers: Any, released: date, **options: Any) -> None:
    """Add a fact to CASE: who did or said what, when, and the document that says so. Asks for what is not given; without
    questions if --date, --by, --summary, --source and --act or --form are. It is checked with the whole folder before anything is written."""
    from ..regimes import load
    from ..source.problem import DataProblems
    from .add import begin, finish
    from .place import flow
    from .tracker import EditorError, tracker

    with told():
        adding = begin(tracker(folder), case_id, options, load(), released)
        adding.people.join(actors, publishers)
        try:
            adding.all()
            changes = finish(adding, lambda difference: _confirmed(difference, adding.asking))
        except (click.Abort, KeyboardInterrupt, DataProblems, EditorError):
            if adding.asking and adding.answers:
                click.echo(f"\nYour answers, so that they are not lost: {flow(adding.entry())}", err=True)
            raise
    for change in changes:
        click.echo(f"{change.path}: written")
    if not changes:
        click.echo("Nothing was written")


def _confirmed(difference: str, asking: bool) -> bool:
    """Whether a difference may be written: it is shown, and asked about where there are questions."""
    click.echo(difference, nl=False)
    return not asking or click.confirm("Write this?", default=True)


@cases.command("preview")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", default=Path("."))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on: this machine alone can see it.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on; 0 for any that is free.")
@released_option
def preview_(folder: Path, host: str, port: int, released: date) -> None:
    """Serve the tracker in DIR while it is being written. Pages follow each change of a file; what is wrong with it stands on the page."""
    from ..regimes import load
    from .tracker import tracker

    with told():
        from .preview import serve

        serve(tracker(folder), host, port, load(), released)
