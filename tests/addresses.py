"""Every address of the plugin, read from its routes and from what they say may be asked: one that is added later is among them."""

from __future__ import annotations

import re
from itertools import product
from typing import Iterator, NamedTuple, Optional

from datasette_cases.page.api import MEDIA, OPERATIONS, Parameter
from datasette_cases.plugin import routes, sitemap

OPTIONAL = re.compile(r"\(\?:((?:[^()]|\([^()]*\))*)\)\?")
"""A part of a route that may be left out."""
PART = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
ONE_OF = re.compile(r"\w+(?:\|\w+)*")
ONLY_PAGES = {
    "/-/cases/{case}/embed": ("part", "theme", "as_of", "as_known"),
    "/-/cases/reconcile": ("queries",),
    "/-/cases/reconcile/suggest/entity": ("prefix",),
}
"""What is asked of addresses that are no operation."""


class Address(NamedTuple):
    """`path`: with the names of its variables in braces; `format`: as it ends, None for a page; `asked`: by name, what may be asked."""

    path: str
    format: Optional[str]
    asked: dict[str, Optional[Parameter]]

    def at(self, **variables: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda name: variables[name[1]], self.path)

    @property
    def variables(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)


def addresses() -> list[Address]:
    patterns = [pattern for pattern, _ in (routes.HOME, *routes.ROUTES, *routes.QUESTIONS, *sitemap.ROUTES)]
    paths = dict.fromkeys(path for pattern in patterns for path in _paths(pattern.strip("^$")))
    return [_address(path) for path in paths]


def _paths(pattern: str) -> Iterator[str]:
    """All forms of a route: with each part that may be left out and without, with each of a few words."""
    if optional := OPTIONAL.search(pattern):
        for part in ("", optional[1]):
            yield from _paths(pattern[: optional.start()] + part + pattern[optional.end() :])
        return
    parts = PART.findall(pattern)
    choices = [form.split("|") if ONE_OF.fullmatch(form) else [f"{{{name}}}"] for name, form in parts]
    for chosen in product(*choices):
        words = iter(chosen)
        yield PART.sub(lambda _, words=words: next(words), pattern).replace("\\.", ".")  # type: ignore[misc]


def _address(path: str) -> Address:
    bare, _, ending = path.rpartition(".")
    known = ending in MEDIA
    format, bare = (ending, bare) if known else (None, path)
    there = [one for one in OPERATIONS if _alike(one.path) == _alike(bare) and (format is None or format in one.formats)]
    asked: dict[str, Optional[Parameter]] = {parameter.name: parameter for one in there for parameter in one.parameters}
    asked.update(dict.fromkeys((*ONLY_PAGES.get(path, ()), "_lang")))
    if there and path != "/":  # of whom it is, as the operation names it
        path = f"{there[0].path}.{format}" if format else there[0].path
    return Address(path, format, asked)


def _alike(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", "/-/cases" if path == "/" else path)


ADDRESSES = addresses()
