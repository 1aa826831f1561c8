"""A page as JSON: the page object as a dictionary."""

from __future__ import annotations

import json
from typing import Any


def plain(page: Any) -> dict[str, Any]:
    """A page object as a map, keys in the order of its fields; what it holds becomes maps when it is written."""
    return dict(vars(page))


def text(value: Any) -> str:
    """JSON in one line, characters as they are; objects are maps of their fields."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=vars)
