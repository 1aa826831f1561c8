"""Every address of the plugin and what answers it."""

from __future__ import annotations

from typing import Any

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from ..page import about as about_page
from ..page import case as case_page
from ..page import cases as cases_page
from ..query import case as case_query
from ..query import cases as cases_query
from ..query import words as words_query
from ..render import json
from .pages import Visit, day_asked, respond_html, respond_json, visit

SIZE, MAX_SIZE = 100, 1000
"""Cases on a page of the list, and the most one may ask for."""


async def cases(datasette: Any, request: Request) -> Response:
    """All cases: /-/cases, /-/cases.json."""
    seen = await visit(datasette, request, cases_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    size, last = _size(seen), request.args.get("_next")

    def read(connection: Any) -> Any:
        if last and not cases_query.exists(connection, last):
            return None
        words = seen.words(connection)
        return cases_page.build(cases_query.read(connection, seen.language, size + 1, last), words, seen.language, size)

    page = await seen.read(read)
    if page is None:
        raise seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))
    next_path = (
        seen.link("/-/cases.json" if seen.format else "/-/cases", _next=page.next, _size=request.args.get("_size")) if page.next else None
    )
    if seen.format:
        return respond_json(seen, {**json.plain(page), "next_url": datasette.absolute_url(request, next_path) if next_path else None})
    return await respond_html(seen, "cases.html", page, "/-/cases", next_path=next_path)


async def case(datasette: Any, request: Request) -> Response:
    """One case: /-/cases/<id>, /-/cases/<id>.json; as of a day with ?as_of=."""
    seen = await visit(datasette, request, case_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    day, case_id = day_asked(seen).isoformat(), request.url_vars["case"]

    def read(connection: Any) -> Any:
        rows = case_query.read(connection, case_id, day, seen.language)
        words = seen.words(connection)
        return rows and case_page.build(rows, words, seen.language, seen.today.isoformat())

    page = await seen.read(read)
    if page is None:
        raise NotFound(seen.texts.gettext("There is no case %(case)s") % {"case": case_id})
    if seen.format:
        return respond_json(seen, json.plain(page))
    return await respond_html(seen, "case.html", page, f"/-/cases/{case_id}")


async def about(datasette: Any, request: Request) -> Response:
    """How the record is kept: /-/cases/about."""
    seen = await visit(datasette, request, words_query.TABLES)
    if kept := seen.kept():
        return kept
    page = await seen.read(lambda connection: about_page.build(seen.words(connection)))
    return await respond_html(seen, "about.html", page, "/-/cases/about")


def _size(seen: Visit) -> int:
    text = seen.request.args.get("_size")
    if text is None:
        return SIZE
    if text == "max":
        return MAX_SIZE
    if not text.isdecimal() or not 1 <= int(text) <= MAX_SIZE:
        raise seen.refuse(seen.texts.gettext("_size: expected a number from 1 to %(most)s, or max") % {"most": MAX_SIZE})
    return int(text)


ROUTES = (
    (r"^/-/cases(?:\.(?P<format>json))?$", cases),
    (r"^/-/cases/about$", about),
    (r"^/-/cases/(?P<case>[a-z0-9-]+)(?:\.(?P<format>json))?$", case),
)
HOME = (r"^/$", cases)
"""Added where the list of cases is the home page."""
