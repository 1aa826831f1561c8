"""The canonical form of data files: values and comments stay, layout does not matter."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Callable, Iterator

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from datasette_cases.cli import cases
from datasette_cases.model.case import Case
from datasette_cases.source import format as form

pytestmark = pytest.mark.once

DATA = Path(__file__).parent.parent / "data"
FILES = sorted(DATA.glob("*.yml")) + sorted(DATA.glob("cases/*.yml"))


def canonical(text: str) -> str:
    return form.canonical(text, Case)


def values(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cases, ["format", *arguments])


# --- random files: any values, laid out in any way, with comments anywhere ----------------------------------------------

ODD = [*"aZ09 :#-,[]{}&*!|>'\"%@`\\\n\t~?.", "é", "\u00a0", "\u2028", "\x85", "\ufeff", "\U0001f600", "\x07", ": ", " #", "- ", "---", "no"]
KEYS = st.sampled_from([*list(Case.model_fields)[:8], "entries", "complaints", "sources", "by", "says", "quote", "answers", "nl", "x", "a: b", "- a"])  # fmt: skip
TEXTS = st.lists(st.sampled_from(ODD), max_size=8).map("".join) | st.sampled_from(
    ["nl-ap", "2024-06-06", "a plan", "Meta: a plan", "x" * 150]
)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)  # fmt: skip
RECORDS = st.dictionaries(KEYS, TREES, min_size=1, max_size=4)
ESCAPES = {"\n": "\\n", "\t": "\\t", "\x85": "\\N", "\u2028": "\\L", "\ufeff": "\\uFEFF", "\x07": "\\a", '"': '\\"', "\\": "\\\\"}


class Layout:
    """Writes a value as YAML in some layout. `choose(n)` is below n; every comment is written once, with a number."""

    def __init__(self, choose: Callable[[int], int]) -> None:
        self.choose = choose
        self.numbers = count()
        self.comments: list[str] = []

    def file(self, value: dict[str, Any]) -> str:
        return "\n".join([*self.block(value, 0), *self.lines(0)]) + "\n"

    def comment(self) -> str:
        self.comments.append(f"# {next(self.numbers)}: no {{value}}, 'said' the \"editor\".")
        return self.comments[-1]

    def behind(self) -> str:
        return " " * (1 + self.choose(2)) + self.comment() if self.choose(4) == 0 else ""

    def lines(self, indent: int) -> Iterator[str]:
        if self.choose(4) == 0:
            yield " " * max(0, indent + 2 * (self.choose(3) - 1)) + self.comment()
        if self.choose(8) == 0:
            yield ""

    def block(self, value: Any, indent: int) -> Iterator[str]:
        for key, item in value.items() if isinstance(value, dict) else [(None, item) for item in value]:
            yield from self.lines(indent)
            head = " " * indent + ("-" if key is None else quoted(key) + ":")
            if isinstance(item, str):
                yield f"{head} {self.scalar(item, indent)}{self.behind()}"
            elif not item or self.choose(2):
                yield from (line if number else f"{head} {line}" for number, line in enumerate(self.flow(item, indent + 2)))
            elif key is None and isinstance(item, dict) and self.choose(2):
                first, *rest = self.pairs(item, indent + 2)
                yield head + " " + first[indent + 2 :]
                yield from rest
            else:
                yield head + self.behind()
                yield from self.block(item, indent + 2)

    def pairs(self, value: dict[str, Any], indent: int) -> list[str]:
        """A map's lines of which the first is no comment."""
        while True:
            comments = len(self.comments)
            lines = [line for line in self.block(value, indent) if line]
            if not lines[0].lstrip().startswith("#"):
                return lines
            del self.comments[comments:]
            choose, self.choose = self.choose, lambda most: 1
            lines = list(self.block(value, indent))
            self.choose = choose
            return lines

    def scalar(self, text: str, indent: int) -> str:
        simple = text.replace(" ", "").isalpha() and text == text.strip() and "  " not in text
        return text if simple and self.choose(2) else quoted(text)

    def flow(self, value: Any, indent: int, tail: str = "") -> Iterator[str]:
        """A list or map in brackets over several lines, with comments between. `tail`: the comma behind it."""
        if isinstance(value, str):
            yield quoted(value) + tail + self.behind()
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        pairs = list(value.items()) if isinstance(value, dict) else [("", item) for item in value]
        yield opening + self.behind()
        for number, (key, item) in enumerate(pairs):
            yield from self.lines(indent)
            first, *rest = self.flow(item, indent + 2, "," if number < len(pairs) - 1 else "")
            yield " " * indent + (f"{quoted(key)}: " if isinstance(value, dict) else "") + first
            yield from rest
        yield from self.lines(indent)
        yield " " * indent + closing + tail + self.behind()


