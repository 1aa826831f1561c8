"""The catalogues are whole and in step with the program; no page has text that a catalogue cannot reach."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, Doctype
from jinja2 import Environment, nodes

from datasette_cases.i18n import LOCALES, SOURCE_LANGUAGE, catalogue, languages, negotiate
from datasette_cases.store.rows import vocabulary_rows

from .made import REGIMES

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from _docs import catalogue as kept  # noqa: E402

FILES = sorted(LOCALES.glob("*.po"))
PLUGIN = LOCALES.parent / "plugin"
TEMPLATES = sorted((PLUGIN / "templates").rglob("*.html"))

SAME = {
    "de": {"Form", "Interview", "National", "Regional", "Status", "Status:", "Text"},
    "es": {"No", "Regional", "no", "provisional"},
    "fr": {
        "Interview",
        "National",
        "Objection",
        "Objections",
        "Publication",
        "Question",
        "Sources",
        "articles",
        "date",
        "latitude",
        "longitude",
        "note",
        "sources",
    },
    "it": {"GDPR", "No", "Privacy", "no"},
    "nl": {"Interview", "Open", "Privacy", "Status", "Status:", "later"},
    "pl": {"Status", "Status:", "region"},
}
"""Language → texts that are the same in it as in English."""

ENGLISH = re.compile(r"\b(the|which|its|authority|authorities|complaints?|deadlines?)\b", re.IGNORECASE)
"""Words that stand in English only."""

PLAIN = {"Atom", "CSV", "GeoJSON", "HTML", "JSON", "PNG", "SQL"}
"""Text of a template that is the same in every language."""


def each_language(test: Any) -> Any:
    return pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)(test)


def read(path: Path) -> Catalog:
    with open(path, "rb") as file:
        return read_po(file, locale=path.stem)


def forms(text: Any) -> tuple[str, ...]:
    """A text and its plurals."""
    return (text,) if isinstance(text, str) else tuple(text)


# --- the files --------------------------------------------------------------------------------------------------------


def test_there_is_dutch() -> None:
    assert languages()[0] == "en" and "nl" in languages()


@each_language
def test_no_message_is_missing_and_none_unused(path: Path) -> None:
    assert {message.id for message in read(path) if message.id} == {message.id for message in kept.messages() if message.id}


def test_no_part_speaks_past_the_catalogue() -> None:
    """Whatever asks for a text in a reader's language is looked at when the catalogues are made."""
    asks = re.compile(r"\b(gettext|ngettext|_)\(\s*f?[\"']")
    speaking = {path.parent.name for path in LOCALES.parent.rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))}
    assert speaking == set(kept.SPEAKING)


@each_language
def test_everything_is_translated(path: Path) -> None:
    found = read(path)
    wanted = {True: found.num_plurals, False: 1}
    for message in found:
        texts = forms(message.string)
        assert len(texts) == wanted[message.pluralizable], message.id
        assert all(text.strip() for text in texts) or not message.id, f"not translated: {message.id}"
        assert not message.fuzzy, f"to be looked at again: {message.id}"
    assert not found.obsolete


@each_language
def test_placeholders_and_words_in_code_stay(path: Path) -> None:
    """`%(day)s` and `decision` are the same in every form of a translation as in the English text."""
    fixed = re.compile(r"%\(\w+\)s|`[^`]+`")
    for message in read(path):
        wanted = sorted(fixed.findall(forms(message.id)[0]))
        for text in (*forms(message.id), *forms(message.string)):
            if message.id:
                assert sorted(fixed.findall(text)) == wanted, message.id


@each_language
def test_no_english_is_left(path: Path) -> None:
    same = {message.id for message in read(path) if message.id and message.id == message.string}
    assert same == SAME.get(path.stem, set())
    for message in read(path):
        for text in forms(message.string):
            assert not ENGLISH.search(re.sub(r"%\(\w+\)s|`[^`]+`", "", text)) or not message.id, text


@each_language
def test_bringing_a_catalogue_up_to_date_twice_changes_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert not kept.update(copy)
    assert copy.read_bytes() == path.read_bytes()


