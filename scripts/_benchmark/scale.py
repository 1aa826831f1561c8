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
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Tuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from _load import Load  # noqa: E402
from _load.addresses import ADDRESSES, EDITORS  # noqa: E402
from datasette.app import Datasette  # noqa: E402

from datasette_cases.cli import progress  # noqa: E402
from datasette_cases.model.case import Case  # noqa: E402

PLUGIN = {"plugins": {"datasette-cases": {"cache": 0}}}


class Built(NamedTuple):
    """Seconds of the processor: in all, and of them making and validating records; megabytes of memory at most, and of the file."""

    seconds: float
    records: float
    memory: float
    size: float


def built(load: Load, file: Path) -> Built:
    spent = [0.0]

    def timed(cases: Iterator[Case]) -> Iterator[Case]:
        while True:
            started = time.process_time()
            case = next(cases, None)
            spent[0] += time.process_time() - started
            if case is None:
                return
            yield case

    started = time.process_time()
    with progress(True) as bar:
        load.build(file, bar, timed)
    took = time.process_time() - started
    return Built(took, spent[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, file.stat().st_size / 1e6)


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
            if address in EDITORS:
                break
    return took


def table(took: Dict[str, Dict[Load, List[float]]]) -> str:
    loads = list(next(iter(took.values())))
    heads = " | ".join(f"{load.cases:,}: p50 | p99" for load in loads)
    lines = [f"| address | {heads} | growth |", f"| --- |{' ---: |' * (2 * len(loads) + 1)}"]
    for address, figures in took.items():
        if all(figures.values()):
            middle = [statistics.median(figures[load]) for load in loads]
            cells = " | ".join(f"{one:.0f} | {sorted(figures[load])[-1]:.0f}" for one, load in zip(middle, loads, strict=True))
            lines.append(f"| `{address}` | {cells} | {middle[-1] / middle[0]:.1f} |")
    return "\n".join(lines)


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    loads = [Load(int(cases), int(statements), 1) for cases, _, statements in (text.partition(":") for text in sys.argv[3:])]
    files = {load: folder / f"load-{load.cases}.db" for load in loads}
    for load, file in files.items():
        if not file.exists():
            found = built(load, file)
            rows, rest = by_hand(file)
            print(
                f"{load.cases:,} cases: {found.seconds:.0f} s, of which {found.records:.0f} for records; {found.memory:.0f} MB of memory, "
                f"{found.size:.0f} MB of file; by hand {rows:.1f} s for rows, {rest:.1f} s for the rest",
                flush=True,
            )
    with contextlib.redirect_stdout(io.StringIO()):  # Datasette tells there at length of pages that take too long
        took = asyncio.run(asked(files, rounds))
    print(table(took))


if __name__ == "__main__":
    main()
