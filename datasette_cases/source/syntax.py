"""What keeps a text from being YAML, said to somebody who has never heard of YAML."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Optional

import yaml

from .problem import brief

DEEPEST = 20
"""Levels of lists and maps; the deepest place of any record lies far above."""

REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that are not seen and make what follows them read in another order than it stands."""

FORBIDDEN = re.compile(f"{yaml.reader.Reader.NON_PRINTABLE.pattern}|{REORDERING.pattern}")
"""Characters that no text may have, written out or as an escape."""

_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


class Place(NamedTuple):
    """Line and column, from 1."""

    line: int
    column: int


class Unreadable(Exception):
    """The text is no YAML: where, what was found and what to do."""

    def __init__(self, place: Place, found: str, todo: str) -> None:
        super().__init__(found)
        self.place, self.found, self.todo = place, found, todo


class Unused(NamedTuple):
    """Something of YAML that data files do without: where, what was found and what to do."""

    place: Place
    found: str
    todo: str


class Composer(yaml.BaseLoader):
    """Makes nodes of a text and notes what they do not keep. `broken`: what was noted leaves no whole tree."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.unused: list[Unused] = []
        self.broken = False
        self.depth = 0

    def compose_node(self, parent: Optional[yaml.Node], index: int) -> Optional[yaml.Node]:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        place = place_of(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            self.broken = True
            self._unused(place, "*", f"the alias *{brief(str(event.anchor))}", "write out what it stands for")
            return yaml.ScalarNode("", "")
        taken = f"&{event.anchor}" if event.anchor else event.tag
        if event.anchor:
            self._unused(place, "&", f"the anchor &{brief(event.anchor)}", "delete it, and write the value out wherever it is needed")
            event.anchor = None
        if event.tag:
            self._unused(place, "!", f"the tag {brief(event.tag)}", "delete it")
        if taken and isinstance(event, yaml.ScalarEvent) and not event.value:
            event.value = taken  # it was meant as a text, so nothing is missing
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(place, f"found lists or maps nested more than {DEEPEST} deep", "look for brackets that are not closed")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _unused(self, place: Place, sign: str, found: str, todo: str) -> None:
        self.unused.append(Unused(place, f"found {found}", f"{todo}; a text that begins with {sign} stands in double quotes"))


def compose(text: str) -> tuple[Optional[yaml.Node], list[Unused]]:
    """A text's nodes, None where there are none to use; and what it has that is not used here. Unreadable: it is no YAML."""
    try:
        composer = Composer(text)
        node = composer.get_single_node()
    except yaml.reader.ReaderError as error:
        raise _forbidden(text, error.position, text[error.position]) from None
    except yaml.MarkedYAMLError as error:
        raise explained(error, text) from None
    except (ValueError, OverflowError):  # PyYAML hands any number to chr() and int()
        escape = re.search(r"\\U(?!000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{8}", text)
        raise Unreadable(
            place_at(text, escape.start() if escape else 0),
            f"found {escape[0] if escape else 'a number'}, which stands for no character",
            "write the character itself",
        ) from None
    if found := REORDERING.search(text):
        raise _forbidden(text, found.start(), found[0])
    _look_for_forbidden(text, node)
    return None if composer.broken else node, composer.unused


def _look_for_forbidden(text: str, root: Optional[yaml.Node]) -> None:
    """Escapes can bring in what the text itself may not have."""
    pending = [root] if root is not None else []
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.ScalarNode):
            found = node.style == '"' and FORBIDDEN.search(node.value)
            if found:
                raise _forbidden(text, node.start_mark.index, found[0])
        elif isinstance(node, yaml.MappingNode):
            pending += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            pending += node.value


def _forbidden(text: str, index: int, character: str) -> Unreadable:
    why = "changes the order in which text is read" if REORDERING.match(character) else "cannot be shown"
    return Unreadable(place_at(text, index), f"found the character U+{ord(character):04X}, which {why}", "delete it")


def place_of(mark: yaml.Mark) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def place_at(text: str, index: int) -> Place:
    """The place of a character; what lies after the last one that can be seen is at its end."""
    return place_behind(text[: min(index, len(text.rstrip()))])