def quoted(text: str) -> str:
    return '"' + "".join(ESCAPES.get(character, character) for character in text) + '"'


@settings(max_examples=400)
@given(RECORDS, st.integers(0, 1_000_000).map(Random))
def test_values_and_comments_stay_and_a_second_time_changes_nothing(record: dict[str, Any], random: Random) -> None:
    layout = Layout(random.randrange)
    text = layout.file(record)
    assert values(text) == record, text
    formed = canonical(text)
    assert values(formed) == record
    assert {comment: formed.count(comment) for comment in layout.comments} == dict.fromkeys(layout.comments, 1)
    assert canonical(formed) == formed


@given(st.lists(st.sampled_from(ODD), max_size=12).map("".join), st.sampled_from(sorted(form.SAMPLES)))
def test_a_text_is_read_back_wherever_it_stands(text: str, place: str) -> None:
    for sample in form.SAMPLES[place]:
        node = yaml.compose(sample.format(form.scalar(text, place)), Loader=yaml.BaseLoader)
        assert text in [found.value for found in form._scalars(node)]


# --- where comments go --------------------------------------------------------------------------------------------------

FORMED = {
    "in order of the model, comments with their keys": (
        """\
        # About the file.

        title: a title   # behind title
        # above id
        id: x            # behind id
        """,
        """\
        # About the file.
        # above id
        id: x  # behind id
        title: a title  # behind title
        """,
    ),
    "a comment in a list keeps the list written out": (
        """\
        topics: [
          a,  # behind a
          # above b
          b ]  # behind topics
        respondents: [ # behind respondents
          a ]
        """,
        """\
        topics:  # behind topics
          - a  # behind a
          # above b
          - b
        respondents: [a]  # behind respondents
        """,
    ),
    "the first key of an item changes place": (
        """\
        entries:
          # above the item
          - summary: a  # behind summary
            # above id
            id: b  # behind id
        """,
        """\
        entries:
          # above the item
          # above id
          - id: b  # behind id
            summary: a  # behind summary
        """,
    ),
    "an entry put aside stays at the end of its list, a last word at the end of the file": (
        """\
        deadlines:
          - id: a
            # about a
          # - id: b
        entries:
          - id: c
          # - id: d
        # The end.
        """,
        """\
        entries:
          - id: c
          # - id: d
        deadlines:
          - id: a
            # about a
          # - id: b
        # The end.
        """,
    ),
    "a text of several lines, and one on the line below its key": (
        """\
        summary: |  # behind summary
          # no comment
          b
        title:
          # above title
          a
        """,
        """\
        # above title
        title: a
        summary: "# no comment\\nb\\n"  # behind summary
        """,
    ),
    "a map on one line is written out where its list asks for it": (
        """\
        sources:
          - {url: "https://a.eu/#b", language: nl}  # behind the item
        subjects:
          - id: a
            since: 2024
        """,
        """\
        subjects:
          - {id: a, since: 2024}
        sources:
          - url: https://a.eu/#b  # behind the item
            language: nl
        """,
    ),
    "no quotes but where they are needed": (
        """\
        title: 'it''s "so"'
        summary: "Meta: a plan"
        id: "no"
        topics: ["a, b", 'c']
        """,
        """\
        id: no
        title: it's "so"
        summary: "Meta: a plan"
        topics:
          - a, b
          - c
        """,
    ),
}


