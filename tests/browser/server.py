"""A Datasette behind a real address, in a thread of this process."""

from __future__ import annotations

import asyncio
import socket
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

import uvicorn

from ..site import serve


@contextmanager
def served(database: Path, configuration: Optional[dict[str, Any]] = None, around: Callable[[Any], Any] = lambda app: app) -> Iterator[str]:
    """The origin of a running server. Its port is taken before it starts, so that no two can want the same. `around`: what is put around it."""
    started: Future[uvicorn.Server] = Future()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms

        async def run() -> None:
            try:
                site = await serve(database, configuration=configuration, settings={"suggest_facets": False})
                server = uvicorn.Server(uvicorn.Config(around(site.app()), log_level="warning", timeout_graceful_shutdown=1))
            except Exception as error:
                started.set_exception(error)
            else:
                started.set_result(server)
                await server.serve(sockets=[listening])

        thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
        thread.start()
        server = started.result(timeout=60)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)
