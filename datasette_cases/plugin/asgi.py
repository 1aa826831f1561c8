"""The site for publishing: `datasette cases serve`, and `datasette_cases.asgi:app` for any ASGI server, told the same by variables.

Under uvicorn with uvloop and httptools (`pip install datasette-cases[publish]`) and without a log of every request it answers about
twice as many as `datasette serve`.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any, Mapping, NamedTuple, Optional

import click
from datasette.app import DEFAULT_SETTINGS, Datasette
from datasette.utils import BadMetadataError, parse_metadata, value_as_boolean

from . import adapter

PREFIX = "DATASETTE_CASES_"
"""Of the variables: DATABASE, METADATA, INSPECT_FILE, SETTINGS (name=value, with spaces between), CORS (1)."""
SECRET = "DATASETTE_SECRET"
"""Datasette's own variable: what signs cookies."""
USUAL = {"suggest_facets": False}
"""Settings that nobody has to ask for: suggested facets take most of the time of Datasette's own pages."""
SECONDS_TO_FINISH = 10
"""For requests under way when the server is told to stop."""


class OptionError(Exception):
    """The site cannot be served like this; the message says what to do."""


class Options(NamedTuple):
    """What is served. `database`, `metadata`, `inspect_file`: paths."""

    database: str
    metadata: Optional[str] = None
    inspect_file: Optional[str] = None
    settings: tuple[str, ...] = ()
    cors: bool = False

    def variables(self) -> dict[str, str]:
        """All of it as variables: a server of several processes gives nothing else to each."""
        texts = {name: str(value) for name, value in zip(self._fields[:3], self[:3], strict=False) if value}
        texts.update({"settings": " ".join(self.settings)} if self.settings else {}, **({"cors": "1"} if self.cors else {}))
        return {PREFIX + name.upper(): text for name, text in texts.items()}


def options(variables: Mapping[str, str]) -> Options:
    """OptionError: no database is named."""
    given = {name: variables.get(PREFIX + name.upper()) or None for name in Options._fields}
    database = given["database"]
    if not database:
        raise OptionError(f"no database: write its path into the variable {PREFIX}DATABASE")
    settings = tuple((given["settings"] or "").split())
    return Options(database, given["metadata"], given["inspect_file"], settings, given["cors"] == "1")


def followed(path: str) -> str:
    """A path whose folder is no link: where `current` leads to another release meanwhile, what is served stays what it was. The name stays,
    since Datasette calls the database by it."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def datasette(wanted: Options) -> Datasette:
    """A Datasette of one database that does not change. 1.0 has its metadata and its configuration from the same file."""
    if not Path(wanted.database).is_file():
        raise OptionError(f"there is no file {wanted.database}; `datasette cases build` makes it")
    metadata = read(wanted.metadata, parse_metadata) if wanted.metadata else {}
    inspected = read(wanted.inspect_file, json.loads) if wanted.inspect_file else None
    settings = {**USUAL, **dict(map(setting, wanted.settings))}
    given = {"metadata": metadata, "settings": settings, "inspect_data": inspected, "cors": wanted.cors}
    return Datasette([], immutables=[followed(wanted.database)], secret=os.environ.get(SECRET), **adapter.configured(given))


def require_whole(database: str) -> None:
    """End where it may not be served, which it is told why. In a process of its own: what checks is of no use to who serves, and as large."""
    checked = subprocess.run([sys.executable, "-m", "datasette", "cases", "verify", database], stdout=subprocess.DEVNULL)
    if checked.returncode:
        sys.exit(checked.returncode)


def read(path: str, parse: Any) -> Any:
    try:
        found = parse(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, BadMetadataError) as error:
        raise OptionError(f"{path} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise OptionError(f"{path} cannot be read: found no keys and values")
    return found


def setting(text: str) -> tuple[str, Any]:
    """One of Datasette's settings, from name=value."""
    name, equals, value = text.partition("=")
    usual = DEFAULT_SETTINGS.get(name)
    if not equals or usual is None:
        raise OptionError(f"setting {text!r}; write one of Datasette's as name=value, such as sql_time_limit_ms=500")
    try:
        return name, value_as_boolean(value) if isinstance(usual, bool) else type(usual)(value)
    except ValueError:
        raise OptionError(f"setting {name}: found {value!r}; its usual value is {usual!r}") from None


class Application:
    """An ASGI application that makes its Datasette when the server starts, and answers nothing before every plugin is ready."""

    def __init__(self) -> None:
        self._app: Any = None
        self._starting = asyncio.Lock()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self._app:
            try:
                await self._start()
            except OptionError as error:
                if scope["type"] != "lifespan":
                    raise
                await receive()
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
        await self._app(scope, receive, send)

    async def _start(self) -> None:
        async with self._starting:
            if not self._app:
                site = datasette(options(os.environ))
                await site.invoke_startup()
                self._app = site.app()


app = Application()


@click.command()
@click.argument("database", type=click.Path(exists=True, dir_okay=False), metavar="DATABASE")
@click.option("--metadata", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="metadata.yml, for both Datasettes.")
@click.option(
    "--inspect-file", type=click.Path(exists=True, dir_okay=False), metavar="FILE",
    help="What `datasette inspect` wrote: Datasette counts no rows when it starts.",
)  # fmt: skip
@click.option("--setting", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of Datasette; suggest_facets is off.")
@click.option("--cors", is_flag=True, help="Let pages of other sites read the data.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes: one for each core.")
def serve(
    database: str, metadata: Optional[str], inspect_file: Optional[str], settings: tuple[str, ...], cors: bool, host: str, port: int,
    workers: int,
) -> None:  # fmt: skip
    """Serve the SQLite file DATABASE to the public, as quickly as it can be, once it was found whole. Told to end, it first answers what was
    asked."""
    import uvicorn

    wanted = Options(followed(database), metadata, inspect_file, settings, cors)
    try:
        datasette(wanted)
    except OptionError as error:
        raise click.ClickException(str(error)) from None
    require_whole(wanted.database)
    os.environ.setdefault(SECRET, secrets.token_hex(32))  # one for all processes, or each refuses the other's cookies
    os.environ.update(wanted.variables())
    uvicorn.run(
        "datasette_cases.asgi:app", host=host, port=port, workers=workers, access_log=False, log_level="info", lifespan="on", server_header=False,
        ws="none", timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )  # fmt: skip
