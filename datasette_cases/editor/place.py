"""A new item in a list of a data file, where it belongs; the file is in canonical form afterwards."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Union

from pydantic import BaseModel

from ..model import day
from ..model.actor import Actors, Publishers
from ..model.case import Case
from ..source import format as form
from ..source.tree import Tree, child, lists, read

Value = Union[str, list[Any], dict[str, Any]]


def with_entry(text: str, entry: dict[str, Any]) -> str:
    """A case file with one more entry: behind those of its day, counted by the last day each can have been on."""
    days = [day.parse(item["date"]).last for _, item in lists(_tree(text).values, "entries")]
    return _with_item(text, Case, "entries", entry, bisect_right(days, day.parse(entry["date"]).last))


def with_actor(text: str, actor: dict[str, Any]) -> str:
    """actors.yml with one more actor, by its id."""
    return _by_key(text, Actors, "actors", "id", actor)


def with_publisher(text: str, publisher: dict[str, Any]) -> str:
    """publishers.yml with one more publisher, by its host."""
    return _by_key(text, Publishers, "publishers", "host", publisher)


def _by_key(text: str, model: type[BaseModel], name: str, key: str, item: dict[str, Any]) -> str:
    keys = [str(child(other, key)) for _, other in lists(_tree(text).values, name)]
    return _with_item(text, model, name, item, bisect_right(keys, item[key]))


def _with_item(text: str, model: type[BaseModel], name: str, item: dict[str, Any], number: int) -> str:
    """The file with an item before that of a number. In canonical form each item begins a line, indented by two."""
    text = form.canonical(text, model)
    lines, tree, added = text.splitlines(keepends=True), _tree(text), f"  - {flow(item)}\n"
    if (name, number) in tree.places:
        at = _above(lines, tree.places[(name, number)].line - 1)
    elif (name,) in tree.places:
        at = tree.places[(name,)].line
        while at < len(lines) and lines[at].startswith(" "):
            at += 1
    else:
        at, added = _above(lines, len(lines)), f"{name}:\n{added}"
    return form.canonical("".join([*lines[:at], added, *lines[at:]]), model)


def _above(lines: list[str], at: int) -> int:
    """The line above the comments that belong to a line: those that are not indented deeper than an item."""
    while at and lines[at - 1].lstrip().startswith("#") and len(lines[at - 1]) - len(lines[at - 1].lstrip()) <= 2:
        at -= 1
    return at


def flow(value: Value) -> str:
    """A value on one line, every text in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{form.quoted(key)}: {flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]" if isinstance(value, list) else form.quoted(value)


def _tree(text: str) -> Tree:
    return read("", text.encode("utf-8"))
