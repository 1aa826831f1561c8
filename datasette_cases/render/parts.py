"""Parts that stand on a page hundreds of times, as HTML. On one page each actor and each document is written once.

`Markup.format` would escape by itself, but takes twenty times as long: here each value is escaped where it stands.
"""

from __future__ import annotations

from typing import Iterable

from markupsafe import Markup, escape

from ..i18n import Catalogue
from ..page.parts import ActorRef, Citation
from . import locale

WEB = ("https://", "http://")


def web(address: str) -> str:
    """Where a link to a document may lead: onto the web, else nowhere. The reader lets in nothing else; not every database came by it."""
    return address if address.startswith(WEB) else "#"


class Parts:
    """For one page in one language."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts
        self._actors: dict[str, Markup] = {}
        self._documents: dict[str, Markup] = {}

    def who(self, actor: ActorRef) -> Markup:
        if actor.id is None:
            country = locale.country(actor.country, self._texts.language)
            return escape(self._texts.gettext("an authority in %(country)s, not known which") % {"country": country})
        if actor.id not in self._actors:
            self._actors[actor.id] = Markup(f'<abbr title="{escape(actor.name)}" dir="auto">{escape(actor.short_name)}</abbr>')
        return self._actors[actor.id]

    def names(self, actors: Iterable[ActorRef]) -> Markup:
        return Markup(", ".join([self.who(actor) for actor in actors]))

    def cite(self, citation: Citation) -> Markup:
        if citation.id not in self._documents:
            named = f"{citation.publisher} ({citation.kind_label})"
            text = f'<a href="{escape(web(citation.url))}" rel="external" title="{escape(named)}">{escape(citation.host)}</a>'
            if citation.archived_url:
                text += f' (<a href="{escape(web(citation.archived_url))}" rel="external">{escape(self._texts.gettext("archive"))}</a>)'
            self._documents[citation.id] = Markup(text)
        return self._documents[citation.id]

    def cites(self, citations: Iterable[Citation]) -> Markup:
        documents = ", ".join([self.cite(citation) for citation in citations])
        return Markup(f'<span class="cites">{documents}</span>')
