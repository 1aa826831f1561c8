"""The site for publishing: one command for both Datasettes, ready before it answers, and gone when all is answered."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from datasette_cases.plugin import adapter, asgi

from .site import ROOT

ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
METADATA = """title: A tracker
databases:
  cases:
    queries:
      how-many: {sql: select count(*) from cases}
plugins:
  datasette-cases: {max_age: 7}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, real_db: Path) -> Path:
    """A folder with a database, its metadata and what there is wrong with either."""
    folder = tmp_path_factory.mktemp("publish")
    shutil.copy(real_db, folder / "cases.db")
    (folder / "metadata.yml").write_text(METADATA)
    (folder / "list.yml").write_text("- a")
    (folder / "broken.json").write_text("{")
    return folder


def get(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse()


def test_it_serves_in_two_processes_and_ends_when_all_is_answered(place: Path) -> None:
    """A process of its own imports nothing but the application, which has to find the plugin whole."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "datasette", "cases", "serve", "cases.db", "--metadata", "metadata.yml", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen([sys.executable, *command], cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)
    log: list[bytes] = []
    assert process.stderr
    reading = threading.Thread(target=lambda: log.extend(process.stderr or ()))
    reading.start()
    try:
        for _ in range(600):
            with suppress(OSError):
                page = get(port, "/-/cases")
                break
            time.sleep(0.1)
        assert page.status == 200 and page.headers["cache-control"] == "public, max-age=7" and b"A tracker" in get(port, "/").read()
        assert get(port, "/cases/how-many.json").status == 200
        ended: list[int] = []
        path = f"/cases{'/-/query' if adapter.V1 else ''}.json?{urlencode({'sql': ENDLESS})}"
        asking = threading.Thread(target=lambda: ended.append(get(port, path).status))
        asking.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        asking.join()
        assert ended == [400]
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
        reading.join()
        process.stderr.close()
    assert not any(b"GET /" in line for line in log), "no request is logged"


def test_variables_say_the_same_as_the_command(place: Path) -> None:
    wanted = asgi.Options("cases.db", "metadata.yml", None, ("sql_time_limit_ms=500", "base_url=/data/"), True)
    assert asgi.options({**wanted.variables(), "PATH": "/bin"}) == wanted
    assert asgi.options({"DATASETTE_CASES_DATABASE": "cases.db"}) == asgi.Options("cases.db")


def test_settings_are_datasettes(place: Path) -> None:
    def served(*settings: str) -> Datasette:
        return asgi.datasette(asgi.Options(str(place / "cases.db"), settings=settings))

    assert served().setting("suggest_facets") is False
    site = served("suggest_facets=on", "sql_time_limit_ms=500", "base_url=/data/")
    assert [site.setting(name) for name in ("suggest_facets", "sql_time_limit_ms", "base_url")] == [True, 500, "/data/"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cases.db", "--setting", "sql_time=3"], "setting 'sql_time=3'; write one of Datasette's as name=value"),
        (["cases.db", "--setting", "suggest_facets"], "setting 'suggest_facets'; write one"),
        (["cases.db", "--setting", "sql_time_limit_ms=soon"], "setting sql_time_limit_ms: found 'soon'; its usual value is 1000"),
        (["cases.db", "--metadata", "list.yml"], "list.yml cannot be read: found no keys and values"),
        (["cases.db", "--inspect-file", "broken.json"], "broken.json cannot be read: "),
        (["nothing.db"], "'nothing.db' does not exist"),
    ],
)
def test_what_cannot_be_served_is_said_before_anything_starts(
    place: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(place)
    done = CliRunner().invoke(asgi.serve, arguments)
    assert done.exit_code and said in done.output


@pytest.mark.asyncio
async def test_a_server_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATASETTE_CASES_DATABASE", raising=False)
    told: list[Any] = []

    async def receive() -> Any:
        return {"type": "lifespan.startup"}

    async def send(message: Any) -> None:
        told.append(message)

    await asgi.Application()({"type": "lifespan"}, receive, send)
    assert told[0]["type"] == "lifespan.startup.failed" and "DATASETTE_CASES_DATABASE" in told[0]["message"]
