"""/-/cases/openapi.json describes what programs can ask; /-/cases/api tells it to people."""

from __future__ import annotations

from typing import Any

from datasette import Response
from datasette.utils.asgi import Request

from .. import __version__
from ..i18n import languages
from ..page.api import OPERATIONS
from ..query import api as query
from ..render import openapi
from . import adapter
from .pages import respond_html, respond_json, visit


async def document(datasette: Any, request: Request) -> Response:
    """The OpenAPI document. Its words are those of the database, its examples are there."""
    seen = await visit(datasette, request, query.TABLES, "openapi")
    if kept := seen.kept():
        return kept
    metadata = await adapter.metadata(datasette, seen.database)
    license = {key: value for key, value in (("name", metadata.get("license")), ("url", metadata.get("license_url"))) if value}

    def read(connection: Any) -> dict[str, Any]:
        site = openapi.Site(
            metadata.get("title") or "datasette-cases",
            __version__,
            seen.site,
            languages(),
            adapter.error("", 400),
            query.ids(connection),
            license,
        )
        return openapi.document(seen.words(connection), site)

    return respond_json(seen, await seen.read(read))


async def page(datasette: Any, request: Request) -> Response:
    """/-/cases/api: every address with its formats and parameters, and how to ask."""
    seen = await visit(datasette, request, query.TABLES)
    if kept := seen.kept():
        return kept
    ids = await seen.read(query.ids)
    return await respond_html(seen, "api.html", None, "/-/cases/api", operations=OPERATIONS, site=seen.site, ids=ids, curl=_curl)


def _curl(address: str) -> str:
    """How an address is asked for at a terminal."""
    return f'curl "{address}"'
