"""Requests → pages: parameters are read and checked here, permissions asked, one trip made to the database."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Callable, Iterable, Iterator, Optional, TypeVar
from urllib.parse import urlencode

from datasette import Forbidden, NotFound, Response
from datasette.plugins import pm
from datasette.utils import add_cors_headers, await_me_maybe, sqlite_timelimit
from datasette.utils.asgi import Request
from markupsafe import Markup, escape

try:
    from datasette.views.base import DatasetteError
except ImportError:  # where later versions keep it
    from datasette.utils.asgi import DatasetteError  # type: ignore[no-redef]

from .. import __version__
from ..i18n import Catalogue, catalogue, languages, negotiate
from ..page.words import Words
from ..query import words as words_query
from ..render import json, locale
from ..render.parts import Parts
from ..render.policy import CONTENT_SECURITY_POLICY
from . import adapter, cache, config, html

TIME_LIMIT_MS = 2000
"""A page's SQL is stopped after this long."""

SIZE, MAX_SIZE = 100, 1000
"""Things on a page of a list, and the most one may ask for."""
LONGEST = 100
"""Characters of an id that is looked for among those there are."""

OURS = ("cases", "proceedings", "stances", "vocabulary", "releases")
"""Tables by which a database with cases is known."""

OWN_PAGE = "datasette-cases"
"""Key in the scope of a request for one of our pages."""

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

    @property
    def language(self) -> str:
        return self.texts.language

    async def read(self, function: Callable[[Any], T]) -> T:
        """Run a function of the connection in a thread, with a limit on its time."""

        def limited(connection: Any) -> T:
            with sqlite_timelimit(connection, TIME_LIMIT_MS), plain_text(connection):
                return function(connection)

        result: T = await self.ds.get_database(self.database).execute_fn(limited)
        return result

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
        """The answer as it was given before, if nothing it depends on has changed."""
        pages = self._pages()
        page = pages.get(self._key()) if pages is not None else None
        return Response(page.body, headers=dict(page.headers), content_type=page.content_type) if page else None

    def keep(self, response: Response) -> Response:
        pages = self._pages()
        if pages is not None:
            response.body = response.body.encode("utf-8")
            pages.put(self._key(), cache.Page(response.body, dict(response.headers), response.content_type))
        return response

    def _pages(self) -> Optional[cache.Pages]:
        """Where pages are kept: those that anybody gets, in our own templates, from a file that does not change."""
        if self.request.actor or self.request.method != "GET" or not self.config.cache:
            return None
        memory = cache.known(self.ds.get_database(self.database))
        if memory is None or not (self.format or html.ours(self.ds, self.request)):
            return None
        pages: cache.Pages = memory.setdefault("pages", cache.Pages(self.config.cache * 1_000_000))
        return pages

    def _key(self) -> str:
        """All that a page depends on beside the file."""
        around = self.surroundings.key() if self.surroundings else None
        return repr((self.request.url, self.language, self.today.isoformat(), self.config, self.ds.setting("base_url"), around))

    def link(self, path: str, **parameters: Optional[str]) -> str:
        """A link to one of our addresses that keeps the language asked for."""
        wanted = self.request.args.get("_lang")
        given = {key: value for key, value in {**parameters, "_lang": parameters.get("_lang", wanted)}.items() if value}
        return str(self.ds.urls.path(path)) + (f"?{urlencode(given)}" if given else "")

    def here(self, path: str, **changes: Optional[str]) -> str:
        """A link to a page that keeps all this request asked for, but for what changes; None: without it."""
        return self.link(path, **{**{name: self.request.args[name] for name in self.request.args}, **changes})

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
                found = await database.execute_fn(_has_tables)
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
    texts = catalogue(negotiate(wanted, request.headers.get("accept-language", ""), languages()))
    database = await find_database(ds, settings)
    if database is None:
        raise NotFound(texts.gettext("No database with cases is served here"))
    if not await adapter.may_see(ds, request.actor, database, tables):
        message = texts.gettext("You may not see these cases")
        raise DatasetteError(message, status=403) if format else Forbidden(message)
    request.scope[OWN_PAGE] = True
    around = None if format else await surroundings(ds, request, database)
    found = Visit(ds, request, settings, database, texts, settings.today(), format, around)
    if wanted and wanted not in languages():
        raise found.refuse(texts.gettext("_lang: expected one of %(languages)s") % {"languages": ", ".join(languages())})
    return found


async def surroundings(ds: Any, request: Request, database: str) -> Surroundings:
    menu: list[dict[str, Any]] = []
    for links in pm.hook.menu_links(datasette=ds, actor=request.actor, request=request):
        menu += await await_me_maybe(links) or []
    may_ask = await adapter.allowed(ds, request.actor, "execute-sql", database)
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


def site_and_state(visit: Visit, day: str, released: Optional[str]) -> tuple[str, str]:
    """Where a page is cited from: the title of the site, and its day and release in words."""
    days = {"day": locale.whole_day(day, visit.language)}
    state = visit.texts.gettext("As of %(day)s") % days
    if released:
        days["released"] = locale.whole_day(released, visit.language)
        state = visit.texts.gettext("As of %(day)s, release of %(released)s") % days
    site = (visit.surroundings.metadata if visit.surroundings else {}).get("title") or visit.request.host
    return site, state


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
    visit: Visit, template: str, page: Any, path: str, status: int = 200, policy: str = CONTENT_SECURITY_POLICY, **more: Any
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
        "corrections": visit.config.corrections or visit.link("/-/cases/about") + "#corrections",
        "metadata": around.metadata,
        **more,
    }
    body = await html.render(ds, visit.request, f"datasette_cases/{template}", context, around.menu)
    response = Response.html(body, status=status, headers={**_headers(visit), "Content-Security-Policy": policy})
    return visit.keep(response) if status == 200 else response


def marked(text: str) -> Markup:
    """A meaning with its words in backticks as code."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts))


def respond_json(visit: Visit, value: Any) -> Response:
    """A page as JSON, open to other origins where Datasette is configured so."""
    headers = _headers(visit)
    if getattr(visit.ds, "cors", False):
        add_cors_headers(headers)
    return visit.keep(Response(json.text(value), headers=headers, content_type="application/json; charset=utf-8"))


def respond_text(visit: Visit, text: str, content_type: str, headers: dict[str, str]) -> Response:
    """A page as something else that is text; `headers` beside the usual ones."""
    return visit.keep(Response(text, headers={**_headers(visit), **headers}, content_type=content_type))


def _headers(visit: Visit) -> dict[str, str]:
    return {"Content-Language": visit.language, "Vary": "Accept-Language", "X-Content-Type-Options": "nosniff"}
