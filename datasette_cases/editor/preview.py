"""The pages while they are being written: built anew when a file changes; what is wrong stands on the page."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, Awaitable, Callable, Mapping, NoReturn, Optional
from urllib.parse import parse_qs

import click
import uvicorn

from ..render.policy import CONTENT_SECURITY_POLICY
from ..source.problem import DataProblems, Problem
from ..store.build import build
from ..vocabulary import Regime
from .site import Site, configuration, site, wrong_settings
from .tracker import EditorError, Tracker

SCRIPT = (Path(__file__).parent / "preview.js").read_bytes()
EVERY = 0.5
"""Seconds between two looks at the files."""
OF_THE_PAGE_ALONE = (b"content-length", b"cache-control", b"etag", b"last-modified")
"""Headers that are not right of a page with the script in it."""

Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Preview:
    """An ASGI application. `site`: the last that could be built; `problems`: what is wrong since; `version` grows with each change."""

    tracker: Tracker
    regimes: Mapping[str, Regime]
    released: date
    scratch: Path
    site: Optional[Site] = None
    problems: list[Problem] = field(default_factory=list)
    version: int = 0
    retired: Optional[Site] = None
    seen: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        assert self.site and scope["type"] == "http"
        path: str = scope["path"]
        if path == "/-/preview.js":
            await respond(send, SCRIPT, "text/javascript")
        elif path == "/-/preview-changed.js":
            seen = parse_qs(scope["query_string"].decode("latin-1")).get("seen")
            await respond(send, b"" if seen == [str(self.version)] else b"location.reload();", "text/javascript")
        elif self.problems and not path.startswith("/-/static"):
            page = await self.site.page(scope, self.problems)
            policy = (b"content-security-policy", CONTENT_SECURITY_POLICY.encode())
            await respond(self.followed(send), page.encode(), "text/html; charset=utf-8", 503, policy)
        else:
            await self.site.app(scope, receive, self.followed(send))

    def followed(self, send: Send) -> Send:
        """Puts the script that follows the files into a page of HTML; other answers pass as they are."""
        start: dict[str, Any] = {}
        body = bytearray()
        tag = f'<script src="/-/preview.js?seen={self.version}" defer></script>'.encode()

        async def sending(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                start.update(message)
            elif not start:
                await send(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    page = bytes(body).replace(b"</head>", tag + b"</head>", 1)
                    kept = [(key, value) for key, value in start["headers"] if key.lower() not in OF_THE_PAGE_ALONE]
                    start["headers"] = [*kept, (b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
                    await send(start)
                    await send({"type": "http.response.body", "body": page})

        return sending

    async def follow(self, changed: Callable[[], None]) -> None:
        """Look at the files again and again, and build when one has changed."""
        while True:
            await asyncio.sleep(EVERY)
            if snapshot(self.tracker) != self.seen:
                await self.update()
                changed()

    async def update(self) -> None:
        """Build, and put the new site into the place of the old one; or note what is wrong, and keep the old one."""
        self.seen = snapshot(self.tracker)  # before they are read: what changes while they are is seen the next time
        settings, problems = configuration(self.tracker.metadata)
        database = self.scratch / str(self.version + 1) / "cases.db"
        problems += await asyncio.to_thread(self._build, database)
        try:
            new = None if problems else await site(database, settings)
            if not self.site:
                self.site = await site(None, {})
        except Exception as error:  # whatever a setting or a plugin makes of it: the preview goes on
            problems, new = [wrong_settings(self.tracker.metadata, f"found that the site does not start: {error}")], None
            self.site = self.site or await site(None, {})
        if new:
            if self.retired:
                self.retired.close()  # a request that began on it is long answered
            self.retired, self.site = self.site, new
        else:
            rmtree(database.parent, ignore_errors=True)
        self.problems, self.version = problems, self.version + 1

    def _build(self, database: Path) -> list[Problem]:
        try:
            database.parent.mkdir()
            build(self.tracker.data, database, self.regimes, self.released)
        except DataProblems as error:
            return error.problems
        except Exception as error:  # a full disk, a file that goes while it is read: the preview goes on
            found = f"found that it cannot be built: {error or type(error).__name__}"
            return [Problem(str(self.tracker.data), 1, 1, "", "not-readable", found, "mend it, and save a file")]
        return []


def snapshot(tracker: Tracker) -> dict[str, tuple[int, int, int]]:
    """When each file was written, how long it is, and which it is: different after each change."""
    found = {}
    paths = [os.path.join(parent, name) for parent, _, names in os.walk(tracker.data) for name in names if not name.startswith(".")]
    for path in (*paths, str(tracker.metadata)):
        try:
            file = os.stat(path)
        except OSError:
            continue
        found[path] = (file.st_mtime_ns, file.st_size, file.st_ino)
    return found


async def respond(send: Send, body: bytes, content_type: str, status: int = 200, *headers: tuple[bytes, bytes]) -> None:
    kept = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": [*kept, *headers]})
    await send({"type": "http.response.body", "body": body})


def _is_html(message: dict[str, Any]) -> bool:
    return any(key.lower() == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"])


def serve(tracker: Tracker, host: str, port: int, regimes: Mapping[str, Regime], released: date) -> None:
    """Serve until Ctrl-C. EditorError: the address cannot be had."""
    with listening(host, port) as listener, TemporaryDirectory(prefix="cases-preview-", ignore_cleanup_errors=True) as scratch:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        try:
            asyncio.run(_serve(Preview(tracker, regimes, released, Path(scratch)), listener))
        except KeyboardInterrupt:
            click.echo("Stopped")


def _stop(number: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def listening(host: str, port: int) -> socket.socket:
    """A socket at an address; port 0: any that is free."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        found = socket.create_server((host, port), family=family)
        found.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # asyncio does so where it opens one itself; else each answer waits 40 ms
        return found
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EditorError(
            f"cannot listen on {host}, port {port}: {reason}; choose another with --port, such as {port % 65000 + 1}"
        ) from None


async def _serve(preview: Preview, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    await preview.update()
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/-/cases\nFollows the files in {preview.tracker.data}; Ctrl-C ends it")
    _tell(preview)
    following = asyncio.create_task(preview.follow(lambda: _tell(preview)))
    server = uvicorn.Server(uvicorn.Config(preview, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=2))
    try:
        await server.serve(sockets=[listener])
    finally:
        following.cancel()
        for old in filter(None, (preview.site, preview.retired)):
            old.close()


def _tell(preview: Preview) -> None:
    for problem in preview.problems:
        click.echo(str(problem), err=True)
    click.echo(f"{preview.version}: " + (f"{len(preview.problems)} to be mended" if preview.problems else "built"))
