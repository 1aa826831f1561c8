"""The case page in one process, without a server. Arguments: file, id of the case, and `sql` or `profile`."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import sqlite3
import statistics
import sys
import time
from datetime import date

from datasette.app import Datasette

from datasette_cases.query import case

FILE, CASE, WHAT = sys.argv[1:]
TIMES, LINES = 30, 25


def sql() -> None:
    """Print how many milliseconds all SELECTs of the page take, rows fetched."""
    connection = sqlite3.connect(f"file:{FILE}?immutable=1", uri=True)
    took = []
    for _ in range(TIMES):
        started = time.perf_counter()
        case.read(connection, CASE, date.today().isoformat(), "en")
        took.append(time.perf_counter() - started)
    print(statistics.median(took) * 1000)


async def profile() -> None:
    """Print where the time of the page goes. SQL runs in the same thread, so that it is seen too."""
    datasette = Datasette(immutables=[FILE], settings={"num_sql_threads": 0}, metadata={"plugins": {"datasette-cases": {"cache": 0}}})
    await datasette.invoke_startup()
    await datasette.client.get(f"/-/cases/{CASE}")
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(TIMES):
        await datasette.client.get(f"/-/cases/{CASE}")
    profiler.disable()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(LINES)


if __name__ == "__main__":
    sql() if WHAT == "sql" else asyncio.run(profile())
