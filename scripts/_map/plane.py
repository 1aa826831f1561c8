"""From the globe to the paper: Lambert's azimuthal projection around 52° N 10° E keeps areas; it is the one that European atlases use."""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import Callable, List, Tuple

Point = Tuple[float, float]

CENTRE = (10.0, 52.0)
SIZE = (970, 940)
UNIT = 0.00068
"""The length of a unit of the map in radii of the Earth: 4.3 km."""
LEFT, TOP = -420, -512
"""The corner of the map, in units from the centre."""


def projected(longitude: float, latitude: float) -> Point:
    """A place as a point of the map, in units from its left and upper edge."""
    away, north, middle = radians(longitude - CENTRE[0]), radians(latitude), radians(CENTRE[1])
    near = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(away)
    scale = sqrt(2 / max(near, 1e-9)) / UNIT
    x = scale * cos(north) * sin(away)
    y = scale * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(away))
    return x - LEFT, -y - TOP


def inside(point: Point) -> bool:
    return 0 <= point[0] <= SIZE[0] and 0 <= point[1] <= SIZE[1]


def area(ring: List[Point]) -> float:
    return abs(signed(ring))


def signed(ring: List[Point]) -> float:
    return sum(x * below - left * y for (x, y), (left, below) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def middle(ring: List[Point]) -> Point:
    """The centre of gravity."""
    whole = signed(ring) * 6
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    return (
        sum((x + left) * (x * below - left * y) for (x, y), (left, below) in pairs) / whole,
        sum((y + below) * (x * below - left * y) for (x, y), (left, below) in pairs) / whole,
    )


def clipped(ring: List[Point]) -> List[Point]:
    """The part of a ring that lies on the map, edge after edge (Sutherland and Hodgman)."""
    wide, high = SIZE
    edges: List[Tuple[Callable[[Point], bool], int, float]] = [
        (lambda point: point[0] >= 0, 0, 0), (lambda point: point[0] <= wide, 0, wide),
        (lambda point: point[1] >= 0, 1, 0), (lambda point: point[1] <= high, 1, high),
    ]  # fmt: skip
    for within, axis, edge in edges:
        kept = []
        for place, point in enumerate(ring):
            before = ring[place - 1]
            if within(point) != within(before):
                part = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if within(point):
                kept.append(point)
        ring = kept
    return ring
