"""Authorities as GeoJSON (RFC 7946): a feature each, at its seat."""

from __future__ import annotations

import json
from typing import Any

from ..page.authorities import AuthoritiesPage, Line
from .json import path


def text(page: AuthoritiesPage, site: str) -> str:
    """`site`: what the addresses begin with."""
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(line, page, site) for line in page.authorities],
        "as_of": page.as_of,
        "case": page.case and page.case.id,
        "released": page.released,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def _feature(line: Line, page: AuthoritiesPage, site: str) -> dict[str, Any]:
    """Without a place the geometry is null, as the standard has it. Longitude comes first."""
    authority, stance, status = line.authority, line.stance, line.status
    placed = line.latitude is not None and line.longitude is not None
    holds = line.shown(page.by)
    return {
        "type": "Feature",
        "id": authority.id,
        "geometry": {"type": "Point", "coordinates": [line.longitude, line.latitude]} if placed else None,
        "properties": {
            "id": authority.id,
            "name": authority.name,
            "short_name": authority.short_name,
            "name_native": line.name_native,
            "country": authority.country,
            "region": authority.region,
            "level": line.level,
            "cases": line.cases,
            "concerned": line.concerned,
            "holds": holds and holds[0],
            "holds_label": holds and holds[1],
            "answer": stance and stance.answer,
            "answer_since": stance and stance.answer_since,
            "status": status and status.status,
            "status_label": status and status.label,
            "phase": status and status.phase,
            "status_since": status and status.since,
            "nothing_found": line.nothing_found,
            "days_asked": line.days_asked,
            "url": f"{site}{path(authority)}",
        },
    }
