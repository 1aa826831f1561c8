"""The scripts: what they make once, what they say when something cannot be done."""

from __future__ import annotations

import http.client
import importlib.util
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from pathlib import Path
from types import ModuleType
from typing import Any, Iterator

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
SCRIPTS = (
    "add", "audit", "benchmark", "build", "calendars", "check", "diff", "export", "export-site", "format", "fuzz", "generate", "generate-load",
    "init", "map", "new-case", "preview", "screenshots", "serve", "soak", "test",
)  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A fresh scripts/environment.py that works in an empty checkout."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "scripts" / "environment.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout" / "setup.py").write_text("setup()")
    monkeypatch.setattr(module, "ROOT", tmp_path / "checkout")
    monkeypatch.setitem(sys.modules, "environment", module)
    yield module


@pytest.fixture
def made(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is made and installed, without doing so."""
    done: list[str] = []

    def make(wanted: Any, python: str) -> None:
        done.append(f"make {wanted.name}")
        (wanted.folder / "bin").mkdir(parents=True)
        (wanted.folder / "bin" / "python").symlink_to(sys.executable)

    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "install", lambda wanted: done.append(f"install {' '.join(wanted.requirements)}"))
    return done


# --- environments -----------------------------------------------------------------------------------------------------


def test_an_environment_is_made_once(environment: ModuleType, made: list[str]) -> None:
    environment.ready(environment.RUN)
    environment.ready(environment.RUN)
    assert made == ["make run", "install datasette==0.65.5 -e ."]


@pytest.mark.parametrize("change", ["setup.py", "requirements", "moved"])
def test_an_environment_is_made_again_when_it_was_made_from_something_else(
    environment: ModuleType, made: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: str
) -> None:
    environment.ready(environment.RUN)
    wanted = environment.RUN
    if change == "setup.py":
        (environment.ROOT / "setup.py").write_text("setup(more)")
    elif change == "requirements":
        wanted = wanted._replace(requirements=("datasette==0.65.6", "-e", "."))
    else:
        environment.ROOT.rename(tmp_path / "elsewhere")
        monkeypatch.setattr(environment, "ROOT", tmp_path / "elsewhere")
    environment.ready(wanted)
    assert [line.split()[0] for line in made] == ["make", "install"] * 2


def test_an_environment_is_kept_whichever_python_asks(environment: ModuleType, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    environment.ready(environment.RUN)
    monkeypatch.setattr(environment, "find_python", lambda: "/usr/bin/python3.99")
    environment.ready(environment.RUN)
    assert len(made) == 2


def test_a_script_turns_into_the_python_of_its_environment(tmp_path: Path) -> None:
    """Called by a bare name, a Python would not find the environment it belongs to."""
    venv.create(tmp_path / ".venv" / "run", with_pip=False, symlinks=True)
    code = f"""
import sys; sys.path.insert(0, {str(ROOT / "scripts")!r})
import environment; from pathlib import Path
environment.ROOT = Path({str(tmp_path)!r})
environment.become(environment.RUN, "python", "-c", "import sys; print(sys.prefix)")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tmp_path / ".venv" / "run")


