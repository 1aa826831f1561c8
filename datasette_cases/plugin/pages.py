"""Requests → pages: parameters are read and checked here, permissions asked, one trip made to the database."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Optional, Sequence, TypeVar
from urllib.parse import urlencode

from datasette import Forbidden, NotFound, Response
from datasette.plugins import pm
from datasette.utils import add_cors_headers, await_me_maybe
from datasette.utils.asgi import Request
from markupsafe import Markup, escape

try:
    from datasette.views.base import DatasetteError as DatasetteError
except ImportError:  # where later versions keep it
    from datasette.utils.asgi import DatasetteError as DatasetteError  # type: ignore[no-redef]

from .. import __version__
from ..i18n import Catalogue, catalogue, languages, negotiate
from ..page.words import Words
from ..query import words as words_query
from ..render import csv, json, locale
from ..render.parts import Parts, web
from ..render.policy import CONTENT_SECURITY_POLICY
from . import adapter, cache, config, html, limit, validators
from .share import Given, shared

SIZE, MAX_SIZE = 100, 1000
"""Things on a page of a list, and the most one may ask for."""
LONGEST = 100
"""Characters of an id that is looked for among those there are."""

OURS = ("cases", "proceedings", "stances", "vocabulary", "releases")
"""Tables by which a database with cases is known."""

OF_DATA = frozenset(("json", "csv", "geojson", "ics", "svg"))
"""Formats in which nothing of what stands around a page is said."""

OWN_PAGE = "datasette-cases"
"""Key in the scope of a request for one of our pages."""

NOTHING_GIVEN = Given()

T = TypeVar("T")


@dataclass(frozen=True)
class Surroundings:
    """What stands around each page and is Datasette's to say. `may_ask`: whether numbers may link to their SQL."""

    may_ask: bool
    menu: list[dict[str, Any]]
    metadata: dict[str, Any]

    def key(self) -> tuple[Any, ...]:
        """All of it, as it is shown."""
        links = [(str(escape(link.get("href"))), str(escape(link.get("label")))) for link in self.menu]
        return self.may_ask, links, sorted((key, value) for key, value in self.metadata.items() if isinstance(value, str))


