"""A server that does nothing but query: what uvicorn and SQLite cost by themselves. Arguments: file, port.

It answers every address with the rows of the list of cases as JSON, the queries run in a thread as Datasette does. What all
cases share is read once, as the plugin does.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import uvicorn

from datasette_cases.query import cases

FILE, PORT = sys.argv[1], int(sys.argv[2])
DAY = date.today().isoformat()
THREADS = ThreadPoolExecutor(3)
OWN = threading.local()


def query() -> bytes:
    if not hasattr(OWN, "connection"):
        OWN.connection = sqlite3.connect(f"file:{FILE}?immutable=1", uri=True)
        OWN.whole = cases.whole(OWN.connection, DAY, "en")
    found = cases.read(OWN.connection, DAY, "en", cases.Asked({}), OWN.whole, 51)
    return json.dumps(found, default=vars).encode()


async def app(scope: Any, receive: Any, send: Any) -> None:
    body = await asyncio.get_running_loop().run_in_executor(THREADS, query)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, port=PORT, log_level="info", lifespan="off")
