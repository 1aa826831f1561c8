"""How long SQL may take: Datasette limits `execute`, not `execute_fn`."""

from __future__ import annotations

from typing import Any, Callable, TypeVar

from datasette.utils import sqlite_timelimit

TIME_LIMIT_MS = 2000
"""What a page asks is stopped after this long."""

T = TypeVar("T")


async def ask(database: Any, function: Callable[[Any], T]) -> T:
    """Run a function of the connection in a thread, with a limit on its time."""

    def limited(connection: Any) -> T:
        with sqlite_timelimit(connection, TIME_LIMIT_MS):
            return function(connection)

    result: T = await database.execute_fn(limited)
    return result
