"""Every word of the record with its meaning, by the list it is of."""

from __future__ import annotations

from typing import Optional

from .frozen import dataclass
from .words import Entry, Words


@dataclass(frozen=True)
class Field:
    """One list of words, in its order."""

    field: str
    words: list[Entry]


@dataclass(frozen=True)
class VocabularyPage:
    """`language`: the one asked for; a word that it lacks is in English."""

    language: str
    fields: list[Field]
    released: Optional[str]


def build(words: Words, language: str, released: Optional[str], field: Optional[str] = None) -> VocabularyPage:
    """`field`: only this list."""
    names = sorted(words.fields()) if field is None else [field]
    return VocabularyPage(language, [Field(name, words.all(name)) for name in names], released)
