"""YAML as text with places: every scalar is read as the text that stands there, and remembers where.

YAML's own types are not used (`no`, `NO` and `0123` are texts; the model gives types), nor anchors, aliases and tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterator, Union

import yaml

from .problem import Problem

Path = tuple[Union[str, int], ...]


@dataclass(frozen=True)
class Place:
    """Line and column, from 1."""

    line: int
    column: int


@dataclass
class Tree:
    """`values`: plain maps, lists and texts. `places`: where each value begins, by its path; `keys`: where its key does."""

    path: str
    values: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
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
        self.problems.append(Problem(self.path, place.line, place.column, self.where(path), kind, found, todo))

    def where(self, path: Path) -> str:
        """A path as a person says it: list items by their id where they have one."""
        parts, value = [], self.values
        for part in path:
            value = value[part] if _has(value, part) else None
            named = isinstance(part, int) and isinstance(value, dict) and isinstance(value.get("id"), str)
            parts.append(str(value["id"] if named else part))  # type: ignore[index]
        return ".".join(parts)


def _has(value: Any, part: Union[str, int]) -> bool:
    return part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int) and part < len(value)


def read(path: str, data: bytes) -> Tree:
    """The tree of a file's bytes. Values are None where the file cannot be read at all; problems say why."""
    tree = Tree(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        tree.problems.append(
            Problem(
                path,
                line,
                column,
                "",
                "not-utf-8",
                f"found the byte 0x{data[error.start]:02x}, which is not UTF-8",
                "save the file as UTF-8",
            )
        )
        return tree
    try:
        node = _compose(tree, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = error.problem or error.context or "it breaks off"
        tree.problems.append(Problem(path, line, column, "", "not-yaml", f"found no YAML: {said}", "look at this line and the one before"))
        return tree
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        tree.problems.append(
            Problem(
                path,
                line,
                column,
                "",
                "not-yaml",
                f"found the character U+{ord(text[error.position]):04X}, which YAML forbids",
                "delete it",
            )
        )
        return tree
    if node is None:
        if not tree.problems:
            tree.problems.append(Problem(path, 1, 1, "", "empty-value", "found an empty file", "write its keys, or delete it"))
        return tree
    tree.values = _value(tree, node, ())
    return tree


def _compose(tree: Tree, text: str) -> Any:
    """The node tree, after a look at what nodes do not keep: anchors, aliases, tags and further documents.

    None where the file is empty, or has what cannot be read as a tree.
    """
    documents, readable = 0, True
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        found = None
        if isinstance(event, yaml.AliasEvent):
            found, readable = f"the alias *{event.anchor}", False
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            found = f"the anchor &{event.anchor}"
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
            found = f"the tag {event.tag}"
        elif isinstance(event, yaml.DocumentStartEvent) and documents == 2:
            found, readable = "a second document", False
        if found:
            place = _place(event)
            tree.problems.append(
                Problem(tree.path, place.line, place.column, "", "anchor-or-tag", f"found {found}", "write the value out where it is read")
            )
    return yaml.compose(text, Loader=yaml.BaseLoader) if readable else None


def _value(tree: Tree, node: Any, path: Path) -> Any:
    tree.places[path] = _place(node)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(tree, item, (*path, number)) for number, item in enumerate(node.value)]
    values: dict[str, Any] = {}
    for key, item in node.value:
        place = _place(key)
        inner = (*path, key.value if isinstance(key, yaml.ScalarNode) else "?")
        if not isinstance(key, yaml.ScalarNode):
            tree.places[inner] = place
            tree.report(inner, "not-a-text", "found a list or map as a key", "a key is a text")
            continue
        if key.value in values:
            tree.problems.append(
                Problem(
                    tree.path,
                    place.line,
                    place.column,
                    tree.where(path),
                    "duplicate-key",
                    f'found the key "{key.value}" a second time',
                    "keep one of them",
                )
            )
            continue
        tree.keys[inner] = place
        values[key.value] = _value(tree, item, inner)
    return values


def _place(node: Any) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def lists(values: Any, name: str) -> Iterator[tuple[Path, Any]]:
    """The items of a list under a key of the top map, with their paths; nothing where there is no list."""
    items = values.get(name) if isinstance(values, dict) else None
    for number, item in enumerate(items if isinstance(items, list) else ()):
        yield (name, number), item
