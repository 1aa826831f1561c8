"""What is given to those who run a site: each step of the Dockerfile by hand, nginx before two processes, the unit of systemd."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Iterator, NamedTuple, Optional

import environment
import pytest
from _soak import front, readers, replicas
from packaging.requirements import Requirement
from packaging.version import Version

from datasette_cases.plugin import asgi

from .site import ROOT

pytestmark = pytest.mark.once

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DATASETTE = Path(sys.executable).with_name("datasette")
NOBODY = 65534


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- the container ----------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """An instruction of the Dockerfile."""

    word: str
    text: str


def steps(stage: int) -> list[Step]:
    """The instructions of one of its two stages."""
    lines = [line for line in DOCKERFILE.splitlines() if not line.startswith("#")]
    found = [Step(*line.split(maxsplit=1)) for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]
    begins = [at for at, step in enumerate(found) if step.word == "FROM"] + [len(found)]
    return found[begins[stage] + 1 : begins[stage + 1]]


def only(word: str) -> str:
    (text,) = [step.text for step in steps(1) if step.word == word]
    return text


def test_the_container_is_nobodys_and_ends_when_told() -> None:
    """Its process is told itself: the command is a list, and no shell stands between."""
    assert only("USER") == "cases" and only("EXPOSE") == "8001"
    assert json.loads(only("CMD"))[:3] == ["datasette", "cases", "serve"]
    words = [step.word for step in steps(1)]
    assert words.index("USER") > max(at for at, word in enumerate(words) if word in ("RUN", "COPY")), "it owns no file"
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(set(bases)) == 1 and re.fullmatch(r"python:3\.\d+-slim-[a-z]+", bases[0])


def test_only_what_is_copied_is_sent_to_the_engine() -> None:
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    copied = [name for step in steps(0) if step.word == "COPY" for name in step.text.split()[:-1]]
    assert sorted(sent) == sorted(copied) and all((ROOT / name).exists() for name in copied)


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which each step of the build was done, but for pip: what it would install is this environment."""
    root = tmp_path_factory.mktemp("container")
    for folder in ("src", "srv", "opt/cases/bin", "opt/cases/lib"):
        (root / folder).mkdir(parents=True)
    for name, arguments in (("python", ""), ("datasette", "-m datasette ")):
        (root / "opt/cases/bin" / name).write_text(f'#!/bin/sh\nexec {sys.executable} {arguments}"$@"\n')
        (root / "opt/cases/bin" / name).chmod(0o755)
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "RELEASED": "2026-11-24", "PREVIOUS": ""}
    for step in steps(0):
        text = re.sub(r"(?<![\w.])/(opt|srv)/", rf"{root}/\1/", step.text)
        if step.word == "COPY":
            *names, target = text.split()
            for name in names:
                to = root / "src" / target / (Path(name).name if target == "./" else "")
                shutil.copytree(ROOT / name, to) if (ROOT / name).is_dir() else (
                    to.parent.mkdir(exist_ok=True),
                    shutil.copy(ROOT / name, to),
                )
        elif step.word == "RUN" and "pip install" not in text:
            done = subprocess.run(["sh", "-c", text], cwd=root / "src", env=variables, capture_output=True, text=True)
            assert done.returncode == 0, f"{text}: {done.stderr}"
    yield_to_all(root)
    return root


def yield_to_all(folder: Path) -> None:
    """Whoever it is may go there; a folder of tests belongs to one."""
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and not one.stat().st_mode & 0o005 and "pytest" in str(one):
            one.chmod(one.stat().st_mode | 0o005)


def as_nobody(program: Path) -> list[str]:
    """What makes a command nobody's, where this is root and nobody can run its Python."""
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    if os.geteuid() or not shutil.which("setpriv"):
        return []
    return [] if subprocess.run([*drop, program, "--version"], capture_output=True).returncode else drop


