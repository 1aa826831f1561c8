"""One Datasette that serves one build, inside the process of the preview."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, Optional, Sequence

import yaml
from datasette.app import Datasette
from datasette.utils.asgi import Request

from .. import __version__
from ..i18n import catalogue, languages, negotiate
from ..source.problem import Problem
from ..source.syntax import explained

NAME = "datasette-cases"
TEMPLATE = "datasette_cases/preview.html"


class Site:
    """A started Datasette: of a database, or of none, for what there is to say without one."""

    def __init__(self, ds: Datasette, database: Optional[Path]) -> None:
        self.ds, self.database = ds, database

    async def start(self) -> None:
        """Ask every plugin whether it can go on; what it raises is theirs."""
        await self.ds.invoke_startup()
        self.app = self.ds.app()

    def close(self) -> None:
        """Let go of every file, and delete the database with its folder."""
        with suppress(Exception):  # whatever is wrong with one that is not needed any more
            if hasattr(self.ds, "close"):
                self.ds.close()
            else:
                for database in self.ds.databases.values():
                    database.close()
                self.ds.executor.shutdown(wait=False)
        if self.database:
            shutil.rmtree(self.database.parent, ignore_errors=True)

    async def page(self, scope: Any, problems: Sequence[Problem]) -> str:
        """The page that lists problems, in the reader's language; they themselves are in English, as at the terminal."""
        request = Request(scope, None)
        texts = catalogue(negotiate(request.args.get("_lang"), request.headers.get("accept-language", ""), languages()))
        context = {
            "problems": problems,
            "_": texts.gettext,
            "ngettext": texts.ngettext,
            "language": texts.language,
            "static": lambda name: f"{self.ds.urls.static_plugins(NAME, name)}?{__version__}",
        }
        return str(await self.ds.render_template(TEMPLATE, context))


async def site(database: Optional[Path], metadata: dict[str, Any]) -> Site:
    """Start a Datasette. 1.0 takes the plugin's settings out of the metadata too."""
    immutables = [str(database)] if database else []
    started = Site(Datasette([], immutables=immutables, metadata=metadata, settings={"suggest_facets": False}), database)
    try:
        await started.start()
    except BaseException:
        started.close()
        raise
    return started


def configuration(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """What stands in metadata.yml, and why it cannot be read. It need not be there."""
    if not path.is_file():
        return {}, []
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        wrong = explained(error, text)
        return {}, [Problem(str(path), wrong.place.line, wrong.place.column, "", "not-yaml", wrong.found, wrong.todo)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return {}, [wrong_settings(path, f"found no YAML text: {error}")]
    if values is not None and not isinstance(values, dict):
        return {}, [wrong_settings(path, "found no keys and values")]
    return values or {}, []


def wrong_settings(path: Path, found: str) -> Problem:
    return Problem(str(path), 1, 1, "", "not-yaml", found, "mend it; the README shows the settings there are")
