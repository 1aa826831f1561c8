"""A page of the live site → the same page as a file: links lead to files, and what only a program can answer is left out. Pure."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Callable, Optional

Link = Callable[[str], Optional[str]]
"""Where a link leads among the files; None: to nothing that is there."""

ATTRIBUTE = re.compile(r"""(\s(?:href|src)\s*=\s*)("[^"]*"|'[^']*')""")
KEPT = re.compile(r"""\s(?:class|id|lang|dir)\s*=\s*(?:"[^"]*"|'[^']*')""")
HOSTED = ("og:url", "og:image", "twitter:image")


def rewritten(page: str, link: Link, hosted: bool) -> str:
    """`hosted`: whether it is known where the files will be, so that a page can say its own address."""
    reader = _Reader(link, hosted)
    reader.feed(page)
    reader.close()
    return "".join(reader.out[0])


class _Reader(HTMLParser):
    """Writes again what it reads. Forms are left out; in a `nav`, which holds nothing but links, also those that lead to nothing, and
    itself if none is left. Elsewhere such a link becomes its words."""

    def __init__(self, link: Link, hosted: bool) -> None:
        super().__init__(convert_charrefs=False)
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        raw, given = self.get_starttag_text() or "", dict(attrs)
        if self.left_out:
            self.left_out += [tag] if tag == self.left_out[0] else []
            return
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

    def _is_left_out(self, tag: str, given: dict[str, Optional[str]]) -> bool:
        classes = (given.get("class") or "").split()
        return tag == "form" or (tag == "details" and ("facet-links" in classes or ("cite" in classes and not self.hosted)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        self.write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
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

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.write(f"<!{decl}>")


def svg(text: str, link: Link) -> str:
    """The links of an image."""
    return re.sub(r'(\s(?:xlink:)?href=)"([^"]*)"', lambda match: f'{match[1]}"{escape(link(unescape(match[2])) or "")}"', text)
