"""A page of the live site → the same page as a file: links lead to files, and what only a program can answer is left out. Pure."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Callable, Optional

Link = Callable[[str], Optional[str]]
"""Where a link leads among the files; None: to nothing that is there."""

ATTRIBUTE = re.compile(r"""(\s(?:href|src)\s*=\s*)("[^"]*"|'[^']*')""")
KEPT = re.compile(r"""\s(?:class|id|lang|dir)\s*=\s*(?:"[^"]*"|'[^']*')""")
GIVEN = re.compile(r"""\s([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
TAG = re.compile(
    r"""<!--.*?-->|<script\b(?![^>]*\ssrc=)[^>]*>.*?</script>|<style\b.*?</style>"""
    r"""|<(?P<start>a|details|form|iframe|img|link|meta|nav|script|source|svg)\b(?:"[^"]*"|'[^']*'|[^"'>])*>"""
    r"""|</(?P<end>a|details|form|nav|svg)>""",
    re.IGNORECASE | re.DOTALL,
)
"""What has to do with links. All else stays as it is: to read a page tag by tag would take a quarter of the time of an export."""
HOSTED = ("og:url", "og:image", "twitter:image")


def rewritten(page: str, link: Link, hosted: bool) -> str:
    """`hosted`: whether it is known where the files will be, so that a page can say its own address."""
    writer, read = _Writer(link, hosted), 0
    for found in TAG.finditer(page):
        writer.write(page[read : found.start()])
        if found["start"]:
            writer.start(found["start"].lower(), found[0])
        elif found["end"]:
            writer.end(found["end"].lower())
        else:
            writer.write(found[0])
        read = found.end()
    writer.write(page[read:])
    return "".join(writer.out[0])


class _Writer:
    """Writes again what is read. Forms are left out; in a `nav`, which holds nothing but links, also those that lead to nothing, and
    itself if none is left. Elsewhere such a link becomes its words."""

    def __init__(self, link: Link, hosted: bool) -> None:
        self.link, self.hosted = link, hosted
        self.out: list[list[str]] = [[]]
        self.links = [0]
        self.left_out: list[str] = []
        """Elements of the one name that is being left out, the outermost first."""
        self.drawn = 0
        self.ends: list[str] = []

    def write(self, text: str) -> None:
        if not self.left_out:
            self.out[-1].append(text)

    def start(self, tag: str, raw: str) -> None:
        if self.left_out:
            self.left_out += [tag] if tag == self.left_out[0] else []
            return
        given = {name.lower(): unescape(double or single) for name, double, single in GIVEN.findall(raw)}
        if self._is_left_out(tag, given):
            self.left_out.append(tag)
            return
        if (
            tag == "link"
            and not self.hosted
            and (given.get("rel") == "canonical" or (given.get("rel") == "alternate" and "hreflang" in given))
        ):
            return
        if tag == "meta" and not self.hosted and given.get("property", given.get("name")) in HOSTED:
            return
        if tag == "svg":
            self.drawn += 1
        if tag == "nav":
            self.out.append([])
            self.links.append(0)
        address = given.get("href") if tag in ("a", "link") else given.get("src")
        if address is None:
            self.ends += ["</a>"] if tag == "a" else []
            self.write(raw)
            return
        found = self.link(address)
        if found is not None:
            self.links[-1] += tag == "a"
            self.ends += ["</a>"] if tag == "a" else []
            self.write(ATTRIBUTE.sub(lambda match: f'{match[1]}"{escape(found)}"', raw, count=1) if found != address else raw)
        elif tag == "a" and len(self.links) > 1:
            self.left_out.append(tag)
        elif tag == "a":
            kept = "".join(KEPT.findall(raw))
            name = "g" if self.drawn else "span" if kept else ""
            self.ends.append(f"</{name}>" if name else "")
            self.write(f"<{name}{kept}>" if name else "")

    def _is_left_out(self, tag: str, given: dict[str, str]) -> bool:
        classes = given.get("class", "").split()
        return tag == "form" or (tag == "details" and ("facet-links" in classes or ("cite" in classes and not self.hosted)))

    def end(self, tag: str) -> None:
        if self.left_out:
            if tag == self.left_out[0]:
                self.left_out.pop()
            return
        if tag == "svg":
            self.drawn -= 1
        if tag == "a" and self.ends:
            self.write(self.ends.pop())
            return
        self.write(f"</{tag}>")
        if tag == "nav" and len(self.out) > 1:
            inner, links = self.out.pop(), self.links.pop()
            if links:
                self.out[-1] += inner
                self.links[-1] += links


def svg(text: str, link: Link) -> str:
    """The links of an image."""
    return re.sub(r'(\s(?:xlink:)?href=)"([^"]*)"', lambda match: f'{match[1]}"{escape(link(unescape(match[2])) or "")}"', text)
