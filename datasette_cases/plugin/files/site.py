"""The whole site into a folder: pages are fetched one after another from a Datasette inside the process, which tells of more."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Sequence
from urllib.parse import urlsplit

from datasette.app import Datasette

from ...export.tables import ExportError
from ...i18n import catalogue, languages
from ...render import locale
from .. import adapter, config, html, routes
from . import links
from .addresses import Addresses, Target
from .folder import Folder

HOST = "http://localhost"
"""How a Datasette inside the process calls itself."""
SITE = "http://site.invalid"
"""How the site is called where a page only puts a path behind its address: in JSON and tables."""
ON_SITE = re.compile(rb"http://site\.invalid(/[^\s\"<>,\\]*)?")
TEMPLATE = "datasette_cases/files.html"
URL_OF_EVENT = re.compile(rb"\r\nURL:[^\r\n]*(?:\r\n [^\r\n]*)*")
SETTINGS = {"suggest_facets": False, "default_allow_sql": False}

Progress = Callable[[str, int, int], None]


class Still(Datasette):  # type: ignore[misc]
    """A Datasette whose absolute addresses are those of files, and whose day stays the same."""

    site: Site

    def absolute_url(self, request: Any, path: Any) -> str:
        return f"{SITE}/" if path == "/" else self.site.absolute(str(path))


class Site:
    """One export. `queue` grows while pages are read."""

    def __init__(self, folder: Folder, addresses: Addresses, ds: Still, database: Path, progress: Progress) -> None:
        self.folder, self.addresses, self.ds, self.database, self.progress = folder, addresses, ds, database, progress
        self.queue: list[Target] = []
        self.known: set[str] = set()

    def add(self, target: Target) -> None:
        if target.file not in self.known:
            self.known.add(target.file)
            self.queue.append(target)

    async def write(self) -> None:
        for language in self.addresses.languages:
            for address in self.addresses.seeds():
                if target := self.addresses.target(address, language):
                    self.add(target)
        for number, target in enumerate(self.queue):
            self.progress("Files", number, len(self.queue))
            await self._write(target)
        for language in self.addresses.languages:  # who cuts an address off after the language finds the same
            entrance = self.addresses.target("/-/cases", language)
            assert entrance, "a route"
            await self._write(entrance._replace(file=f"{language}/index.html"))
        self.progress("Files", len(self.queue), len(self.queue))

    async def _write(self, target: Target) -> None:
        self.addresses.writing = target
        if target.address == f"/{self.addresses.database}.db":
            self.folder.copy(target.file, self.database)
            return
        response = await self.ds.client.get(target.address, follow_redirects=True)
        if response.status_code != 200:
            raise ExportError(f"the page {target.address} answers {response.status_code}; nothing was taken away, and it has no file")
        self.folder.put(target.file, self._body(target, response))

    def _body(self, target: Target, response: Any) -> bytes:
        kind = response.headers.get("content-type", "").partition(";")[0]
        if kind == "text/html":
            text: str = links.rewritten(response.text, self.link, bool(self.addresses.base))
            return text.encode("utf-8")
        if kind == "image/svg+xml":
            return links.svg(response.text, self.link).encode("utf-8")
        body: bytes = ON_SITE.sub(lambda match: self.absolute((match[1] or b"/").decode()).encode(), response.content)
        return URL_OF_EVENT.sub(b"", body) if kind == "text/calendar" and not self.addresses.base else body

    def link(self, address: str) -> Optional[str]:
        """A link on the page that is written."""
        address = address.removeprefix(HOST)
        if not address.startswith("/") or address.startswith("//"):
            return address
        target = self.addresses.linked(address)
        if target is None:
            return None
        self.add(target)
        return self.addresses.relative(target.file) + _fragment(address)

    def absolute(self, address: str) -> str:
        """An address that stands in words, in a feed, in JSON: of the file on the web, or where that is not known the way to it."""
        address = address.removeprefix(HOST)
        target = self.addresses.nearest(address) if address.startswith("/") else None
        if target:
            self.add(target)
        file = target.file if target else "index.html"
        return (f"{self.addresses.base}/{file}" if self.addresses.base else self.addresses.relative(file)) + _fragment(address)

    def frame(self, metadata: Mapping[str, Any]) -> None:
        """The two pages that are of no language: which languages there are, and what is said where a page is missing."""
        texts = [(code, locale.language_name(code, code), catalogue(code).gettext) for code in self.addresses.languages]
        context = {"metadata": metadata, "texts": texts, "base": f"{self.addresses.base}/" if self.addresses.base else None}
        template = html.OWN.get_template(TEMPLATE)
        self.folder.put("index.html", template.render({**context, "missing": False, "base": ""}).encode("utf-8"))
        self.folder.put("404.html", template.render({**context, "missing": True}).encode("utf-8"))


def _fragment(address: str) -> str:
    fragment = urlsplit(address).fragment
    return f"#{fragment}" if fragment else ""


def export(
    database: Path,
    folder: Folder,
    metadata: Mapping[str, Any],
    base: Optional[str] = None,
    today: Optional[date] = None,
    chosen: Sequence[str] = (),
    progress: Progress = lambda what, done, total: None,
) -> date:
    """Write all of the site, as it is on a day: that of the release, if none is named; in some languages, or in all. Raises ExportError."""
    strange = sorted(set(chosen) - set(languages()))
    if strange:
        raise ExportError(f"there is no language {strange[0]} here; write one of {', '.join(languages())}")
    found = _ids(database)
    day = today or date.fromisoformat(found.released)
    try:
        ds = _still(database, metadata, day)
    except config.ConfigError as error:
        raise ExportError(str(error)) from None
    key_days = {case: frozenset(one for one in days if one <= day.isoformat()) for case, days in found.key_days.items()}
    patterns = [pattern for pattern, _ in routes.ROUTES]
    addresses = Addresses(
        patterns, [one for one in languages() if not chosen or one in chosen], database.stem, found.actors, key_days, base
    )
    site = ds.site = Site(folder, addresses, ds, database, progress)

    async def run() -> None:
        await ds.invoke_startup()
        for name, link in vars(config.read(ds)).items():
            if name in config.LINKS and link and link.startswith("/"):
                raise ExportError(f'{name} is "{link}": files have no such page; write an address that begins with https://')
        await site.write()
        site.frame(await adapter.metadata(ds, database.stem))

    asyncio.run(run())
    folder.finish()
    return day


class _Ids:
    def __init__(self, db: sqlite3.Connection) -> None:
        released = db.execute("select released from releases order by id desc limit 1").fetchone()
        if released is None:
            raise ExportError("found no release in the database; name one that `datasette cases build` made")
        self.released: str = released[0]
        authorities = {row[0] for row in db.execute("select id from authorities")}
        self.actors = {row[0]: row[0] in authorities for row in db.execute("select id from actors")}
        self.key_days: dict[str, set[str]] = {row[0]: set() for row in db.execute("select id from cases")}
        for case, day in db.execute("select case_id, date from key_days"):
            self.key_days[case].add(day)


def _ids(database: Path) -> _Ids:
    if not database.is_file():
        raise ExportError(f"{database}: found no such file; name a database that `datasette cases build` made")
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return _Ids(db)
    except sqlite3.Error as error:
        raise ExportError(f"{database}: found no database of cases ({error}); name one that `datasette cases build` made") from None


def _still(database: Path, metadata: Mapping[str, Any], day: date) -> Still:
    """Nobody asks twice for a page, so that none is kept; no other plugin's rule or database has a part in it."""
    ours = {**((metadata.get("plugins") or {}).get(config.NAME) or {}), "database": database.stem, "cache": 0}
    given = {**metadata, "plugins": {config.NAME: ours}}
    ds = Still([], immutables=[str(database)], settings=SETTINGS, **adapter.configured({"metadata": given}))
    ds._cases_day = day
    return ds