def test_the_container_is_built_and_serves(container: Path, tmp_path: Path) -> None:
    """As nobody, from a folder in which nothing can be written; healthy; gone when it is told."""
    site, port = container / "srv" / "cases", free_port()
    assert sorted(path.name for path in site.iterdir()) == ["cases.db", "inspect.json", "metadata.yml"]
    assert not any(path.stat().st_mode & 0o222 for path in (site, *site.iterdir()))
    assert json.loads((site / "inspect.json").read_text())["cases"]["tables"]["cases"]["count"] == 10
    command = [re.sub("^8001$", str(port), word).replace("0.0.0.0", "127.0.0.1") for word in json.loads(only("CMD"))]
    program = container / "opt/cases/bin" / command[0]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen([*as_nobody(program), program, *command[1:]], cwd=site, env=variables, stderr=subprocess.PIPE, text=True)
    check = json.loads(only("HEALTHCHECK").split("CMD", 1)[1])
    check = [sys.executable, *[word.replace(":8001/", f":{port}/") for word in check[1:]]]
    try:
        for _ in range(300):
            if process.poll() is not None or not subprocess.run(check, capture_output=True).returncode:
                break
            time.sleep(0.1)
        assert process.poll() is None, process.stderr and process.stderr.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM), "ended by what it was told, not killed"
        assert subprocess.run(check, capture_output=True).returncode, "nothing is healthy when nothing answers"
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()
        site.chmod(0o755)