def test_a_failed_install_is_tried_again(environment: ModuleType, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(wanted: Any) -> None:
        raise environment.Failed("no")

    with monkeypatch.context() as patched:
        patched.setattr(environment, "install", failing)
        with pytest.raises(environment.Failed):
            environment.ready(environment.RUN)
    environment.ready(environment.RUN)
    assert [line.split()[0] for line in made] == ["make", "make", "install"]


def test_what_pip_says_is_seen_and_what_to_do_is_told(environment: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    wanted = environment.RUN._replace(requirements=("no such requirement",))
    environment.make(wanted, sys.executable)
    with pytest.raises(environment.Failed, match="pip could not install what is needed, see above.*try again"):
        environment.install(wanted)
    assert "Invalid requirement" in capfd.readouterr().err


@pytest.mark.parametrize(("root", "apt"), [(True, True), (True, False), (False, True)])
def test_debian_without_python3_venv(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, root: bool, apt: bool) -> None:
    ran: list[str] = []

    def run(command: list[str], **variables: str) -> Any:
        ran.append(" ".join(command[:4]))
        return "ensurepip is not available" if "venv" in command and "apt-get install -y --no-install-recommends" not in ran else None

    monkeypatch.setattr(environment, "run_quietly", run)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if apt else None)
    if root and apt:
        environment.make(environment.RUN, "python3")
        assert ran[1:3] == ["apt-get update", "apt-get install -y --no-install-recommends"]
        assert len(ran) == 4
    else:
        with pytest.raises(environment.Failed, match="ensurepip is not available\n.*apt install python3-venv"):
            environment.make(environment.RUN, "python3")


def test_a_debian_that_cannot_install(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "run_quietly", lambda command, **variables: "no network")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get")
    with pytest.raises(environment.Failed, match="no network\n`apt-get update` failed; install python3-venv by hand"):
        environment.make(environment.RUN, "python3")


def test_an_old_python_looks_for_a_newer_one(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    for name, works in (("python3.13", False), ("python3.11", True)):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\nexit {0 if works else 127}\n")
        path.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None)
    assert environment.find_python() == str(tmp_path / "python3.11")


def test_no_python_that_is_new_enough(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(environment.Failed, match=r"Python 3\.10 or later is needed; this is .*\. Install a newer one, then try again"):
        environment.find_python()


def test_the_newest_datasettes(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **options: Any) -> Any:
        version = "1.0a42" if "--pre" in command else "0.65.6"
        return subprocess.CompletedProcess(command, 0, f"datasette ({version})\nAvailable versions: {version}, 0.1\n")

    monkeypatch.setattr(subprocess, "run", run)
    assert environment.newest_datasettes(environment.RUN) == {"": "0.65.6", "--pre": "1.0a42"}
    monkeypatch.setattr(subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, 1, ""))
    assert environment.newest_datasettes(environment.RUN) == {}


def test_versions_are_spelled_once() -> None:
    for path in [*(ROOT / "scripts").rglob("*"), ROOT / "setup.py", ROOT / ".ci" / "run"]:
        if path.is_file() and "__pycache__" not in path.parts and path.name != "environment.py":
            assert not re.search(r"0\.65\.5|1\.0a41", path.read_text(encoding="utf-8")), path


# --- a browser --------------------------------------------------------------------------------------------------------


@pytest.fixture
def chromium(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A fresh scripts/chromium.py on a machine that has none."""
    spec = importlib.util.spec_from_file_location("chromium", ROOT / "scripts" / "chromium.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(module, "APPLICATIONS", ())
    monkeypatch.delenv("CASES_CHROMIUM", raising=False)
    return module


def test_where_a_chromium_is_looked_for(chromium: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Named, on the PATH, in macOS' folder: in this order."""
    assert chromium.find() is None
    application = tmp_path / "Chromium"
    application.touch(mode=0o755)
    monkeypatch.setattr(chromium, "APPLICATIONS", (str(tmp_path / "no such"), str(application)))
    assert chromium.find() == str(application)
    monkeypatch.setattr(shutil, "which", {"google-chrome": "/bin/google-chrome", "chromium-browser": "/bin/chromium-browser"}.get)
    assert chromium.find() == "/bin/chromium-browser"
    monkeypatch.setenv("CASES_CHROMIUM", "/opt/mine")
    assert chromium.find() == "/opt/mine"


@pytest.mark.parametrize(("root", "works"), [(True, True), (True, False), (False, False)])
def test_debian_without_a_chromium(
    chromium: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: bool, works: bool
) -> None:
    """Root gets one by apt, once; without one, nothing but the browser's tests is missing."""
    ran: list[str] = []
    there = {"apt-get": "/usr/bin/apt-get"}

    def run(command: list[str], **variables: str) -> Any:
        ran.append(" ".join(command))
        if works and "chromium" in command:
            there["chromium"] = "/usr/bin/chromium"
        return None if works else "no network"

    monkeypatch.setattr(sys.modules["environment"], "run_quietly", run)
    monkeypatch.setattr(shutil, "which", there.get)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    assert chromium.ready() == ("/usr/bin/chromium" if works else None)
    assert chromium.ready() == ("/usr/bin/chromium" if works else None)
    said = capsys.readouterr().err
    if works:
        assert ran == ["apt-get update", "apt-get install -y --no-install-recommends chromium fonts-dejavu-core"]
        assert said.count("\n") == 1 and "installing the Debian packages chromium and fonts-dejavu-core" in said
    else:
        assert ran == ["apt-get update"] * 2 * root
        assert ("`apt-get update` failed; install chromium and fonts-dejavu-core by hand, then try again.\n" in said) == root


@pytest.mark.parametrize(("root", "sandbox"), [(True, False), (False, True)])
def test_only_root_goes_without_a_sandbox(chromium: ModuleType, monkeypatch: pytest.MonkeyPatch, root: bool, sandbox: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    assert ("--no-sandbox" not in chromium.arguments()) == sandbox
    assert "--disable-background-networking" in chromium.arguments()


@pytest.mark.parametrize(("ci", "line"), [("", "SKIPPED browser tests"), ("true", "FAILED  browser tests")])
def test_the_summary_says_that_there_is_no_chromium(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, line: str
) -> None:
    monkeypatch.setenv("CI", ci)
    script = runpy.run_path(str(ROOT / "scripts" / "test"))
    script["summary"]({"lint": (True, 1.0)}, [script["chromium"].MISSING])
    assert f"\n{line}: no Chromium found; apt install chromium or set CASES_CHROMIUM\n" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "darwin", reason="applications are found without a PATH")
@pytest.mark.parametrize(("ci", "code", "word"), [("", 0, "SKIPPED"), ("true", 1, "FAILED")])
def test_tests_without_a_chromium(tmp_path: Path, ci: str, code: int, word: str) -> None:
    """They skip, and say so at the end; where a machine tests for others they fail."""
    for name in ("python", "python3"):
        (tmp_path / name).symlink_to(sys.executable)
    without = {name: value for name, value in os.environ.items() if name != "CASES_CHROMIUM"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/browser/test_keyboard.py", "-k", "skip_link"],
        cwd=ROOT, env={**without, "PATH": str(tmp_path), "CI": ci}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == code, done.stdout
    assert "no Chromium found; apt install chromium or set CASES_CHROMIUM" in done.stdout
    assert ("SKIPPED browser tests" in done.stdout) == (word == "SKIPPED")


# --- the scripts ------------------------------------------------------------------------------------------------------


def test_diff_reads_the_files_where_one_is(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program runs in the checkout."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["diff", "old.db", "/new.db", "--json"])
    asked: list[str] = []
    monkeypatch.setattr(environment, "cases", lambda *words: asked.extend((*words, *sys.argv[1:])))
    runpy.run_path(str(ROOT / "scripts" / "diff"))
    assert asked == ["diff", f"{tmp_path}/old.db", "/new.db", "--json"]


def test_the_scripts_are_executable_words() -> None:
    found = [path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and path.suffix != ".py"]
    assert sorted(found) == sorted(SCRIPTS)
    for name in SCRIPTS:
        path = ROOT / "scripts" / name
        assert os.access(path, os.X_OK)
        assert path.read_text(encoding="utf-8").startswith('#!/usr/bin/env python3\n"""')


def test_init_begins_where_the_caller_is(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command runs in the checkout; the folder is named from where one stands."""
    ran: list[str] = []
    monkeypatch.setattr(environment, "cases", lambda *arguments: ran.extend([*arguments, *sys.argv[1:]]))
    monkeypatch.setattr(sys, "argv", ["init", "mine"])
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(ROOT / "scripts" / "init"), run_name="__main__")
    assert ran == ["init", str(tmp_path / "mine")]


def test_ci_runs_the_tests() -> None:
    path = ROOT / ".ci" / "run"
    assert os.access(path, os.X_OK)
    assert path.read_text() == '#!/usr/bin/env bash\nset -euo pipefail\ncd "$(dirname "$0")/.."\nexec scripts/test\n'


@pytest.mark.parametrize("name", ["benchmark", "calendars", "fuzz", "generate", "map", "screenshots", "serve", "soak", "test"])
def test_help_is_there_before_anything_is_made(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    done = subprocess.run([sys.executable, str(tmp_path / "scripts" / name), "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert len(done.stdout) > 80
    assert not (tmp_path / ".venv").exists()


def test_generate_names_what_is_stale(tmp_path: Path) -> None:
    for name in ("scripts", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    for name in ("export", "locales"):
        shutil.copytree(ROOT / "datasette_cases" / name, tmp_path / "datasette_cases" / name)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "metadata.yml", tmp_path)
    command = [sys.executable, str(tmp_path / "scripts" / "generate")]
    fresh = {path: path.read_bytes() for path in (tmp_path / "docs" / "schema.sql", tmp_path / "docs" / "schema" / "case.json")}
    (tmp_path / "docs" / "schema.sql").write_text("create table old (id)")
    (tmp_path / "docs" / "schema" / "case.json").unlink()
    checked = subprocess.run([*command, "--check"], capture_output=True, text=True)
    assert checked.returncode == 1
    assert checked.stderr == "docs/schema.sql: stale\ndocs/schema/case.json: stale\nRun scripts/generate.\n"
    assert (tmp_path / "docs" / "schema.sql").read_text() == "create table old (id)"
    assert subprocess.run(command, capture_output=True, text=True).stdout == "docs/schema.sql: written\ndocs/schema/case.json: written\n"
    assert {path: path.read_bytes() for path in fresh} == fresh


def test_the_summary_of_the_tests(environment: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "test"))
    assert script["summary"]({"lint": (True, 1.0), "data": (False, 2.5)}) == 1
    assert capsys.readouterr().err.endswith("\nFAILED: data\n")
    assert script["summary"]({"lint": (True, 1.0)}) == 0
    assert capsys.readouterr().err == "\npassed  lint                   1.0 s\nAll passed.\n"


@pytest.mark.parametrize(
    ("newest", "said"),
    [
        ({}, "--- could not ask which Datasette is the newest\n"),
        ({"": "0.65.5", "--pre": "1.0a41"}, ""),
        ({"": "1.0", "--pre": "1.0"}, "--- Datasette 1.0 exists; tested are 0.65.5 and 1.0a41 (scripts/environment.py)\n"),
    ],
)
def test_a_newer_datasette_is_told(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], newest: dict[str, str], said: str
) -> None:
    monkeypatch.setattr(environment, "newest_datasettes", lambda wanted: newest)
    runpy.run_path(str(ROOT / "scripts" / "test"))["tell_of_newer"]()
    assert capsys.readouterr().err == said


# --- benchmark --------------------------------------------------------------------------------------------------------


def here(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Any:
    """scripts/benchmark on this checkout, both environments being the one of these tests."""

    class Here(environment.Environment):  # type: ignore[misc,name-defined]
        def program(self, name: str) -> str:
            return str(Path(sys.executable).with_name(name))

    monkeypatch.setattr(environment, "ROOT", ROOT)
    for name in ("TEST_STABLE", "TEST_ALPHA"):
        monkeypatch.setattr(environment, name, Here(*getattr(environment, name)))
    monkeypatch.setattr(environment, "ready", lambda wanted: wanted)
    return runpy.run_path(str(ROOT / "scripts" / "benchmark"))


def test_the_benchmark_measures_each_row(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether it works, not what it measures; a line for each kind of server."""
    script = here(environment, monkeypatch)
    some = ("list of cases as JSON, afresh", "304, case page, our entry", "hit in the cache of nginx")
    rows = [script["Row"]("case page", script["PAGE"], "itself", script["PAGE"], 1.0), *(r for r in script["ROWS"] if r.what in some)]
    monkeypatch.setitem(script["measure"].__globals__, "ROWS", rows)
    file = script["build"](environment.TEST_STABLE, tmp_path)
    figures = script["measure"](environment.TEST_STABLE, file, rounds=1, seconds=0, requests=1)
    assert figures and all(value > 0 for value in figures.values())
    lines = script["table"]({"datasette==0": figures}).splitlines()
    assert len(lines) == 2 + len(rows) + 1 and len(rows) == 4
    assert all(line.count("|") == lines[0].count("|") for line in lines)


def test_the_benchmark_compares_requests_a_second(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    script = here(environment, monkeypatch)
    figures = {str(target): 4.0 for row in script["ROWS"] for target in (row.target, row.reference)}
    figures = {**figures, "sql": 1.0, "afresh /cases/citations?_size=100": 16.0}
    lines = script["table"]({"datasette==0.1": figures}).splitlines()
    assert lines[2].endswith("| 0.1 | 4.00 | table page, 100 rows of 4 columns | 16.00 | 4.00 |  | 4: met |")
    assert any(line.endswith("| 1.00 |  | 2.5: not met |") for line in lines)
    assert lines[-1].endswith("| 0.25 of it | | |")


def test_a_goal_is_held_against_the_time_of_the_processor(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    script = here(environment, monkeypatch)
    page, table = script["PAGE"], script["TABLE"]
    figures = {str(target): 4.0 for row in script["ROWS"] for target in (row.target, row.reference) if target.server != "nginx"}
    figures = {**figures, "sql": 1.0, script["by_processor"](page): 2.0, script["by_processor"](table): 9.0}
    lines = script["table"]({"datasette==0.1": figures}).splitlines()
    assert lines[2].endswith("| 4.00 | 1.00 | 4.50 | 4: met |")
    assert any(line.endswith("| 0.8: nginx is not installed |") for line in lines)


def test_the_benchmark_of_the_law_works_too() -> None:
    command = [sys.executable, str(ROOT / "scripts/_benchmark/law.py"), "200"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and len(lines) == 5 and all(line.count("|") == 7 for line in lines)


# --- serve ------------------------------------------------------------------------------------------------------------

DRIVER = """
import runpy, sys
sys.path.insert(0, {scripts!r})
import environment
from pathlib import Path

class Here(environment.Environment):
    def program(self, name):
        return str(Path(sys.executable).with_name(name))

environment.ROOT = Path({root!r})
environment.RUN = Here("run", ())
environment.ready = lambda wanted: wanted
sys.argv = ["serve", *sys.argv[1:]]
runpy.run_path({scripts!r} + "/serve", run_name="__main__")
"""


def serve(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """scripts/serve in the environment of these tests, on another checkout."""
    code = DRIVER.format(scripts=str(ROOT / "scripts"), root=str(root))
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "metadata.yml", tmp_path)
    return tmp_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_serve_builds_serves_and_says_where(checkout: Path) -> None:
    port = free_port()
    process = serve(checkout, "--port", str(port))
    assert process.stdout
    address = f"http://127.0.0.1:{port}/-/cases/meta-ai-training-2024"
    lines: list[str] = []
    started = time.monotonic()
    for line in process.stdout:
        lines.append(line.strip())
        if lines[-1] == address:
            break
    assert lines[-1:] == [address], lines
    assert time.monotonic() - started < 20
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/cases.json")
    assert connection.getresponse().status == 200
    connection.close()
    process.send_signal(signal.SIGINT)
    process.stdout.read()
    assert process.wait(timeout=10) in (0, 1, -signal.SIGINT)
    assert (checkout / "cases.db").is_file()


def test_serve_says_that_a_port_is_taken(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = serve(checkout, "--port", str(port))
        said = process.communicate(timeout=20)[0]
    assert process.returncode == 1
    assert re.fullmatch(
        rf"scripts/serve: cannot listen on 127\.0\.0\.1, port {port}: .+\. Another port: scripts/serve --port \d+\.\n", said
    )
    assert not (checkout / "cases.db").exists()


@pytest.mark.parametrize("host", ["203.0.113.7", "no-such-host.invalid"])
def test_serve_says_that_an_address_cannot_be_had(checkout: Path, host: str) -> None:
    process = serve(checkout, "--host", host)
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert said.startswith("scripts/serve: cannot listen on ") and said.count("\n") == 1


@pytest.mark.parametrize("port", ["0", "99999", "-1", "http"])
def test_serve_says_what_a_port_is(checkout: Path, port: str) -> None:
    process = serve(checkout, "--port", port)
    said = process.communicate(timeout=20)[0]
    assert process.returncode == 2
    assert said.endswith(f"argument --port: found '{port}'; write a number from 1 to 65535\n")


def test_serve_ends_when_the_server_cannot_start(checkout: Path) -> None:
    """Nothing keeps running behind a Datasette that does not find its configuration."""
    (checkout / "metadata.yml").unlink()
    process = serve(checkout, "--port", str(free_port()))
    said = process.communicate(timeout=20)[0]
    assert process.returncode not in (0, None)
    assert "http://127.0.0.1" not in said


def test_serve_serves_nothing_that_cannot_be_built(checkout: Path) -> None:
    (checkout / "data" / "actors.yml").write_text("actors: []\n")
    process = serve(checkout, "--port", str(free_port()))
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "data/actors.yml:1:" in said
    assert said.endswith("scripts/serve: cases.db could not be built, see above; nothing is served.\n")
