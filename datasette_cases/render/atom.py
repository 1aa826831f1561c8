"""Changes as a feed (RFC 4287): an entry for each case in each release. Every id and stamp comes from the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable, Iterator, Optional
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from ..i18n import Catalogue
from ..page.changes import Change, Group
from . import locale, xml
from .changes import Told

TAG = "tag:datasette-cases,2026:changes"
"""Begins every id (RFC 4151). No host is in it: the same entry has the same id wherever it is served."""
UNKNOWN_RELEASE = "1970-01-01"
"""Of a database without a release."""


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; addresses are absolute. `filters`: what its entries are chosen by, within a case."""

    title: str
    author: str
    itself: str
    page: str
    next: Optional[str]
    released: Optional[str]
    filters: dict[str, str]
    all_filters: dict[str, str]


Address = Callable[[Group, Optional[Change]], str]
"""Where a group is to be read, or one change of it."""


def feed(about: Feed, groups: Iterable[Group], address: Address, texts: Catalogue) -> str:
    """The whole file."""
    return "\n".join(lines(about, list(groups), address, texts)) + "\n"


def lines(about: Feed, groups: list[Group], address: Address, texts: Catalogue) -> Iterator[str]:
    told = Told(texts)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(texts.language)}>'
    yield f"<id>{text(tag(about.all_filters))}</id>"
    yield f"<title>{text(about.title)}</title>"
    yield f"<updated>{stamp(groups[0].released if groups else about.released)}</updated>"
    yield f"<author><name>{text(about.author)}</name></author>"
    yield '<generator uri="https://datasette.io/">datasette-cases</generator>'
    yield f'<link rel="self" type="application/atom+xml" href={attribute(about.itself)}/>'
    yield f'<link rel="alternate" type="text/html" href={attribute(about.page)}/>'
    if about.next:
        yield f'<link rel="next" type="application/atom+xml" href={attribute(about.next)}/>'
    for group in groups:
        yield from entry(group, about, address, told, texts)
    yield "</feed>"


def entry(group: Group, about: Feed, address: Address, told: Told, texts: Catalogue) -> Iterator[str]:
    title = group.case.title if group.case else texts.gettext("Actors, authorities and documents")
    release = texts.gettext("Release of %(day)s") % {"day": locale.day(group.released, texts.language)}
    yield "<entry>"
    yield f"<id>{text(tag(about.filters, str(group.release), group.case.id if group.case else None))}</id>"
    yield f"<title>{text(f'{title} · {release}')}</title>"
    yield f"<updated>{stamp(group.released)}</updated>"
    yield f'<link rel="alternate" type="text/html" href={attribute(address(group, None))}/>'
    yield f'<summary type="text">{text(summary(group.changes))}</summary>'
    yield f'<content type="html">{text("".join(content(group, address, told, texts)))}</content>'
    yield "</entry>"


def summary(changes: list[Change]) -> str:
    """How many of each kind: "2 × corrected"."""
    kinds = {change.kind: change.kind_label or change.kind for change in changes}
    return ", ".join(f"{label}: {sum(change.kind == kind for change in changes)}" for kind, label in kinds.items())


def content(group: Group, address: Address, told: Told, texts: Catalogue) -> Iterator[str]:
    """A list in HTML, to be escaped as a whole."""
    yield "<ul>"
    for change in group.changes:
        said = escape(told.sentence(change))
        if change.there and group.case:
            thing = escape(told.thing(change))
            said = f"<a href={quoteattr(address(group, change))}>{thing}</a>{said[len(thing) :]}"
        gone = "" if change.there else f" ({escape(texts.gettext('no longer in the files'))})"
        yield f"<li>{escape(change.kind_label or change.kind)}: {said}{gone}</li>"
    yield "</ul>"


def tag(filters: dict[str, str], *parts: Optional[str]) -> str:
    """An id of release, case and what was chosen."""
    named = "/".join(part for part in (TAG, *parts) if part)
    return named + ("?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in sorted(filters.items())) if filters else "")


def stamp(day: Optional[str]) -> str:
    return f"{day or UNKNOWN_RELEASE}T00:00:00Z"


def text(value: str) -> str:
    return escape(xml.held(value))


def attribute(value: str) -> str:
    return quoteattr(xml.held(value))
