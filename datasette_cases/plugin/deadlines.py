"""What may be asked of the list of deadlines, and the list as a calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterable, Optional

from datasette import Response

from ..page.deadlines import GROUPS, Line
from ..query import deadlines as query
from ..render import ical
from ..vocabulary.deadlines import DEADLINE_KIND
from ..vocabulary.word import nearest
from .pages import LONGEST, Visit, respond_text

COLUMN = "last_day"
"""The column the list is sorted by."""
WORDS = {"group": GROUPS, "kind": DEADLINE_KIND.values}
"""Filters that are one of a few words."""
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """`filters` by name; `way`: as in `query.deadlines`; `last`: the token of the page before."""

    filters: dict[str, str]
    way: int
    last: Optional[str]


def asked(seen: Visit) -> Asked:
    """What is asked for, as far as it can be judged without the database."""
    _, args = seen.texts.gettext, seen.request.args
    known = (*query.FILTERS, "_sort", "_sort_desc", "_next", "_size")
    for name in known:
        if len(args.getlist(name)) > 1:
            raise seen.refuse(_("%(name)s: expected only once") % {"name": name})
    filters = {name: args[name] for name in query.FILTERS if args.get(name)}
    for name, words in WORDS.items():
        if filters.get(name, words[0]) not in words:
            raise seen.refuse(_("%(name)s: expected one of %(words)s") % {"name": name, "words": ", ".join(words)})
    if "month" in filters and not MONTH.fullmatch(filters["month"]):
        raise seen.refuse(_("month: expected a month, written as 2024-06"))
    ways = {name: args[name] for name in ("_sort", "_sort_desc") if args.get(name)}
    if len(ways) > 1:
        raise seen.refuse(_("_sort, _sort_desc: expected only one of them"))
    for name, column in ways.items():
        if column != COLUMN:
            raise seen.refuse(_("%(name)s: expected one of %(columns)s") % {"name": name, "columns": COLUMN})
    return Asked(filters, 1 if "_sort" in ways else -1 if ways else 0, args.get("_next") or None)


def require_known(seen: Visit, found: Asked, connection: Any) -> None:
    """Refuse ids that the database does not have, naming the nearest that it has."""
    _ = seen.texts.gettext
    for name in query.IDS:
        value = found.filters.get(name)
        if value is None or query.knows(connection, name, value):
            continue
        near = nearest(value, query.ids(connection, name), 1) if len(value) <= LONGEST else []
        message = (
            _("%(name)s: there is no %(value)s; the nearest is %(nearest)s")
            if near
            else _("%(name)s: there is no %(value)s, and none like it")
        )
        raise seen.refuse(message % {"name": name, "value": value[:LONGEST], "nearest": near[0] if near else ""})
    if found.last and not query.has(connection, found.last, seen.today.isoformat(), found.filters):
        raise seen.refuse(_("_next: expected the token of a page of this list"))


def respond_calendar(seen: Visit, lines: Iterable[Line], name: str, released: Optional[str]) -> Response:
    def address(line: Line) -> str:
        return f"{seen.ds.absolute_url(seen.request, seen.link(f'/-/cases/{line.case.id}'))}#{line.anchor}"

    text = ical.calendar(lines, name, address, released, seen.texts)
    return respond_text(seen, text, "text/calendar; charset=utf-8", {})
