"""What goes wrong around a site: half a database, one of another program, a disk that is full, a clock that jumps, a file that changes while it is
served, two who put a release in place. What the build itself bears is in test_build.py, and what a swapped file does to memory in test_cache.py."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, tzinfo
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Callable, Optional

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from datasette_cases.cli import cases
from datasette_cases.plugin import asgi, config
from datasette_cases.store import build as store
from datasette_cases.store.opened import OpenError
from datasette_cases.store.released import ReleaseError
from datasette_cases.store.verify import verify

from . import made
from .site import ROOT

SWAP = ROOT / "deploy" / "swap"
DATASETTE = Path(sys.executable).with_name("datasette")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small database, the first release."""
    folder = tmp_path_factory.mktemp("first")
    return store.build(made.folder(folder / "data", cases=2), folder / "cases.db", made.REGIMES, made.RELEASED).path


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, first: Path) -> Path:
    """The release after it, with one more case."""
    folder = tmp_path_factory.mktemp("second")
    data = made.folder(folder / "data", cases=3)
    return store.build(data, folder / "cases.db", made.REGIMES, made.RELEASED, previous=first).path


def half(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def zeros(file: Path) -> None:
    """As large as it should be: a copy that set the place aside and was interrupted."""
    content = file.read_bytes()
    start = len(content) * 3 // 4
    file.write_bytes(content[:start] + bytes(len(content) - start))


def with_a_damaged_page(file: Path, folder: Path, table: str) -> Path:
    """A copy in which the first page of a table is something else."""
    copy = Path(shutil.copy(file, folder / "cases.db"))
    with closing(sqlite3.connect(copy)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = ?", [table]).fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    content = bytearray(copy.read_bytes())
    content[(page - 1) * size : page * size] = bytes(range(200, 256)) * (size // 56) + bytes(size % 56)
    copy.write_bytes(content)
    return copy


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update releases set schema_version = 99")


def without_a_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("drop table changes")


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table books (id)")


SPOILT: list[tuple[Callable[[Path], Any], str]] = [
    (half, "database disk image is malformed"),
    (zeros, "mal"),
    (of_another_program, "its tables are of version 99, and this program makes version"),
    (without_a_table, "has no table changes"),
    (foreign, "found no database of cases (no such table: releases)"),
    (lambda file: file.write_text("<html>"), "found no database of cases (file is not a database)"),
    (lambda file: file.with_name("cases.db-journal").touch(), "cases.db-journal is there: a program is writing to"),
]
"""What can be offered instead of a release, and what is said of it."""


# --- what may be published --------------------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(("spoil", "said"), SPOILT, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_not_whole_is_said(first: Path, tmp_path: Path, spoil: Callable[[Path], Any], said: str) -> None:
    file = Path(shutil.copy(first, tmp_path / "cases.db"))
    spoil(file)
    done = CliRunner().invoke(cases, ["verify", str(file)])
    assert done.exit_code == 1 and said in done.output and done.output.count("\n") == 1


@pytest.mark.once
def test_what_is_not_whole_is_not_served(first: Path, tmp_path: Path) -> None:
    """It is said before anything listens."""
    file = Path(shutil.copy(first, tmp_path / "cases.db"))
    of_another_program(file)
    done = subprocess.run([DATASETTE, "cases", "serve", file, "--port", "0"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and SPOILT[2][1] in done.stderr


@pytest.mark.once
def test_a_page_in_the_middle_that_is_damaged_is_found(second: Path, tmp_path: Path) -> None:
    """Its schema can be read, and most queries answer."""
    file = with_a_damaged_page(second, tmp_path, "statements")
    with pytest.raises(OpenError, match="is damaged or half written"):
        verify(file)


@pytest.mark.once
def test_no_release_is_taken_back(first: Path, second: Path, tmp_path: Path) -> None:
    """Neither by the one before, nor by one that was built without it."""
    assert verify(second, after=first).releases == 2
    assert verify(second, after=second).releases == 2
    with pytest.raises(ReleaseError, match=r"does not know release 2 of 2026-11-24, which is in .*; build it with --previous"):
        verify(first, after=second)
    alone = store.build(made.folder(tmp_path / "data", cases=3), tmp_path / "cases.db", made.REGIMES, made.RELEASED).path
    with pytest.raises(ReleaseError, match="does not know release 1 of 2026-11-24"):
        verify(alone, after=first)
    later = store.build(tmp_path / "data", tmp_path / "later.db", made.REGIMES, made.RELEASED.replace(month=12)).path
    with pytest.raises(ReleaseError, match="was released on 2026-11-24, and .* on 2026-12-24: it is the older one"):
        verify(first, after=later)


# --- deploy/swap ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory, first: Path) -> Path:
    """Where the first release is in place, as deploy/swap put it there. There is no process here that would answer from it."""
    folder = tmp_path_factory.mktemp("placed")
    put = swap(folder, first)
    assert "port 1 does not answer from 2026-11-24-1-" in put.stderr and put.stderr.endswith("; there is no earlier one\n")
    return folder


@pytest.fixture
def site(tmp_path: Path, placed: Path) -> Path:
    return Path(shutil.copytree(placed, tmp_path / "site", symlinks=True))


def swap(site: Path, offered: Path, *more: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, SWAP, offered, "--site", site, "--datasette", DATASETTE, "--restart", f"echo {{port}} >> {site}/restarted",
        "--ports", "1", "--wait", "0", *more,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


@pytest.mark.once
@pytest.mark.parametrize(("spoil", "said"), [SPOILT[at] for at in (0, 2, 6)], ids=["half", "another", "journal"])
def test_what_is_refused_leaves_the_last_good_release(
    site: Path, second: Path, tmp_path: Path, spoil: Callable[[Path], Any], said: str
) -> None:
    before, restarted = (site / "current").resolve(), (site / "restarted").read_text()
    offered = Path(shutil.copy(second, tmp_path / "cases.db"))
    spoil(offered)
    done = swap(site, offered)
    assert done.returncode == 1 and said in done.stderr and str(offered) in done.stderr
    assert (site / "current").resolve() == before and (site / "restarted").read_text() == restarted
    assert [path.name for path in (site / "releases").iterdir()] == [before.name]


@pytest.mark.once
def test_a_process_that_does_not_start_gets_the_last_good_release_again(site: Path, second: Path) -> None:
    before = (site / "current").resolve()
    done = swap(site, second)
    assert (
        done.returncode == 1
        and "port 1 does not answer from 2026-11-24-2-" in done.stderr
        and f"{before.name} is served again" in done.stderr
    )
    assert (site / "current").resolve() == before and (site / "restarted").read_text() == "1\n" * 3
    assert {"cases.db", "inspect.json"} == {path.name for path in before.iterdir()}


class Process(BaseHTTPRequestHandler):
    """Answers as one that knows where `current` led when it was started."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("ETag", self.server.serving.read_text().strip())  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.mark.once
def test_a_release_is_put_in_place_and_the_oldest_goes(site: Path, second: Path, tmp_path: Path) -> None:
    data = made.folder(tmp_path / "data", cases=4)
    third = store.build(data, tmp_path / "third.db", made.REGIMES, made.RELEASED, previous=second).path
    server: Any = HTTPServer(("127.0.0.1", 0), Process)
    server.serving = site / "serving"
    server.serving.write_text("nothing")
    start = f"readlink {site}/current > {site}/serving"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        for number, offered in ((2, second), (3, third)):
            done = swap(site, offered, "--ports", str(server.server_port), "--wait", "20", "--keep", "2", "--restart", start)
            assert done.returncode == 0 and done.stdout.startswith(f"port {server.server_port}: 2026-11-24-{number}-"), done.stderr
            assert (site / "current" / "cases.db").read_bytes() == offered.read_bytes()
        assert "is what is served" in swap(site, third).stderr
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert sorted(path.name[:12] for path in (site / "releases").iterdir()) == ["2026-11-24-2", "2026-11-24-3"]


@pytest.mark.once
def test_two_swaps_at_once(site: Path, second: Path) -> None:
    import fcntl

    with open(site / ".swap", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another release is being put in place" in swap(site, second).stderr


@pytest.mark.once
def test_no_room_for_a_release(site: Path, second: Path) -> None:
    import resource

    before = (site / "current").resolve()
    done = swap(site, second, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)))
    assert done.returncode == 1 and "cannot be copied into" in done.stderr
    assert list((site / "releases").iterdir()) == [before]


# --- while it is served -----------------------------------------------------------------------------------------------


@pytest.mark.once
def test_a_folder_that_leads_elsewhere_meanwhile(first: Path, second: Path, tmp_path: Path) -> None:
    """`current` is followed when a process starts. Connections that it opens later are to the same file."""
    for name, file in (("one", first), ("two", second)):
        (tmp_path / name).mkdir()
        shutil.copy(file, tmp_path / name / "cases.db")
    current = tmp_path / "current"
    current.symlink_to("one")
    given = {f"{asgi.PREFIX}DATABASE": str(current / "cases.db")}
    site = asgi.datasette(asgi.options(given))
    current.unlink()
    current.symlink_to("two")
    assert site.get_database("cases").path == str(tmp_path / "one" / "cases.db")


@pytest.mark.asyncio
async def test_what_is_damaged_is_not_guessed_at(second: Path, tmp_path: Path) -> None:
    """`datasette serve` verifies nothing. Where it meets the damage it says that something is wrong, which nobody keeps."""
    site = Datasette([], immutables=[str(with_a_damaged_page(second, tmp_path, "statements"))])
    await site.invoke_startup()
    found = await site.client.get("/-/cases/acme-0.json")
    assert found.status_code >= 400 and found.headers["cache-control"] == "no-store"
    assert "cases" not in found.json() and found.json()["ok"] is False


@pytest.mark.asyncio
async def test_the_clock_jumps_while_it_is_served(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forward over the end of the day, back, and to another year: each page is of the day it is, whatever was kept before."""
    now = [datetime.fromisoformat("2026-11-24T22:59:00+00:00")]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Optional[tzinfo] = None) -> Any:
            return now[0].astimezone(tz)

    monkeypatch.setattr(config, "datetime", Clock)
    site = Datasette([], immutables=[str(first)])
    await site.invoke_startup()
    seen: dict[str, set[tuple[str, bytes]]] = {}
    for moment, day in (("2026-11-24T22:59", "2026-11-24"), ("2026-11-24T23:01", "2026-11-25"), ("2026-11-24T22:58", "2026-11-24"),
                        ("2031-01-01T12:00", "2031-01-01"), ("2026-11-24T12:00", "2026-11-24")):  # fmt: skip
        now[0] = datetime.fromisoformat(f"{moment}:00+00:00")
        found = await site.client.get("/-/cases/acme-0.json")
        assert found.status_code == 200 and found.json()["as_of"] == day
        seen.setdefault(day, set()).add((found.headers["etag"], found.content))
    assert all(len(answers) == 1 for answers in seen.values()) and len({etag for answers in seen.values() for etag, _ in answers}) == 3


@pytest.mark.asyncio
async def test_it_serves_from_a_folder_that_nobody_may_write_to(first: Path, tmp_path: Path) -> None:
    """As in a container: no journal, no lock, no file of its own beside the database."""
    folder = tmp_path / "release"
    folder.mkdir()
    shutil.copy(first, folder / "cases.db")
    (folder / "cases.db").chmod(0o444)
    folder.chmod(0o555)
    try:
        site = asgi.datasette(asgi.Options(str(folder / "cases.db")))
        await site.invoke_startup()
        for path in ("/-/cases", "/-/cases/acme-0?as_known=2026-11-24", "/-/cases/data.zip"):
            assert (await site.client.get(path)).status_code == 200, path
        assert [path.name for path in folder.iterdir()] == ["cases.db"]
    finally:
        folder.chmod(0o755)
