"""Every address of the plugin and what answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable, Optional

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from ..page import about as about_page
from ..page import board
from ..page import cases as cases_page
from ..page import deadlines as deadlines_page
from ..page import timeline as timeline_page
from ..page.case import CasePage
from ..page.parts import ActorRef, Question
from ..query import case as case_query
from ..query import cases as cases_query
from ..query import deadlines as deadlines_query
from ..query import words as words_query
from ..query.known import Release
from ..render import card, cite, locale, strip, tables
from ..render.changes import Told
from . import adapter, asking, changes, download, embed, follow_up, image, known, openapi, people, reconcile, share, statements, vocabulary
from . import cases as case_list
from . import deadlines as deadline_list
from .case import days_asked, read_case
from .drawing import document, respond_svg, timeline_parts
from .pages import (
    MAX_SIZE,
    SIZE,
    Visit,
    respond_csv,
    respond_html,
    respond_json,
    site_and_state,
    size_asked,
    visit,
    window_asked,
)
from .share import Given


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
        return respond_csv(seen, "cases", strip.COLUMNS, strip.lines(page, seen.texts), next_path)
    if format:
        return respond_json(seen, page, next_path)
    return await case_list.respond(seen, page, asked, view, next_path)


async def case(datasette: Any, request: Request) -> Response:
    """One case: /-/cases/<id>, .json, .csv, .svg, .png; as of a day with ?as_of=, as known on a day with ?as_known=, the board by a column
    with ?_sort= or ?_sort_desc=, the timeline from one day to another with ?from= and ?to=."""
    seen = await visit(datasette, request, (*case_query.TABLES, *known.tables(request)), request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    days, window = days_asked(seen), window_asked(seen)
    width = None
    if seen.format == "png":
        image.require_library(seen)
        width = image.width_asked(seen)
    page, record = await read_case(seen, *days)
    order = _order(seen, page.questions)
    page = replace(page, authorities=board.in_order(page, order, record.words))
    if seen.format == "json":
        return respond_json(seen, page)
    if seen.format == "csv":
        whole = seen.absolute(str(datasette.urls.path(f"/-/cases/{page.case.id}")))
        return respond_csv(
            seen, page.case.id, tables.board_columns(page), tables.board(page, lambda row: f"{whole}#{_anchor(row.authority)}")
        )
    timeline = timeline_page.build(page, *window)
    if seen.format == "svg":
        return respond_svg(seen, page, timeline)
    if seen.format == "png":
        return await image.respond_png(seen, document(seen, page, timeline, image.looks("timeline.css")), width)
    parts = timeline_parts(seen, page, timeline)
    if page.known:
        parts["sql_link"] = lambda sql: None  # it would yield what is known now
    return await respond_html(
        seen, "case.html", page, f"/-/cases/{page.case.id}", share=share.of_case(seen, page, bool(image.library())), order=order,
        cited=_cited(seen, page, record.release), timeline=timeline, told=Told(seen.texts), embedded=embed.snippet(seen, page), **parts,
    )  # fmt: skip


async def case_card(datasette: Any, request: Request) -> Response:
    """One case on a card, for where its address is shared: /-/cases/<id>/card.png; as of a day with ?as_of=, as known with ?as_known=."""
    seen = await visit(datasette, request, (*case_query.TABLES, *known.tables(request)), "png")
    if kept := seen.kept():
        return kept
    days = days_asked(seen)
    image.require_library(seen)
    page, _ = await read_case(seen, *days)
    metadata = await adapter.metadata(datasette, seen.database)
    site, state = site_and_state(seen, page.as_of, page.case.released, metadata)
    return await image.respond_png(seen, card.draw(page, seen.texts, image.looks("card.css"), site, state), card.WIDTH)


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
    """Deadlines of all cases: /-/deadlines, .json, .csv, .ics (what is due first, at most 1,000); those of an actor, case, rule, month, kind or
    group by these parameters."""
    seen = await visit(datasette, request, deadlines_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    asked, calendar = deadline_list.asked(seen), seen.format == "ics"
    size = size_asked(seen, MAX_SIZE if seen.format in ("csv", "ics") else SIZE)

    def read(connection: Any) -> Any:
        deadline_list.require_known(seen, asked, connection)
        found = deadlines_query.read(
            connection,
            seen.today.isoformat(),
            seen.language,
            asked.filters,
            size + 1,
            asked.last,
            asked.way,
            not calendar,
        )
        return deadlines_page.build(found, seen.words(connection), seen.language, size)

    page = await seen.read(read)
    if calendar:
        return deadline_list.respond_calendar(seen, page.deadlines, seen.texts.gettext("Deadlines"))
    path = f"/-/deadlines.{seen.format}" if seen.format else "/-/deadlines"
    next_path = seen.here(path, _next=page.next) if page.next else None
    if seen.format == "csv":
        return respond_csv(seen, "deadlines", tables.DEADLINES, tables.deadlines(page.deadlines, deadline_list.addresses(seen)), next_path)
    if seen.format:
        return respond_json(seen, page, next_path)
    return await respond_html(
        seen, "deadlines.html", page, path, share=Given(keeps=(*deadlines_query.FILTERS, "_next")),
        next_path=next_path, month=lambda text: locale.day(text, seen.language),
        calendar_path=seen.here("/-/deadlines.ics", _next=None, _size=None, _sort=None, _sort_desc=None),
        json_path=seen.here("/-/deadlines.json"), csv_path=seen.here("/-/deadlines.csv", _next=None, _size=None),
    )  # fmt: skip


async def about(datasette: Any, request: Request) -> Response:
    """How the record is kept: /-/cases/about."""
    seen = await visit(datasette, request, words_query.TABLES)
    queries = await adapter.queries(datasette, request.actor, seen.database)
    seen = replace(seen, besides=tuple(queries))
    if kept := seen.kept():
        return kept
    page = await seen.read(lambda connection: about_page.build(seen.words(connection)))
    return await respond_html(seen, "about.html", page, "/-/cases/about", queries=queries)


async def reckon(datasette: Any, request: Request) -> Response:
    """One last day, with its working: /-/deadlines/reckon, .json. The law is loaded when it is asked for the first time."""
    from .reckon import answer

    return await answer(datasette, request)


def _anchor(authority: ActorRef) -> str:
    """The row of an authority on the page of the case."""
    return f"authority-{authority.id or 'unknown-' + (authority.country or '').lower()}"


def _order(seen: Visit, questions: Iterable[Question]) -> board.Order:
    """How the board is to be sorted, asked for as in Datasette."""
    found = asking.order(seen, board.columns(questions))
    return board.Order(*found) if found else board.Order()


def _cited(seen: Visit, page: CasePage, release: Optional[Release]) -> cite.Cited:
    """How the page is cited, with an address that keeps its day and its release: opened later it tells what has changed since."""
    path = seen.link(f"/-/cases/{page.case.id}", as_of=page.as_of, as_known=known.cited_day(seen, release))
    return cite.cite(
        page, seen.ds.absolute_url(seen.request, path), *site_and_state(seen, page.as_of, release.released if release else None)
    )


ROUTES = (
    (r"^/-/cases(?:\.(?P<format>json|csv))?$", cases),
    (r"^/-/deadlines/reckon(?:\.(?P<format>json))?$", reckon),
    (r"^/-/cases/about$", about),
    (r"^/-/cases/api$", openapi.page),
    (r"^/-/cases/openapi\.(?P<format>json)$", openapi.document),
    (r"^/-/deadlines(?:\.(?P<format>json|csv|ics))?$", deadlines),
    (r"^/-/statements(?:\.(?P<format>json|csv))?$", statements.answer),
    (r"^/-/changes(?:\.(?P<format>json|csv|atom))?$", changes.answer),
    (r"^/-/vocabulary\.(?P<format>json)$", vocabulary.answer),
    (r"^/-/follow-up(?:\.(?P<format>json))?$", follow_up.answer),
    (r"^/-/authorities(?:\.(?P<format>json|csv|geojson))?$", people.authorities),
    (r"^/-/authorities/(?P<actor>[a-z0-9-]+)$", people.authority),
    (r"^/-/authorities/(?P<actor>[^/]+)\.(?P<format>json|ics)$", people.authority),
    (r"^/-/authorities/(?P<authority>[^/]+)\.(?P<format>atom)$", changes.feed_of_authority),
    (r"^/-/actors(?:\.(?P<format>json|csv))?$", people.actors),
    (r"^/-/actors/(?P<actor>[a-z0-9-]+)$", people.actor),
    (r"^/-/actors/(?P<actor>[^/]+)\.(?P<format>json|ics)$", people.actor),
    (r"^/-/actors/(?P<actor>[^/]+)\.(?P<format>atom)$", changes.feed_of_actor),
    (r"^/-/cases/download$", download.page),
    (r"^/-/cases/data\.(?P<format>zip)$", download.data_package),
    (r"^/-/cases/data\.(?P<format>jsonl)$", download.json_lines),
    (r"^/-/cases/dcat\.(?P<format>jsonld)$", download.catalogue),
    (r"^/-/cases/(?P<case>[a-z0-9-]+)$", case),
    (r"^/-/cases/(?P<case>[a-z0-9-]+)/embed$", embed.answer),
    (r"^/-/cases/(?P<case>[^/]+)/card\.(?P<format>png)$", case_card),
    (r"^/-/cases/(?P<case>[^/]+)\.(?P<format>ics)$", case_calendar),
    (r"^/-/cases/(?P<case>[^/]+)\.(?P<format>atom)$", changes.feed_of_case),
    (r"^/-/cases/(?P<case>[^/]+)\.(?P<format>json|csv|svg|png)$", case),
)
"""What cannot be an id is answered here too in formats for programs, as not found: core would send a program elsewhere."""
QUESTIONS = (
    (r"^/-/cases/reconcile$", reconcile.answer),
    (r"^/-/cases/reconcile/suggest/(?P<kind>entity|property|type)$", reconcile.suggest),
    (r"^/-/cases/reconcile/(?P<id>[a-z0-9-]+)$", reconcile.view),
)
"""Asked by POST too, in the words of another specification."""
HOME = (r"^/$", cases)
"""Added where the list of cases is the home page."""
