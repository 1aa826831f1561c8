"""The little Markdown that the pages are made of."""

from __future__ import annotations

import re
from typing import Iterable, Iterator, Sequence

GENERATED = "<!-- Made by scripts/generate; change the program, not this page. -->"


def page(title: str, *parts: Iterable[str]) -> str:
    """A page: its title, then parts, each of them paragraphs."""
    blocks = [GENERATED, f"# {title}", *(block for part in parts for block in part)]
    return "\n\n".join(blocks) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without the columns that are empty in every row."""
    rows = list(rows)
    used = [number for number in range(len(heads)) if any(row[number] for row in rows)]
    return "\n".join("| " + " | ".join(cell(row[number]) for number in used) + " |" for row in (heads, ["---"] * len(heads), *rows))


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def anchor(heading: str) -> str:
    """The anchor that Markdown viewers give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(text: str, heading: str, page: str = "") -> str:
    return f"[{text}]({page}#{anchor(heading)})"


def sentences(text: str) -> Iterator[str]:
    """A docstring as one paragraph each."""
    for paragraph in text.strip().split("\n\n"):
        yield " ".join(paragraph.split())
