"""A text with the words marked that were looked for."""

from __future__ import annotations

from typing import Iterable

from markupsafe import Markup, escape


def hits(text: str, places: Iterable[tuple[int, int]] = ()) -> Markup:
    """Places in order, none within another. Everything is escaped piece by piece: no mark can open or close anything else."""
    pieces, at = [], 0
    for start, end in places:
        pieces += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
