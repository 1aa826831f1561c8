"""A server that does nothing but query: what uvicorn and SQLite cost by themselves. Arguments: file, port.

It answers with the rows of the list of cases as JSON, /row with one row by its key; the queries run in a thread as Datasette does.
What all cases share is read once, as the plugin does. uvicorn brings no more than it needs: no uvloop, no httptools.
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

FILE, PORT, CASE = sys.argv[1], int(sys.argv[2]), sys.argv[3]
DAY = date.today().isoformat()
THREADS = ThreadPoolExecutor(3)
OWN = threading.local()


def row() -> bytes:
    connection()
    return json.dumps(OWN.connection.execute("select * from cases where id = ?", [CASE]).fetchone()).encode()


def listed() -> bytes:
    connection()
    found = cases.read(OWN.connection, DAY, "en", cases.Asked({}), OWN.whole, 51)
    return json.dumps(found, default=vars).encode()


def connection() -> None:
    if not hasattr(OWN, "connection"):
        OWN.connection = sqlite3.connect(f"file:{FILE}?immutable=1", uri=True)
        OWN.whole = cases.whole(OWN.connection, DAY, "en")


async def app(scope: Any, receive: Any, send: Any) -> None:
    body = await asyncio.get_running_loop().run_in_executor(THREADS, row if scope["path"] == "/row" else listed)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, port=PORT, log_level="info", lifespan="off", http="h11", loop="asyncio")
