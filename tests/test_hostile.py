"""Files that mean harm: each ends in a problem with its place, soon and in little memory, and the last good database stays."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path
from typing import Callable

import pytest
from click.testing import CliRunner, Result

from datasette_cases.cli import cases
from datasette_cases.model.fields import MOST_COMPARED
from datasette_cases.regimes import load
from datasette_cases.source import read as reading
from datasette_cases.source.read import read_case, read_library
from datasette_cases.source.tree import LONGEST, read

from .site import RELEASED, ROOT

pytestmark = pytest.mark.once

GOOD = ROOT / "tests/data/good"
CORPUS = sorted((ROOT / "tests/corpus/reader").iterdir())
SOON = 10.0
"""Seconds, on a busy machine; each takes a tenth of it at most where nothing else runs."""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The good folder as `data` in the current one, and a database that was built of it before."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    assert run().exit_code == 0
    return tmp_path / "data"


def run() -> Result:
    return CliRunner().invoke(cases, ["build", "data", "cases.db", "--released", "2026-11-24"])


def refused(data: Path, name: str = "cases/plan.yml") -> list[str]:
    """What the build says of a folder that it refuses: lines that begin with the place in a file. The database is as it was."""
    database = data.parent / "cases.db"
    before, started = database.read_bytes(), time.monotonic()
    result = run()
    assert time.monotonic() - started < SOON
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.exception
    assert database.read_bytes() == before
    assert sorted(path.name for path in data.parent.iterdir()) == ["cases.db", "data"]
    found = [line for line in result.stderr.splitlines() if line.startswith(f"data/{name}" + ("" if name.endswith("/") else ":"))]
    assert found and all(line.isprintable() and len(line) < 1000 for line in result.stderr.splitlines())
    return found


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_no_file_of_the_corpus_is_read(data: Path, path: Path) -> None:
    """What scripts/fuzz begins with, and whatever it found."""
    shutil.copy(path, data / "cases/plan.yml")
    refused(data)


def test_what_a_search_found_is_refused_each_time() -> None:
    """The smallest file for each kind of problem that scripts/fuzz came to, in 15 minutes, from those above."""
    library, regimes = read_library(GOOD, "data"), load()
    found = sorted((ROOT / "tests/corpus/found").iterdir())
    assert len(found) > 50
    for path in found:
        problems = read_case(path, "plan.yml", library, regimes, RELEASED).problems
        assert problems and all(len(str(problem).splitlines()) == 1 for problem in problems), path.name


PLAN = (GOOD / "cases/plan.yml").read_text(encoding="utf-8")
BIG: dict[str, Callable[[], str]] = {
    "a quote of 10 MB": lambda: PLAN.replace("onvoldoende", "x" * 10_000_000),
    "10,000 levels": lambda: PLAN.replace("topics: [training]", "topics: " + "[" * 10_000 + "]" * 10_000),
    "10,000 levels of lines": lambda: "".join(" " * level + "a:\n" for level in range(3_000)) + PLAN,
    "a line of 1 MB": lambda: PLAN.replace("The plan", "x" * 1_000_000),
    "a key of 1 MB": lambda: "x" * 1_000_000 + ": y\n" + PLAN,
    "an anchor of 1 MB": lambda: "a: &" + "x" * 1_000_000 + " y\n" + PLAN,
    "an alias of 1 MB": lambda: "a: *" + "x" * 1_000_000 + "\n" + PLAN,
    "a tag of 100 kB": lambda: "a: !" + "x" * 100_000 + " y\n" + PLAN,
    "20,000 topics": lambda: PLAN.replace("[training]", "[" + ", ".join(f"t{number}" for number in range(20_000)) + ", t1]"),
    "5,000 unknown keys, 1,000 empty entries": lambda: (
        "".join(f"k{number}: v\n" for number in range(5_000)) + PLAN.replace("entries:\n", "entries:\n" + "  - {}\n" * 1_000)
    ),
}


@pytest.mark.parametrize("name", BIG)
def test_what_is_big_is_soon_refused(data: Path, name: str) -> None:
    (data / "cases/plan.yml").write_text(BIG[name](), encoding="utf-8")
    refused(data)


def test_of_very_many_unknown_ids_all_are_told_and_the_first_compared(data: Path) -> None:
    """To compare each with all known ones takes minutes."""
    actors = "".join(f"  - {{id: party-{number}, kind: other, name: x}}\n" for number in range(200))
    with open(data / "actors.yml", "a", encoding="utf-8") as file:
        file.write(actors)
    unknown = ", ".join(f"partie-{number}" for number in range(5_000))
    text, times = re.subn(r"respondents: \[.*\]", f"respondents: [{unknown}]", PLAN)
    assert times == 1
    (data / "cases/plan.yml").write_text(text, encoding="utf-8")
    found = [line for line in refused(data) if "which is no known actor" in line]
    assert len(found) == 5_000 and len([line for line in found if "did you mean" in line]) == MOST_COMPARED


def test_a_file_that_is_too_big_is_not_read_to_its_end(data: Path) -> None:
    with open(data / "cases/plan.yml", "ab") as file:
        file.truncate(1 << 40)
    assert refused(data) == [
        "data/cases/plan.yml:1:1: found a file of more than 5 MB; cut it in two, or take out what does not belong there"
    ]


def test_a_pipe_is_not_waited_for(data: Path) -> None:
    os.mkfifo(data / "cases/pipe.yml")
    assert refused(data, "cases/pipe.yml") == ["data/cases/pipe.yml:1:1: found something that is no file; put a file there, or delete it"]
    os.rename(data / "cases/pipe.yml", data / "actors.yml")
    assert "found something that is no file" in refused(data, "actors.yml")[0]


def test_no_link_leads_out_of_the_folder(data: Path) -> None:
    """Nor anywhere else: what is shown would not be what was reviewed."""
    secret = data.parent.parent / "secret.yml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (data / "cases/plan.yml").unlink()
    (data / "cases/plan.yml").symlink_to(secret)
    assert refused(data) == ["data/cases/plan.yml:1:1: found a link; put the file itself there"]
    secret.unlink()
    assert refused(data) == ["data/cases/plan.yml:1:1: found a link; put the file itself there"]


def test_no_folder_is_a_link(data: Path) -> None:
    elsewhere = data.parent.parent / "elsewhere"
    shutil.move(data / "cases", elsewhere)
    (data / "cases").symlink_to(elsewhere)
    assert refused(data, "cases") == ["data/cases:1:1: found a link; put the folder itself there"]


def test_what_became_a_pipe_meanwhile_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    handle = reading._without_waiting(str(tmp_path / "pipe"), os.O_RDONLY)
    os.close(handle)
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    with pytest.raises(OSError):
        reading._without_waiting(str(tmp_path / "link"), os.O_RDONLY)


def test_names_of_files_do_not_write_to_the_terminal(data: Path) -> None:
    (data / "cases/a\x1b[2J\nb.txt").write_text("", encoding="utf-8")
    (data / os.fsdecode(b"cases/\xff.yml")).write_text("a", encoding="utf-8")
    (data / "cases/\u202ey.yml").write_text("id: y", encoding="utf-8")
    assert any(line.startswith("data/cases/a\\x1b[2J\\nb.txt:1:1: found a file") for line in refused(data, "cases/"))


@pytest.mark.parametrize("character", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"])
def test_nothing_is_read_in_another_order_than_it_stands(character: str) -> None:
    said = f"found the character U+{ord(character):04X}, which changes the order in which text is read; delete it"
    assert [str(found) for found in read("a.yml", f"a: b{character}c\n".encode()).problems] == [f"a.yml:1:5: {said}"]
    assert [str(found) for found in read("a.yml", f"# b{character}c\na: b\n".encode()).problems] == [f"a.yml:1:4: {said}"]
    escaped = f'a: "b\\u{ord(character):04x}c"\n'
    assert [str(found) for found in read("a.yml", escaped.encode()).problems] == [f"a.yml:1:4: {said}"]


def test_arabic_and_hebrew_are_read_as_they_stand() -> None:
    assert read("a.yml", "a: \u05d0\u200f, \u0627\n".encode()).values == {"a": "\u05d0\u200f, \u0627"}


def test_a_text_of_just_the_most_letters_is_read() -> None:
    assert not read("a.yml", b"a: " + b"x" * LONGEST).problems
    assert [found.kind for found in read("a.yml", b"a: x" + b"x" * LONGEST).problems] == ["text-too-long"]
