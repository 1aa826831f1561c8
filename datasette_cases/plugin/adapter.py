"""What differs between Datasette 0.65 and 1.0, and nothing else. Nothing else may ask for the version."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional
from urllib.parse import urlencode

from datasette import Forbidden, hookspecs

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
        visible: set[str] = set()
        page = await ds.allowed_resources("view-table", actor, parent=database)
        while True:
            visible |= {resource.child for resource in page.resources}
            if not page.next:
                return set(tables) <= visible
            page = await ds.allowed_resources("view-table", actor, parent=database, next=page.next)
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


async def metadata(ds: Any, database: str) -> dict[str, Any]:
    """Metadata of a database over that of the instance: licence, source, about."""
    if V1:
        return {**await ds.get_instance_metadata(), **await ds.get_database_metadata(database)}
    whole = ds.metadata() or {}
    return {**whole, **((whole.get("databases") or {}).get(database) or {})}


def query_path(ds: Any, database: str, sql: str) -> str:
    """Where Datasette shows an SQL query and its rows."""
    return f"{ds.urls.database(database)}{'/-/query' if V1 else ''}?{urlencode({'sql': sql})}"
