"""What pages cost with few and with many cases: databases of made-up cases are served side by side and asked in turn. Arguments: a folder
that keeps the databases, rounds, and sizes such as `10:300 1000:20000 50000:1000000` (cases and statements)."""

from __future__ import annotations

import asyncio
import contextlib
import io
import resource
import sqlite3
import statistics
import sys
import time
from functools import partial
from math import ceil, isnan
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

from _load import Load  # noqa: E402
from _load.addresses import ADDRESSES  # noqa: E402
from datasette.app import Datasette  # noqa: E402

from datasette_cases.cli import progress  # noqa: E402
from datasette_cases.model.case import Case  # noqa: E402
from datasette_cases.store.build import Progress  # noqa: E402

PLUGIN = {"plugins": {"datasette-cases": {"cache": 0}}}


class Built(NamedTuple):
    """Seconds of the processor: in all; of them making and validating records, putting rows in, and what comes after them (indexes, full
    text, counts, views, checks). Megabytes of memory at most, and of the file."""

    seconds: float
    records: float
    put_in: float
    rest: float
    memory: float
    size: float

    def against(self, rows: float, rest: float) -> str:
        """In words, beside the seconds that the same rows and the same indexes and full text take by hand."""
        follows = self.seconds - self.records - self.put_in - self.rest
        return (
            f"{self.seconds:.1f} s: {self.records:.1f} for records, {follows:.1f} for what follows from them, {self.put_in:.1f} to put rows in "
            f"({self.put_in / rows:.2f} times by hand), {self.rest:.1f} for all after ({self.rest / rest:.2f} times by hand); both together "
            f"{(self.put_in + self.rest) / (rows + rest):.2f} times by hand, the whole without records "
            f"{(self.seconds - self.records) / (rows + rest):.2f} times; {self.memory:.0f} MB of memory, {self.size:.0f} MB of file"
        )


class Clocked(sqlite3.Connection):
    """Knows what it took to put rows in."""

    spent = 0.0

    def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
        started = time.process_time()
        try:
            return super().executemany(sql, rows)
        finally:
            Clocked.spent += time.process_time() - started


def built(load: Load, file: Path) -> Built:
    records, rows_end = 0.0, 0.0

    def timed(cases: Iterator[Case]) -> Iterator[Case]:
        nonlocal records
        while True:
            started = time.process_time()
            case = next(cases, None)
            records += time.process_time() - started
            if case is None:
                return
            yield case

    def noting(bar: Progress) -> Progress:
        def told(what: str, done: int, total: int) -> None:
            nonlocal rows_end
            if what != "cases" and not rows_end:
                rows_end = time.process_time()
            bar(what, done, total)

        return told

    Clocked.spent = 0.0
    started = time.process_time()
    with progress(True) as bar, mock.patch.object(sqlite3, "connect", partial(sqlite3.connect, factory=Clocked)):
        load.build(file, noting(bar), timed)
    ended = time.process_time()
    memory, size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, file.stat().st_size / 1e6
    return Built(ended - started, records, Clocked.spent, ended - rows_end, memory, size)


def by_hand(file: Path) -> Tuple[float, float]:
    """Seconds of the processor to put the same rows in by plain executemany, and then to make the same indexes and full text by SQL."""
    source, target = sqlite3.connect(file), sqlite3.connect(file.with_suffix(".hand"), isolation_level=None)
    target.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -64000")
    made = source.execute("select type, name, tbl_name, sql from sqlite_master where sql is not null order by rowid").fetchall()
    shadows = [name for kind, name, _, sql in made if kind == "table" and "VIRTUAL TABLE" in sql.upper()]
    tables = [(name, sql) for kind, name, _, sql in made if kind == "table" and not name.startswith((*shadows, "sqlite_"))]
    rows = 0.0
    target.execute("begin")
    for name, sql in tables:
        target.execute(sql)
        cursor = source.execute(f"select * from [{name}]")
        marks = ", ".join("?" * len(cursor.description))
        while batch := cursor.fetchmany(1000):
            started = time.process_time()
            target.executemany(f"insert into [{name}] values ({marks})", batch)
            rows += time.process_time() - started
    target.execute("commit")
    started = time.process_time()
    for kind, name, _, sql in made:
        if kind == "index":
            target.execute(sql)
        elif name in shadows:
            target.execute(sql)
            target.execute(f"insert into [{name}] ([{name}]) values ('rebuild')")
            target.execute(f"insert into [{name}] ([{name}]) values ('optimize')")
    for statement in ("analyze", "vacuum", "pragma integrity_check", "pragma foreign_key_check"):
        target.execute(statement).fetchall()
    rest = time.process_time() - started
    target.close()
    file.with_suffix(".hand").unlink()
    return rows, rest


async def asked(files: Dict[Load, Path], rounds: int) -> Dict[str, Dict[Load, List[float]]]:
    """Milliseconds of each address in each database; the databases in turn, so that what else the machine does hits all alike."""
    served = {load: Datasette(immutables=[str(file)], metadata=PLUGIN) for load, file in files.items()}
    for datasette in served.values():
        await datasette.invoke_startup()
    took: Dict[str, Dict[Load, List[float]]] = {}
    for address in ADDRESSES:
        took[address] = {load: [] for load in served}
        for number in range(rounds + 1):
            for load, datasette in served.items():
                started = time.perf_counter()
                answer = await datasette.client.get(address)
                if number:
                    took[address][load].append((time.perf_counter() - started) * 1000 if answer.status_code == 200 else float("nan"))
    return took


def table(took: Dict[str, Dict[Load, List[float]]]) -> str:
    loads = list(next(iter(took.values())))
    heads = " | ".join(f"{load.cases:,}: p50 | p99" for load in loads)
    lines = [f"| address | {heads} | growth |", f"| --- |{' ---: |' * (2 * len(loads) + 1)}"]
    for address, figures in took.items():
        cells = " | ".join(f"{middle(figures[load]):.0f} | {last(figures[load]):.0f}" for load in loads)
        lines.append(f"| `{address}` | {cells} | {middle(figures[loads[-1]]) / middle(figures[loads[0]]):.1f} |")
    return "\n".join(lines).replace("nan", "refused")


def middle(figures: List[float]) -> float:
    """p50; no number where an answer was refused."""
    return float("nan") if any(map(isnan, figures)) else statistics.median(figures)


def last(figures: List[float]) -> float:
    """p99: of fewer than a hundred the slowest; no number where an answer was refused."""
    return float("nan") if any(map(isnan, figures)) else sorted(figures)[ceil(len(figures) * 0.99) - 1]


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    loads = [Load(int(cases), int(statements), 1) for cases, _, statements in (text.partition(":") for text in sys.argv[3:])]
    files = {load: folder / f"load-{load.cases}.db" for load in loads}
    for load, file in files.items():
        if not file.exists():
            found = built(load, file)
            rows, rest = by_hand(file)
            print(f"{load.cases:,} cases: {found.against(rows, rest)}", flush=True)
    with contextlib.redirect_stdout(io.StringIO()):  # Datasette tells there at length of pages that take too long
        took = asyncio.run(asked(files, rounds))
    print(table(took))


if __name__ == "__main__":
    main()
