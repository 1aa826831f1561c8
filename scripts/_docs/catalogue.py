"""datasette_cases/locales/*.po: every text a reader can see, kept in step with the program. Translations are written by hand."""

from __future__ import annotations

import ast
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple, Union

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from datasette_cases.i18n import LOCALES, SOURCE_LANGUAGE
from datasette_cases.vocabulary import COMMON, Regime, Vocabulary

from .views import REGIMES

PACKAGE = LOCALES.parent
ROOT = PACKAGE.parent
TEMPLATES = PACKAGE / "plugin" / "templates" / "datasette_cases"
MARKS = {"_": 1, "gettext": 1, "ngettext": 2}
"""Functions that give a text in the reader's language, and how many texts each takes."""
FACTORIES = ("_texts",)
"""Functions whose result is such a function."""

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
"""No dates and no names of tools: the same texts are the same bytes."""


class Text(NamedTuple):
    """A text in English, or its singular and plural. `place` is the file it stands in, `about` tells a translator what it is."""

    id: Union[str, Tuple[str, str]]
    place: Optional[str] = None
    about: Optional[str] = None


class NotLiteral(Exception):
    """What is to be translated must stand in the code as it is, not be put together there."""


def messages() -> Catalog:
    """Every text once: those of the interface by file and line, then the words in the order of their lists."""
    catalog = Catalog()
    for text in texts():
        catalog.add(text.id, locations=[(text.place, 0)] if text.place else [], auto_comments=[text.about] if text.about else [])
    return catalog


def texts() -> Iterator[Text]:
    yield from interface()
    for vocabulary in COMMON:
        yield from words(vocabulary)
    for regime in REGIMES.values():
        yield from regime_texts(regime)


# --- the interface ----------------------------------------------------------------------------------------------------


def interface() -> Iterator[Text]:
    for path in sorted(TEMPLATES.glob("*.html")):
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        yield from marked(path, ((call.lineno, called(call.node), call.args) for call in tree.find_all(nodes.Call)))
    for path in sorted(path for part in ("plugin", "render") for path in (PACKAGE / part).glob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        calls.sort(key=lambda call: (call.lineno, call.col_offset))
        yield from marked(path, ((call.lineno, called(call.func), call.args) for call in calls))


def called(function: Any) -> Optional[str]:
    """The name of what is called: `_` for `_(…)`, `t._(…)` and `_texts(…)(…)`."""
    if isinstance(function, ast.Call):
        return "_" if called(function.func) in FACTORIES else None
    for attribute in ("attr", "id", "name"):
        name = getattr(function, attribute, None)
        if isinstance(name, str):
            return name
    return None


def marked(path: Path, calls: Iterator[Tuple[int, Optional[str], List[Any]]]) -> Iterator[Text]:
    """The texts among the calls of a file."""
    place = path.relative_to(ROOT).as_posix()
    for line, name, arguments in calls:
        if name not in MARKS:
            continue
        values = [getattr(argument, "value", None) for argument in arguments[: MARKS[name]]]
        found = [value for value in values if isinstance(value, str) and value]
        if len(found) != MARKS[name]:
            raise NotLiteral(f"{place}:{line}: {name}() wants {MARKS[name]} texts as they are")
        yield Text(found[0] if len(found) == 1 else (found[0], found[1]), place)


# --- the words --------------------------------------------------------------------------------------------------------


def words(vocabulary: Vocabulary, regime: str = "") -> Iterator[Text]:
    for word in vocabulary:
        name = " ".join(filter(None, (regime, vocabulary.field, word.value, f"({word.provision})" if word.provision else "")))
        yield Text(word.label, about=name)
        yield Text(word.meaning, about=f"{name}: meaning")


def regime_texts(regime: Regime) -> Iterator[Text]:
    yield Text(regime.name, about=f"{regime.id}: name")
    yield Text(regime.short, about=f"{regime.id}: short name")
    for question in regime.questions:
        yield Text(question.short, about=f"{regime.id} question {question.id}: heading of a column")
    for vocabulary in regime.vocabularies:
        yield from words(vocabulary, regime.id)


# --- the files --------------------------------------------------------------------------------------------------------


def page(path: Path) -> str:
    """What the file of a language has to be: every text, in order, with the translations it has; unused ones are gone."""
    old = translated(path)
    new = Catalog(locale=path.stem)
    for message in messages():
        if message.id:
            new[message.id] = with_translation(message, old.get(message.id), new.num_plurals)
    written = BytesIO()
    write_po(written, new, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return HEADER.format(language=path.stem, plural_forms=new.plural_forms) + written.getvalue().decode()


def translated(path: Path) -> Catalog:
    """What stands in a file; nothing where there is none."""
    if not path.exists():
        return Catalog(locale=path.stem)
    with open(path, "rb") as file:
        return read_po(file, locale=path.stem)


def with_translation(message: Message, old: Optional[Message], plurals: int) -> Message:
    """The message as the program has it now, with the translation, the mark and the comments it had."""
    kept = old if old and old.id == message.id else None
    return Message(
        message.id,
        kept.string if kept else ("",) * plurals if message.pluralizable else "",
        message.locations,
        {"fuzzy"} if kept and kept.fuzzy else (),
        message.auto_comments,
        kept.user_comments if kept else (),
    )


def update(path: Path) -> bool:
    """Bring a file up to date; whether it was not. A path that does not exist begins a language."""
    text = page(path)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True


CATALOGUES: Dict[str, Callable[[], str]] = {
    path.relative_to(ROOT).as_posix(): partial(page, path) for path in sorted(LOCALES.glob("*.po")) if path.stem != SOURCE_LANGUAGE
}
"""File → what makes its text."""
