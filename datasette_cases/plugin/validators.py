"""What a reader already has: `ETag` and `If-None-Match`, RFC 9110."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Mapping

import babel
import jinja2
from datasette import Response
from datasette.version import __version__ as datasette_version

PACKAGE = Path(__file__).parent.parent
OF_A_PAGE = frozenset((".py", ".html", ".po", ".css", ".js", ".json", ".txt"))
"""Files of the package that a page can follow from."""

ANY = "*"
TAG = re.compile(r'(?:W/)?"([^"]*)"')


@cache
def program() -> str:
    """A digest of what makes the pages: the package as it is installed, also between two versions, and what writes for it."""
    found = sha256(repr((datasette_version, babel.__version__, jinja2.__version__)).encode())
    for path in sorted(PACKAGE.rglob("*.*")):
        if path.suffix in OF_A_PAGE:
            found.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def etag(*follows_from: str) -> str:
    """A strong validator of what follows from all this."""
    return f'"{sha256(repr(follows_from).encode()).hexdigest()[:32]}"'


def wanted(scope: Mapping[str, Any]) -> str:
    """`If-None-Match` of a request, which may be several lines; empty where there is none."""
    return ", ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"if-none-match")


def had(if_none_match: str, etag: str) -> bool:
    """Whether a reader has what a validator says, by the weak comparison: a proxy that packs a page makes its validator weak."""
    return etag.strip('"') in TAG.findall(if_none_match)


def any_wanted(if_none_match: str) -> bool:
    """Whether a reader wants only what does not exist."""
    return if_none_match.strip() == ANY


def beginning_of(day: str) -> str:
    """A day as `Last-Modified` has it."""
    begins = date.fromisoformat(day)
    return format_datetime(datetime(begins.year, begins.month, begins.day, tzinfo=timezone.utc), usegmt=True)


class NotModified(Response):  # type: ignore[misc]
    """304. It has no type of content: a cache would take it for that of the page it has."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__(b"", status=304, headers=headers)

    async def asgi_send(self, send: Any) -> None:
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
