"""The walk through docs/adding-a-fact.md, as it stands there: each command, each answer, each line that is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Iterator, NamedTuple

import pytest
from click.testing import CliRunner

from datasette_cases.editor.commands import cases

from .previewing import Server
from .site import ROOT

pytestmark = pytest.mark.once

PAGE = ROOT / "docs" / "adding-a-fact.md"
PROMPT = re.compile(r" *[A-Z].*?[\])a-z]:(?: (?P<answer>[^:]*|https://.*))?")
"""A line of a dialogue that asks: it begins with a capital letter, and the answer stands behind its last colon."""


class Step(NamedTuple):
    command: str
    printed: str


def steps() -> Iterator[Step]:
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield Step(command, printed)


def answers(printed: str) -> str:
    """What is typed in a dialogue, a line an answer."""
    found = [PROMPT.fullmatch(line) for line in printed.splitlines()]
    return "".join(f"{match['answer'] or ''}\n" for match in found if match)


def plain(text: str) -> str:
    """Without blanks at the ends of lines, where a question is answered by Enter alone."""
    return "\n".join(line.rstrip() for line in text.splitlines())


def test_the_walk_leads_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, walked, server = tmp_path, [], None
    monkeypatch.chdir(here)
    (tmp_path / "scratch").mkdir()
    try:
        for command, printed in steps():
            words = shlex.split(command)
            walked.append(words[2] if words[0] == "datasette" else words[0])
            if words[0] == "cd":
                here = here / words[1]
                monkeypatch.chdir(here)
            elif words[2] == "preview":
                server = Server(Path("."), tmp_path / "scratch")
                assert server.process.stdout
                rest = [server.process.stdout.readline() for _ in printed.splitlines()[1:]]
                assert "".join(["http://127.0.0.1:8001/-/cases\n", *rest]) == printed
            else:
                done = CliRunner().invoke(cases, words[2:], input=answers(printed))
                assert plain(done.output) == plain(printed), command
                assert done.exit_code == 0
        assert walked == ["init", "cd", "preview", "new-case", "add", "add", "check", "format", "build"]
        assert server
        page = server.until("/-/cases/library-cards", "Doubts that a face scan for a card is lawful.")
        assert "Opens an investigation into the face scans" in page and "Library cards with a face scan" in page
    finally:
        if server:
            server.process.kill()
            server.process.communicate()


def test_each_message_it_explains_is_one_of_the_program() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "datasette_cases").rglob("*.py"))
    sources += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "datasette_cases").rglob("*.html"))
    for words in ("nothing was written", "to be mended", "cannot listen on ", "found no tracker here"):
        assert words in PAGE.read_text(encoding="utf-8") and words in sources
