"""The comments of a data file, each with the key or list item it belongs to, so that it moves where that moves."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Iterator, Optional

import yaml


@dataclass(eq=False)
class Anchor:
    """A key or list item, to which comments can belong: on lines `above` it, `behind` it, and `below` all that it holds.

    `column`: where its line begins, at the hyphen of an item; `flow`: it stands in brackets or braces; `start`: where it
    begins, `end`: where its value ends.
    """

    parent: Optional[Anchor]
    start: int
    end: int
    column: int
    flow: bool
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


class Comments:
    """`header` and `footer`: what stands above the first key, and at the left margin below the last."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        self.header: list[str] = []
        self.footer: list[str] = []
        self._of: dict[yaml.Node, Anchor] = {}
        self._gather(root, None)
        self._anchors = sorted(self._of.values(), key=lambda anchor: anchor.start)  # stable: an item before its first key
        self._starts = [anchor.start for anchor in self._anchors]
        for position, before, comment in _comments(text, root):
            place = self._place(position, before)
            place.append(comment)

    def of(self, node: yaml.Node) -> Anchor:
        """The anchor of a key or list item."""
        return self._of[node]

    def within(self, node: yaml.Node) -> bool:
        """Whether something in a list or map has comments."""
        if isinstance(node, yaml.ScalarNode):
            return False
        for part in node.value:
            key, value = part if isinstance(part, tuple) else (part, part)
            anchor = self._of[key]
            if anchor.above or anchor.behind or anchor.below or self.within(value):
                return True
        return False

    def _gather(self, node: yaml.Node, parent: Optional[Anchor]) -> int:
        """Make the anchors in a node; where what it holds ends."""
        flow = bool(getattr(node, "flow_style", False))
        end = node.end_mark.index if flow or isinstance(node, yaml.ScalarNode) else node.start_mark.index
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(item, item) for item in node.value] if _is_list(node) else []
        for key, value in pairs:
            column = node.start_mark.column if _is_list(node) else key.start_mark.column
            anchor = self._of[key] = Anchor(parent, key.start_mark.index, key.end_mark.index, column, flow)
            anchor.end = self._gather(value, anchor)
            end = max(end, anchor.end)
        return end

    def _place(self, position: int, before: str) -> list[str]:
        """The list that a comment goes to. `before`: what stands before it on its line."""
        following = bisect_left(self._starts, position)
        last = self._anchors[following - 1] if following else None
        after = self._anchors[following] if following < len(self._anchors) else None
        if last is None:
            return self.header
        while last.flow and last.parent and last.parent.end <= position:
            last = last.parent
        if before.strip(" \t-"):
            return last.behind
        return self._place_line(position, before, last, after)

    def _place_line(self, position: int, before: str, last: Anchor, after: Optional[Anchor]) -> list[str]:
        """Where a comment goes that has its line for itself."""
        within = last.parent if last.flow else last
        if after and (within is None or after.start < within.end):
            return after.above
        if last.flow or position < last.end:
            return last.above
        if after and ("-" in before or len(before) <= after.column):
            return after.above
        if not after and not before:
            return self.footer
        while last.parent and (last.flow or last.column > len(before)):
            last = last.parent
        return last.below


def _is_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode)


def _comments(text: str, root: yaml.Node) -> Iterator[tuple[int, str, str]]:
    """Every comment: its position, what stands before it on its line, and itself. A # within a value is none."""
    spans = sorted(_spans(text, root))
    starts = [start for start, _ in spans]
    offset = 0
    for line in text.splitlines(keepends=True):
        for match in re.finditer("#", line):
            position = offset + match.start()
            span = bisect_right(starts, position) - 1
            if span < 0 or spans[span][1] <= position:
                yield position, line[: match.start()], line[match.start() :].rstrip()
                break
        offset += len(line)


def _spans(text: str, node: yaml.Node) -> Iterator[tuple[int, int]]:
    """From where to where each value and key goes. Behind the | or > of a text of several lines there can be a comment."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        header = re.compile(r"[|>][^#\r\n]*(#[^\r\n]*)?").match(text, start) if node.style in ("|", ">") else None
        yield header.end() if header else start, end
    for part in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for inner in part if isinstance(part, tuple) else (part,):
            yield from _spans(text, inner)
