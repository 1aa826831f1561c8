"""A page as JSON: the page object as a dictionary. What has a page of its own, or a place on one, has its address."""

from __future__ import annotations

import json
from typing import Any, Callable, Mapping, Optional

from ..page import actor, cases, changes, deadlines, statements
from ..page.case import Head, LastWord
from ..page.parts import ActorRef, Complaint, Deadline, EntryRef, Item, Reply


def _case(item: Any) -> str:
    return f"/-/cases/{item.id}"


def _actor(item: Any) -> Optional[str]:
    return f"/-/{'authorities' if item.kind == 'authority' else 'actors'}/{item.id}" if item.id else None


def _entry(item: Any) -> str:
    """`<case>/<entry>` is the entry's place on the page of the case."""
    return "/-/cases/" + str(item.id).replace("/", "#", 1)


LINKS: Mapping[type, Callable[[Any], Optional[str]]] = {
    Head: _case,
    cases.Line: _case,
    deadlines.CaseRef: _case,
    changes.CaseRef: lambda case: _case(case) if case.there else None,
    ActorRef: _actor,
    cases.Respondent: lambda respondent: f"/-/actors/{respondent.id}",
    **dict.fromkeys((EntryRef, Reply, Item, Complaint, Deadline, deadlines.Line, LastWord, actor.Said, statements.Line, cases.Due), _entry),
}
"""Class → the path of what one of it shows, null where it has no page here. In JSON it is `url`, unless that is a document's own address."""


def path(item: Any) -> Optional[str]:
    """Where what an object shows has its page, or its place on one; null where it has none."""
    path_of = LINKS.get(type(item))
    return path_of(item) if path_of else None


def plain(page: Any) -> dict[str, Any]:
    """A page object as a map, keys in the order of its fields; what it holds becomes maps when it is written."""
    return dict(vars(page))


def text(value: Any, site: str) -> str:
    """JSON in one line, characters as they are; objects are maps of their fields. `site`: what the addresses begin with."""

    def as_map(item: Any) -> Any:
        if type(item) not in LINKS:
            return vars(item)
        found, own = path(item), vars(item).get("url")
        return {**vars(item), "url": own or (site + found if found else None)}

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_map)
