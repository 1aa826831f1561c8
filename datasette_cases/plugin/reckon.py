"""/-/deadlines/reckon: a rule or period, a start and a calendar in the address; the last day and its working on the page."""

from __future__ import annotations

from typing import Any

from datasette import Response
from datasette.utils.asgi import Request

from ..calendars import calendar, keys
from ..law.error import LawError
from ..law.result import Range
from ..page.reckon import Asked, ReckonPage, build
from ..query import words as words_query
from ..time_limits import TIME_LIMITS
from .pages import Visit, respond_html, respond_json, visit
from .share import Given

ADDRESS = "/-/deadlines/reckon"
PARAMETERS = "rule", "start", "calendar", "extended", "backward"


async def answer(datasette: Any, request: Request) -> Response:
    """/-/deadlines/reckon, .json: ?rule=gdpr-60-4&start=2024-06-06&calendar=IE, extended=1, backward=1."""
    seen = await visit(datasette, request, words_query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    page = _page(seen)
    if seen.format:
        return _json(seen, page)
    command = _command(page.asked) if page.results else None
    return await respond_html(
        seen, "reckon.html", page, ADDRESS, status=400 if page.problem else 200, share=Given(keeps=PARAMETERS), command=command
    )


def _page(seen: Visit) -> ReckonPage:
    """What is asked, and what comes of it. A parameter that is none is refused; what the law has no answer to is said on the page."""
    _ = seen.texts.gettext
    given = {name: (seen.request.args.get(name) or "").strip() for name in PARAMETERS}
    for name in ("extended", "backward"):
        if given[name] not in ("", "1"):
            raise seen.refuse(_("%(name)s: expected 1, or nothing") % {"name": name})
    missing = [name for name in ("rule", "start", "calendar") if not given[name]]
    if missing and (len(missing) < 3 or seen.format):
        raise seen.refuse(_("expected rule, start and calendar, found nothing for: %(names)s") % {"names": ", ".join(missing)})
    asked = Asked(given["rule"], given["start"], given["calendar"], given["extended"] == "1", given["backward"] == "1")
    try:
        return build(asked, TIME_LIMITS, keys(), calendar(asked.calendar) if asked.calendar else None)
    except LawError as error:
        return build(asked, TIME_LIMITS, keys(), None, str(error))


def _json(seen: Visit, page: ReckonPage) -> Response:
    """What `datasette cases reckon --json` prints."""
    if page.problem:
        raise seen.refuse(page.problem)
    found = page.results[0] if page.exact else Range(*page.results)
    return respond_json(seen, found.to_json())


def _command(asked: Asked) -> str:
    """The same on the command line."""
    rule = f'"{asked.rule}"' if " " in asked.rule else asked.rule
    options = "".join(f" --{name}" for name, chosen in (("extended", asked.extended), ("backward", asked.backward)) if chosen)
    return f"datasette cases reckon {rule} --start {asked.start} --calendar {asked.calendar}{options}"
