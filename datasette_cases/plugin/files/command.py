"""`datasette cases export-site`: arguments, one call, print, exit code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Optional

import click


@click.command("export-site")
@click.argument("database", type=click.Path(path_type=Path), metavar="DATABASE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--url", metavar="URL", help="Where DIR will be on the web: pages, feeds and calendars then say their own addresses.")
@click.option("--metadata", type=click.Path(path_type=Path), metavar="FILE", help="Datasette's metadata.yml, as the live site has it.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day on which the site stands still; that of the release, if left out.",
)
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="A language to write, more than once for several; all, if left out."
)
def export_site(
    database: Path, folder: Path, url: Optional[str], metadata: Optional[Path], today: Optional[datetime], languages: tuple[str, ...]
) -> None:
    """Write the site of DATABASE as files into the new, empty or earlier DIR: for any file server, object store or CDN. Only what
    changed is written again."""
    from ...cli import fail, progress, reported
    from ...export.metadata import read
    from .folder import opened
    from .site import export

    if url and not url.startswith(("https://", "http://")):
        fail(f'found --url "{url}"; write an address that begins with https://')
    with reported(), progress() as bar:
        said = read(metadata)
        with opened(folder) as found:
            day = export(database, found, said, url.rstrip("/") if url else None, today.date() if today else None, languages, bar)
    click.echo(
        f"{folder}: {len(found.written):,} files written, {len(found.kept):,} as they were, {len(found.removed):,} taken away; as of {day}"
    )
