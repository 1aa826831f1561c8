"""The only folder that knows Datasette: hooks, routes, permissions, templates, static files."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.plugins import pm

from .. import hookspecs
from ..regimes.gdpr import GDPR

pm.add_hookspecs(hookspecs)


@hookimpl
def cases_regimes() -> list[Any]:
    return [GDPR]


@hookimpl
def register_commands(cli: Any) -> None:
    from ..cli import cases

    cli.add_command(cases)
