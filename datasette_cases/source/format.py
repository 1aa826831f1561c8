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

from ..model.case import Case
from .comments import Comments
from .problem import DataProblems
from .read import LIBRARY, case_files, read_tree
from .validate import model_in

WIDTH = 120
WRITTEN_OUT = frozenset({"authorities", "actors", "publishers", "complaints", "entries", "deadlines", "sources"})
"""Lists whose maps are never put on one line."""


def model_of(path: FilePath) -> type[BaseModel]:
    """The record a data file holds."""
    return LIBRARY.get(path.name, Case)


def canonical(text: str, model: type[BaseModel]) -> str:
    """The canonical form of a file's text. yaml.YAMLError: it cannot be read."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if not isinstance(root, yaml.CollectionNode) or not root.value:
        return text
    writer = _Writer(Comments(text, root))
    lines = [*writer.comments.header, *writer.block(root, model, 0, ""), *writer.comments.footer]
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, comments: Comments) -> None:
        self.comments = comments

    def block(self, node: yaml.Node, model: Optional[type[BaseModel]], indent: int, name: str) -> Iterator[str]:
        """The lines of a map or list that is written out."""
        if isinstance(node, yaml.MappingNode):
            for key, value in _ordered(node, model):
                yield from self.with_comments(self.entry(key, value, model, indent), key, indent)
        else:
            for item in node.value:
                self.hoist(item, model)
                yield from self.with_comments(self.item(item, model, indent, name), item, indent)

    def with_comments(self, lines: Iterator[str], node: yaml.Node, indent: int) -> Iterator[str]:
        """The lines of a key or item, with the comments above, behind and below it."""
        anchor = self.comments.of(node)
        yield from (" " * indent + comment for comment in anchor.above)
        yield "  ".join([next(lines), *anchor.behind])
        yield from lines
        yield from (" " * indent + comment for comment in anchor.below)

    def hoist(self, item: yaml.Node, model: Optional[type[BaseModel]]) -> None:
        """What stands above the first key of an item stands above the item: that key's line begins with the hyphen."""
        if isinstance(item, yaml.CollectionNode) and item.value:
            if isinstance(item, yaml.MappingNode):
                first = _ordered(item, model)[0][0]
            else:
                first = item.value[0]
                self.hoist(first, model)
            above = self.comments.of(first).above
            self.comments.of(item).above += above
            above.clear()

    def entry(self, key: yaml.Node, value: yaml.Node, model: Optional[type[BaseModel]], indent: int) -> Iterator[str]:
        """`key: value`, or the key and its value beneath."""
        start = f"{' ' * indent}{scalar(key.value, 'key')}:"
        inner, name = _inner(model, key.value), str(key.value)
        line = self.one_line(value, inner, len(start) + 1)
        if line is not None:
            yield f"{start} {line}"
        else:
            yield start
            yield from self.block(value, inner, indent + 2, name)

    def item(self, node: yaml.Node, model: Optional[type[BaseModel]], indent: int, name: str) -> Iterator[str]:
        """`- value`, or a map whose first key stands behind the hyphen."""
        start = " " * indent + "- "
        written_out = name in WRITTEN_OUT and isinstance(node, yaml.MappingNode) and node.value
        line = None if written_out else self.one_line(node, model, len(start))
        if line is not None:
            yield start + line
            return
        lines = self.block(node, model, indent + 2, name)
        yield start + next(lines)[indent + 2 :]
        yield from lines

    def one_line(self, value: yaml.Node, model: Optional[type[BaseModel]], column: int) -> Optional[str]:
        """A value that stands on one line from a column on; None if it has to be written out."""
        if isinstance(value, yaml.ScalarNode):
            return scalar(value.value, "value")
        if not value.value:
            return "{}" if isinstance(value, yaml.MappingNode) else "[]"
        line = None if self.comments.within(value) else _flow(value, model, nested=False)
        return line if line is not None and column + len(line) <= WIDTH else None


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


def _flow(node: yaml.Node, model: Optional[type[BaseModel]], nested: bool) -> Optional[str]:
    """A leaf in flow style; None if it holds more than plain values, or one of them would need quotes only for that."""
    if isinstance(node, yaml.ScalarNode):
        line = scalar(node.value, "flow")
        return line if line == scalar(node.value, "value") else None
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
        pairs.append(f"{scalar(key.value, 'flow')}: {part}")
    return "{" + ", ".join(pairs) + "}"


SAMPLES = {"key": ("{}: x", "- {}: x"), "value": ("k: {}", "- {}"), "flow": ("[{}, x]", "{{{}: x}}", "{{k: {}, l: x}}")}
"""Where a text can stand, and how to try whether it can stand there as it is."""

_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/.+-]*(?: [A-Za-z0-9/.+-]+)*")
_WORDS = re.compile(r"[^\W_](?:[\w/.+,;()'\"?!-]|:(?=\S)| (?=[^#\s]))*")
"""Texts of which is known without trying that they can stand anywhere; or as a value, but in no brackets."""

_ESCAPED = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that may stand in JSON but not in YAML, or do not mean themselves there."""


@cache
def scalar(text: str, place: str) -> str:
    """A text as it stands in YAML: plain where YAML reads it back the same, else in double quotes. `place`: of SAMPLES."""
    if _SIMPLE.fullmatch(text) or place == "value" and _WORDS.fullmatch(text):
        return text
    if text.strip("- ") and "\n" not in text and all(_reads_back(sample.format(text), text) for sample in SAMPLES[place]):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, which YAML reads back the same wherever it stands."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _reads_back(sample: str, text: str) -> bool:
    """Whether a sample is read as one list or map with the text as it is in it, and else only what the sample has."""
    try:
        node = yaml.compose(sample, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return False
    scalars = list(_scalars(node))
    return [found.value for found in scalars if found.value not in ("k", "l", "x")] == [text] and all(not found.style for found in scalars)


def _scalars(node: Any) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for part in node.value:
            for inner in part if isinstance(part, tuple) else (part,):
                yield from _scalars(inner)


def format_folder(folder: FilePath, write: bool) -> list[tuple[FilePath, str]]:
    """Bring a data folder's files into canonical form: the files that were not, each with the difference as a diff.

    Raises DataProblems, and writes nothing, where a file cannot be read as YAML text.
    """
    paths = [*(folder / name for name in sorted(LIBRARY)), *case_files(folder)]
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
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(path.stat().st_mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
