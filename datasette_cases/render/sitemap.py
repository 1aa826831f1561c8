"""Addresses for search engines, by https://www.sitemaps.org/protocol.html, and what they may not ask for, by RFC 9309."""

from __future__ import annotations

from typing import Callable, Iterable, Optional, Sequence

from markupsafe import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

ENDLESS = "# Orders, filters, facets and days of the past have no end, and show nothing that is not on the pages themselves."
"""Why a robot is kept away from them. Robots read English."""


def addresses(found: Iterable[tuple[str, Optional[str]]], address: Callable[[str, Optional[str]], str], languages: Sequence[str]) -> str:
    """Pages, each with its address in every language. `address`: path and language → the whole address."""
    parts = [HEAD, f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n']
    for path, day in found:
        parts.append(f"<url><loc>{escape(address(path, None))}</loc>{_day(day)}")
        parts += [_alternate(code, address(path, code)) for code in languages]
        parts += [_alternate("x-default", address(path, None)), "</url>\n"]
    return "".join([*parts, "</urlset>\n"])


def index(found: Iterable[str], day: str) -> str:
    """Sitemaps, by their addresses."""
    parts = [f"<sitemap><loc>{escape(one)}</loc>{_day(day)}</sitemap>\n" for one in found]
    return "".join([HEAD, f'<sitemapindex xmlns="{SITEMAP}">\n', *parts, "</sitemapindex>\n"])


def robots(base: str, database: str, languages: Iterable[str], sitemap: str) -> str:
    """`base`: what every address of the site begins with. `database`: the address of Datasette's own pages of the cases. The longest
    rule that fits counts: our pages may be asked for in each language, and in no other way that needs a question mark."""
    allowed = "".join(f"Allow: {base}-/*?_lang={code}$\n" for code in languages)
    return f"User-agent: *\n{ENDLESS}\nDisallow: {base}*?\nDisallow: {database}/\n{allowed}Allow: {base}-/static\n\nSitemap: {sitemap}\n"


NOTHING = "User-agent: *\nDisallow: /\n"
"""Robots are kept away from all of it."""


def _day(day: Optional[str]) -> str:
    return f"<lastmod>{escape(day)}</lastmod>" if day else ""


def _alternate(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
