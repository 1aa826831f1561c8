"""What `law/` says when it cannot reckon: what was found, and what could have been meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Iterable


class LawError(ValueError):
    """A sentence for whoever asked."""


def unknown(what: str, given: str, known: Iterable[str]) -> LawError:
    """No such `what`; names the nearest that there are, by spelling."""
    names = sorted(known)
    by_lower = {name.lower(): name for name in names}
    near = [by_lower[name] for name in get_close_matches(given.lower(), by_lower, n=3, cutoff=0.6)]
    return LawError(f"there is no {what} {given!r}; " + (f"the nearest: {', '.join(near)}" if near else f"known are {some(names)}"))


def some(names: list[str], most: int = 12) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "") if names else "none"
