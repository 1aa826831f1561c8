"""What is remembered of a file that does not change: what follows from it, and pages as they were sent, within bounds.

Nothing here knows who may see what. Whoever looks into it has asked for permission first, and puts into the key whatever a
page depends on beside the file.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import Any, Mapping, NamedTuple, Optional
from weakref import WeakKeyDictionary

from ..query.authorities import RELEASED
from . import limit

MOST_PAGES = 2000

_known: WeakKeyDictionary[Any, tuple[tuple[int, ...], dict[Any, Any]]] = WeakKeyDictionary()


def known(database: Any) -> Optional[dict[Any, Any]]:
    """Where to remember what follows from the content of one of Datasette's databases.

    None: nothing may be remembered. The file may be written to; or it was swapped since it was first seen, and then Datasette's
    open connections still read the old one, while new ones read the new.
    """
    if database.is_mutable or not database.path:
        return None
    try:
        file = os.stat(database.path)
    except OSError:
        return None
    stamp = (file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns)
    first, memory = _known.setdefault(database, (stamp, {}))
    return memory if first == stamp else None


class Edition(NamedTuple):
    """What a file holds: a digest of all its bytes, the same on every machine, the day of its release, the names of its tables and views."""

    digest: str
    released: Optional[str]
    tables: frozenset[str]


TABLES = "select name from sqlite_master where type in ('table', 'view') and name not glob 'sqlite_*'"
"""SQLite's own are nobody's to see or not to see."""


async def edition(database: Any) -> Optional[Edition]:
    """The edition of one of Datasette's databases; None where nothing may be remembered. The file is read once.

    Datasette's own hash may come from an inspect file, which is easily older than the database beside it.
    """
    memory = known(database)
    if memory is None:
        return None
    if "edition" not in memory:
        found = await limit.ask(database, lambda connection: _edition(connection, database.path))
        if known(database) is not memory:
            return None
        memory["edition"] = found
    return memory["edition"]  # type: ignore[no-any-return]


def _edition(connection: Any, path: str) -> Edition:
    """SQL first: reading the whole file takes as long as it is large, and no limit holds for it."""
    tables, released = frozenset(row[0] for row in connection.execute(TABLES)), connection.execute(RELEASED).fetchone()[0]
    return Edition(_digest(path), released, tables)


def _digest(path: str) -> str:
    found = sha256()
    with open(path, "rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()


class Page(NamedTuple):
    """A page as it was sent."""

    body: bytes
    headers: Mapping[str, str]
    content_type: str


class Pages:
    """Pages by key. The one that was asked for longest ago is forgotten first."""

    def __init__(self, most_bytes: int, most: int = MOST_PAGES) -> None:
        self.most_bytes, self.most = most_bytes, most
        self.bytes = 0
        self._pages: dict[str, Page] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: str) -> Optional[Page]:
        page = self._pages.pop(key, None)
        if page:
            self._pages[key] = page
        return page

    def put(self, key: str, page: Page) -> None:
        if key in self._pages:
            self._forget(key)
        self._pages[key] = page
        self.bytes += _size(key, page)
        while self.bytes > self.most_bytes or len(self._pages) > self.most:
            self._forget(next(iter(self._pages)))

    def _forget(self, key: str) -> None:
        self.bytes -= _size(key, self._pages.pop(key))


def _size(key: str, page: Page) -> int:
    return len(key) + len(page.body)
