"""The interface's languages. One .po file per language under locales/; English is what stands in the code."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Iterable, Optional

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALES = Path(__file__).parent / "locales"
SOURCE_LANGUAGE = "en"


class Catalogue:
    """The texts of one language. `find` gives None where a text is not translated; English has every text."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.gettext = translations.gettext
        self.ngettext = translations.ngettext
        self._texts = {text: found for text, found in getattr(translations, "_catalog", {}).items() if text}

    def find(self, text: str) -> Optional[str]:
        return text if self.language == SOURCE_LANGUAGE else self._texts.get(text) or None


@cache
def languages() -> tuple[str, ...]:
    """The languages of the interface, English first, then in order of code."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in LOCALES.glob("*.po")))


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of `languages()`. KeyError: not one of them."""
    if language not in languages():
        raise KeyError(language)
    if language == SOURCE_LANGUAGE:
        return Catalogue(language, NullTranslations())
    with open(LOCALES / f"{language}.po", "rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Catalogue(language, Translations(compiled))


def negotiate(wanted: Optional[str], accepted: str, offered: Iterable[str]) -> str:
    """The language of a page: the one asked for, else the first of Accept-Language that is offered, else English.

    `accepted`: the header as it came; what is malformed in it is passed over.
    """
    offered = tuple(offered)
    if wanted in offered:
        return str(wanted)
    weighted = [(-_weight(part), position, _language(part)) for position, part in enumerate(accepted.split(","))]
    for weight, _, language in sorted(weighted):
        if weight < 0 and language in offered:
            return language
    return SOURCE_LANGUAGE


def _language(part: str) -> str:
    """The language of `nl-BE;q=0.8`: nl."""
    return part.partition(";")[0].strip().lower().partition("-")[0]


def _weight(part: str) -> float:
    """The weight of a part of Accept-Language: from 0 to 1; 1 where it says nothing, 0 where it is malformed."""
    _, parameters, rest = part.partition(";")
    if not parameters:
        return 1.0
    name, _, value = rest.partition("=")
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip().lower() == "q" and 0 <= weight <= 1 else 0.0
