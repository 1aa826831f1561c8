"""Questions at a terminal: each answer is checked at once, and asked for again until it can stand."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

import click

from .tracker import EditorError

HELP = "?"
"""The answer that asks what can be answered."""


class Refused(Exception):
    """An answer that cannot stand; the message says what was found and what to do."""


@dataclass(frozen=True)
class Question:
    """`key`: the option that answers it without asking. `read`: an answer's text → its value, or raises Refused. `words`: what
    can be answered, each with its meaning, for completion and `?`. `optional`: nothing is an answer too."""

    key: str
    label: str
    read: Callable[[str], Any] = str
    words: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    default: str = ""


def asked(question: Question) -> Any:
    """The value of an answer, None for none. click.Abort: no more answers come."""
    prompt = question.label + (f" [{question.default}]" if question.default else "")
    while True:
        with _completed(question.words):
            try:
                text = str(click.prompt(prompt, default="", show_default=False)).strip() or question.default
            except UnicodeDecodeError:
                raise EditorError("found an answer that is not UTF-8 text; set the terminal to UTF-8. Nothing was written") from None
        if text == HELP:
            _explain(question)
            continue
        try:
            return understood(question, text)
        except Refused as refusal:
            click.echo(f"  {refusal}")


def understood(question: Question, text: str) -> Any:
    """The value of an answer's text."""
    if not text.strip():
        if question.optional:
            return None
        raise Refused(f"found nothing; write an answer{', or ? to see which there are' if question.words else ''}")
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cs"):
            raise Refused(f"found the character {ascii(sign)[1:-1]}, which is not part of a text; write the answer again")
    return question.read(text)


def given(question: Question, value: Any) -> Any:
    """The value of an answer that was given as an option: one text, or several. EditorError: it cannot stand."""
    try:
        found = understood(question, " ".join(value) if isinstance(value, tuple) else value)
        if found is None:
            raise Refused("found nothing; write it, or leave the option out")
        return found
    except Refused as refusal:
        raise EditorError(f"--{question.key}: {refusal}") from None


def _explain(question: Question) -> None:
    width = max(map(len, question.words), default=0)
    for word, meaning in question.words.items():
        click.echo(f"  {word:<{width}}  {meaning}".rstrip())
    if not question.words:
        click.echo("  Any text." + (" Nothing is an answer too." if question.optional else ""))


@contextmanager
def _completed(words: Iterable[str]) -> Iterator[None]:
    """The tabulator key completes words, where the terminal can."""
    readline: Any = None
    with suppress(ImportError):
        import readline
    if readline is None:
        yield
        return

    def complete(text: str, number: int) -> Optional[str]:
        return [*sorted(word for word in words if word.startswith(text)), None][number]

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims(" ,")
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
