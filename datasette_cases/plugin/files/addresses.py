"""Address → file: the one place that says where a page of the site is among the files. Pure."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import product
from typing import Iterable, Iterator, Mapping, NamedTuple, Optional, Sequence
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

STATIC = "/-/static-plugins/datasette-cases/"
"""Where Datasette has our stylesheets and scripts."""
LIVE = re.compile(r"/-/(follow-up|deadlines/reckon|cases/reconcile|cases/api|cases/openapi)\b")
"""What only a program that answers can do, or is for editors."""
WHOLE = re.compile(r"\.(zip|jsonl|jsonld|xml|txt)$")
"""Files that are the same in every language: they stand at the top."""
SAYS_WHERE = re.compile(r"\.(jsonld|xml|txt)$")
"""Those of them that are nothing without the address of the site."""
OPTIONAL_FORMAT = re.compile(r"\(\?:\\\.\(\?P<format>([a-z|]+)\)\)\?")
GROUP = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
PARTS = {"as_of": "as-of", "view": "view", "part": "part"}
"""Parameters of which each value has a file of its own, and the folder that is named after them."""
SIMPLE = re.compile(r"[a-z0-9-]+")
LISTS = ("/-/deadlines", "/-/statements", "/-/changes")
FILTERS = frozenset({"case", "actor", "authority"})
"""A list chosen by one of these alone is answered by the whole list."""


class Target(NamedTuple):
    """A page to be made into a file. `number`: of which page of a list it is."""

    file: str
    address: str
    language: str
    number: int = 1


@dataclass
class Addresses:
    """`routes`: the patterns of the plugin's addresses; `actors`: id → whether it is an authority; `key_days`: those of each case.
    `base`: the address of the folder on the web, without a slash at its end. `writing`: the page whose links are read."""

    routes: Sequence[str]
    languages: Sequence[str]
    database: str
    actors: Mapping[str, bool]
    key_days: Mapping[str, frozenset[str]]
    base: Optional[str] = None
    writing: Target = Target("index.html", "/", "en")
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def seeds(self) -> Iterator[str]:
        """Every address that the routes spell, with every id there is; without a language. What only links lead to is not among them."""
        for route in self.routes:
            for form in _forms(route):
                groups = dict(GROUP.findall(form))
                if set(groups) <= {"case", "actor", "authority", "format"}:
                    yield from self._spelled(form, groups)

    def _spelled(self, form: str, groups: Mapping[str, str]) -> Iterator[str]:
        found = {name: self._ids(name, form) if name != "format" else expected.split("|") for name, expected in groups.items()}
        for values in product(*found.values()):
            left = iter(values)
            path = GROUP.sub(lambda _, left=left: next(left), form).replace("\\.", ".")  # type: ignore[misc]
            if not LIVE.match(path):
                yield path

    def _ids(self, name: str, form: str) -> list[str]:
        if name == "case":
            return sorted(self.key_days)
        return sorted(id for id, authority in self.actors.items() if authority == ("/authorities" in form))

    def target(self, address: str, language: Optional[str] = None) -> Optional[Target]:
        """The file of exactly this address; None: there is none."""
        path, given = _read(address)
        language = given.pop("_lang", language or self.writing.language)
        if path.startswith(STATIC) and ".." not in path:
            return Target(f"static/{path[len(STATIC) :]}", path, language)
        if path == f"/{self.database}.db":
            return Target(path[1:], path, language)
        path, given = self._settled(path, given)
        if not self._there(path) or language not in self.languages:
            return None
        name, suffix = posixpath.splitext(path.removeprefix("/-/").lstrip("/"))
        if WHOLE.search(path):
            return None if given or (SAYS_WHERE.search(path) and not self.base) else Target(posixpath.basename(path), path, language)
        parts, number = [name], 1
        for parameter, value in sorted(given.items()):
            if parameter == "_next":
                number = self._number(path, given, language)
            elif not self._has(path, parameter, value):
                return None
            else:
                parts += [PARTS[parameter], value]
        if number > 1:
            parts += ["page", str(number)]
        file = "/".join([language, *parts]) + (suffix or "/index.html")
        return Target(file, f"{path}?{urlencode(sorted({**given, '_lang': language}.items()))}", language, number)

    def _settled(self, path: str, given: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The same thing at the address under which it has a file."""
        for list_path, parameter, suffix in (
            ("/-/deadlines.ics", "actor", ".ics"),
            ("/-/cases", "respondent", ""),
            ("/-/statements", "actor", ""),
        ):
            if path == list_path and set(given) == {parameter} and given[parameter] in self.actors:
                path, given = f"/-/actors/{given[parameter]}{suffix}", {}
        if path.startswith("/-/actors/") and self.actors.get(path[len("/-/actors/") :].partition(".")[0]):
            path = path.replace("/-/actors/", "/-/authorities/", 1)
        return path, given

    def _there(self, path: str) -> bool:
        if LIVE.match(path):
            return False
        match = next((found for found in (re.match(route, path) for route in self.routes) if found), None)
        if match is None:
            return False
        ids = {name: value for name, value in match.groupdict().items() if value is not None}
        case, actor = ids.get("case"), ids.get("actor") or ids.get("authority")
        return (case is None or case in self.key_days) and (actor is None or actor in self.actors)

    def _has(self, path: str, parameter: str, value: str) -> bool:
        if parameter == "as_of":
            return value in self.key_days.get(path.removeprefix("/-/cases/").partition(".")[0], ())
        if parameter == "view":
            return path == "/-/cases" and value == "board"
        return parameter == "part" and SIMPLE.fullmatch(value) is not None

    def _number(self, path: str, given: Mapping[str, str], language: str) -> int:
        """Pages of a list are numbered as they are come to: a link to the next stands on the page before."""
        key = (path, language, *(f"{name}={value}" for name, value in sorted(given.items())))
        return self._numbers.setdefault(key, self.writing.number + 1)

    def nearest(self, address: str) -> Optional[Target]:
        """The file that answers an address best: of this very page, else of the whole that it is a part of."""
        exact = self.target(address)
        if exact:
            return exact
        path, given = _read(address)
        kept = {name: value for name, value in given.items() if name in ("_lang", "as_of")}
        for left_out in ("", "as_of"):
            found = self.target(f"{path}?{urlencode({name: value for name, value in kept.items() if name != left_out})}")
            if found:
                return found
        return None

    def linked(self, address: str) -> Optional[Target]:
        """The file that a link may lead to without saying anything wrong."""
        path, given = _read(address)
        if path in LISTS and given.keys() - {"_lang"} and given.keys() <= FILTERS | {"_lang"}:
            exact = self.target(address)
            return exact or self.nearest(address)
        return self.target(address)

    def relative(self, file: str) -> str:
        """The way from the page that is written."""
        return quote(posixpath.relpath(file, posixpath.dirname(self.writing.file) or "."))


def _forms(route: str) -> Iterable[str]:
    """A pattern without its ends, and where a format may be left out, both with and without."""
    form = route.removeprefix("^").removesuffix("$")
    if not OPTIONAL_FORMAT.search(form):
        return [form]
    return [OPTIONAL_FORMAT.sub("", form), OPTIONAL_FORMAT.sub(lambda match: rf"\.(?P<format>{match[1]})", form)]


def _read(address: str) -> tuple[str, dict[str, str]]:
    found = urlsplit(address)
    return found.path, dict(parse_qsl(found.query))
