"""The database that was published before, from its address: fetched beside nothing, and looked at before it is used."""

from __future__ import annotations

import urllib.request
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Iterator, Optional, Union
from urllib.parse import urlsplit

from .opened import OpenError

MOST_BYTES = 2_000_000_000
"""More than this is not read."""
WAIT = 30
"""Seconds without an answer."""
PIECE = 1 << 20
SQLITE = b"SQLite format 3\0"
AT_HOME = ("localhost", "127.0.0.1", "::1")
"""Hosts that need no encryption: this machine itself."""


@contextmanager
def fetched(previous: Union[Path, str, None]) -> Iterator[Optional[Path]]:
    """The path of the previous database, for as long as it is read; an address is fetched into a folder of its own, which goes again.

    Raises OpenError where it cannot be had, or is no SQLite file.
    """
    if previous is None or not is_address(previous):
        yield None if previous is None else Path(previous)
        return
    with TemporaryDirectory(prefix="datasette-cases-") as folder:
        path = Path(folder) / "previous.db"
        _fetch(str(previous), path)
        yield path


def is_address(previous: Union[Path, str]) -> bool:
    return isinstance(previous, str) and "://" in previous


class _Safely(urllib.request.HTTPRedirectHandler):
    """Goes on only to where it may have been sent at first."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _require_safe(newurl, req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(address: str, path: Path) -> None:
    _require_safe(address, address)
    try:
        with urllib.request.build_opener(_Safely).open(address, timeout=WAIT) as answer, open(path, "wb") as file:
            _require_small(int(answer.headers.get("Content-Length") or 0), address)
            expected = answer.headers.get("Content-Length")
            while piece := answer.read(PIECE):
                file.write(piece)
                _require_small(file.tell(), address)
            if expected and file.tell() != int(expected):
                raise OpenError(f"{address}: the answer broke off after {file.tell()} of {expected} bytes; try again")
    except (OSError, HTTPException, ValueError) as error:
        raise OpenError(
            f"{address}: cannot be fetched ({error}); name the address of the last file that was published, or a file"
        ) from None
    with open(path, "rb") as file:
        if file.read(len(SQLITE)) != SQLITE:
            raise OpenError(f"{address}: found no SQLite file there; name the address of the last file that was published")


def _require_safe(url: str, address: str) -> None:
    """What is fetched becomes part of the record: nobody on the way may have changed it."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in AT_HOME):
        leads = "" if url == address else f" leads to {url}, which"
        raise OpenError(f"{address}:{leads} is no https address; name one, or a file")


def _require_small(size: int, address: str) -> None:
    if size > MOST_BYTES:
        raise OpenError(f"{address}: has more than {MOST_BYTES} bytes; fetch it yourself and name the file")
