"""A closed list of words, each with its meaning: the one place where a word is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Iterator, Optional


@dataclass(frozen=True)
class Word:
    """One value of a closed list.

    `value` is what stands in YAML, SQL, JSON and CSS; `label` is what a reader sees, in English (other languages:
    `locales/`); `meaning` says what it covers and which neighbour to use instead; `provision` is the article it comes
    from; `phase` groups statuses for the public; `rank` orders words where the order means something.
    """

    value: str
    label: str
    meaning: str
    provision: Optional[str] = None
    phase: Optional[str] = None
    rank: Optional[int] = None


@dataclass(frozen=True)
class Vocabulary:
    """A closed list under one name. The name is the column, the YAML key or the question it belongs to."""

    field: str
    words: tuple[Word, ...]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __contains__(self, value: object) -> bool:
        return any(word.value == value for word in self.words)

    def __getitem__(self, value: str) -> Word:
        for word in self.words:
            if word.value == value:
                return word
        raise KeyError(value)

    def only(self, *values: str) -> Vocabulary:
        """The same list with some of its words: where not every one can stand."""
        return Vocabulary(self.field, tuple(self[value] for value in values))

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(word.value for word in self.words)


def nearest(value: str, known: "tuple[str, ...] | list[str]", most: int = 3) -> list[str]:
    """The known words that look most like `value`, best first; empty when none is close."""
    return get_close_matches(value.lower(), sorted(known), n=most, cutoff=0.55)
