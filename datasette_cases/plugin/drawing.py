"""The timeline on its way out: as a part of the case page, and as an image."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Optional

from datasette import Response

from ..page import timeline as windows
from ..page.case import CasePage
from ..page.timeline import Timeline, Window
from ..render import spoken, svg
from ..render.layout import layout
from ..render.scale import number
from .pages import Visit, respond_text

STATIC = Path(__file__).parent / "static"
MOST_YEARS = 12
"""Years that have a link each; where there are more, none has."""
CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""An image brings its own stylesheet, and nothing else."""


@cache
def stylesheet() -> str:
    """The looks of an image that stands alone."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "timeline.css"))


def document(visit: Visit, page: CasePage, timeline: Timeline, css: str) -> str:
    """The timeline as an image that names the page it is of."""
    days = {name: visit.request.args.get(name) for name in ("as_of", "as_known")}
    address = visit.ds.absolute_url(visit.request, visit.link(f"/-/cases/{page.case.id}", **days))
    return svg.document(page, timeline, visit.texts, css, address)


def respond_svg(visit: Visit, page: CasePage, timeline: Timeline) -> Response:
    text = document(visit, page, timeline, stylesheet())
    return respond_text(visit, text, "image/svg+xml; charset=utf-8", {"Content-Security-Policy": CONTENT_SECURITY_POLICY})


def timeline_parts(visit: Visit, page: CasePage, timeline: Timeline, place: str = "") -> dict[str, Any]:
    """What the template shows of the timeline: the two pictures, the signs, the views, the table. `place`: of the page that the marks
    lead to; empty for the page they stand on."""
    drawing = layout(timeline, visit.texts)
    return {
        "plot": svg.plot(drawing, visit.texts, place),
        "names": svg.names(drawing, visit.texts, place),
        "signs": svg.signs(timeline, visit.texts),
        "stretches": [[round(s.x, 1), round(s.width, 1), s.first, s.end] for s in drawing.scale.stretches],
        "opened": round(drawing.scale(number(page.case.opened.date_end))) if page.case.opened else 0,
        "views": views(visit, timeline),
        "spoken": Spoken(visit),
    }


def views(visit: Visit, timeline: Timeline) -> list[tuple[str, Optional[Window]]]:
    """Other windows with their names; None where there is none. The whole is a window without ends."""
    _, window, whole = visit.texts.gettext, timeline.window, timeline.whole
    steps: list[tuple[str, Optional[Window]]] = [
        (_("whole time"), Window("", "") if timeline.asked else None),
        (_("closer"), windows.closer(window)),
        (_("wider"), windows.wider(window, whole) if timeline.asked else None),
        (_("earlier"), windows.moved(window, whole, -0.5) if window.first > whole.first else None),
        (_("later"), windows.moved(window, whole, 0.5) if window.last < whole.last else None),
    ]
    years = windows.years(whole)
    return steps + [(str(year), view) for year, view in years if 1 < len(years) <= MOST_YEARS]


class Spoken:
    """`render.spoken` in the reader's language."""

    def __init__(self, visit: Visit) -> None:
        self._texts = visit.texts

    def __getattr__(self, name: str) -> Any:
        function = getattr(spoken, name)
        return lambda value: function(value, self._texts)
