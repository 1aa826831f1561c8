"""A case for the frames of other sites: whole or a part of it, as of today or of a day, or cut at a release."""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, Optional

from datasette import NotFound, Response
from datasette.utils.asgi import Request
from markupsafe import Markup

from ..page import case as case_page
from ..page import timeline as timeline_page
from ..page.board import Order
from ..page.case import CasePage
from ..query import case as case_query
from ..render import policy, svg
from . import asking
from .drawing import timeline_parts
from .pages import Visit, day_asked, is_day, respond_html, site_and_state, visit

BOARD, TIMELINE = "board", "timeline"
"""Parts by name; the others are authorities, by their ids."""
THEMES = ("light", "dark")
HEIGHTS = {None: 900, BOARD: 700, TIMELINE: 640}
"""Of the frames that are offered, in pixels; what is higher scrolls in them."""


class Snippet(NamedTuple):
    """HTML that frames a case or a part of it. `id` names it on the page."""

    id: str
    label: str
    html: str


async def answer(datasette: Any, request: Request) -> Response:
    """/-/cases/<id>/embed: with ?part= a part, with ?theme= in fixed colours, with ?as_of= of a day, with ?release= cut at a release."""
    seen = await visit(datasette, request, case_query.TABLES)
    if kept := seen.kept():
        return kept
    asking.require_once(seen, ("part", "theme", "as_of", "release"))
    part, theme, release = (request.args.get(name) or None for name in ("part", "theme", "release"))
    asking.require_word(seen, "theme", theme, THEMES)
    case_id = request.url_vars["case"]

    def read(connection: Any) -> Optional[tuple[CasePage, str]]:
        known = case_query.releases(connection)
        if release:
            _require_release(seen, release, known)
        day = _day(seen, release)
        rows = case_query.read(connection, case_id, day.isoformat(), seen.language)
        if rows is None:
            return None
        asking.require_word(seen, "part", part, (BOARD, TIMELINE, *case_query.authorities(connection, case_id)))
        return case_page.build(rows, seen.words(connection), seen.language, seen.today.isoformat()), known[-1]

    found = await seen.read(read)
    if found is None:
        raise NotFound(seen.texts.gettext("There is no case %(case)s") % {"case": case_id})
    page, served = found
    if part not in (None, BOARD, TIMELINE):
        page = replace(page, authorities=[row for row in page.authorities if row.authority.id == part])
    as_of = None if page.current else page.as_of
    place = seen.link(f"/-/cases/{case_id}", as_of=as_of)
    more: dict[str, Any] = {}
    if part in (None, TIMELINE):
        timeline = timeline_page.build(page)
        more = {"timeline": timeline, **timeline_parts(seen, page, timeline, place)}
        more.update({name: svg.out_of_frame(more[name]) for name in ("plot", "names")})
    site, state = site_and_state(seen, page.as_of, served)
    return await respond_html(
        seen, "embed.html", page, f"/-/cases/{case_id}/embed", policy=policy.framed(seen.config.frame_ancestors),
        part=part, theme=theme, release=release, served=served, place=place, asked={"as_of": as_of}, order=Order(), site=site, state=state, **more,
    )  # fmt: skip


def snippets(seen: Visit, page: CasePage) -> list[Snippet]:
    """What a reader of the case page may put on a page of theirs: in the language and of the day that they see. None where no site may frame it."""
    if not seen.config.frame_ancestors:
        return []
    _ = seen.texts.gettext
    labels = {None: _("The whole case"), BOARD: _("Where each authority stands"), TIMELINE: _("Timeline")}
    as_of = None if page.current else page.as_of
    found = []
    for part, label in labels.items():
        path = seen.link(f"/-/cases/{page.case.id}/embed", part=part, as_of=as_of, _lang=seen.language)
        title = f"{page.case.title} – {label}" if part else page.case.title
        frame = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>')
        found.append(Snippet(part or "whole", label, str(frame.format(seen.ds.absolute_url(seen.request, path), title, HEIGHTS[part]))))
    return found


def _require_release(seen: Visit, release: str, known: list[str]) -> None:
    """Refuse what cannot have been a release: between two that the file knows there was no other. One from before or after them
    is not for the file to know, which may have been built without its history, or brought back to an earlier state."""
    newest = max([seen.today.isoformat(), *known])
    if not is_day(release) or release > newest:
        message = seen.texts.gettext("%(name)s: expected a day up to %(today)s, written as 2024-06-06")
        raise seen.refuse(message % {"name": "release", "today": newest})
    place = bisect(known, release)
    if 0 < place < len(known) and known[place - 1] != release:
        message = seen.texts.gettext("%(name)s: there is no %(value)s; the nearest is %(nearest)s")
        near = min(known[place - 1 : place + 1], key=lambda day: abs(date.fromisoformat(day) - date.fromisoformat(release)))
        raise seen.refuse(message % {"name": "release", "value": release, "nearest": near})


def _day(seen: Visit, release: Optional[str]) -> date:
    """The day that is shown. Cut at a release it is the day of that, as the release that is served knows it; what the site said at
    the time would be read from here."""
    if seen.request.args.get("as_of") or not release:
        return day_asked(seen)
    return min(date.fromisoformat(release), seen.today)
