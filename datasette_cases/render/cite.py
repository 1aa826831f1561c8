"""A case page, and a statement on it, as others cite them. The address names the day, so that it leads to the same page later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional
from urllib.parse import quote

from ..i18n import Catalogue
from ..page.case import CasePage
from ..page.statements import Line
from . import locale


@dataclass(frozen=True)
class Cited:
    plain: str
    markdown: str
    bibtex: str


def cite(page: CasePage, address: str, site: str, state: str) -> Cited:
    """`address`: absolute, with the page's day. `site`: title of the site. `state`: day and release, in the reader's language."""
    title, site, state = line(page.case.title), line(site), line(state)
    stop = "" if title.endswith((".", "?", "!", "…")) else "."
    fields = {
        "author": f"{{{tex(site)}}}",
        "title": f"{{{tex(title)}}}",
        "year": page.as_of[:4],
        "month": page.as_of[5:7].lstrip("0"),
        "note": tex(state),
        "url": uri(address),
    }
    entry = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return Cited(
        f"{title}{stop} {site}. {state}. {uri(address)}",
        f"[{markdown(title)}]({uri(address)}). {markdown(site)}. {markdown(state)}.",
        f"@misc{{{page.case.id}-{page.as_of},\n{entry}}}",
    )


def cite_statement(said: Line, address: str, site: str, state: str, texts: Catalogue) -> str:
    """Who, in which form, when; the words with what they mean, or that the summary is ours where there are none; the case they stand in."""
    who = ", ".join(named(actor.short_name, actor.country, texts) for actor in said.actors)
    when = locale.when(said.date, said.date_precision, said.date_end, texts.language)
    words = f"“{line(said.quote)}”" if said.quote else texts.gettext("in our words: %(summary)s") % {"summary": line(said.summary)}
    if said.quote and said.translation:
        words += f" [{line(said.translation)}]"
    return f"{who}, {said.form_label}, {when}: {words} – {line(said.case.title)}. {line(site)}. {line(state)}. {uri(address)}"


def named(name: Optional[str], country: Optional[str], texts: Catalogue) -> str:
    """Somebody by name, or by the country where no more is known."""
    return name or texts.gettext("an authority in %(country)s, not known which") % {"country": locale.country(country, texts.language)}


def line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def uri(address: str) -> str:
    """An address without characters that end a link in Markdown or a field in BibTeX."""
    return quote(address, safe="%/:?#@!$&'*+,;=~")


def markdown(text: str) -> str:
    """A text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>&|~$#])", r"\\\1", text)


TEX = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", '"': r"{\textquotedbl}", "<": r"{\textless}", ">": r"{\textgreater}", **{one: f"\\{one}" for one in "$&#_%"},
}  # fmt: skip
"""BibTeX counts braces even behind a backslash: by name they stay in pairs."""


def tex(text: str) -> str:
    """A text that BibTeX and LaTeX show as it is."""
    return "".join(TEX.get(one, one) for one in text)