def test_no_marked_text_is_overlooked() -> None:
    """Whichever folder it stands in: a text that the catalogues lack is English in every language."""
    known = {forms(message.id)[0] for message in kept.messages() if message.id}
    for path in sorted(LOCALES.parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and kept.called(node.func) in kept.MARKS and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in known, path


def test_no_catalogue_is_stale() -> None:
    assert all((kept.ROOT / name).read_text(encoding="utf-8") == make() for name, make in kept.CATALOGUES.items())


def test_a_language_begins_with_every_text_and_no_translation(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    assert kept.update(path) and not kept.update(path)
    begun = read(path)
    assert len(begun) == len(kept.messages())
    assert not any(text for message in begun if message.id for text in forms(message.string))


def test_an_update_keeps_translations_and_drops_unused_ones(tmp_path: Path) -> None:
    path = tmp_path / "nl.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '# By hand.\n#, fuzzy\nmsgid "Complaint"\nmsgstr "Klacht"\n\nmsgid "Nobody says this"\nmsgstr "Niemand zegt dit"\n\n'
        '#~ msgid "Long gone"\n#~ msgstr "Al lang weg"\n',
        encoding="utf-8",
    )
    kept.update(path)
    complaint = read(path)["Complaint"]
    assert (complaint.string, complaint.fuzzy, complaint.user_comments) == ("Klacht", True, ["By hand."])
    text = path.read_text(encoding="utf-8")
    assert "Nobody says this" not in text and "Long gone" not in text


def test_placeholders_are_marked_for_those_who_translate() -> None:
    for message in kept.messages():
        if message.id:
            assert ("python-format" in message.flags) == any("%(" in text for text in forms(message.id))


def test_a_text_put_together_in_the_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plugin" / "templates").mkdir(parents=True)
    (tmp_path / "plugin" / "page.py").write_text('title = _(f"Case {number}")\n')
    monkeypatch.setattr(kept, "PACKAGE", tmp_path)
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    monkeypatch.setattr(kept, "TEMPLATES", tmp_path)
    with pytest.raises(kept.NotLiteral, match=r"plugin/page\.py:1: _\(\)"):
        kept.messages()


# --- looking a text up ------------------------------------------------------------------------------------------------


def test_find_gives_a_translation_or_none() -> None:
    assert catalogue("nl").find("Complaint") == "Klacht"
    assert catalogue("nl").find("Nobody says this") is None
    assert catalogue("nl").find("") is None, "the header of a catalogue is no text"
    assert catalogue("en").find("Nobody says this") == "Nobody says this"


def test_plurals() -> None:
    texts = [catalogue("nl").ngettext("complaint", "complaints", number) for number in (0, 1, 2)]
    assert texts == ["klachten", "klacht", "klachten"]


def test_an_unknown_language_is_refused() -> None:
    for code in ("xx", "", "NL", "../nl"):
        with pytest.raises(KeyError):
            catalogue(code)


@pytest.mark.parametrize(
    "wanted, accepted, language",
    [
        (None, "", "en"),
        (None, "nl", "nl"),
        (None, "nl-BE", "nl"),
        (None, "NL-nl", "nl"),
        (None, "de", "en"),
        (None, "*", "en"),
        (None, "de, nl;q=0.5, en;q=0.1", "nl"),
        (None, "nl;q=0.4, en;q=0.9", "en"),
        (None, "en;q=0.4, nl;q=0.9", "nl"),
        (None, "en;q=0.5, nl;q=0.5", "en"),
        (None, "nl;q=0.5, en;q=0.5", "nl"),
        (None, " nl ; Q = 0.9 , en;q=0.8", "nl"),
        (None, "nl;q=0", "en"),
        (None, "nl;q=0.000, de", "en"),
        (None, "nl;q=", "en"),
        (None, "nl;q=high", "en"),
        (None, "nl;q=nan, en", "en"),
        (None, "nl;q=inf", "en"),
        (None, "nl;q=-1", "en"),
        (None, "nl;q=1.5, en;q=0.1", "en"),
        (None, "nl;level=1", "en"),
        (None, "nl;q=x, nl;q=0.2", "nl"),
        (None, ",,;,;q=1,=,nl", "nl"),
        (None, "\x00é, nl", "nl"),
        ("nl", "", "nl"),
        ("en", "nl", "en"),
        ("nl", "en", "nl"),
        ("xx", "nl", "nl"),
        ("NL", "", "en"),
        ("", "nl", "nl"),
    ],
)
def test_negotiate(wanted: str | None, accepted: str, language: str) -> None:
    assert negotiate(wanted, accepted, ("en", "nl")) == language


def test_negotiate_gives_english_though_it_is_not_offered() -> None:
    assert negotiate("nl", "nl", ()) == "en"


# --- the words --------------------------------------------------------------------------------------------------------


class Said(NamedTuple):
    label: str
    meaning: str


def words(language: str) -> dict[tuple[Any, ...], Said]:
    """The rows of the table `vocabulary` in a language, by word."""
    rows = vocabulary_rows(REGIMES, {language: catalogue(language)})
    return {(row.regime, row.field, row.value): Said(row.label, row.meaning) for row in rows}  # type: ignore[attr-defined]


@each_language
def test_every_word_has_a_label_and_a_meaning(path: Path) -> None:
    english, translated = words(SOURCE_LANGUAGE), words(path.stem)
    assert list(translated) == list(english)
    for word, said in translated.items():
        assert said.label != english[word].label or said.label in SAME[path.stem], word
        assert said.meaning != english[word].meaning, word


# --- text that no catalogue reaches -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_text_of_their_own(path: Path) -> None:
    assert [text for text in seen(path.read_text(encoding="utf-8")) if re.search("[A-Za-z]", text)] == []


def seen(source: str) -> Iterator[str]:
    """What a template shows by itself: text between tags, and attributes that are read out or shown."""
    soup = BeautifulSoup(html(source), "html5lib")
    for text in soup.find_all(string=True):
        if not isinstance(text, (Comment, Doctype)) and text.strip() not in PLAIN:
            yield text.strip()
    for element in soup.find_all(True):
        for name in ("title", "aria-label", "aria-description", "alt", "placeholder"):
            yield str(element.get(name, "")).strip()


def html(source: str) -> str:
    """A template without its tags and comments; in place of each expression the texts of its own that it can give."""
    text, expression = "", ""
    for _, kind, value in Environment().lex(source):
        if kind == "variable_end":
            text += " ".join(given(expression))
        expression = "" if kind == "variable_begin" else expression + value
        text += value if kind == "data" else ""
    return text


def given(expression: str) -> Iterator[str]:
    """Texts that go to the page as they are: "unknown" of `name or "unknown"`."""
    for output in Environment().parse("{{" + expression + "}}").find_all(nodes.Output):
        for node in output.nodes:
            yield from shown(node)


def shown(node: nodes.Node | None) -> Iterator[str]:
    """The texts that an expression can have as its value."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for kind, parts in ((nodes.CondExpr, ("expr1", "expr2")), (nodes.BinExpr, ("left", "right")), (nodes.Filter, ("node",))):
        if isinstance(node, kind):
            for part in parts:
                yield from shown(getattr(node, part))
    if isinstance(node, nodes.Concat):
        for part_node in node.nodes:
            yield from shown(part_node)


SHOWN = {"NotFound", "Forbidden", "DatasetteError", "refuse", "text", "html"}
"""Calls whose arguments a reader sees."""


@pytest.mark.parametrize("path", sorted(PLUGIN.glob("*.py")), ids=lambda path: path.name)
def test_the_plugin_has_no_text_outside_the_catalogues(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for node in ast.walk(tree) for part in visible(node) for text in literals(part) if re.search("[A-Za-z]", text)] == []


def visible(node: ast.AST) -> Iterator[ast.AST]:
    """Expressions whose value a reader sees: messages of errors, labels of links."""
    if isinstance(node, ast.Call) and kept.called(node.func) in SHOWN:
        yield from node.args
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "title")
    if isinstance(node, ast.Dict):
        yield from (
            value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant) and key.value == "label"
        )


def literals(node: ast.AST) -> Iterator[str]:
    """Texts that stand in an expression, but for those in a catalogue and the names of values put into them."""
    if isinstance(node, ast.Dict) or (isinstance(node, ast.Call) and kept.called(node.func) in kept.MARKS):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for part in ast.iter_child_nodes(node):
        yield from literals(part)


@pytest.mark.parametrize(
    "source",
    [
        '<a title="Archive">x</a>',
        "<p>Archive</p>",
        '<p>{{ name or "Archive" }}</p>',
        '{{ "Archive" if old else "" }}',
        "<a aria-label=\"{{ 'Archive' ~ name }}\"></a>",
        '{{ "Archive"|upper }}',
    ],
)
def test_text_of_its_own_is_found(source: str) -> None:
    assert "Archive" in seen(source)


@pytest.mark.parametrize(
    "source", ['{{ _("Archive") }}', "<p class=\"{{ 'old' if old }}\" id=x>{% if old == 'old' %}{{ a['b'] }}{% endif %}</p>"]
)
def test_marked_text_and_names_are_no_text_of_its_own(source: str) -> None:
    assert not any(seen(source))


@pytest.mark.parametrize("source", ['raise NotFound("No such case")', 'links = [{"label": "No such case"}]', 'refuse("No such case" % x)'])
def test_text_outside_the_catalogues_is_found(source: str) -> None:
    assert [text for node in ast.walk(ast.parse(source)) for part in visible(node) for text in literals(part)] == ["No such case"]
