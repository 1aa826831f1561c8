"""What whoever exports gives along: Datasette's metadata, the text of the licence."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional

from .tables import ExportError


def read(path: Optional[Path]) -> Mapping[str, Any]:
    """metadata.yml or metadata.json; JSON is YAML too."""
    import yaml

    if path is None:
        return {}
    try:
        found = yaml.safe_load(text(path) or "")
    except yaml.YAMLError as error:
        raise ExportError(f"{path}: found no YAML ({' '.join(str(error).split())}); name Datasette's metadata.yml") from None
    if not isinstance(found, dict):
        raise ExportError(f"{path}: found no keys and values; name Datasette's metadata.yml")
    return found


def text(path: Optional[Path]) -> Optional[str]:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path} cannot be read: {error}") from None