@dataclass(frozen=True)
class Visit:
    """One request, understood: who asks what of which database, on which day, in which language."""

    ds: Any
    request: Request
    config: config.Config
    database: str
    texts: Catalogue
    today: date
    format: Optional[str]
    surroundings: Optional[Surroundings]
    edition: Optional[cache.Edition]
    """What the page is made from, where anybody gets the same: a file that does not change, in our own templates, read by somebody who
    is not signed in and may see all of it."""
    besides: Hashable = None
    """Whatever else the page depends on."""

    @property
    def language(self) -> str:
        return self.texts.language

    async def read(self, function: Callable[[Any], T]) -> T:
        """Run a function of the connection in a thread, with a limit on its time."""

        def plainly(connection: Any) -> T:
            with plain_text(connection):
                return function(connection)

        return await limit.ask(self.ds.get_database(self.database), plainly)

    def words(self, connection: Any) -> Words:
        """The vocabulary in the language of the page."""
        return self.remembered("words", "", lambda: Words(words_query.read(connection, self.language)))

    def remembered(self, name: str, day: str, make: Callable[[], T]) -> T:
        """What follows from a file that does not change, a language and a day: made once, kept until another day is asked for."""
        memory, key = cache.known(self.ds.get_database(self.database)), (name, self.language)
        if memory is None:
            return make()
        if key not in memory or memory[key][0] != day:
            memory[key] = day, make()
        return memory[key][1]  # type: ignore[no-any-return]

    def kept(self) -> Optional[Response]:
        """The answer, if no page has to be made for it: the reader has it already, or it was made before."""
        if self.etag and validators.had(self._wanted, self.etag):
            return validators.NotModified(self._validity())
        pages = self._pages()
        page = pages.get(self._key) if pages is not None else None
        return self._unless_had(Response(page.body, headers=dict(page.headers), content_type=page.content_type)) if page else None

    def keep(self, response: Response) -> Response:
        pages = self._pages()
        if pages is not None:
            response.body = response.body if isinstance(response.body, bytes) else response.body.encode("utf-8")
            pages.put(self._key, cache.Page(response.body, dict(response.headers), response.content_type))
        return self._unless_had(response)

    def _unless_had(self, response: Response) -> Response:
        """Who asks for what does not exist, `*`, is told that it does, once that is known."""
        return validators.NotModified(self._validity()) if validators.any_wanted(self._wanted) else response

    @property
    def _wanted(self) -> str:
        return validators.wanted(self.request.scope)

    def headers(self) -> dict[str, str]:
        """What every answer says of itself; in a format for programs it is open to other origins where Datasette is configured so."""
        return {**self._validity(), "Content-Language": self.language, "X-Content-Type-Options": "nosniff"}

    def _validity(self) -> dict[str, str]:
        """For how long, for whom and by what an answer is still right. `Last-Modified` tells of the data and no answer follows from it:
        a page also changes with the day."""
        headers = {"Cache-Control": self._cache_control()}
        if not self.request.args.get("_lang"):
            headers["Vary"] = "Accept-Language"
        if self.etag and self.edition:
            headers["ETag"] = self.etag
            if self.edition.released:
                headers["Last-Modified"] = validators.beginning_of(self.edition.released)
        if self.format and getattr(self.ds, "cors", False):
            add_cors_headers(headers)
        return headers

    def _cache_control(self) -> str:
        if self.request.actor:
            return "private, no-store"
        if self.edition is None or not self.config.max_age:
            return "no-cache"
        more = f", stale-while-revalidate={self.config.stale_while_revalidate}" if self.config.stale_while_revalidate else ""
        return f"public, max-age={self.config.max_age}{more}"

    @cached_property
    def etag(self) -> Optional[str]:
        return validators.etag(self.edition.digest, validators.program(), self._key) if self.edition else None

    def _pages(self) -> Optional[cache.Pages]:
        """Where pages are kept."""
        memory = cache.known(self.ds.get_database(self.database)) if self.edition and self.config.cache else None
        return None if memory is None else memory.setdefault("pages", cache.Pages(self.config.cache * 1_000_000))

    @cached_property
    def _key(self) -> str:
        """All that a page depends on beside the file and the program."""
        asked = self.request.url, self.language, self.today.isoformat(), self.format
        around = self.surroundings.key() if self.surroundings else None
        return repr((*asked, self.database, self.config, self.ds.setting("base_url"), around, self.besides))

    def link(self, path: str, **parameters: Optional[str]) -> str:
        """A link to one of our addresses that keeps the language asked for."""
        wanted = self.request.args.get("_lang")
        given = {key: value for key, value in {**parameters, "_lang": parameters.get("_lang", wanted)}.items() if value}
        return str(self.ds.urls.path(path)) + (f"?{urlencode(given)}" if given else "")

    def here(self, path: str, **changes: Optional[str]) -> str:
        """A link to a page that keeps all this request asked for, but for what changes; None: without it."""
        return self.link(path, **{**{name: self.request.args[name] for name in self.request.args}, **changes})

    @property
    def site(self) -> str:
        """What every absolute address here begins with, without a slash at its end."""
        return self.absolute(str(self.ds.urls.path("/"))).rstrip("/")

    def absolute(self, path: str) -> str:
        return str(self.ds.absolute_url(self.request, path))

    def refuse(self, message: str) -> DatasetteError:
        return DatasetteError(message, title=self.texts.gettext("Bad request"), status=400)


@contextmanager
def plain_text(connection: Any) -> Iterator[None]:
    """Text is read as it is in our files, UTF-8: Datasette's own way calls a function for every cell."""
    before, connection.text_factory = connection.text_factory, str
    try:
        yield
    finally:
        connection.text_factory = before


async def find_database(ds: Any, settings: config.Config) -> Optional[str]:
    """The name of the database with cases: the one configured, else the first that has our tables."""
    names = [settings.database] if settings.database else [name for name in ds.databases if not name.startswith("_")]
    for name in names:
        if name in ds.databases:
            database = ds.get_database(name)
            memory = cache.known(database)
            found = memory.get("has tables") if memory else None
            if found is None:
                found = await limit.ask(database, _has_tables)
                if memory is not None:
                    memory["has tables"] = found
            if found:
                return str(name)
    return None


def _has_tables(connection: Any) -> bool:
    marks = ", ".join("?" * len(OURS))
    count = connection.execute(f"select count(*) from sqlite_master where type = 'table' and name in ({marks})", OURS).fetchone()[0]
    return bool(count == len(OURS))


