"""What holds for every address: it is only read, and programs ask for nothing that is not known. Errors of programs are JSON."""

from __future__ import annotations

import json
import re
from typing import Any, Awaitable, Callable, Iterable, Mapping, Optional

from datasette import Response
from datasette.utils import add_cors_headers
from datasette.utils.asgi import Base400, Request

from ..page.api import OPERATIONS
from . import adapter
from .pages import DatasetteError, spoken

View = Callable[[Any, Request], Awaitable[Response]]
Route = tuple[str, View]

METHODS = ("GET", "HEAD", "OPTIONS")
MARKS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.ASCII)
"""Parameters with which other sites mark those they send here. They ask for nothing, and are passed over."""
LENIENT = (None, "svg")
"""Formats that readers see, in which what is not known is passed over: pages, and the images in them."""


def only_read(routes: Iterable[Route]) -> list[Route]:
    """The routes, each with its view behind what holds for all."""
    routes = list(routes)
    known: dict[int, dict[str, frozenset[str]]] = {}
    for operation in OPERATIONS:
        for format in operation.formats:
            path = re.sub(r"\{\w+\}", "x", operation.path) + f".{format}"
            place = next((place for place, (pattern, _) in enumerate(routes) if re.match(pattern, path)), None)
            if place is not None:
                known.setdefault(place, {})[format] = operation.names
    return [(pattern, _guarded(view, known.get(place, {}))) for place, (pattern, view) in enumerate(routes)]


def _guarded(view: View, known: Mapping[str, frozenset[str]]) -> View:
    """`known`: by format, what may be asked."""

    async def answer(datasette: Any, request: Request) -> Response:
        format = request.url_vars.get("format")
        if request.method not in METHODS[:2]:
            return _not_read(datasette, request, format)
        try:
            if format in known:
                _require_known(request, format, known[format])
            return await view(datasette, request)
        except (Base400, DatasetteError) as error:
            if format is None:
                raise
            message, title = (error.args[0], None) if isinstance(error, Base400) else (error.message, error.title)
            return _error(datasette, str(message), error.status, title)

    answer.__name__, answer.__doc__ = view.__name__, view.__doc__
    return answer


def _require_known(request: Request, format: Optional[str], names: frozenset[str]) -> None:
    _ = spoken(request).gettext
    for name in request.args:
        if name not in names and not MARKS.fullmatch(name) and format not in LENIENT:
            message = _("%(name)s: there is no such parameter; there are %(names)s") % {
                "name": name[:100],
                "names": ", ".join(sorted(names)),
            }
            raise DatasetteError(message, title=_("Bad request"), status=400)
        if name in names and len(request.args.getlist(name)) > 1:
            raise DatasetteError(_("%(name)s: expected only once") % {"name": name}, title=_("Bad request"), status=400)


def _not_read(datasette: Any, request: Request, format: Optional[str]) -> Response:
    """OPTIONS is answered, also for a browser that asks on behalf of another origin; nothing else is done here."""
    headers = {"Allow": ", ".join(METHODS)}
    if request.method == "OPTIONS":
        if datasette.cors:
            add_cors_headers(headers)
        return Response("", status=204, headers=headers, content_type="text/plain")
    message = spoken(request).gettext("Expected one of the methods %(methods)s") % {"methods": headers["Allow"]}
    return _error(datasette, message, 405, headers=headers) if format else Response.text(message, status=405, headers=headers)


def _error(datasette: Any, message: str, status: int, title: Optional[str] = None, headers: Optional[dict[str, str]] = None) -> Response:
    """As core answers errors of JSON; here those of other formats too, which core answers with a page."""
    headers = dict(headers or {})
    if datasette.cors:
        add_cors_headers(headers)
    body = json.dumps(adapter.error(message, status, title), ensure_ascii=False)
    return Response(body, status=status, headers=headers, content_type="application/json; charset=utf-8")
