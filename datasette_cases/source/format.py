"""The canonical form of a data file, so that reviews show meaning, not layout. Comments stay; values never change.

Keys stand in the order of the model; what is no key of a record stands last. Lists and maps of plain values stand on one
line if they fit and need no quotes for it; the records of a file are always written out, a key a line.
"""

from __future__ import annotations

import json
import re
from difflib import unified_diff
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Iterator, Optional

import yaml
from pydantic import BaseModel

from ..model.actor import Actors, Authorities, Publishers
from ..model.case import Case
from .problem import DataProblems
from .read import case_files, read_tree
from .validate import model_in

WIDTH = 120
FILES: dict[str, type[BaseModel]] = {"authorities.yml": Authorities, "actors.yml": Actors, "publishers.yml": Publishers}
WRITTEN_OUT = frozenset({"authorities", "actors", "publishers", "complaints", "entries", "deadlines", "sources"})
"""Lists whose maps are never put on one line."""


def model_of(path: FilePath) -> type[BaseModel]:
    """The record a data file holds."""
    return FILES.get(path.name, Case)


def canonical(text: str, model: type[BaseModel]) -> str:
    """The canonical form of a file's text. yaml.YAMLError: it cannot be read."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    if node is None:
        return text
    writer = _Writer(_Comments(text, node))
    lines = list(writer.block(node, model, 0, ""))
    return "\n".join([*lines, *writer.comments.rest()]) + "\n"


class _Comments:
    """The comments of a file by the line of the key or item they belong to: above it, or behind it."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        spans, starts = [], set()
        for node, is_start in _walk(root):
            if isinstance(node, yaml.ScalarNode):
                spans.append((node.start_mark.index, node.end_mark.index))
            if is_start:
                starts.add(node.start_mark.line)
        self.above: dict[int, list[str]] = {}
        self.behind: dict[int, list[str]] = {}
        self.last: list[str] = []
        offset = 0
        for number, line in enumerate(text.splitlines(keepends=True)):
            for match in re.finditer(r"(?:^|(?<=\s))#", line):
                position = offset + match.start()
                if any(start <= position < end for start, end in spans):
                    continue
                comment = line[match.start() :].rstrip()
                if line[: match.start()].strip() and number in starts:
                    self.behind.setdefault(number, []).append(comment)
                else:
                    following = min((start for start in starts if start > number or start == number), default=None)
                    (self.last if following is None else self.above.setdefault(following, [])).append(comment)
                break
            offset += len(line)

    def before(self, node: yaml.Node, indent: int) -> list[str]:
        return [" " * indent + comment for comment in self.above.pop(node.start_mark.line, [])]

    def after(self, node: yaml.Node) -> str:
        return "".join(f"  {comment}" for comment in self.behind.pop(node.start_mark.line, []))

    def rest(self) -> list[str]:
        """What no key took with it, so that nothing is lost."""
        left = [comment for comments in (*self.above.values(), *self.behind.values()) for comment in comments]
        return [*left, *self.last]