async def visit(ds: Any, request: Request, tables: Iterable[str], format: Optional[str] = None) -> Visit:
    """Understand a request for a page that reads some tables.

    Raises NotFound without a database of cases, Forbidden (for JSON: 403 as JSON) for who may not see one of the tables,
    DatasetteError 400 for a language that is not offered.
    """
    settings = config.read(ds)
    wanted = request.args.get("_lang")
    texts = spoken(request)
    database = await find_database(ds, settings)
    if database is None:
        raise NotFound(texts.gettext("No database with cases is served here"))
    answers = lasting(ds, request, database)
    if not await may_see(ds, request, database, tables, answers):
        message = texts.gettext("You may not see these cases")
        raise DatasetteError(message, status=403) if format else Forbidden(message)
    request.scope[OWN_PAGE] = True
    around = None if format in OF_DATA else await surroundings(ds, request, database, answers)
    alike = not request.actor and request.method in ("GET", "HEAD") and (format in OF_DATA or html.ours(ds, request))
    edition = await cache.edition(ds.get_database(database)) if alike else None
    if edition and not await may_see(ds, request, database, edition.tables, answers):
        edition = None  # what is private would be told by a digest of the whole file
    found = Visit(ds, request, settings, database, texts, settings.today(), format, around, edition)
    if wanted and wanted not in languages():
        raise found.refuse(texts.gettext("_lang: expected one of %(languages)s") % {"languages": ", ".join(languages())})
    return found


def spoken(request: Request) -> Catalogue:
    """What is said, in the language a request asks for."""
    return catalogue(negotiate(request.args.get("_lang"), request.headers.get("accept-language", ""), languages()))


Answers = Optional[dict[Any, Any]]
"""Where core's answers about what a visitor may do are remembered; None: each is asked for each time."""


def lasting(ds: Any, request: Request, database: str) -> Answers:
    """What everybody may do where nothing can change it: asking takes longer than the rest of a page from memory."""
    return None if request.actor or not adapter.lasting(ds, database) else cache.known(ds.get_database(database))


async def may_see(ds: Any, request: Request, database: str, tables: Iterable[str], answers: Answers) -> bool:
    tables = frozenset(tables)
    return await answered(answers, tables, lambda: adapter.may_see(ds, request.actor, database, tables))


async def answered(answers: Answers, question: Hashable, ask: Callable[[], Awaitable[bool]]) -> bool:
    """A yes is remembered; a no may be one that comes before a start is over. Of many who have the same question at once, one asks."""
    if answers is None:
        return await ask()
    async with answers.setdefault(("asking", question), asyncio.Lock()):
        if ("may", question) not in answers and await ask():
            answers["may", question] = True
        return ("may", question) in answers


async def surroundings(ds: Any, request: Request, database: str, answers: Answers) -> Surroundings:
    menu: list[dict[str, Any]] = []
    for links in pm.hook.menu_links(datasette=ds, actor=request.actor, request=request):
        menu += await await_me_maybe(links) or []
    sql = "default_allow_sql", ds.setting("default_allow_sql")
    may_ask = await answered(answers, sql, lambda: adapter.allowed(ds, request.actor, "execute-sql", database))
    return Surroundings(may_ask, menu, await adapter.metadata(ds, database))


def day_asked(visit: Visit, name: str = "as_of") -> date:
    """The day a page is asked for as of: today, unless a day up to today is named."""
    text = visit.request.args.get(name)
    if not text:
        return visit.today
    day = _day(text)
    if day is None or day > visit.today:
        raise visit.refuse(
            visit.texts.gettext("%(name)s: expected a day up to %(today)s, written as 2024-06-06")
            % {"name": name, "today": visit.today.isoformat()}
        )
    return day


def window_asked(visit: Visit) -> tuple[Optional[str], Optional[str]]:
    """The first and last day of the timeline that are asked for, ISO; None for an end that is left open."""
    days: list[Optional[str]] = []
    for name in ("from", "to"):
        text = visit.request.args.get(name) or None
        if text and _day(text) is None:
            raise visit.refuse(visit.texts.gettext("%(name)s: expected a day, written as 2024-06-06") % {"name": name})
        days.append(text)
    first, last = days
    if first and last and first > last:
        raise visit.refuse(
            visit.texts.gettext("from, to: expected a first day that is not after the last, found %(first)s and %(last)s")
            % {"first": first, "last": last}
        )
    return first, last


def size_asked(visit: Visit, usual: int = SIZE) -> int:
    """How many things a page of a list has. `usual`: where nobody says."""
    text = visit.request.args.get("_size")
    if text is None:
        return usual
    if text == "max":
        return MAX_SIZE
    if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= MAX_SIZE:
        raise visit.refuse(visit.texts.gettext("_size: expected a number from 1 to %(most)s, or max") % {"most": MAX_SIZE})
    return int(text)


def site_and_state(visit: Visit, day: str, released: Optional[str], metadata: Optional[Mapping[str, Any]] = None) -> tuple[str, str]:
    """Where a page is cited from: the title of the site, and its day and release in words."""
    if metadata is None:
        metadata = visit.surroundings.metadata if visit.surroundings else {}
    days = {"day": locale.whole_day(day, visit.language)}
    state = visit.texts.gettext("As of %(day)s") % days
    if released:
        days["released"] = locale.whole_day(released, visit.language)
        state = visit.texts.gettext("As of %(day)s, release of %(released)s") % days
    return metadata.get("title") or (visit.request.host if visit.config.live else config.NAME), state


