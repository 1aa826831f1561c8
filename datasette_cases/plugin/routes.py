"""Every address of the plugin and what answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from ..page import about as about_page
from ..page import board
from ..page import case as case_page
from ..page import cases as cases_page
from ..page import deadlines as deadlines_page
from ..page import timeline as timeline_page
from ..page.case import CasePage
from ..page.parts import Question
from ..query import case as case_query
from ..query import cases as cases_query
from ..query import deadlines as deadlines_query
from ..query import words as words_query
from ..render import cite, json, locale
from . import adapter, asking, changes, embed, follow_up, people, statements
from . import cases as case_list
from . import deadlines as deadline_list
from .drawing import respond_svg, timeline_parts
from .pages import MAX_SIZE, Visit, day_asked, respond_html, respond_json, site_and_state, size_asked, visit, window_asked


async def cases(datasette: Any, request: Request) -> Response:
    """All cases: /-/cases, .json, .csv; those that hold words (?q=), of a regime, respondent, topic, authority, phase or year, by a column
    with ?_sort= or ?_sort_desc=; as a table of authorities with ?view=board."""
    format = request.url_vars.get("format")
    seen = await visit(datasette, request, cases_query.TABLES, format)
    if kept := seen.kept():
        return kept
    asked, view = case_list.asked(seen), case_list.view(seen)
    size = size_asked(seen, MAX_SIZE if format == "csv" else case_list.SIZE)

    def read(connection: Any) -> Any:
        case_list.require_known(seen, asked, connection)
        day = seen.today.isoformat()
        whole = seen.remembered("all cases", day, lambda: cases_query.whole(connection, day, seen.language))
        found = cases_query.read(connection, day, seen.language, asked, whole, size + 1, format != "csv")
        return cases_page.build(found, seen.words(connection), seen.language, size)

    page = await seen.read(read)
    next_path = seen.here(f"/-/cases.{format}" if format else "/-/cases", _next=page.next) if page.next else None
    if format == "csv":
        return case_list.respond_csv(seen, page, next_path)
    if format:
        return respond_json(seen, {**json.plain(page), "next_url": datasette.absolute_url(request, next_path) if next_path else None})
    return await case_list.respond(seen, page, asked, view, next_path)


async def case(datasette: Any, request: Request) -> Response:
    """One case: /-/cases/<id>, .json, .svg; as of a day with ?as_of=, the board by a column with ?_sort= or ?_sort_desc=, the timeline
    from one day to another with ?from= and ?to=."""
    seen = await visit(datasette, request, case_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    day, case_id = day_asked(seen).isoformat(), request.url_vars["case"]
    window = window_asked(seen)

    def read(connection: Any) -> Any:
        rows = case_query.read(connection, case_id, day, seen.language)
        words = seen.words(connection)
        return rows and (case_page.build(rows, words, seen.language, seen.today.isoformat()), words)

    found = await seen.read(read)
    if found is None:
        raise NotFound(seen.texts.gettext("There is no case %(case)s") % {"case": case_id})
    page, words = found
    order = _order(seen, page.questions)
    page = replace(page, authorities=board.in_order(page, order, words))
    if seen.format == "json":
        return respond_json(seen, json.plain(page))
    timeline = timeline_page.build(page, *window)
    if seen.format == "svg":
        return respond_svg(seen, page, timeline, case_id)
    parts = timeline_parts(seen, page, timeline)
    return await respond_html(
        seen, "case.html", page, f"/-/cases/{case_id}", order=order, cited=_cited(seen, page), embeds=embed.snippets(seen, page),
        timeline=timeline, **parts,
    )  # fmt: skip


async def case_calendar(datasette: Any, request: Request) -> Response:
    """The deadlines of one case as a calendar: /-/cases/<id>.ics."""
    seen = await visit(datasette, request, deadlines_query.TABLES, "ics")
    if kept := seen.kept():
        return kept
    case_id = request.url_vars["case"]

    def read(connection: Any) -> Any:
        title = deadlines_query.title(connection, case_id, seen.language)
        found = deadlines_query.read(connection, seen.today.isoformat(), seen.language, {"case": case_id})
        return title and (deadlines_page.build(found, seen.words(connection), seen.language), title)

    answer = await seen.read(read)
    if answer is None:
        raise NotFound(seen.texts.gettext("There is no case %(case)s") % {"case": case_id})
    page, title = answer
    return deadline_list.respond_calendar(seen, page.deadlines, title)


async def deadlines(datasette: Any, request: Request) -> Response:
    """Deadlines of all cases: /-/deadlines, .json, .ics; those of an actor, case, rule, month, kind or group by these parameters."""
    seen = await visit(datasette, request, deadlines_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    asked, calendar = deadline_list.asked(seen), seen.format == "ics"
    size = None if calendar and not request.args.get("_size") else size_asked(seen)

    def read(connection: Any) -> Any:
        deadline_list.require_known(seen, asked, connection)
        found = deadlines_query.read(
            connection,
            seen.today.isoformat(),
            seen.language,
            asked.filters,
            None if size is None else size + 1,
            asked.last,
            asked.way,
            not calendar,
        )
        return deadlines_page.build(found, seen.words(connection), seen.language, size)

    page = await seen.read(read)
    if calendar:
        return deadline_list.respond_calendar(seen, page.deadlines, seen.texts.gettext("Deadlines"))
    path = "/-/deadlines.json" if seen.format else "/-/deadlines"
    next_path = seen.here(path, _next=page.next) if page.next else None
    if seen.format:
        return respond_json(seen, {**json.plain(page), "next_url": datasette.absolute_url(request, next_path) if next_path else None})
    return await respond_html(
        seen, "deadlines.html", page, path, next_path=next_path, month=lambda text: locale.day(text, seen.language),
        calendar_path=seen.here("/-/deadlines.ics", _next=None, _size=None, _sort=None, _sort_desc=None), json_path=seen.here("/-/deadlines.json"),
    )  # fmt: skip


async def about(datasette: Any, request: Request) -> Response:
    """How the record is kept: /-/cases/about."""
    seen = await visit(datasette, request, words_query.TABLES)
    if kept := seen.kept():
        return kept
    page = await seen.read(lambda connection: about_page.build(seen.words(connection)))
    queries = await adapter.queries(datasette, request.actor, seen.database)
    return await respond_html(seen, "about.html", page, "/-/cases/about", queries=queries)


async def reckon(datasette: Any, request: Request) -> Response:
    """One last day, with its working: /-/deadlines/reckon, .json. The law is loaded when it is asked for the first time."""
    from .reckon import answer

    return await answer(datasette, request)


def _order(seen: Visit, questions: Iterable[Question]) -> board.Order:
    """How the board is to be sorted, asked for as in Datasette."""
    found = asking.order(seen, board.columns(questions))
    return board.Order(*found) if found else board.Order()


def _cited(seen: Visit, page: CasePage) -> cite.Cited:
    """How the page is cited, with an address that keeps its day."""
    address = seen.ds.absolute_url(seen.request, seen.link(f"/-/cases/{page.case.id}", as_of=page.as_of))
    return cite.cite(page, address, *site_and_state(seen, page.as_of, page.case.released))


ROUTES = (
    (r"^/-/cases(?:\.(?P<format>json|csv))?$", cases),
    (r"^/-/deadlines/reckon(?:\.(?P<format>json))?$", reckon),
    (r"^/-/cases/about$", about),
    (r"^/-/deadlines(?:\.(?P<format>json|ics))?$", deadlines),
    (r"^/-/statements(?:\.(?P<format>json|csv))?$", statements.answer),
    (r"^/-/changes(?:\.(?P<format>json|atom))?$", changes.answer),
    (r"^/-/follow-up(?:\.(?P<format>json))?$", follow_up.answer),
    (r"^/-/authorities(?:\.(?P<format>json))?$", people.authorities),
    (r"^/-/authorities/(?P<actor>[a-z0-9-]+)(?:\.(?P<format>json|ics))?$", people.authority),
    (r"^/-/actors/(?P<actor>[a-z0-9-]+)(?:\.(?P<format>json|ics))?$", people.actor),
    (r"^/-/cases/(?P<case>[a-z0-9-]+)\.ics$", case_calendar),
    (r"^/-/cases/(?P<case>[a-z0-9-]+)/embed$", embed.answer),
    (r"^/-/cases/(?P<case>[a-z0-9-]+)(?:\.(?P<format>json|svg))?$", case),
)
HOME = (r"^/$", cases)
"""Added where the list of cases is the home page."""
