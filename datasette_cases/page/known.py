"""The other clock: as of a day says how the world stood, as known on a day how this record stood."""

from __future__ import annotations

from typing import Optional

from .frozen import dataclass


@dataclass(frozen=True)
class Known:
    """The record a page was read from. `day`: that was asked for; `release` and `released`: the release that was current on it;
    `changes_since`: how many changes of the case later releases brought; `next_release`: the first of those, null if there is none."""

    day: str
    release: int
    released: str
    changes_since: int
    next_release: Optional[int]
