"""What a reader looks for, as full-text search understands it: words and phrases, never commands."""

from __future__ import annotations

from unicodedata import category

QUOTES = str.maketrans("“”„‟«»\0", '"""""" ')
"""Quotation marks as people write them; text that ends in the middle would be a mistake."""


def terms(text: str) -> list[str]:
    """Words, and phrases that stood in quotation marks, also where the last mark is still to come; those without a letter or digit
    say nothing."""
    found: list[str] = []
    for number, part in enumerate(text.translate(QUOTES).split('"')):
        found += [" ".join(part.split())] if number % 2 else part.split()
    return [term for term in found if any(map(_says, term))]


def match(text: str) -> str:
    """All of them are wanted; the last may be the beginning of a longer word, unless it stood in quotation marks. What says nothing
    is found nowhere."""
    quoted = [f'"{term}"' for term in terms(text)]
    whole = text.translate(QUOTES).rstrip().endswith('"')
    return " ".join(quoted) + ("" if whole else "*") if quoted else '""'


def _says(letter: str) -> bool:
    """Whether it is part of a word to SQLite's tokenizer."""
    return category(letter)[0] in "LN" or category(letter) == "Co"
