"""The pages of those who act: all authorities, one authority, everybody, anybody else."""

from __future__ import annotations

from functools import cache
from json import loads
from pathlib import Path
from typing import Any, Optional

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from ..page import actor as actor_page
from ..page import actors as actors_page
from ..page import authorities as authorities_page
from ..page.authorities import BY, STANCE, Country
from ..page.parts import ActorRef
from ..query import actor as actor_query
from ..query import actors as actors_query
from ..query import authorities as authorities_query
from ..query import deadlines as deadlines_query
from ..render import geojson, locale, tables
from ..render import map as drawing
from ..render.json import path
from ..vocabulary import ACTOR_KIND
from . import asking
from .pages import MAX_SIZE, SIZE, Visit, respond_csv, respond_html, respond_json, respond_text, size_asked, visit
from .share import Given

SHAPES = Path(__file__).parent / "static" / "europe.json"


@cache
def shapes() -> Any:
    return loads(SHAPES.read_text(encoding="utf-8"))


async def authorities(datasette: Any, request: Request) -> Response:
    """All authorities, as a map and as a list: /-/authorities, .json, .csv, .geojson; in a case with ?case=, by stance or phase with ?by=."""
    seen = await visit(datasette, request, authorities_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    case, by = asked(seen)

    def read(connection: Any) -> Any:
        if case:
            asking.require_known(seen, "case", case, deadlines_query, connection)
        found = authorities_query.read(connection, seen.today.isoformat(), seen.language, case)
        return authorities_page.build(found, seen.words(connection), seen.language, by)

    page = await seen.read(read)
    if seen.format == "csv":
        return respond_csv(seen, "authorities", tables.AUTHORITIES, tables.authorities(page.authorities, lambda one: _address(seen, one)))
    if seen.format == "geojson":
        return respond_text(seen, geojson.text(page, seen.site), "application/geo+json", {})
    if seen.format:
        return respond_json(seen, page)

    def address(country: Country) -> str:
        """The page of a country's authority; where it has several, their place in the list."""
        only = country.authorities[0] if len(country.authorities) == 1 else None
        return seen.link(f"/-/authorities/{only}") if only else f"#country-{country.country}"

    def order(country: Country) -> tuple[bool, str]:
        return country.country is not None, locale.country(country.country, seen.language)

    return await respond_html(
        seen, "authorities.html", page, "/-/authorities", share=Given(keeps=("case", "by")), map=drawing.draw(shapes(), page, seen.texts, address),
        signs=drawing.signs(shapes(), page, seen.texts), countries=sorted(page.countries, key=order),
        holds=lambda line: drawing.holds(line, page, seen.texts), json_path=seen.here("/-/authorities.json"), csv_path=seen.here("/-/authorities.csv"), geojson_path=seen.here("/-/authorities.geojson"),
    )  # fmt: skip


def asked(seen: Visit) -> tuple[Optional[str], Optional[str]]:
    """The case and what the map is to show, as far as they can be judged without the database."""
    _, args = seen.texts.gettext, seen.request.args
    asking.require_once(seen, ("case", "by"))
    case, by = args.get("case") or None, args.get("by") or None
    asking.require_word(seen, "by", by, BY)
    if by == STANCE and not case:
        raise seen.refuse(_("by: a stance is one in a case; choose it with case"))
    return case, by


def _address(seen: Visit, actor: ActorRef) -> str:
    return f"{seen.site}{path(actor)}"


async def actors(datasette: Any, request: Request) -> Response:
    """Everybody in the record, by name: /-/actors, .json, .csv; of a ?kind= or ?country=."""
    seen = await visit(datasette, request, actors_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    args = request.args
    asking.require_once(seen, (*actors_query.FILTERS, "_next", "_size"))
    filters = {name: args[name] for name in actors_query.FILTERS if args.get(name)}
    asking.require_word(seen, "kind", filters.get("kind"), ACTOR_KIND.values)
    size, last = size_asked(seen, MAX_SIZE if seen.format == "csv" else SIZE), args.get("_next") or None

    def read(connection: Any) -> Any:
        asking.require_known(seen, "country", filters.get("country"), actors_query, connection)
        if last and not actors_query.has(connection, last, filters):
            raise seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))
        return actors_page.build(actors_query.read(connection, seen.language, filters, size + 1, last), seen.words(connection), size)

    page = await seen.read(read)
    here = f"/-/actors.{seen.format}" if seen.format else "/-/actors"
    next_path = seen.here(here, _next=page.next) if page.next else None
    if seen.format == "csv":
        return respond_csv(seen, "actors", tables.ACTORS, tables.actors(page.actors, lambda one: _address(seen, one)), next_path)
    if seen.format:
        return respond_json(seen, page, next_path)
    return await respond_html(
        seen, "actors.html", page, here, next_path=next_path, json_path=seen.here("/-/actors.json"),
        csv_path=seen.here("/-/actors.csv", _next=None, _size=None),
    )  # fmt: skip


async def authority(datasette: Any, request: Request) -> Response:
    """One authority: /-/authorities/<id>, .json, and its deadlines as .ics."""
    return await somebody(datasette, request, True)


async def actor(datasette: Any, request: Request) -> Response:
    """Anybody else: /-/actors/<id>, .json, .ics. An authority is shown at its own address."""
    return await somebody(datasette, request, False)


async def somebody(datasette: Any, request: Request, authority: bool) -> Response:
    seen = await visit(datasette, request, actor_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    actor_id, size, last, day = request.url_vars["actor"], size_asked(seen), request.args.get("_next") or None, seen.today.isoformat()

    def read(connection: Any) -> Any:
        found = actor_query.find(connection, actor_id, seen.language)
        if not found or seen.format == "ics" or bool(found["authority"]) != authority:
            return found, None
        if last and not actor_query.has(connection, found, last, day):
            raise seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))
        rows = actor_query.read(connection, found, day, seen.language, size + 1, last)
        return found, actor_page.build(rows, seen.words(connection), seen.language, size)

    found, page = await seen.read(read)
    if not found:
        _ = seen.texts.gettext
        raise NotFound((_("There is no authority %(id)s") if authority else _("There is nobody called %(id)s")) % {"id": actor_id})
    if seen.format == "ics":
        return Response.redirect(seen.link("/-/deadlines.ics", actor=actor_id))
    kind = "authorities" if found["authority"] else "actors"
    path = f"/-/{kind}/{actor_id}{'.json' if seen.format else ''}"
    if page is None:
        return Response.redirect(seen.here(path))
    next_path = seen.here(path, _next=page.next) if page.next else None
    if seen.format:
        return respond_json(seen, page, next_path)
    about = Given(
        " · ".join(filter(None, [page.actor.name, page.kind_label, locale.country(page.actor.country, seen.language)])), ("_next",)
    )
    return await respond_html(seen, "actor.html", page, path, share=about, next_path=next_path, json_path=seen.here(f"{path}.json"))
