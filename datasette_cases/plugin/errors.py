"""Errors at our addresses, which Datasette answers: nobody keeps them, so that what is mended is seen at once."""

from __future__ import annotations

import re
from typing import Any

from . import config, routes


def unkept(app: Any, ds: Any) -> Any:
    """The application, with `no-store` on what went wrong."""
    ours = [re.compile(pattern) for pattern, _ in ((routes.HOME,) if config.read(ds).home else ()) + routes.ROUTES]
    base_url = ds.setting("base_url")

    def is_ours(path: str) -> bool:
        path = "/" + path[len(base_url) :] if path.startswith(base_url) else path
        return any(pattern.match(path) for pattern in ours)

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400 and is_ours(scope["path"]):
                headers = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control"]
                message = {**message, "headers": [*headers, (b"cache-control", b"no-store")]}
            await send(message)

        await app(scope, receive, sending if scope["type"] == "http" else send)

    return wrapped