def _walk(node: yaml.Node) -> Iterator[tuple[yaml.Node, bool]]:
    """All nodes, and whether each is a key or a list item, where a comment can belong."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, True
            yield value, False
            yield from _walk(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield item, True
            yield from _walk(item)


class _Writer:
    def __init__(self, comments: _Comments) -> None:
        self.comments = comments

    def block(self, node: yaml.Node, model: Optional[type[BaseModel]], indent: int, name: str) -> Iterator[str]:
        """The lines of a map or list that is written out."""
        if isinstance(node, yaml.MappingNode):
            for key, value in _ordered(node, model):
                yield from self.comments.before(key, indent)
                yield from self.entry(f"{scalar(key.value, flow=False)}:", key, value, _inner(model, key.value), indent, str(key.value))
        else:
            for item in node.value:
                yield from self.comments.before(item, indent)
                yield from self.item(item, model, indent, name)

    def entry(self, head: str, at: yaml.Node, value: yaml.Node, model: Optional[type[BaseModel]], indent: int, name: str) -> Iterator[str]:
        """`key: value`, or the key and its value beneath."""
        start = " " * indent + head
        line = one_line(value, model, len(start) + 1, name)
        if line is not None:
            yield f"{start} {line}".rstrip() + self.comments.after(at)
        else:
            yield start + self.comments.after(at)
            yield from self.block(value, model, indent + 2, name)

    def item(self, node: yaml.Node, model: Optional[type[BaseModel]], indent: int, name: str) -> Iterator[str]:
        """`- value`, or a map whose first key stands behind the hyphen."""
        start = " " * indent + "- "
        line = None if name in WRITTEN_OUT and isinstance(node, yaml.MappingNode) else one_line(node, model, len(start), name)
        if line is not None:
            yield start + line + self.comments.after(node)
            return
        lines = list(self.block(node, model, indent + 2, name))
        first = next((number for number, text in enumerate(lines) if not text.lstrip().startswith("#")), 0)
        yield from lines[:first]
        yield start + lines[first][indent + 2 :]
        yield from lines[first + 1 :]


def _ordered(node: yaml.MappingNode, model: Optional[type[BaseModel]]) -> list[tuple[yaml.Node, yaml.Node]]:
    """A map's pairs in the order of the model's fields; unknown keys last, as they stood."""
    order = {info.alias or name: place for place, (name, info) in enumerate(model.model_fields.items())} if model else {}
    return sorted(node.value, key=lambda pair: order.get(str(pair[0].value), len(order)))


def _inner(model: Optional[type[BaseModel]], key: Any) -> Optional[type[BaseModel]]:
    """The record a key's value is, or its items are. Under `translations` each language's value is the record."""
    for name, info in model.model_fields.items() if model else ():
        if key in (name, info.alias):
            return model_in(info.annotation)
    return model


def one_line(node: yaml.Node, model: Optional[type[BaseModel]], column: int, name: str) -> Optional[str]:
    """A value that stands on one line from a column on; None if it has to be written out."""
    if isinstance(node, yaml.ScalarNode):
        return scalar(node.value, flow=False)
    if not node.value:
        return "{}" if isinstance(node, yaml.MappingNode) else "[]"
    line = _flow(node, model, nested=False)
    return line if line is not None and column + len(line) <= WIDTH else None


def _flow(node: yaml.Node, model: Optional[type[BaseModel]], nested: bool) -> Optional[str]:
    """A leaf in flow style; None if it holds more than plain values, or one of them would need quotes only for that."""
    if isinstance(node, yaml.ScalarNode):
        line = scalar(node.value, flow=True)
        return line if line == scalar(node.value, flow=False) else None
    if isinstance(node, yaml.SequenceNode):
        items = [_flow(item, None, nested=True) if isinstance(item, yaml.ScalarNode) else None for item in node.value]
        return None if None in items else "[" + ", ".join(map(str, items)) + "]"
    if nested or not isinstance(node, yaml.MappingNode):
        return None
    pairs: list[str] = []
    for key, value in _ordered(node, model):
        part = None if isinstance(value, yaml.MappingNode) else _flow(value, None, nested=True)
        if part is None:
            return None
        pairs.append(f"{scalar(key.value, flow=True)}: {part}")
    return "{" + ", ".join(pairs) + "}"


@cache
def scalar(text: str, flow: bool) -> str:
    """A text as it stands in YAML: plain where YAML reads it back the same, else in double quotes."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9/.+-]*(?: [A-Za-z0-9/.+-]+)*", text):
        return text
    for sample in [f"[{text}, x]"] if flow else [f"k: {text}", f"- {text}"]:
        try:
            node = yaml.compose(sample, Loader=yaml.BaseLoader)
        except yaml.YAMLError:
            node = None
        parts = node.value if node is not None else []
        value = parts[0][1] if isinstance(node, yaml.MappingNode) and parts else parts[0] if parts else None
        same = isinstance(value, yaml.ScalarNode) and value.value == text and value.style is None and len(parts) == 1 + flow
        if not same or "\n" in text:
            return json.dumps(text, ensure_ascii=False)
    return text


def format_folder(folder: FilePath, write: bool) -> list[tuple[FilePath, str]]:
    """Bring a data folder's files into canonical form: the files that were not, each with the difference as a diff.

    Raises DataProblems, and writes nothing, where a file cannot be read as YAML text.
    """
    paths = [*(folder / name for name in sorted(FILES)), *case_files(folder)]
    trees = {path: read_tree(path, path.as_posix()) for path in paths}
    problems = [problem for tree in trees.values() for problem in tree.problems]
    if problems:
        raise DataProblems(problems)
    changed = []
    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        formed = canonical(text, model_of(path))
        if formed.encode() != path.read_bytes():
            name = path.as_posix()
            changed.append(
                (path, formed, "".join(unified_diff(text.splitlines(True), formed.splitlines(True), name, name + " (canonical)")))
            )
    for path, formed, _ in changed if write else ():
        replace(path, formed)
    return [(path, difference) for path, _, difference in changed]


def replace(path: FilePath, text: str) -> None:
    """Write a file so that an interruption leaves the old one whole."""
    draft = path.with_name(f".{path.name}.writing")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
