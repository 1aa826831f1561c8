"""Borders of the world, as TopoJSON → a small map of the countries whose authorities the record knows.

Everything is done on arcs, the lines between two places where borders meet: neighbours share each, so that after it is
simplified no gap opens between them.
"""

from __future__ import annotations

import json
from itertools import combinations
from math import hypot
from typing import Any, Dict, Iterable, List

from .arcs import Arc, decoded, outlines
from .plane import SIZE, area, clipped, inside, middle, projected
from .simple import simplified

COUNTRIES = {
    "AT": "040", "BE": "056", "BG": "100", "CH": "756", "CY": "196", "CZ": "203", "DE": "276", "DK": "208", "EE": "233", "ES": "724",
    "FI": "246", "FR": "250", "GB": "826", "GG": "831", "GR": "300", "HR": "191", "HU": "348", "IE": "372", "IM": "833", "IS": "352",
    "IT": "380", "JE": "832", "LI": "438", "LT": "440", "LU": "442", "LV": "428", "MT": "470", "NL": "528", "NO": "578", "PL": "616",
    "PT": "620", "RO": "642", "SE": "752", "SI": "705", "SK": "703",
}  # fmt: skip
"""Country → its ISO number, by which Natural Earth's file knows it."""
PARTS = {"N. Cyprus": "CY", "Åland": "FI"}
"""Drawn apart in that file, and with their country here: the law that the authority watches over is that country's."""
RINGS = {"GG", "IM", "JE", "LI", "MT"}
"""Too small to be seen: drawn as a ring around their middle."""
SMALLEST = 22.0
"""Islands of less than this, in square units of the map, are left out, but for the largest part of a country."""
RADIUS = 8
"""Of such a ring, in units of the map."""
ORIGIN = "Natural Earth 1:50m, public domain (naturalearthdata.com), as in the npm package world-atlas 2.0.2; made by scripts/map"


def drawn(topojson: str) -> str:
    """The map as JSON. `countries`: of each its outline as an SVG path, its middle, and whether it is a ring; `around`: the land
    that is shown for orientation."""
    world = json.loads(topojson)
    arcs = [simplified([projected(*point) for point in arc]) for arc in decoded(world)]
    shapes: Dict[str, List[Any]] = {}
    around: List[Any] = []
    for shape in world["objects"]["countries"]["geometries"]:
        country = next((code for code, number in COUNTRIES.items() if shape.get("id") == number), PARTS.get(shape["properties"]["name"]))
        (shapes.setdefault(country, []) if country else around).append(shape)
    countries = {code: placed(shapes[code], arcs, code) for code in sorted(shapes)}
    part([countries[code] for code in sorted(RINGS & countries.keys())])
    return json.dumps(
        {
            "origin": ORIGIN, "width": SIZE[0], "height": SIZE[1], "radius": RADIUS, "countries": countries,
            "around": path(clipped(ring) for ring in outlines(around, arcs) if any(inside(point) for point in ring)),
        },
        ensure_ascii=False, indent=0,
    ) + "\n"  # fmt: skip


def placed(shapes: List[Any], arcs: List[Arc], code: str) -> Dict[str, Any]:
    """The parts of a country that lie on the map. What lies overseas does not."""
    rings = sorted((ring for ring in outlines(shapes, arcs) if all(inside(point) for point in ring)), key=area, reverse=True)
    x, y = middle(rings[0])
    kept = [] if code in RINGS else [rings[0], *(ring for ring in rings[1:] if area(ring) >= SMALLEST)]
    return {"path": path(kept), "x": round(x), "y": round(y), "ring": code in RINGS}


def part(rings: List[Dict[str, Any]]) -> None:
    """Move rings that would cover each other apart."""
    for one, other in combinations(rings, 2):
        across, down = other["x"] - one["x"], other["y"] - one["y"]
        missing = 2 * RADIUS + 3 - hypot(across, down)
        if missing > 0:
            for ring, way in ((one, -0.5), (other, 0.5)):
                ring["x"] = round(ring["x"] + way * missing * across / hypot(across, down))
                ring["y"] = round(ring["y"] + way * missing * down / hypot(across, down))


def path(rings: Iterable[Arc]) -> str:
    """Rings as an SVG path in whole units, each step from the point before."""
    parts = []
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        points = [point for place, point in enumerate(points) if point != points[place - 1]]
        if len(points) < 3:
            continue
        steps = [(x - left, y - top) for (left, top), (x, y) in zip(points, points[1:], strict=False)]
        told = "".join(f" {x}" if x >= 0 and place else str(x) for place, x in enumerate(value for step in steps for value in step))
        parts.append(f"M{points[0][0]} {points[0][1]}l{told}z")
    return "".join(parts)
