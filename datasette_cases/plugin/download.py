"""/-/cases/download and the files it leads to: made once of each state of the database, in a folder that goes with the program."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Callable, Optional
from weakref import WeakKeyDictionary

from datasette import NotFound, Response
from datasette.utils.asgi import AsgiFileDownload, Request

from ..export import dcat, lines, package
from ..export.about import About, about
from ..export.package import Out
from ..export.tables import ExportError, names
from ..page.download import DownloadPage, File
from ..render import json, locale
from . import adapter, reconcile
from .pages import DatasetteError, Visit, respond_html, respond_text, visit  # type: ignore[attr-defined]

ADDRESS, PACKAGE, LINES, CATALOGUE = "/-/cases/download", "/-/cases/data.zip", "/-/cases/data.jsonl", "/-/cases/dcat.jsonld"
SMALL = 10_000_000
"""Bytes of a database of which the files are quickly made, so that their sizes can be told before anybody asks for one."""
CHUNK = 1 << 16


@dataclass(frozen=True)
class Made:
    path: Path
    bytes: int
    sha256: str


@dataclass
class State:
    """What was made of one state of a database. The folder is removed when nobody refers to it any more."""

    key: tuple[Any, ...] = ()
    folder: Optional[TemporaryDirectory[str]] = None
    made: dict[str, Made] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


_states: WeakKeyDictionary[Any, State] = WeakKeyDictionary()


async def page(datasette: Any, request: Request) -> Response:
    """/-/cases/download: what there is, how large, under which licence, and how to cite it."""
    seen = await visit(datasette, request, names())
    sqlite_path = await _sqlite_path(seen)
    seen = replace(seen, besides=sqlite_path)
    if kept := seen.kept():
        return kept
    what, sizes = await _about(seen), await _sizes(seen)
    files = []
    if sqlite_path:
        files.append(File("sqlite", "cases.db", sqlite_path, seen.ds.get_database(seen.database).size))
    files += [_file(seen, "csv", PACKAGE, sizes), _file(seen, "jsonl", LINES, sizes), _file(seen, "dcat", CATALOGUE, sizes)]
    released = seen.texts.gettext("Release of %(day)s") % {"day": locale.whole_day(what.released, seen.language)}
    cited = f"{what.title}. {released}. {_absolute(seen, ADDRESS)}"
    shown = DownloadPage(
        what.released, what.release, tuple(files), what.licence, what.licence_url, cited, _absolute(seen, reconcile.ADDRESS)
    )
    return await respond_html(seen, "download.html", shown, ADDRESS, size=lambda count: locale.size(count, seen.language))


async def data_package(datasette: Any, request: Request) -> Any:
    """/-/cases/data.zip: CSV in a Frictionless Data Package."""
    return await _send(await visit(datasette, request, names(), "zip"), PACKAGE, "application/zip")


async def json_lines(datasette: Any, request: Request) -> Any:
    """/-/cases/data.jsonl: a row a line, named by its table."""
    return await _send(await visit(datasette, request, names(), "jsonl"), LINES, "application/jsonl; charset=utf-8")


async def catalogue(datasette: Any, request: Request) -> Response:
    """/-/cases/dcat.jsonld: DCAT-AP, for catalogues of data."""
    seen = await visit(datasette, request, names(), "jsonld")
    sqlite_path, public = await _sqlite_path(seen), await adapter.may_see(datasette, None, seen.database, names())
    seen = replace(seen, besides=(sqlite_path, public))
    if kept := seen.kept():
        return kept
    what, sizes, home = await _about(seen), await _sizes(seen), _absolute(seen, ADDRESS)

    def told(path: str) -> dict[str, Any]:
        made = sizes.get(path)
        return {"bytes": made.bytes, "sha256": made.sha256} if made else {}

    files = []
    if sqlite_path:
        address = str(datasette.absolute_url(request, sqlite_path))
        files.append(dcat.sqlite(home, address, bytes=datasette.get_database(seen.database).size))
    files.append(dcat.package(home, _absolute(seen, PACKAGE), **told(PACKAGE)))
    files.append(dcat.lines(home, _absolute(seen, LINES), **told(LINES)))
    description = dcat.description(what, _absolute(seen, CATALOGUE), home, files, public)
    return respond_text(seen, json.text(description, seen.site), "application/ld+json", {})


def _absolute(seen: Visit, path: str) -> str:
    return str(seen.ds.absolute_url(seen.request, seen.ds.urls.path(path)))


def _file(seen: Visit, key: str, path: str, sizes: dict[str, Made]) -> File:
    file = File(key, path.rpartition("/")[2], str(seen.ds.urls.path(path)))
    return replace(file, bytes=sizes[path].bytes, digest=f"sha256:{sizes[path].sha256}") if path in sizes else file


async def _sqlite_path(seen: Visit) -> Optional[str]:
    """Where Datasette itself gives the file away, if it does to this visitor."""
    database = seen.ds.get_database(seen.database)
    if database.is_mutable or not database.path or not seen.ds.setting("allow_download"):
        return None
    if not await adapter.allowed(seen.ds, seen.request.actor, "view-database-download", seen.database):
        return None
    return f"{seen.ds.urls.database(seen.database)}.db"


async def _about(seen: Visit) -> About:
    """Of the database; without an address, which everybody could name otherwise."""
    metadata = await adapter.metadata(seen.ds, seen.database)
    return await seen.read(lambda connection: about(connection, metadata))


# --- making the files -------------------------------------------------------------------------------------------------


async def _sizes(seen: Visit) -> dict[str, Made]:
    """Of a small database both files, made if need be; of a large one nothing is known before."""
    path = seen.ds.get_database(seen.database).path
    if not path or os.path.getsize(path) > SMALL:
        return {}
    return {address: (await _made(seen, address))[0] for address in (PACKAGE, LINES)}


async def _send(seen: Visit, address: str, content_type: str) -> Any:
    if kept := seen.kept():
        return kept
    made, state = await _made(seen, address)
    etag = f'"{made.sha256[:32]}"'
    headers = {**({} if seen.request.actor else {"ETag": etag}), **seen.headers()}
    if etag in seen.request.headers.get("if-none-match", ""):
        return Response("", status=304, headers=headers)
    return Download(made, state, address.rpartition("/")[2], content_type, headers)


class Download(AsgiFileDownload):  # type: ignore[misc]
    """A file as it is sent. It holds the folder, which therefore stays until the last byte is out."""

    def __init__(self, made: Made, state: Optional[TemporaryDirectory[str]], name: str, content_type: str, headers: dict[str, str]) -> None:
        super().__init__(str(made.path), filename=name, content_type=content_type, headers=headers)
        self.folder = state


async def _made(seen: Visit, address: str) -> tuple[Made, Optional[TemporaryDirectory[str]]]:
    """The file for an address, made if it is not there yet: one at a time, beside the event loop."""
    database = seen.ds.get_database(seen.database)
    if not database.path:
        raise NotFound(seen.texts.gettext("No database with cases is served here"))
    what = await _about(seen)
    state = _states.setdefault(database, State())
    async with state.lock:
        key = (what, _stamp(database.path), _stamp(f"{database.path}-wal"))
        if state.key != key or state.folder is None:
            state.key, state.folder, state.made = key, TemporaryDirectory(prefix="datasette-cases-"), {}
        if address not in state.made:
            source, target, frozen = (
                Path(database.path).absolute(),
                Path(state.folder.name) / address.rpartition("/")[2],
                not database.is_mutable,
            )
            try:
                state.made[address] = await _beside(seen.ds, lambda: _make(source, target, frozen, what))
            except (OSError, sqlite3.Error, ExportError) as error:
                message = seen.texts.gettext("This file cannot be made here at the moment")
                raise DatasetteError(message, status=503) from error
        return state.made[address], state.folder


async def _beside(ds: Any, function: Callable[[], Made]) -> Made:
    """Run it in a thread of its own, where there are threads: Datasette's few are for pages."""
    if not ds.setting("num_sql_threads"):
        return function()
    return await asyncio.to_thread(function)


def _make(source: Path, target: Path, frozen: bool, what: About) -> Made:
    """Write the file, and measure it. It has its name only when it is whole."""
    db = sqlite3.connect(f"{source.as_uri()}?mode=ro{'&immutable=1' if frozen else ''}", uri=True)
    draft = target.with_suffix(".part")
    try:
        db.execute("begin")
        with open(draft, "w+b") as file:
            if target.suffix == ".zip":
                package.write(db, what, file)
            else:
                lines.write(db, Out(file))
            made = _measured(file, target)
        os.replace(draft, target)
        return made
    finally:
        db.close()
        draft.unlink(missing_ok=True)


def _measured(file: IO[bytes], target: Path) -> Made:
    digest = sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return Made(target, file.tell(), digest.hexdigest())


def _stamp(path: str) -> tuple[int, ...]:
    """By which a change of a file is seen."""
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
