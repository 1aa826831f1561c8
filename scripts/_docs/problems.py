"""docs/problems.md: everything an editor can get wrong, each with the message it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator, Mapping

from datasette_cases.source.problem import KINDS

from .markdown import page as markdown

FOLDERS = Path(__file__).resolve().parent.parent.parent / "tests" / "data" / "broken"


def problems_page(kinds: Mapping[str, str] = KINDS, folders: Path = FOLDERS) -> str:
    """`kinds`: each with its meaning; `folders`: one of the kind's name for each, with the message in `expected.txt`."""
    return markdown("What can be wrong", introduction(), examples(kinds, folders))


def introduction() -> Iterator[str]:
    yield (
        "`scripts/check` reads all files of `data/` and lists every problem there is, each on a line of its own: file, line and "
        "column, the place as an editor would name it, what was found, and what to do. One mistake gives one line, as far as "
        "that can be told. As long as there is a problem nothing is built and nothing is written."
    )
    yield "```text\npath:line:column: where: what was found; what to do\n```"
    yield (
        "In the place, an item of a list goes by its id, else by its number from 1: `entries.ap-forwards.sources.2` is the second "
        "source of the entry `ap-forwards`. Below, each kind of problem with an example: a message that "
        "`tests/data/broken/<kind>/` gives, and a test compares."
    )


def examples(kinds: Mapping[str, str], folders: Path) -> Iterator[str]:
    for kind, meaning in kinds.items():
        yield f"## {kind}"
        yield meaning
        yield f"```text\n{(folders / kind / 'expected.txt').read_text(encoding='utf-8').strip()}\n```"
