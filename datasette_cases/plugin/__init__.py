"""The only folder that knows Datasette: hooks, routes, permissions, templates, static files."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Optional

from datasette import hookimpl
from datasette.plugins import pm
from markupsafe import Markup

from .. import hookspecs
from ..i18n import catalogue, languages, negotiate
from ..query import case as case_query
from ..query import cases as cases_query
from ..regimes.gdpr import GDPR
from . import adapter, cache, config, errors, functions, pages, reading, reconcile, routes, sitemap, validators

pm.add_hookspecs(hookspecs)

LINKED = dict.fromkeys(case_query.TABLES, "case_id") | {"cases": "title"}
"""Table → the column whose cells link to the case page."""

ANCHORED = frozenset({"complaints", "events", "statements", "deadlines"})
"""Tables whose rows have a place of their own on that page."""


@hookimpl
def cases_regimes() -> list[Any]:
    return [GDPR]


@hookimpl
def register_commands(cli: Any) -> None:
    from ..editor.commands import cases
    from .asgi import serve
    from .files.command import export_site

    cases.add_command(serve)
    cases.add_command(export_site)
    cli.add_command(cases)


@hookimpl
def prepare_connection(conn: Any) -> None:
    functions.register(conn)


@hookimpl
def register_routes(datasette: Any) -> list[Any]:
    return [*routes.QUESTIONS, *reading.only_read([*([routes.HOME] if config.read(datasette).home else []), *routes.ROUTES])]


@hookimpl(specname="register_routes", trylast=True)
def register_robots(datasette: Any) -> list[Any]:
    """After the routes of other plugins: one that answers for robots goes first."""
    return list(sitemap.ROUTES) if config.read(datasette).robots else []


@hookimpl
def skip_csrf(datasette: Any, scope: Any) -> Optional[bool]:
    """Datasette 0.65: queries may be posted from anywhere; they change nothing."""
    return True if scope["path"] == datasette.urls.path(reconcile.ADDRESS) else None


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Remember which database has cases, for hooks that cannot ask; read it once, before anybody waits for a page."""

    async def find() -> None:
        datasette._cases_database = found = await pages.find_database(datasette, config.read(datasette))
        if found:
            await cache.edition(datasette.get_database(found))
            validators.program()

    return find


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    return lambda app: errors.unkept(app, datasette)


@hookimpl
def menu_links(datasette: Any, actor: Any, request: Any) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    async def links() -> list[dict[str, str]]:
        if request and pages.OWN_PAGE in request.scope:
            return []
        database = getattr(datasette, "_cases_database", None)
        if not database or not await adapter.may_see(datasette, actor, database, cases_query.TABLES):
            return []
        return [{"href": datasette.urls.path("/-/cases"), "label": _texts(request)("Cases")}]

    return links


@hookimpl
def table_actions(datasette: Any, actor: Any, database: str, table: str, request: Any) -> list[dict[str, str]]:
    if database != getattr(datasette, "_cases_database", None) or table not in case_query.TABLES:
        return []
    return [{"href": datasette.urls.path("/-/cases"), "label": _texts(request)("Read these cases as pages")}]


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: Optional[str], database: str, datasette: Any) -> Optional[Markup]:
    """Cases, and what happened in them, link to the case page."""
    if table is None or LINKED.get(table) != column or database != getattr(datasette, "_cases_database", None):
        return None
    case, shown = (value.get("value"), value.get("label")) if isinstance(value, dict) else (value, value)
    case = row["id"] if table == "cases" else case
    if not isinstance(case, str):
        return None
    anchor = f"#{row['id'].partition('/')[2]}" if table in ANCHORED else ""
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(f"/-/cases/{case}") + anchor, shown or case)


def _texts(request: Any) -> Callable[[str], str]:
    accepted = request.headers.get("accept-language", "") if request else ""
    wanted = request.args.get("_lang") if request else None
    return catalogue(negotiate(wanted, accepted, languages())).gettext
