"""A Datasette that serves a database of cases, for tests of either version."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Optional

from datasette.app import Datasette

from datasette_cases.plugin import adapter
from datasette_cases.regimes import load
from datasette_cases.store.build import build

ROOT = Path(__file__).parent.parent
RELEASED = date(2026, 11, 24)


def built(folder: Path, target: Path) -> Path:
    """The database of a data folder."""
    return build(folder, target, load(), RELEASED).path


async def serve(*files: Path, configuration: Optional[dict[str, Any]] = None, settings: Optional[dict[str, Any]] = None) -> Datasette:
    """A started Datasette. `configuration` is one metadata.yml: 1.0 reads a part of it as its configuration."""
    given = configuration or {}
    more = {"config": given} if adapter.V1 else {}
    datasette = Datasette([str(file) for file in files], metadata=given, settings=settings or {}, **more)
    await datasette.invoke_startup()
    return datasette


def settings_of(**plugin: Any) -> dict[str, Any]:
    """A configuration with settings of the plugin."""
    return {"plugins": {"datasette-cases": plugin}}
