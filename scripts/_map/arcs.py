"""TopoJSON: lines that several shapes share, and the outline of shapes taken together."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Tuple

Point = Tuple[float, float]
Arc = List[Point]


def decoded(world: Any) -> List[Arc]:
    """The arcs in degrees: in the file each point is a step from the one before."""
    (wide, high), (left, bottom) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * wide + left, y * high + bottom))
        arcs.append(points)
    return arcs


def outlines(shapes: Iterable[Any], arcs: List[Arc]) -> List[Arc]:
    """The rings around shapes taken together: an arc that two of them share lies inside, and is left out."""
    numbers = {number for shape in shapes for ring in rings(shape) for number in ring}
    starts: Dict[Point, List[Arc]] = {}
    for number in sorted(numbers):
        if ~number not in numbers:
            arc = points(number, arcs)
            starts.setdefault(arc[0], []).append(arc)
    found = []
    for first, ways in starts.items():
        while ways:
            ring = [first]
            while starts.get(ring[-1]):
                ring += starts[ring[-1]].pop()[1:]
            found.append(ring[:-1])
    return found


def rings(shape: Any) -> List[List[int]]:
    """The rings of a shape, each a list of numbers of arcs."""
    if shape["type"] == "Polygon":
        return list(shape["arcs"])
    return [ring for polygon in shape["arcs"] for ring in polygon] if shape["type"] == "MultiPolygon" else []


def points(number: int, arcs: List[Arc]) -> Arc:
    """An arc by its number; ~number is the same backwards."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]
