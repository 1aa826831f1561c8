"""The preview, as a server of its own: pages follow each change, and say what is wrong instead of breaking."""

from __future__ import annotations

import re
import signal
import socket
from datetime import date
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
from click.testing import CliRunner

from datasette_cases.editor.commands import cases
from datasette_cases.editor.preview import Preview, listening

from .previewing import Server, change


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    assert CliRunner().invoke(cases, ["init", str(tmp_path / "tracker")]).exit_code == 0
    return tmp_path / "tracker"


@pytest.fixture
def preview(tmp_path: Path, tracker: Path) -> Iterator[Callable[[], Server]]:
    servers: list[Server] = []
    (tmp_path / "scratch").mkdir()

    def start() -> Server:
        servers.append(Server(tracker, tmp_path / "scratch"))
        return servers[-1]

    yield start
    for server in servers:
        server.process.kill()
        server.process.communicate()


def test_pages_follow_the_files(preview: Callable[[], Server], tracker: Path) -> None:
    """Changed, broken, mended; then ended by Ctrl-C, and nothing is left behind."""
    server, case = preview(), tracker / "data" / "cases" / "example.yml"
    status, page, policy = server.get("/-/cases/example")
    assert status == 200 and "An example with invented facts" in page
    assert "script-src 'self';" in policy and "unsafe" not in policy
    script = re.search(r'<script src="(/-/preview\.js\?seen=(\d+))" defer></script></head>', page)
    assert script and "preview-changed.js" in server.get(script[1])[1]
    assert server.get(f"/-/preview-changed.js?seen={script[2]}")[1] == ""

    change(case, "title: An example", "title: A changed example")
    server.until("/-/cases/example", "A changed example with invented facts")
    assert server.get(f"/-/preview-changed.js?seen={script[2]}")[1] == "location.reload();"

    change(case, "date: 2024-02-01", "date: 2024-02-31")
    page = server.until("/-/cases/example", "data/cases/example.yml:22:11")
    assert "entries.authority-asks.date" in page and "that month has no day 31" in page and "<script>" not in page
    status, page, policy = server.get("/-/cases", **{"Accept-Language": "nl"})
    assert status == 503 and '<html lang="nl">' in page and "1 fout in de bestanden." in page
    assert "script-src 'self';" in policy
    assert server.get("/-/static-plugins/datasette-cases/cases.css")[0] == 200

    change(case, "date: 2024-02-31", "date: 2024-02-02")
    server.until("/-/cases/example", "2 Feb 2024")
    assert server.get("/cases/events.json?_shape=array")[1].startswith("[{")

    assert [path.name for path in server.scratch.glob("cases-preview-*")] != []
    server.process.send_signal(signal.SIGINT)
    said = server.process.communicate(timeout=20)[0]
    assert server.process.returncode == 0
    assert said.endswith("Stopped\n") and "Traceback" not in said
    assert "data/cases/example.yml:22:11: entries.authority-asks.date: found" in said
    assert list(server.scratch.iterdir()) == []


def test_only_what_is_served_is_kept(preview: Callable[[], Server], tracker: Path) -> None:
    """After many changes there are two sites, the one that is served and the one before it, and no file of any other is open."""
    server, case = preview(), tracker / "data" / "cases" / "example.yml"
    title = "An example with invented facts"
    counts = []
    for number in range(5):
        change(case, f"title: {title}", f"title: Number {number}")
        title = f"Number {number}"
        server.until("/-/cases/example", title)
        counts.append(len(list(Path(f"/proc/{server.process.pid}/fd").glob("*"))))
    assert counts[-1] <= counts[1] + 4
    assert len(list(server.scratch.glob("cases-preview-*/*/cases.db"))) == 2
    server.process.terminate()
    server.process.communicate(timeout=20)
    assert list(server.scratch.iterdir()) == []


def test_it_starts_on_files_that_are_broken(preview: Callable[[], Server], tracker: Path) -> None:
    """No file of the tracker is needed to be right, nor its configuration."""
    change(tracker / "data" / "cases" / "example.yml", "title: An", "title: [An")
    (tracker / "metadata.yml").write_text("title: [x\n")
    server = preview()
    page = server.until("/", "metadata.yml:1:8")
    assert "example.yml:4:8" in page
    change(tracker / "data" / "cases" / "example.yml", "title: [An", "title: An")
    (tracker / "metadata.yml").write_text("plugins: {datasette-cases: {hom: true}}\n")
    page = server.until("/", "unknown setting")
    assert "metadata.yml:1:1" in page and "known are cache" in page
    (tracker / "metadata.yml").write_text("plugins: {datasette-cases: {home: true}}\n")
    server.until("/", "An example with invented facts")
    (tracker / "metadata.yml").unlink()
    server.until("/-/cases", "An example with invented facts")
    (tracker / "data" / "cases" / "example.yml").rename(tracker / "data" / "example.yml")
    assert "move it: a case stands in cases/" in server.until("/-/cases", "example.yml:1:1")
    server.process.send_signal(signal.SIGTERM)
    assert "Traceback" not in server.process.communicate(timeout=20)[0]
    assert server.process.returncode == 0


def test_an_address_that_cannot_be_had(tracker: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(cases, ["preview", str(tracker), "--port", str(port)])
    assert done.exit_code == 1
    assert f"cannot listen on 127.0.0.1, port {port}: " in done.output
    assert "choose another with --port, such as " in done.output
    done = CliRunner().invoke(cases, ["preview", str(tracker / "data" / "cases")])
    assert done.exit_code == 1 and "found no tracker here" in done.output


def test_an_answer_does_not_wait_for_the_reader_to_say_that_its_beginning_came() -> None:
    with listening("127.0.0.1", 0) as found:
        assert found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.asyncio
async def test_a_page_with_the_script_in_it_has_no_validator(tmp_path: Path) -> None:
    """It is another page than the one that the validator is of."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    following = Preview(tracker=None, regimes={}, released=date(2026, 11, 24), scratch=tmp_path).followed(send)  # type: ignore[arg-type]
    headers = [(b"content-type", b"text/html"), (b"etag", b'"a"'), (b"last-modified", b"x"), (b"cache-control", b"public"), (b"vary", b"x")]
    await following({"type": "http.response.start", "status": 200, "headers": headers})
    await following({"type": "http.response.body", "body": b"<head></head>"})
    assert {name for name, _ in sent[0]["headers"]} == {b"content-type", b"vary", b"content-length", b"cache-control"}
    assert (b"cache-control", b"no-store") in sent[0]["headers"] and b"preview.js" in sent[1]["body"]
