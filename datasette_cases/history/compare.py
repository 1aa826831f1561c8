"""Two snapshots → changes: which item, which column, before and after, and of which kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import AbstractSet as Set
from typing import Any, Iterator, Mapping, Optional

from ..vocabulary.changes import CHANGE_KIND

KINDS = NEW, CORRECTED, RETRACTED, SOURCE_ADDED = CHANGE_KIND.values

SAYS = ("summary", "title", "text", "label", "url", "name", "quote", "kind", "state", "role", "places")
"""Columns that tell an item in short, the best first."""

FOLLOWING = "decision_states/"
"""Items that come and go with what other columns say; that is told with what follows."""


@dataclass(frozen=True)
class Change:
    """`item`: `<table>/<id>`; `column` is null where the item as such is new or gone, and `old` or `new` then says it in short.
    A list is JSON. `reason`: why, where an editor gave a reason."""

    item: str
    column: Optional[str]
    old: Optional[str]
    new: Optional[str]
    kind: str
    reason: Optional[str] = None


Item = Mapping[str, Any]
Items = Mapping[str, Item]


def compare(old: Items, new: Items, parents: Mapping[str, str]) -> Iterator[Change]:
    """What was written anew, in the order of the new snapshot; then what is gone. What comes or goes with its parent is not told."""
    come, gone = new.keys() - old.keys(), old.keys() - new.keys()
    for name, item in new.items():
        if name in come:
            if not _with_parent(name, parents, come):
                yield Change(name, None, None, short(item), NEW)
        else:
            yield from columns(name, old[name], item, come, gone)
    for name, item in old.items():
        if name in gone and not _with_parent(name, parents, gone):
            yield Change(name, None, short(item), None, RETRACTED)


def columns(name: str, old: Item, new: Item, come: Set[str] = frozenset(), gone: Set[str] = frozenset()) -> Iterator[Change]:
    """What changed in an item. A column that one of the two databases does not have tells nothing, but for answers."""
    answers = name.startswith("answers/")
    for column in dict.fromkeys((*new, *old)):
        if not answers and not (column in old and column in new):
            continue
        before: Any = old.get(column)
        after: Any = new.get(column)
        if before == after:
            continue
        if column == "sources":
            yield from (Change(name, column, None, url, SOURCE_ADDED) for url in after if url not in before)
            yield from (Change(name, column, url, None, CORRECTED) for url in before if url not in after)
        elif column == "retracted" and after:
            yield Change(name, column, text(before), text(after), RETRACTED, text(after))
        elif column != "complaints" or _but(before, "complaints/", gone) != _but(after, "complaints/", come):
            yield Change(name, column, text(before), text(after), CORRECTED)


def following(old: Items, new: Items) -> Iterator[Change]:
    """What follows otherwise than before; null where nothing follows."""
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, {}), new.get(name, {})
        for column in dict.fromkeys((*after, *before)):
            if before.get(column) != after.get(column):
                yield Change(name, column, text(before.get(column)), text(after.get(column)), "follows")


def short(item: Item) -> str:
    """An item in few words; of a complaint with whom, and when."""
    told = [item[column] for column in SAYS if item.get(column)][:1]
    if "filed" in item:
        told = [item["authority_id"] or item["country"], item["filed"]]
    return ", ".join(", ".join(value) if isinstance(value, tuple) else str(value) for value in told)


def text(value: Any) -> Optional[str]:
    """A value as the table `changes` has it."""
    if value is None or value == ():
        return None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)


def _but(values: tuple[str, ...], table: str, items: Set[str]) -> list[str]:
    """Without those that have come or gone themselves: an act on all complaints is about a new one too."""
    return [value for value in values if f"{table}{value}" not in items]


def _with_parent(name: str, parents: Mapping[str, str], changed: Set[str]) -> bool:
    """Whether an item is told with another that has come or gone, or with what follows."""
    if name.startswith(FOLLOWING):
        return True
    parent = parents.get(name)
    return parent is not None and (parent in changed or _with_parent(parent, parents, changed))
