"""Everybody in the record, by name."""

from __future__ import annotations

from typing import Optional

from ..query.actors import ActorsRows
from .deadlines import Value
from .frozen import dataclass
from .parts import ActorRef
from .words import Words


@dataclass(frozen=True)
class Line:
    """Somebody. `name_native`: in their own language, null where that is the name."""

    actor: ActorRef
    kind_label: Optional[str]
    name_native: Optional[str]
    native_language: Optional[str]
    website: Optional[str]


@dataclass(frozen=True)
class ActorsPage:
    """`total`: how many there are in all, of which `actors` are a page. `next` is the token of the next page, null on the last one."""

    total: int
    actors: list[Line]
    facets: dict[str, list[Value]]
    next: Optional[str]
    released: Optional[str]


def build(found: ActorsRows, words: Words, size: int) -> ActorsPage:
    """A page of at most `size` actors. `found` may hold one more: then there is a next page."""
    shown = found.actors[:size]
    return ActorsPage(
        found.total,
        [
            Line(
                ActorRef(row["id"], row["name"], row["short_name"], row["kind"], row["country"], row["region"]),
                words.label("actor_kind", row["kind"]), row["name_native"], row["native_language"] if row["name_native"] else None, row["website"],
            )
            for row in shown
        ],
        {
            name: [Value(row["value"], words.label("actor_kind", row["value"]) if name == "kind" else None, row["number"]) for row in rows]
            for name, rows in found.counted.items()
        },
        shown[-1]["id"] if len(shown) < len(found.actors) else None,
        found.released,
    )  # fmt: skip
