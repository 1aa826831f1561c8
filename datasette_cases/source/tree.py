"""YAML as text with places: every scalar is read as the text that stands there, and remembers where.

YAML's own types are not used (`no`, `NO` and `0123` are texts; the model gives types), nor anchors, aliases and tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterator, Union

import yaml

from ..vocabulary import nearest
from .problem import Problem, brief
from .syntax import Place, Unreadable, compose, place_behind, place_of

Path = tuple[Union[str, int], ...]

LONGEST = 10_000
"""Letters of one text: some pages of a book."""


@dataclass
class Tree:
    """`values`: plain maps, lists and texts. `places`: where each value begins, by its path; `keys`: where its key does.

    `unknown`: keys that no record has, by the path of their map; each may be a misspelt one. `twice`: keys that stand twice, and are read once.
    """

    path: str
    values: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    unknown: dict[Path, set[str]] = field(default_factory=dict)
    twice: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def report(self, path: Path, kind: str, found: str, todo: str, at_key: bool = False) -> None:
        """Add a problem at the value under a path, or at its key; what is not there is reported at what holds it."""
        place = self.keys.get(path) if at_key else None
        known = path
        while place is None:
            place = self.places.get(known)
            if place is None and not known:
                place = Place(1, 1)
            known = known[:-1]
        self.report_at(place, kind, found, todo, self.where(path))

    def report_at(self, place: Place, kind: str, found: str, todo: str, where: str = "") -> None:
        """Add a problem at a place."""
        self.problems.append(Problem(self.path, place.line, place.column, where, kind, found, todo))

    def at(self, path: Path) -> Any:
        """The value under a path; None where there is none."""
        value = self.values
        for part in path:
            value = child(value, part)
        return value

    def misspelt(self, path: Path, key: str) -> bool:
        """Whether the map under a path has an unknown key that may be this one."""
        return any(nearest(other, (key,)) for other in self.unknown.get(path, ()))

    def where(self, path: Path) -> str:
        """A path as a person says it: list items by their id where they have one, else by their number from 1."""
        parts, value = [], self.values
        for part in path:
            value = child(value, part)
            name = child(value, "id") if isinstance(part, int) else part
            parts.append((brief(name) if isinstance(name, str) else "") or str(int(part) + 1 if isinstance(part, int) else part))
        return ".".join(parts)


def child(value: Any, part: Union[str, int]) -> Any:
    """What a map or list holds under a key or number; None where there is no such thing."""
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None


def read(path: str, data: bytes) -> Tree:
    """The tree of a file's bytes. Values are None where the file cannot be read at all; problems say why."""
    tree = Tree(path)
    try:
        node, unused = compose(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found = f"found the byte 0x{error.object[error.start]:02x}, which is not UTF-8"
        tree.report_at(place_behind(error.object[: error.start].decode()), "not-utf-8", found, "save the file with the encoding UTF-8")
        return tree
    except Unreadable as error:
        tree.report_at(error.place, "not-yaml", error.found, error.todo)
        return tree
    for place, found, todo in unused:
        tree.report_at(place, "anchor-or-tag", found, todo)
    if node is not None:
        twice: list[tuple[Path, Place]] = []
        tree.values = _value(tree, node, (), twice)
        for inner, place in twice:
            first = tree.keys[inner].line
            tree.report_at(
                place, "duplicate-key", f'found the key "{brief(str(inner[-1]))}" a second time', f"keep this one or that on line {first}",
                tree.where(inner),
            )  # fmt: skip
        tree.twice = {inner for inner, _ in twice}
        for inner in tree.places:
            value = tree.at(inner)
            if isinstance(value, str) and len(value) > LONGEST:
                tree.report(inner, "text-too-long", f"found a text of {len(value)} letters", f"keep it to {LONGEST}")
    elif not unused:
        tree.report_at(Place(1, 1), "empty-value", "found an empty file", "write its keys, or delete it")
    return tree


def _value(tree: Tree, node: yaml.Node, path: Path, twice: list[tuple[Path, Place]]) -> Any:
    """A node's value, its places noted. `twice` collects the keys that stand a second time."""
    tree.places[path] = place_of(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(tree, item, (*path, number), twice) for number, item in enumerate(node.value)]
    values: dict[str, Any] = {}
    for key, item in node.value:
        place = place_of(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            tree.report_at(place, "not-a-text", "found a list or map as a key", "write a text as the key")
            continue
        inner = (*path, key.value)
        if key.value in values:
            twice.append((inner, place))
            continue
        tree.keys[inner] = place
        values[key.value] = _value(tree, item, inner, twice)
    return values


def lists(values: Any, name: str) -> Iterator[tuple[Path, Any]]:
    """The items of a list under a key of the top map, with their paths; nothing where there is no list."""
    items = child(values, name)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        yield (name, number), item
