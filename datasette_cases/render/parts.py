"""Parts that stand on a page hundreds of times, as HTML. On one page each actor and each document is written once."""

from __future__ import annotations

from typing import Iterable

from markupsafe import Markup, escape

from ..i18n import Catalogue
from ..page.parts import ActorRef, Citation
from . import locale

ACTOR = Markup('<abbr title="{0.name}" dir="auto">{0.short_name}</abbr>')
DOCUMENT = Markup('<a href="{0.url}" rel="external" title="{0.publisher} ({0.kind_label})">{0.host}</a>')
ARCHIVED = Markup(' (<a href="{}" rel="external">{}</a>)')


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
            self._actors[actor.id] = ACTOR.format(actor)
        return self._actors[actor.id]

    def names(self, actors: Iterable[ActorRef]) -> Markup:
        return Markup(", ".join([self.who(actor) for actor in actors]))

    def cite(self, citation: Citation) -> Markup:
        if citation.id not in self._documents:
            archived = ARCHIVED.format(citation.archived_url, self._texts.gettext("archive")) if citation.archived_url else ""
            self._documents[citation.id] = DOCUMENT.format(citation) + archived
        return self._documents[citation.id]

    def cites(self, citations: Iterable[Citation]) -> Markup:
        documents = ", ".join([self.cite(citation) for citation in citations])
        return Markup(f'<span class="cites">{documents}</span>')