def place_behind(text: str) -> Place:
    """The place right behind a text."""
    lines = _BREAK.split(text)
    return Place(len(lines), len(lines[-1]) + 1)


class _Rule(NamedTuple):
    """`said`: what PyYAML says, as a pattern. `at_start`: the mistake is where the thing begins, not where it breaks."""

    said: str
    found: str
    todo: str
    at_start: bool = False


_QUOTE = "put the whole text in double quotes, and a \\ before each double quote inside"
_RULES = (
    _Rule(r"found character '\\t'", "found a tab", "indent with spaces"),
    _Rule(r"found character '(?P<sign>.)' that cannot", "found {sign} at the beginning of a text", "put the text in double quotes"),
    _Rule(r"scanning an (alias|anchor)", "found {at} at the beginning of a text", "put the text in double quotes", True),
    _Rule(r"(scanning|parsing) a tag|undefined tag", "found ! at the beginning of a text", "put the text in double quotes", True),
    _Rule(r"scanning a block scalar", "found {at} at the beginning of a text", "put the text in double quotes", True),
    _Rule(
        r"scanning a quoted scalar", "found a quotation mark that is never closed",
        "close it; inside double quotes write \\\" for one, inside single quotes ''", True,
    ),
    _Rule(r"unknown escape character|escape sequence of", "found a \\ in double quotes", "write \\\\ where a \\ is meant"),
    _Rule(r"could not find expected ':'", "found a line that is neither `key: value` nor part of a text above", "write it as one", True),
    _Rule(r"sequence entries are not allowed", "found a list item behind its key", "begin it on the next line, or write [a, b]"),
    _Rule(r"mapping keys are not allowed", "found ? at the beginning of a text", "put the text in double quotes"),
    _Rule(r"expected ',' or '\]'", "found [ without its ], or no comma after an item", "close it, and put commas between items", True),
    _Rule(r"expected ',' or '\}'", "found {{ without its }}, or no comma after a pair", "close it, and put commas between pairs", True),
    _Rule(r"expected <block end>, but found ':'", "found a colon without a key", "write the key before it"),
    _Rule(r"expected <block end>, but found '(?P<sign>[]}},])'", "found {sign} that nothing opened", "delete it, or " + _QUOTE),
    _Rule(r"expected <block end>, but found '<scalar>'", "found more text behind the end of a value", _QUOTE),
    _Rule(
        r"expected <block end>|expected '<document start>'", "found a line that begins in another column than its neighbours",
        "indent it like the others of its list or map",
    ),
    _Rule(r"expected the node content, but found '(?P<sign>.+)'", "found {sign} where a value belongs", "write the value, or " + _QUOTE),
    _Rule(r"another document", "found a second document", "delete this line, or move what follows into a file of its own"),
    _Rule(r"directive|incompatible YAML", "found % at the beginning of a line", "delete the line"),
)  # fmt: skip


def explained(error: yaml.MarkedYAMLError, text: str) -> Unreadable:
    """An error of PyYAML's in our words."""
    problem, context = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    said = f"{error.context or ''} {error.problem or ''}".strip()
    if "mapping values are not allowed" in said and problem:
        return _colon(text, problem.index)
    for rule in _RULES:
        match = re.search(rule.said, said)
        if match:
            mark = context if rule.at_start else problem
            index = mark.index if mark else 0
            words = {"at": text[index : index + 1], **match.groupdict()}
            return Unreadable(place_at(text, index), rule.found.format(**words), rule.todo)
    return Unreadable(place_at(text, problem.index if problem else 0), f"found no YAML: {said}", "look at this line and the one before")


def _colon(text: str, index: int) -> Unreadable:
    """A colon where no key can be: inside a text, or behind a key that its line's indentation made part of a text."""
    before = _BREAK.split(text[:index])[-1]
    key = re.fullmatch(r"(?:\s|- )*([\w-]+)", before)
    if key:
        return Unreadable(
            place_at(text, index - len(key[1])),
            f'found the key "{brief(key[1])}" where none can be',
            "indent it like its neighbours, and look whether the line before lacks a space after its colon",
        )
    return Unreadable(place_at(text, index), "found a colon and a space inside a text", "put the whole text in double quotes")
