"""/sitemap.xml and /robots.txt: what search engines may find, and what they need not ask for."""

from __future__ import annotations

from typing import Any, Optional
from urllib.parse import urlencode

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from ..i18n import languages
from ..query import cases as cases_query
from ..query import sitemap as query
from ..render import sitemap as render
from . import adapter, config
from .pages import Visit, find_database, respond_text, visit

SIZE = 2000
"""Addresses in one file, so that it is small however many cases there are. With its languages an address takes a kilobyte."""

TABLES = tuple(sorted({*cases_query.TABLES, *query.TABLES}))
"""Who may see these may see the list of cases, and what is told of when a case changed."""


async def sitemap(datasette: Any, request: Request) -> Response:
    """All pages: /sitemap.xml; where they are many, a list of files /sitemap-1.xml, /sitemap-2.xml and so on."""
    seen = await visit(datasette, request, TABLES, "xml")
    if kept := seen.kept():
        return kept
    number = int(request.url_vars.get("number") or 0)

    def read(connection: Any) -> Optional[str]:
        total = query.count(connection) + len(query.LISTS)
        day = query.released(connection)
        files = -(-total // SIZE)
        if number > files:
            return None
        if not number and files > 1:
            return render.index([_address(seen, f"/sitemap-{one}.xml", None) for one in range(1, files + 1)], day)
        first = max(0, number - 1) * SIZE
        lists = [(path, day) for path in query.LISTS[first : first + SIZE]]
        rest = query.read(connection, max(0, first - len(query.LISTS)), SIZE - len(lists))
        return render.addresses([*lists, *((row["path"], row["day"]) for row in rest)], lambda *of: _address(seen, *of), languages())

    text = await seen.read(read)
    if text is None:
        raise NotFound(request.path)
    return respond_text(seen, text, "application/xml; charset=utf-8", {})


async def robots(datasette: Any, request: Request) -> Response:
    """/robots.txt: the same for everybody, by what somebody who is not signed in may see."""
    database = await find_database(datasette, config.read(datasette))
    if database is None:
        raise NotFound(request.path)
    if not await adapter.may_see(datasette, None, database, TABLES):
        return Response.text(render.NOTHING)
    whole = datasette.absolute_url(request, datasette.urls.path("/sitemap.xml"))
    return Response.text(render.robots(str(datasette.urls.path("/")), str(datasette.urls.database(database)), languages(), whole))


def _address(seen: Visit, path: str, language: Optional[str]) -> str:
    query = f"?{urlencode({'_lang': language})}" if language else ""
    return str(seen.ds.absolute_url(seen.request, str(seen.ds.urls.path(path)) + query))


ROUTES = (
    (r"^/sitemap(?:-(?P<number>[1-9]\d{0,4}))?\.xml$", sitemap),
    (r"^/robots\.txt$", robots),
)
