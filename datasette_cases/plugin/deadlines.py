"""What may be asked of the list of deadlines, and the list as a calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Optional

from datasette import Response

from ..page.deadlines import GROUPS, Line
from ..query import deadlines as query
from ..render import ical
from ..vocabulary.deadlines import DEADLINE_KIND
from . import asking
from .asking import order, require_once, require_word
from .pages import Visit, respond_text

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
    require_once(seen, (*query.FILTERS, "_sort", "_sort_desc", "_next", "_size"))
    filters = {name: args[name] for name in query.FILTERS if args.get(name)}
    for name, words in WORDS.items():
        require_word(seen, name, filters.get(name), words)
    if "month" in filters and not MONTH.fullmatch(filters["month"]):
        raise seen.refuse(_("month: expected a month, written as 2024-06"))
    sorted_by = order(seen, [COLUMN])
    return Asked(filters, 0 if sorted_by is None else -1 if sorted_by[1] else 1, args.get("_next") or None)


def require_known(seen: Visit, found: Asked, connection: Any) -> None:
    """Refuse ids that the database does not have, naming the nearest that it has."""
    for name in query.IDS:
        asking.require_known(seen, name, found.filters.get(name), query, connection)
    if found.last and not query.has(connection, found.last, seen.today.isoformat(), found.filters):
        raise seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))


def addresses(seen: Visit) -> Callable[[Line], str]:
    """Where each deadline stands: on the page of its case."""
    return lambda line: f"{seen.absolute(seen.link(f'/-/cases/{line.case.id}'))}#{line.anchor}"


def respond_calendar(seen: Visit, lines: Iterable[Line], name: str) -> Response:
    text = ical.calendar(lines, name, addresses(seen), seen.texts)
    return respond_text(seen, text, "text/calendar; charset=utf-8", {})
