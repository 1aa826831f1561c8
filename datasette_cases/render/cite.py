"""A case page as others cite it. The address names the day, so that it leads to the same page later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from ..page.case import CasePage


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
