"""What a page says of itself to those who link to it, show it or look for it: one object, which the layout prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Optional

from markupsafe import Markup

from ..i18n import Catalogue
from ..page.case import CasePage
from . import card, spoken

MOST_LETTERS = 200
"""Of a description."""
AGAIN = {"en": "en_GB", "nl": "nl_NL", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "it": "it_IT", "pl": "pl_PL"}
"""Language → what the Open Graph protocol calls it: with a country, the language's own."""
FORMATS = {"json": "application/json", "svg": "image/svg+xml", "png": "image/png", "ics": "text/calendar"}
"""What a case is there as, beside its page."""


@dataclass(frozen=True)
class Image:
    address: str
    words: str
    width: int = card.WIDTH
    height: int = card.HEIGHT


@dataclass(frozen=True)
class Share:
    """`canonical`: the one address of this content. `alternates`: language → its address; `x-default`: whatever the reader asks for."""

    site: str
    description: Optional[str]
    canonical: str
    alternates: Mapping[str, str]
    locale: str
    image: Optional[Image]
    data: Optional[Markup]


def share(
    site: str, description: Optional[str], address: Callable[[Optional[str]], str], wanted: Optional[str], language: str,
    languages: Iterable[str], image: Optional[Image], data: Optional[Mapping[str, Any]],
) -> Share:  # fmt: skip
    """`address`: language → the page's address in it, None: in the reader's own. `wanted`: the language that is asked for by name."""
    codes = list(languages)
    return Share(
        site, shortened(description) if description else None, address(wanted), {**{code: address(code) for code in codes}, "x-default": address(None)},
        AGAIN.get(language, language), image, data_block(data) if data else None,
    )  # fmt: skip


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """A text in one line, cut off between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[: most - 1]}…"


def data_block(data: Mapping[str, Any]) -> Markup:
    """JSON that nothing can close before its end, without what is not known."""
    text = json.dumps(known(data), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def case_description(page: CasePage, texts: Catalogue) -> str:
    """The sentence with numbers, then the summary where it is in the reader's language."""
    case = page.case
    sentence = spoken.nothing_found(page.nothing_found, texts) if page.nothing_found else None
    summary = case.summary if case.summary_language == texts.language or not sentence else None
    return " ".join(filter(None, [sentence, summary])) or case.title


def card_words(page: CasePage, texts: Catalogue) -> str:
    """What the card of a case says, for who cannot see it."""
    sentence = spoken.nothing_found(page.nothing_found, texts) if page.nothing_found else None
    return ". ".join(filter(None, [page.case.title, sentence]))


def dataset(
    page: CasePage, texts: Catalogue, metadata: Mapping[str, Any], address: Callable[[str], str], formats: Iterable[str], catalog: str
) -> dict[str, Any]:
    """A case as schema.org's Dataset. `address`: what comes after the case's own → the whole; `catalog`: of the list of cases."""
    case = page.case
    first, last = case.opened, case.last_act
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": case.title,
        "description": case_description(page, texts),
        "url": address(""),
        "inLanguage": texts.language,
        "dateModified": case.released,
        "temporalCoverage": f"{first.date}/{last.date_end}" if first and last else None,
        "license": metadata.get("license_url") or metadata.get("license"),
        "publisher": publisher(metadata),
        "isPartOf": known({"@type": "DataCatalog", "name": metadata.get("title"), "url": catalog}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": FORMATS[format], "contentUrl": address(f".{format}")} for format in formats
        ],
    }


def data_catalog(metadata: Mapping[str, Any], texts: Catalogue, description: str, released: Optional[str], catalog: str) -> dict[str, Any]:
    """The list of cases as schema.org's DataCatalog."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": metadata.get("title"),
        "description": description,
        "url": catalog,
        "inLanguage": texts.language,
        "dateModified": released,
        "license": metadata.get("license_url") or metadata.get("license"),
        "publisher": publisher(metadata),
    }


def publisher(metadata: Mapping[str, Any]) -> Optional[dict[str, Any]]:
    """Who gives the data, as far as the site's metadata say it."""
    if not metadata.get("source"):
        return None
    return known({"@type": "Organization", "name": metadata["source"], "url": metadata.get("source_url")})
