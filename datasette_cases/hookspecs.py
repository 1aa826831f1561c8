"""The hooks this package adds to Datasette's own plugin manager."""

from __future__ import annotations

from pluggy import HookspecMarker

from .vocabulary import Regime

hookspec = HookspecMarker("datasette")


@hookspec
def cases_regimes() -> list[Regime]:  # type: ignore[empty-body]
    """Bodies of law that cases can be kept under: questions, statuses, phases. Asked when a database is built."""