def outdented(text: str) -> str:
    return "".join(line[8:] for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("name", FORMED)
def test_where_comments_go(name: str) -> None:
    text, formed = map(outdented, FORMED[name])
    assert canonical(text) == formed
    assert canonical(formed) == formed


@pytest.mark.parametrize("text", ["", "# only a comment\n", "a text\n", "{}\n", "[]\n"])
def test_a_file_without_records_stays_as_it_is(text: str) -> None:
    assert canonical(text) == text


def test_three_thousand_lines_take_two_seconds_at_most() -> None:
    entry = """\
  - id: entry-{n}
    date: 2024-06-06/2024-06-14
    by: nl-ap
    # why we say so
    summary: Not competent in matter {n}; will ask Ireland to explain, and "cannot yet judge" whether urgency is called for (yet).
    says:
      quote: "Op dit moment: de AP heeft {n}"
      answers: {{competent: no, urgent: undecided}}
    sources: [https://noyb.eu/{n}]  # seen
"""
    text = "id: a\nentries:\n" + "".join(entry.format(n=number) for number in range(330))
    started = time.process_time()
    assert canonical(text) == text
    assert time.process_time() - started < 2


# --- files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_data_is_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert form.canonical(text, form.model_of(path)) == text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of which one file is not in canonical form."""
    (tmp_path / "cases").mkdir()
    for name in ("authorities", "actors", "publishers"):
        (tmp_path / f"{name}.yml").write_text(f"{name}:\n  - name: x\n", encoding="utf-8")
    (tmp_path / "cases/a.yml").write_bytes("\ufefftitle: 'é'\r\nid: a\r\n".encode())
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_format_writes_what_is_not_canonical(folder: Path) -> None:
    path, before = folder / "cases/a.yml", names(folder)
    path.chmod(0o640)
    result = run(str(folder))
    assert (result.exit_code, result.stdout) == (0, f"{path}: formatted\n")
    assert path.read_bytes() == "id: a\ntitle: é\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert run(str(folder)).stdout == ""
    assert names(folder) == before


def test_check_shows_what_would_change_and_writes_nothing(folder: Path) -> None:
    path = folder / "cases/a.yml"
    before = path.read_bytes()
    result = run("--check", str(folder))
    assert result.exit_code == 1
    assert "-title: 'é'\n" in result.stdout and "+title: é\n" in result.stdout
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"title: a: b\n", b"title: \xff\n", b"a: &x b\nc: *x\n", b"a: 1\na: 2\n", b"", b"? [a]\n: b\n"])
def test_a_file_that_cannot_be_read_is_a_problem_and_nothing_is_written(folder: Path, content: bytes) -> None:
    (folder / "cases/b.yml").write_bytes(content)
    before = (folder / "cases/a.yml").read_bytes()
    result = run(str(folder))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{folder.as_posix()}/cases/b.yml:")
    assert result.stderr.endswith("nothing was written\n")
    assert (folder / "cases/a.yml").read_bytes() == before


@pytest.mark.parametrize("content", [b"a text\n", b"- a\n- b\n", b"{a: b}\n", b"[]\n"])
def test_a_file_of_the_wrong_shape_can_be_formatted(folder: Path, content: bytes) -> None:
    (folder / "cases/b.yml").write_bytes(content)
    assert run(str(folder)).exit_code == 0
    assert values((folder / "cases/b.yml").read_text()) == values(content.decode())


@pytest.mark.parametrize("method", ["write_text", "replace"])
def test_an_interruption_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    path = folder / "cases/a.yml"
    before, there = path.read_bytes(), names(folder)
    write_text = Path.write_text

    def interrupted(self: Path, *arguments: Any, **options: Any) -> None:
        if method == "write_text":
            write_text(self, "id:")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, method, interrupted)
    with pytest.raises(KeyboardInterrupt):
        form.format_folder(folder, write=True)
    assert path.read_bytes() == before
    assert names(folder) == there
