"""A page as JSON: the page object as a dictionary."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any


def plain(page: Any) -> dict[str, Any]:
    """A page object as plain maps and lists, keys in the order of its fields."""
    return asdict(page)


def text(value: Any) -> str:
    """JSON in one line, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
