"""docs/vocabulary.md: every word of every closed list, with its meaning."""

from __future__ import annotations

from typing import Iterator

from datasette_cases.vocabulary import COMMON, Vocabulary

from .markdown import link, table
from .markdown import page as markdown
from .views import REGIMES


def page() -> str:
    return markdown("The words", contents(), common(), regimes())


def contents() -> Iterator[str]:
    yield (
        "The closed lists: a word stands the same in the files, in the database and in JSON. What a reader sees is its label, "
        "in the reader's language; the database has them all in the table `vocabulary`."
    )
    yield "Common to all regimes: " + ", ".join(link(item.field, item.field) for item in COMMON) + "."


def common() -> Iterator[str]:
    for vocabulary in COMMON:
        yield f"## {vocabulary.field}"
        yield words(vocabulary)


def regimes() -> Iterator[str]:
    for regime in REGIMES.values():
        yield f"## {regime.name} (`{regime.id}`)"
        for vocabulary in regime.vocabularies:
            yield f"### {regime.id}: {vocabulary.field}"
            yield words(vocabulary)


def words(vocabulary: Vocabulary) -> str:
    rows = ((f"`{word.value}`", word.label, word.phase or "", word.meaning, word.provision or "") for word in vocabulary)
    return table(("word", "label", "phase", "meaning", "provision"), rows)
