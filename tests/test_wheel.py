"""The wheel alone, in an empty environment far from the checkout: it builds, serves and speaks Dutch."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Iterator
from urllib.error import HTTPError, URLError
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
CASE = "meta-ai-training-2024"
pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: a build leaves its traces in the folder, and two runs of the tests may be under way."""
    copy = tmp_path_factory.mktemp("copy") / "checkout"
    copy.mkdir()
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "datasette_cases", copy / "datasette_cases", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path_factory.mktemp("wheel")
    pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", target, copy)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel and what it needs, with the Datasette of this run."""
    folder = tmp_path_factory.mktemp("empty") / "environment"
    venv.create(folder, with_pip=True, symlinks=True)
    found = folder / "bin" / "python"
    pip(found, "install", wheel, f"datasette=={version('datasette')}")
    return found


@pytest.fixture(scope="module")
def site(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that the wheel built from a copy of the data."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "data", folder / "data")
    done = run(python, "-m", "datasette", "cases", "build", "data", "cases.db", cwd=folder)
    assert f"{len(list((ROOT / 'data/cases').glob('*.yml')))} cases, " in done
    return folder


def pip(python: Path, *arguments: object) -> None:
    run(python, "-m", "pip", "-qq", "--disable-pip-version-check", *arguments, cwd=Path("/"))


def run(python: Path, *arguments: object, cwd: Path) -> str:
    done = subprocess.run([str(python), *map(str, arguments)], cwd=cwd, env=clean(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean() -> dict[str, str]:
    """No path back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


@contextmanager
def served(python: Path, site: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [str(python), "-m", "datasette", "serve", "--immutable", "cases.db", "--port", str(port)],
        cwd=site, env=clean(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def get(address: str) -> tuple[int, str]:
    """Status and text; waits for a server that is just starting."""
    for _ in range(150):
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")


def test_everything_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    inside = {name for name in ZipFile(wheel).namelist() if name.startswith("datasette_cases/")}
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "datasette_cases").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert inside == there


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    others = {name.split("/")[0] for name in ZipFile(wheel).namelist()} - {"datasette_cases"}
    assert [name.rpartition(".")[2] for name in others] == ["dist-info"]
    assert any(name.endswith("/LICENSE") for name in ZipFile(wheel).namelist())


def test_it_is_the_wheel_that_runs(python: Path, site: Path) -> None:
    where = run(python, "-c", "import datasette_cases; print(datasette_cases.__file__)", cwd=site)
    assert Path(where.strip()).is_relative_to(python.parents[1])


def test_its_requirements_agree(python: Path, site: Path) -> None:
    assert "No broken requirements" in run(python, "-m", "pip", "check", cwd=site)


def test_it_builds_serves_and_translates(python: Path, site: Path) -> None:
    with served(python, site) as address:
        assert get(f"{address}/")[0] == 200
        status, page = get(f"{address}/-/cases")
        assert status == 200 and "Meta: training AI on Facebook and Instagram posts" in page
        status, page = get(f"{address}/-/cases/{CASE}?_lang=nl")
        assert status == 200
        assert "Meta: AI trainen met berichten van Facebook en Instagram" in page
        assert '<html lang="nl"' in page
        status, text = get(f"{address}/-/cases/{CASE}.json")
        assert status == 200 and json.loads(text)["case"]["id"] == CASE
        assert get(f"{address}/-/cases/about?_lang=nl")[0] == 200
        assert get(f"{address}/-/cases/no-such-case")[0] == 404
        status, text = get(f"{address}/-/plugins.json")
        assert '"cases"' in text or '"datasette-cases"' in text


def test_it_begins_a_tracker_and_adds_to_it(python: Path, tmp_path: Path) -> None:
    run(python, "-m", "datasette", "cases", "init", "mine", cwd=tmp_path)
    fact = (
        "--date",
        "2024-04",
        "--by",
        "example-authority",
        "--act",
        "closure",
        "--summary",
        "Ends it.",
        "--source",
        "https://example.org/x",
    )
    run(python, "-m", "datasette", "cases", "add", "example", *fact, cwd=tmp_path / "mine")
    assert "1 case, no problems" in run(python, "-m", "datasette", "cases", "check", "data", cwd=tmp_path / "mine")


def test_its_static_files_are_served(python: Path, site: Path) -> None:
    static = [path.name for path in (ROOT / "datasette_cases" / "plugin" / "static").glob("*") if path.is_file()]
    for name in ("europe.json", "card.css"):  # the map's shapes and the looks of a card, both of which the server draws
        static.remove(name)
    with served(python, site) as address:
        page = "".join(get(f"{address}/-/{path}")[1] for path in (f"cases/{CASE}", f"cases/{CASE}/embed", "authorities"))
        assert '<svg class="map" viewBox' in page, "the map is drawn from the wheel's own shapes"
        for name in static:
            found = [part for part in page.split('"') if part.split("?")[0].endswith(f"/{name}")]
            assert found, f"no page uses {name}"
            assert get(address + found[0])[0] == 200
