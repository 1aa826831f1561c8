"""What differs between Datasette 0.65 and 1.0, and nothing else. Nothing else may ask for the version."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Iterable, Mapping, Optional
from urllib.parse import urlencode

from datasette import Forbidden, hookspecs
from datasette.plugins import pm

from . import limit

V1 = hasattr(hookspecs, "permission_resources_sql")


async def allowed(ds: Any, actor: Optional[Mapping[str, Any]], action: str, database: Optional[str] = None) -> bool:
    """Whether an actor may do something on the instance or a database, by the chain that core uses."""
    if V1:
        from datasette.resources import DatabaseResource

        return bool(await ds.allowed(action=action, resource=DatabaseResource(database=database) if database else None, actor=actor))
    chain: list[Any] = [(action, database) if database else action]
    if database and action != "view-database":
        chain.append(("view-database", database))
    if action != "view-instance":
        chain.append("view-instance")
    try:
        await ds.ensure_permissions(actor, chain)
    except Forbidden:
        return False
    return True


async def may_see(ds: Any, actor: Optional[Mapping[str, Any]], database: str, tables: Iterable[str]) -> bool:
    """Whether an actor may see all the tables of a database: what core would answer for each, asked for all at once."""
    if V1:
        # ds.allowed_resources() asks this too, and then which tables are made from others, as ours are not: twice the time.
        from datasette.utils.actions_sql import build_allowed_resources_sql

        sql, parameters = await build_allowed_resources_sql(ds, actor, "view-table", parent=database)
        return set(tables) <= {row["child"] for row in await ds.get_internal_database().execute(sql, parameters)}
    if not _has_table_rules(ds, database):
        return await allowed(ds, actor, "view-database", database)
    # The first answer that is not None counts: the table's own, else that of the database and the instance.
    above: Optional[bool] = None
    for table in tables:
        answer = await ds.permission_allowed(actor, "view-table", resource=(database, table), default=None)
        if answer is None:
            if above is None:
                above = await allowed(ds, actor, "view-database", database)
            answer = above
        if not answer:
            return False
    return True


def _has_table_rules(ds: Any, database: str) -> bool:
    """Whether anything can answer for a single table: an `allow` in the configuration, or another plugin. Asking core for each
    table copies the whole configuration each time, which takes longer than the rest of a page."""
    if any(plugin.plugin_name != "datasette.default_permissions" for plugin in pm.hook.permission_allowed.get_hookimpls()):
        return True
    tables = ds.metadata("tables", database=database) or {}
    return not isinstance(tables, dict) or any(not isinstance(table, dict) or "allow" in table for table in tables.values())


def configured(given: dict[str, Any]) -> dict[str, Any]:
    """Arguments for a Datasette whose configuration stands in its metadata: 1.0 reads it from a place of its own."""
    return {**given, "config": given["metadata"]} if V1 else given


RULES = frozenset(("allow", "allow_sql", "permissions"))


def lasting(ds: Any, database: str) -> bool:
    """Whether what a visitor who is not signed in may do stays as it is: nothing but core is asked, and no rule stands in its configuration."""
    if V1:
        hooks, rules = [pm.hook.permission_resources_sql], ds.config
    else:
        hooks, rules = [pm.hook.permission_allowed, pm.hook.get_metadata], ds._metadata_local
    if any(not plugin.plugin_name.startswith("datasette.") for hook in hooks for plugin in hook.get_hookimpls()):
        return False
    above = rules or {}
    ours = (above.get("databases") or {}).get(database) or {}
    return all(RULES.isdisjoint(place or ()) for place in (above, ours, *(ours.get("tables") or {}).values()))


def environment(ds: Any, request: Any) -> Any:
    """The Jinja environment that Datasette would render this request's page in."""
    return ds.get_jinja_environment(request) if V1 else ds.jinja_env


METADATA = """select key, value from metadata_instance
union all select key, value from metadata_databases where database_name = ?"""


async def metadata(ds: Any, database: str) -> dict[str, Any]:
    """Metadata of a database over that of the instance: licence, source, about."""
    if V1:
        # What ds.get_instance_metadata() and ds.get_database_metadata() ask, in one trip instead of two.
        return dict(await limit.ask(ds.get_internal_database(), lambda connection: connection.execute(METADATA, [database]).fetchall()))
    whole = ds.metadata() or {}
    return {**whole, **((whole.get("databases") or {}).get(database) or {})}


def error(message: str, status: int, title: Optional[str] = None) -> dict[str, Any]:
    """An error as core answers it in JSON."""
    if V1:
        from datasette.utils import error_body

        return dict(error_body(message, status))
    return {"ok": False, "error": message, "status": status, "title": title}


def query_path(ds: Any, database: str, sql: str) -> str:
    """Where Datasette shows an SQL query and its rows."""
    return f"{ds.urls.database(database)}{'/-/query' if V1 else ''}?{urlencode({'sql': sql})}"


async def queries(ds: Any, actor: Optional[Mapping[str, Any]], database: str) -> list[tuple[str, str]]:
    """Title and address of the ready-made queries of a database that only read and that an actor may see."""
    if V1:
        found = await ds.list_queries(database, actor=actor, limit=1000, is_write=False)
        return [(query.title or query.name, str(ds.urls.query(database, query.name))) for query in found.queries]
    shown = []
    for name, query in (await ds.get_canned_queries(database, actor)).items():
        with suppress(Forbidden):
            await ds.ensure_permissions(actor, [("view-query", (database, name)), ("view-database", database), "view-instance"])
            if not query.get("write"):
                shown.append((query.get("title") or name, str(ds.urls.query(database, name))))
    return shown
