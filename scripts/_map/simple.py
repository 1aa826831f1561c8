"""Fewer points, the same look (Visvalingam and Whyatt): what goes first is the point whose corner is the smallest."""

from __future__ import annotations

from typing import List, Tuple

Point = Tuple[float, float]

LEAST = 2.2
"""A corner of less than this, in square units of the map, is not seen."""


def simplified(line: List[Point]) -> List[Point]:
    """A line without its smallest corners. Its ends stay: others begin there."""
    kept = list(line)
    while len(kept) > 4:
        size, place = min((corner(*kept[place - 1 : place + 2]), place) for place in range(1, len(kept) - 1))
        if size >= LEAST:
            break
        del kept[place]
    return kept


def corner(before: Point, point: Point, after: Point) -> float:
    """The area of the triangle that three points make."""
    return abs((before[0] - point[0]) * (after[1] - point[1]) - (after[0] - point[0]) * (before[1] - point[1])) / 2