def constraints() -> dict[str, Version]:
    lines = (ROOT / "deploy" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {plain(name): Version(number) for name, _, number in (line.partition("==") for line in lines if not line.startswith("#"))}


def installed(name: str) -> Optional[Version]:
    try:
        return Version(version(name))
    except PackageNotFoundError:
        return None


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_of_a_container_has_its_version() -> None:
    """All that the extra brings, with what that brings, at versions that each of them admits. What a package needs is known of the version
    that is installed here."""
    pinned = constraints()
    needed, left = set(), [("datasette-cases", "publish"), ("datasette-cases", "")]
    while left:
        name, extra = left.pop()
        if name in pinned and installed(name) != pinned[name]:
            continue
        for requirement in map(Requirement, requires(name) or []):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            wanted = plain(requirement.name)
            if wanted in ("pip", "setuptools"):
                continue  # an environment brings them with it
            assert wanted in pinned, f"{name} needs {requirement.name}"
            assert requirement.specifier.contains(pinned[wanted], prereleases=True), f"{name} needs {requirement}, found {pinned[wanted]}"
            if wanted not in needed:
                needed.add(wanted)
                left += [(wanted, one) for one in ("", *requirement.extras)]
    assert len(needed) > 20
    assert str(pinned["datasette"]) == environment.STABLE


# --- nginx ------------------------------------------------------------------------------------------------------------


class Behind(BaseHTTPRequestHandler):
    """Stands for a process of the site: says what it was asked, or hangs up in the middle."""

    protocol_version = "HTTP/1.1"
    dying = False

    def do_GET(self) -> None:
        self.server.asked.append(self)  # type: ignore[attr-defined]
        if self.server.dying:  # type: ignore[attr-defined]
            self.close_connection = True
            return
        body = f"{self.path} in {self.headers['Accept-Language']}".encode()
        self.send_response(200)
        for name, value in (
            ("Content-Length", str(len(body))),
            ("Cache-Control", "public, max-age=1"),
            ("ETag", '"a"'),
            ("Vary", "Cookie"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def behind() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    server.asked, server.dying = [], False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[int]:
    port = free_port()
    yield_to_all(folder)
    command = front.command((ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8"), folder / "nginx", port, ports, cache=True)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        said = process.communicate()[1]
    assert "emerg" not in said, said


def get(port: int, path: str, **headers: str) -> tuple[int, str, str]:
    """Status, body, and where it came from."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(
            "GET", path, headers={"Host": readers.HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("X-Cache", "")
    finally:
        connection.close()


@pytest.mark.skipif(not front.installed(), reason="nginx is not installed")
def test_nginx_keeps_pages_and_bears_that_processes_go(tmp_path: Path) -> None:
    with behind() as one, behind() as other, nginx(tmp_path, [one.server_port, other.server_port]) as port:
        german = {"Accept_Language": "de-AT,de;q=0.9,en;q=0.8", "Cookie": "a=b", "Authorization": "Bearer c"}
        assert get(port, "/-/cases", **german) == (200, "/-/cases in de", "MISS")
        assert get(port, "/-/cases", Accept_Language="de;q=1")[1:] == ("/-/cases in de", "HIT")
        assert get(port, "/-/cases", Accept_Language="ja")[1:] == ("/-/cases in en", "MISS")
        asked = one.asked + other.asked
        assert len(asked) == 2 and not any(name in request.headers for request in asked for name in ("Cookie", "Authorization"))
        one.dying = True
        for number in range(6):
            assert get(port, f"/-/cases?{number}")[0] == 200, "what one leaves unanswered, the other is asked"
        assert one.asked[-1].server.dying and get(port, "/health")[0] == 200
        other.dying = True
        time.sleep(2.1)  # nginx counts whole seconds
        assert get(port, "/-/cases", **german) == (200, "/-/cases in de", "STALE")
        assert get(port, "/-/cases?new")[0] == 502 and get(port, "/health")[0] == 502


# --- systemd ----------------------------------------------------------------------------------------------------------


def test_the_unit_runs_a_command_that_there_is() -> None:
    unit = (ROOT / "deploy" / "datasette-cases@.service").read_text(encoding="utf-8")
    (command,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    program, group, verb, *arguments = shlex.split(command.replace("%i", "8001"))
    assert (Path(program).name, group, verb) == ("datasette", "cases", "serve")
    parsed = asgi.serve.make_context("serve", [str(ROOT / "setup.py") if word.startswith("/srv/") else word for word in arguments])
    assert parsed.params["port"] == 8001 and parsed.params["workers"] == 1
    said = dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))
    assert int(said["TimeoutStopSec"]) > asgi.SECONDS_TO_FINISH, "requests under way are answered before it is killed"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = (ROOT / "deploy" / "datasette-cases@.service").read_text(encoding="utf-8").replace("/opt/cases/bin/datasette", "/bin/true")
    file = tmp_path / "datasette-cases@8001.service"
    file.write_text(unit)
    done = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


# --- scripts/soak -----------------------------------------------------------------------------------------------------


def test_the_readers_of_a_soak_know_a_wrong_answer() -> None:
    asked, place = readers.Asked("/-/cases", "en"), readers.Front("nginx", 1)
    body = [readers.sha256(text).hexdigest() for text in (b"old", b"new")]
    expected = [{asked: readers.Said(f'"{number}"', body[number])} for number in (0, 1)]
    reader = readers.Reader(1, [place], expected, time.monotonic(), threading.Event())
    for had, status, etag, answered in ((None, 200, '"0"', b"old"), (None, 200, '"1"', b"new"), ('"1"', 304, '"1"', b"")):
        reader.judge(place, asked, had, status, etag, answered)
    assert not reader.seen.faults and [release for _, _, release in reader.seen.releases] == [0, 1]
    for had, status, etag, answered in (
        (None, 200, '"0"', b"new"), (None, 200, '"1"', b"ne"), (None, 304, '"1"', b""), ('"0"', 304, '"1"', b""), (None, 502, None, b""),
    ):  # fmt: skip
        reader.judge(place, asked, had, status, etag, answered)
    assert [fault.what for fault in reader.seen.faults] == ["wrong body", "wrong body", "status 304", "status 304", "status 502"]


def test_the_memory_of_a_soak_is_a_line() -> None:
    samples = [replicas.Sample(second, 1, 7, 100 + second / 360, second) for second in range(0, 3600, 60)]
    ((first, last, most, steep),) = replicas.slopes(samples, 600).values()
    assert (round(first, 2), last == most, round(steep, 6)) == (101.67, True, 10)
    assert replicas.processor(samples) == 3540 and replicas.by_minute(samples)[1] == {1: 100 + 60 / 360}
