"""Requests → pages: parameters are read and checked here, permissions asked, one trip made to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Callable, Iterable, Optional, TypeVar
from urllib.parse import urlencode

from datasette import Forbidden, NotFound, Response
from datasette.utils import add_cors_headers, sqlite_timelimit
from datasette.utils.asgi import Request
from markupsafe import Markup, escape

try:
    from datasette.views.base import DatasetteError
except ImportError:  # where later versions keep it
    from datasette.utils.asgi import DatasetteError  # type: ignore[no-redef]

from .. import __version__
from ..i18n import Catalogue, catalogue, languages, negotiate
from ..render import json, locale
from . import adapter, config

TIME_LIMIT_MS = 2000
"""A page's SQL is stopped after this long."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; base-uri 'none'"
)

OURS = ("cases", "proceedings", "stances", "vocabulary", "releases")
"""Tables by which a database with cases is known."""

T = TypeVar("T")


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

    @property
    def language(self) -> str:
        return self.texts.language

    async def read(self, function: Callable[[Any], T]) -> T:
        """Run a function of the connection in a thread, with a limit on its time."""

        def limited(connection: Any) -> T:
            with sqlite_timelimit(connection, TIME_LIMIT_MS):
                return function(connection)

        result: T = await self.ds.get_database(self.database).execute_fn(limited)
        return result

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


async def find_database(ds: Any, settings: config.Config) -> Optional[str]:
    """The name of the database with cases: the one configured, else the first that has our tables."""
    names = [settings.database] if settings.database else [name for name in ds.databases if not name.startswith("_")]
    for name in names:
        if name in ds.databases:
            found = await ds.get_database(name).execute_fn(_has_tables)
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
    found = Visit(ds, request, settings, database, texts, settings.today(), format)
    if wanted and wanted not in languages():
        raise found.refuse(texts.gettext("_lang: expected one of %(languages)s") % {"languages": ", ".join(languages())})
    return found


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


def _day(text: str) -> Optional[date]:
    """A day written as 2024-06-06, and in no other way."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


async def respond_html(visit: Visit, template: str, page: Any, path: str, **more: Any) -> Response:
    """A page as HTML. `path`: its own address, for links to itself in other forms."""
    texts, ds = visit.texts, visit.ds
    may_ask = await adapter.allowed(ds, visit.request.actor, "execute-sql", visit.database)

    def sql_link(sql: str) -> Optional[str]:
        return adapter.query_path(ds, visit.database, sql) if may_ask else None

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
        "marked": marked,
        "whole_day": lambda iso: locale.whole_day(iso, visit.language),
        "link": visit.link,
        "here": lambda **changes: visit.here(path, **changes),
        "sql_link": sql_link,
        "table_link": lambda table, **filters: f"{ds.urls.table(visit.database, table)}{'?' + urlencode(filters) if filters else ''}",
        "database_link": ds.urls.database(visit.database),
        "static": lambda name: f"{ds.urls.static_plugins(config.NAME, name)}?{__version__}",
        "path": path,
        "asked": {key: visit.request.args.get(key) for key in visit.request.args if key != "_lang"},
        "settings": visit.config,
        "corrections": visit.config.corrections or visit.link("/-/cases/about") + "#corrections",
        "metadata": await adapter.metadata(ds, visit.database),
        **more,
    }
    body = await ds.render_template(f"datasette_cases/{template}", context, request=visit.request)
    return Response.html(body, headers={**_headers(visit), "Content-Security-Policy": CONTENT_SECURITY_POLICY})


def marked(text: str) -> Markup:
    """A meaning with its words in backticks as code."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts))


def respond_json(visit: Visit, value: Any) -> Response:
    """A page as JSON, open to other origins where Datasette is configured so."""
    headers = _headers(visit)
    if getattr(visit.ds, "cors", False):
        add_cors_headers(headers)
    return Response(json.text(value), headers=headers, content_type="application/json; charset=utf-8")


def respond_text(visit: Visit, text: str, content_type: str, headers: dict[str, str]) -> Response:
    """A page as something else that is text; `headers` beside the usual ones."""
    return Response(text, headers={**_headers(visit), **headers}, content_type=content_type)


def _headers(visit: Visit) -> dict[str, str]:
    return {"Content-Language": visit.language, "Vary": "Accept-Language", "X-Content-Type-Options": "nosniff"}
