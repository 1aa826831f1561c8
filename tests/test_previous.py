"""The database published before, by its address; what cannot be the one before is refused, and nothing is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Iterator

import pytest
from click.testing import CliRunner, Result

from datasette_cases.cli import cases as command
from datasette_cases.store import fetched

from .test_history import FIRST, MENDED, SECOND, SUMMARY, Site, site  # noqa: F401


class Published(BaseHTTPRequestHandler):
    """Serves bytes, and sends on from /moved."""

    def __init__(self, body: bytes, *rest: Any) -> None:
        self.body = body
        super().__init__(*rest)

    def do_GET(self) -> None:  # noqa: N802
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://example.org/cases.db")
        elif self.path == "/cases.db":
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.body)))
        elif self.path == "/broken.db":
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.body) + 1))
        elif self.path == "/endless.db":
            self.send_response(200)
        else:
            self.send_response(404)
        self.end_headers()
        if self.path.endswith(".db"):
            self.wfile.write(self.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


@contextmanager
def published(body: bytes) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Published, body))
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def built(found: Site, previous: str, target: Path, day: str = SECOND.isoformat()) -> Result:
    return CliRunner().invoke(command, ["build", str(found.data), str(target), "--released", day, "--previous", previous])


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_an_address_is_as_good_as_a_file(site: Site, tmp_path: Path) -> None:  # noqa: F811
    site.edit(SUMMARY, MENDED)
    with published(site.file.read_bytes()) as address:
        done = built(site, f"{address}/cases.db", tmp_path / "fetched.db")
    assert done.exit_code == 0, done.stderr
    assert built(site, str(site.file), tmp_path / "read.db").exit_code == 0
    assert dump(tmp_path / "fetched.db") == dump(tmp_path / "read.db")
    assert [row for row in dump(tmp_path / "fetched.db") if 'INSERT INTO "earlier_rows"' in row]


def old_version(path: Path) -> None:
    execute(path, "update releases set schema_version = 0")


def no_earlier_rows(path: Path) -> None:
    execute(path, "drop table earlier_rows")


def no_release(path: Path) -> None:
    execute(path, "delete from releases")


def somebody_elses(path: Path) -> None:
    path.unlink()
    execute(path, "create table releases (id integer, name text)")


def no_database(path: Path) -> None:
    path.write_text("<html>Not found</html>")


def later(path: Path) -> None:
    execute(path, "update releases set released = '2026-11-02'")


def execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql)
        db.commit()


@pytest.mark.parametrize("by_address", [False, True])
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (old_version, "its tables are of version 0"),
        (no_earlier_rows, "has no table earlier_rows"),
        (no_release, "found no release in it"),
        (somebody_elses, "found no database of cases"),
        (no_database, "found no"),
        (later, "was released on 2026-11-02, after 2026-11-01"),
    ],
)
def test_what_cannot_be_the_one_before_is_refused(site: Site, tmp_path: Path, spoil: Any, said: str, by_address: bool) -> None:  # noqa: F811
    old = tmp_path / "old.db"
    old.write_bytes(site.file.read_bytes())
    spoil(old)
    before = site.file.read_bytes()
    if by_address:
        with published(old.read_bytes()) as address:
            name = f"{address}/cases.db"
            done = built(site, name, site.file)
    else:
        name = str(old)
        done = built(site, name, site.file)
    assert done.exit_code == 1 and said in done.stderr and done.stderr.startswith(f"{name}: ")
    assert site.file.read_bytes() == before and {path.name for path in tmp_path.iterdir()} == {"data", "cases.db", "old.db"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nowhere.db", "cannot be fetched (HTTP Error 404"),
        ("/moved", "leads to http://example.org/cases.db, which is no https address"),
        ("/broken.db", "broke off after"),
        ("/endless.db", "has more than 1000 bytes"),
    ],
)
def test_what_cannot_be_fetched_is_refused(site: Site, path: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    if path == "/endless.db":
        monkeypatch.setattr(fetched, "MOST_BYTES", 1000)
    before = site.file.read_bytes()
    with published(before) as address:
        done = built(site, address + path, site.file)
    assert done.exit_code == 1 and said in done.stderr and site.file.read_bytes() == before


@pytest.mark.parametrize("address", ["http://example.org/cases.db", "ftp://example.org/cases.db", "file:///etc/passwd"])
def test_only_encrypted_addresses_are_fetched(site: Site, address: str) -> None:  # noqa: F811
    done = built(site, address, site.file)
    assert done.exit_code == 1 and done.stderr == f"{address}: is no https address; name one, or a file\n"


def test_what_is_too_large_is_not_begun(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(fetched, "MOST_BYTES", 10)
    with published(site.file.read_bytes()) as address:
        done = built(site, f"{address}/cases.db", site.file)
    assert done.exit_code == 1 and "has more than 10 bytes" in done.stderr


def test_two_releases_on_one_day_are_two(site: Site) -> None:  # noqa: F811
    assert built(site, str(site.file), site.file, FIRST.isoformat()).exit_code == 0
    assert site.rows("select id, released from releases") == [(1, "2026-10-01"), (2, "2026-10-01")]
