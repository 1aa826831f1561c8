"""A result as lines of text, to be checked with a pencil."""

from __future__ import annotations

from typing import Iterator, Union

from .result import DISPUTED, KNOWN, SECOND_HAND, SETTLED, Range, Reckoned
from .said import clock, long

CERTAINTY = {
    SETTLED: "read in the legal text",
    KNOWN: "known, but not read again in the legal text",
    DISPUTED: "more than one reading is in use",
    SECOND_HAND: "in part copied from somebody who compiled it",
}


def lines(found: Union[Reckoned, Range], *, begins: bool = False) -> Iterator[str]:
    """`begins`: the day is that with which a period reckoned backwards begins."""
    if isinstance(found, Range):
        first, last = found.first.last_day, found.last.last_day
        yield "The start is not exact. " + (
            f"It is {long(last)} in any case." if first == last else f"The result lies between {long(first)} and {long(last)}."
        )
        for word, one in (("earliest", found.first), ("latest", found.last)):
            yield ""
            yield f"The {word}:"
            yield from lines(one, begins=begins)
        return
    for number, step in enumerate(found.steps, 1):
        yield f"{number:>2}. {step.text} [{step.provision}]"
    yield ""
    yield f"{'Begins with' if begins else 'Last day'}: {long(found.last_day)}"
    if found.end.time().hour:
        yield f"Ends at: {clock(found.end)}"
    yield f"Certainty: {found.certainty} ({CERTAINTY[found.certainty]})"
