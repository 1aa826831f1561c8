"""A case for the frames of other sites: whole or a part of it, as of today or of a day, as known now or on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from datasette import Response
from datasette.utils.asgi import Request
from markupsafe import Markup

from ..page import timeline as timeline_page
from ..page.board import Order
from ..page.case import CasePage
from ..query import case as case_query
from ..render import policy, svg
from . import asking, known
from .case import days_asked, read_case
from .drawing import Spoken, timeline_parts
from .pages import Visit, respond_html, site_and_state, visit

BOARD, TIMELINE = "board", "timeline"
"""Parts by name; the others are authorities, by their ids."""
THEMES = ("light", "dark")
HEIGHT = 900
"""Of the frame that is offered, in pixels; what is higher scrolls in it."""


async def answer(datasette: Any, request: Request) -> Response:
    """/-/cases/<id>/embed: with ?part= a part, with ?theme= in fixed colours, as of a day with ?as_of=, as known on a day with ?as_known=."""
    seen = await visit(datasette, request, (*case_query.TABLES, *known.tables(request)))
    if kept := seen.kept():
        return kept
    asking.require_once(seen, ("part", "theme", "as_of"))
    part, theme = (request.args.get(name) or None for name in ("part", "theme"))
    asking.require_word(seen, "theme", theme, THEMES)
    page, record = await read_case(seen, *days_asked(seen))
    if part not in (None, BOARD, TIMELINE):
        there = await seen.read(lambda connection: case_query.authorities(connection, page.case.id))
        asking.require_word(seen, "part", part, (BOARD, TIMELINE, *there))
        page = replace(page, authorities=[row for row in page.authorities if row.authority.id == part])
    asked = {"as_of": None if page.current else page.as_of, "as_known": page.known.day if page.known else None}
    place = seen.link(f"/-/cases/{page.case.id}", **asked)
    more: dict[str, Any] = {"spoken": Spoken(seen)}
    if part in (None, TIMELINE):
        timeline = timeline_page.build(page)
        more.update(timeline=timeline, **timeline_parts(seen, page, timeline, place))
        more.update({name: svg.out_of_frame(more[name]) for name in ("plot", "names")})
    site, state = site_and_state(seen, page.as_of, record.release.released if record.release else None)
    return await respond_html(
        seen, "embed.html", page, f"/-/cases/{page.case.id}/embed", policy=policy.framed(seen.config.frame_ancestors),
        part=part, theme=theme, place=place, asked=asked, order=Order(), site=site, state=state, **more,
    )  # fmt: skip


def snippet(seen: Visit, page: CasePage) -> Optional[str]:
    """HTML that frames the case on somebody else's page, in the language and of the day that the reader sees. None where no site may frame it."""
    if not seen.config.frame_ancestors:
        return None
    path = seen.link(f"/-/cases/{page.case.id}/embed", as_of=None if page.current else page.as_of, _lang=seen.language)
    frame = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>')
    return str(frame.format(seen.absolute(path), page.case.title, HEIGHT))