def is_day(text: str) -> bool:
    return _day(text) is not None


def _day(text: str) -> Optional[date]:
    """A day written as 2024-06-06, and in no other way."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


async def respond_html(
    visit: Visit,
    template: str,
    page: Any,
    path: str,
    status: int = 200,
    share: Given = NOTHING_GIVEN,
    policy: str = CONTENT_SECURITY_POLICY,
    **more: Any,
) -> Response:
    """A page as HTML. `path`: its own address, for links to itself in other forms. Only what went well is kept."""
    texts, ds, around = visit.texts, visit.ds, visit.surroundings
    assert around, "asked for as HTML"

    def sql_link(sql: str) -> Optional[str]:
        return adapter.query_path(ds, visit.database, sql) if around.may_ask else None

    context = {
        "page": page,
        "_": texts.gettext,
        "ngettext": texts.ngettext,
        "language": visit.language,
        "languages": [(code, locale.language_name(code, code)) for code in languages()],
        "day": lambda iso: locale.day(iso, visit.language),
        "when": lambda item: locale.when(item.date, item.date_precision, item.date_end, visit.language),
        "dated": lambda start, precision, end: locale.when(start, precision, end, visit.language),
        "country_name": lambda code: locale.country(code, visit.language),
        "language_name": lambda code: locale.language_name(code, visit.language),
        "amount": lambda value, currency: locale.amount(value, currency, visit.language),
        "parts": Parts(texts),
        "web": web,
        "marked": marked,
        "whole_day": lambda iso: locale.whole_day(iso, visit.language),
        "link": visit.link,
        "here": lambda **changes: visit.here(path, **changes),
        "person": lambda actor: visit.link(f"/-/{'authorities' if actor.kind == 'authority' else 'actors'}/{actor.id}"),
        "sql_link": sql_link,
        "table_link": lambda table, **filters: f"{ds.urls.table(visit.database, table)}{'?' + urlencode(filters) if filters else ''}",
        "database_link": ds.urls.database(visit.database),
        "static": lambda name: f"{ds.urls.static_plugins(config.NAME, name)}?{__version__}",
        "path": path,
        "asked": {key: visit.request.args.get(key) for key in visit.request.args if key != "_lang"},
        "settings": visit.config,
        "live": visit.config.live,
        "corrections": visit.config.corrections or visit.link("/-/cases/about") + "#corrections",
        "metadata": around.metadata,
        "share": shared(visit, path, share),
        **more,
    }
    body = await html.render(ds, visit.request, f"datasette_cases/{template}", context, around.menu)
    response = Response.html(body, status=status, headers={**visit.headers(), "Content-Security-Policy": policy})
    return visit.keep(response) if status == 200 else refused(response)


def refused(response: Response) -> Response:
    """What did not go well is kept by nobody, and is no edition of anything."""
    for name in ("ETag", "Last-Modified"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "no-store"
    return response


def marked(text: str) -> Markup:
    """A meaning with its words in backticks as code."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts))


def respond_json(visit: Visit, page: Any, next_path: Optional[str] = None) -> Response:
    """A page, or a map, as JSON. `next_path`: of a list, where it goes on."""
    value = page if isinstance(page, dict) else json.plain(page)
    if "next" in value:
        value = {**value, "next_url": visit.absolute(next_path) if next_path else None}
    return respond_text(visit, json.text(value, visit.site), "application/json; charset=utf-8", _next_link(visit, next_path))


def respond_csv(
    visit: Visit, name: str, columns: Sequence[str], lines: Iterable[Sequence[Any]], next_path: Optional[str] = None
) -> Response:
    """A list as a table. Where there are more lines than may be asked for, a header says where the next are."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', **_next_link(visit, next_path)}
    return respond_text(visit, csv.table(columns, lines), "text/csv; charset=utf-8", headers)


def respond_text(visit: Visit, text: str, content_type: str, headers: dict[str, str]) -> Response:
    """A page as something else that is text; `headers` beside the usual ones."""
    return visit.keep(Response(text, headers={**visit.headers(), **headers}, content_type=content_type))


def _next_link(visit: Visit, next_path: Optional[str]) -> dict[str, str]:
    return {"Link": f'<{visit.absolute(next_path)}>; rel="next"'} if next_path else {}


def respond_bytes(visit: Visit, body: bytes, content_type: str) -> Response:
    """A page that is no text, as an image."""
    return visit.keep(Response(body, headers=visit.headers(), content_type=content_type))
