"""SVG for a program that makes pixels of it: such a program knows neither named colours nor a reader who likes it dark."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional

SCALE = 2
"""Pixels for each unit of a drawing, where no width is asked for."""
WIDTHS = 200, 2400
"""The least and the most width that may be asked for."""
MOST_PIXELS = 24_000_000
"""Of a whole image: a very high one gets fewer for each unit."""

NAMED = re.compile(r"--([\w-]+):\s*([^;]+);")
USED = re.compile(r"var\(--([\w-]+)\)")
FORCED = re.compile(r' textLength="[^"]*" lengthAdjust="spacingAndGlyphs"')
SIZE = re.compile(r'<svg [^>]*?\bwidth="(\d+)" height="(\d+)"')


class Size(NamedTuple):
    width: int
    height: int


def looks(tokens: str, css: str) -> str:
    """A stylesheet with its colours written in: those for light paper, which `tokens` names first."""
    named = dict(NAMED.findall(tokens.partition("@media")[0]))
    return USED.sub(lambda use: named[use[1]], css)


def letters(svg: str) -> str:
    """A drawing whose letters are as wide as they are: the font is ours, and narrower than was reckoned."""
    return FORCED.sub("", svg)


def size(svg: str, width: Optional[int] = None) -> Size:
    """The pixels of a drawing."""
    found = SIZE.search(svg)
    assert found, "every drawing says how large it is"
    wide, high = int(found[1]), int(found[2])
    scale = min((width or wide * SCALE) / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
    return Size(max(1, round(wide * scale)), max(1, round(high * scale)))
