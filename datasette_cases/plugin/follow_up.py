"""/-/follow-up: for editors, what may be looked at again, of all cases; by `case` and `reason`."""

from __future__ import annotations

from typing import Any, Optional

from datasette import Response
from datasette.utils.asgi import Request

from ..page import follow_up as page
from ..query import follow_up as query
from ..vocabulary.follow_up import REASON
from ..vocabulary.word import nearest
from .pages import LONGEST, Visit, respond_html, respond_json, size_asked, visit
from .share import Given

ADDRESS = "/-/follow-up"


async def answer(datasette: Any, request: Request) -> Response:
    """/-/follow-up, .json: ?case=, ?reason=, _size and _next."""
    seen = await visit(datasette, request, query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    filters, last, size, day = _filters(seen), _last(seen), size_asked(seen), seen.today.isoformat()

    def read(connection: Any) -> page.FollowUpPage:
        _require_known(seen, connection, filters, last)
        found = query.read(connection, day, seen.language, filters, size + 1, last)
        return page.build(found, seen.words(connection), seen.language, filters, size)

    shown = await seen.read(read)
    path = f"{ADDRESS}.json" if seen.format else ADDRESS
    next_path = seen.here(path, _next=shown.next) if shown.next else None
    if seen.format:
        return respond_json(seen, shown, next_path)
    return await respond_html(
        seen, "follow_up.html", shown, path, share=Given(keeps=(*query.FILTERS, "_next")), next_path=next_path,
        json_path=seen.here(f"{ADDRESS}.json"),
    )  # fmt: skip


def _filters(seen: Visit) -> dict[str, str]:
    _, args = seen.texts.gettext, seen.request.args
    for name in (*query.FILTERS, "_next", "_size"):
        if len(args.getlist(name)) > 1:
            raise seen.refuse(_("%(name)s: expected only once") % {"name": name})
    filters = {name: args[name] for name in query.FILTERS if args.get(name)}
    if "reason" in filters and filters["reason"] not in REASON:
        raise seen.refuse(_("%(name)s: expected one of %(words)s") % {"name": "reason", "words": ", ".join(REASON.values)})
    return filters


def _last(seen: Visit) -> Optional[query.Token]:
    text = seen.request.args.get("_next")
    last = query.token(text) if text else None
    if text and last is None:
        raise _no_token(seen)
    return last


def _require_known(seen: Visit, connection: Any, filters: dict[str, str], last: Optional[query.Token]) -> None:
    """Refuse a case that the database does not have, naming the nearest that it has, and a token of another list."""
    _ = seen.texts.gettext
    case = filters.get("case")
    if case and not query.has_case(connection, case):
        near = nearest(case, list(query.titles(connection)), 1) if len(case) <= LONGEST else []
        message = (
            _("%(name)s: there is no %(value)s; the nearest is %(nearest)s")
            if near
            else _("%(name)s: there is no %(value)s, and none like it")
        )
        raise seen.refuse(message % {"name": "case", "value": case[:LONGEST], "nearest": near[0] if near else ""})
    if last and not query.has(connection, last, seen.today.isoformat(), filters):
        raise _no_token(seen)


def _no_token(seen: Visit) -> Any:
    return seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))
