"""/-/cases/reconcile: the Reconciliation Service API 0.2 (W3C community group), by which OpenRefine and others match their lists."""

from __future__ import annotations

import json as parser
from functools import cache
from typing import Any, Iterable, Mapping, Optional
from urllib.parse import parse_qs

from datasette import Forbidden, NotFound, Response
from datasette.utils.asgi import Request

from .. import __version__
from ..i18n import languages
from ..page.reconcile import CERTAIN, LEAST, Authority, Candidate, Index, likeness, words
from ..query import reconcile as query
from ..render import locale
from ..vocabulary.iso import COUNTRIES
from . import adapter
from .pages import DatasetteError, Visit, respond_json, visit  # type: ignore[attr-defined]

ADDRESS = "/-/cases/reconcile"
TYPES = {"authority": "Authority", "case": "Case"}
PROPERTIES = {"country": "Country", "website": "Website"}
"""What else may be said of an authority: a country by its code, name or adjective; an address of its website."""

MOST_QUERIES, MOST_LETTERS, MOST_BYTES = 100, 200, 200_000
"""Of one batch, one text, one body."""
USUAL, MOST = 5, 50
"""Candidates for a text."""
METHODS = ("GET", "HEAD", "POST")


class TooMuch(Exception):
    """The body is larger than may be sent."""


async def answer(datasette: Any, request: Request) -> Response:
    """/-/cases/reconcile: what the service can do; with `queries`, by GET or as a form by POST, the candidates for each."""
    if request.method not in METHODS:
        return _problem("GET, HEAD, POST", 405, {"Allow": ", ".join(METHODS)})
    try:
        seen = await visit(datasette, request, query.TABLES, "json")
        if kept := seen.kept():
            return kept
        asked = await _queries(request)
        if asked is None:
            return respond_json(seen, await _manifest(seen))
        batch = _batch(seen, asked)
        found = await seen.read(lambda connection: {key: {"result": _found(seen, connection, one)} for key, one in batch.items()})
        return respond_json(seen, found)
    except TooMuch:
        return _problem(f"at most {MOST_BYTES} bytes", 413)
    except (DatasetteError, Forbidden, NotFound) as error:
        return _problem(str(getattr(error, "message", None) or error), error.status)


async def suggest(datasette: Any, request: Request) -> Response:
    """/-/cases/reconcile/suggest/entity, property, type: those whose names have words that begin like `prefix`."""
    seen = await visit(datasette, request, query.TABLES, "json")
    prefix, kind = (request.args.get("prefix") or "")[:MOST_LETTERS], request.url_vars["kind"]
    if kind != "entity":
        known = PROPERTIES if kind == "property" else TYPES
        return respond_json(
            seen, {"result": [{"id": key, "name": name} for key, name in known.items() if name.lower().startswith(prefix.lower())]}
        )

    def read(connection: Any) -> list[dict[str, Any]]:
        index = _index(seen, connection)
        cases = [row for row in query.cases(connection, prefix) if set(words(prefix)) <= set(words(row["title"]))]
        return [*(_entity(index.authorities[one]) for one in index.suggest(prefix)), *map(_case, cases)][:MOST]

    keys = {"id": "id", "name": "name", "description": "description", "notable": "type"}
    return respond_json(seen, {"result": [{key: one[name] for key, name in keys.items()} for one in await seen.read(read)]})


async def view(datasette: Any, request: Request) -> Response:
    """/-/cases/reconcile/<id>: to the page of an authority or a case."""
    seen = await visit(datasette, request, query.TABLES)
    id = request.url_vars["id"]
    kind = await seen.read(lambda connection: query.type_of(connection, id))
    if kind is None:
        raise NotFound(seen.texts.gettext("There is no case %(case)s") % {"case": id})
    return Response.redirect(seen.link(f"/-/{'authorities' if kind == 'authority' else 'cases'}/{id}"))


# --- what is asked ----------------------------------------------------------------------------------------------------


async def _queries(request: Request) -> Optional[str]:
    """The text of `queries`; None: it was not sent."""
    if request.method == "POST":
        form = parse_qs((await _body(request)).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
        return form["queries"][0] if "queries" in form else None
    given: Optional[str] = request.args.get("queries")
    return given


async def _body(request: Request) -> bytes:
    """What was posted, as long as it is not too much."""
    body: bytes = b""
    while True:
        message: dict[str, Any] = await request.receive()
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooMuch
        if not message.get("more_body", False):
            return body


def _batch(seen: Visit, text: str) -> dict[str, Mapping[str, Any]]:
    """A batch as the specification has it, or a refusal that says what was expected."""
    _ = seen.texts.gettext
    try:
        found = parser.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or len(found) > MOST_QUERIES or not all(_is_query(one) for one in found.values()):
        raise seen.refuse(
            _("queries: expected a JSON object of at most %(most)s queries, each with a query of at most %(letters)s characters")
            % {"most": MOST_QUERIES, "letters": MOST_LETTERS}
        )
    return found


def _is_query(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("query", ""), str) or len(one.get("query", "")) > MOST_LETTERS:
        return False
    limit, types, properties = one.get("limit", USUAL), one.get("type") or [], one.get("properties") or []
    return (
        isinstance(limit, (int, float)) and not isinstance(limit, bool) and limit == limit and (isinstance(types, str) or _are_texts(types))
        and isinstance(properties, list) and len(properties) <= 10 and all(isinstance(each, dict) and isinstance(each.get("pid"), str) for each in properties)
    )  # fmt: skip


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _said(one: Mapping[str, Any], name: str) -> Optional[str]:
    """The value of a property: a text, or of something that was matched before its name."""
    for each in one.get("properties") or []:
        if each["pid"] == name:
            value = each.get("v")
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("name") or value.get("id") if isinstance(value, dict) else value
            if value not in (None, "", []):
                return str(value)[:MOST_LETTERS]
    return None


# --- what is answered -------------------------------------------------------------------------------------------------


def _found(seen: Visit, connection: Any, one: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Candidates, best first. Where two are certain, none is."""
    text, types = one.get("query", ""), one.get("type") or list(TYPES)
    types = [types] if isinstance(types, str) else types
    found: list[tuple[Candidate, dict[str, Any]]] = []
    if "authority" in types:
        index = _index(seen, connection)
        country, website = _said(one, "country"), _said(one, "website")
        found += [(each, _entity(index.authorities[each.id])) for each in index.match(text, country, website)]
    if "case" in types:
        found += _cases(connection, text)
    sure = sum(each.match for each, _ in found) == 1
    found.sort(key=lambda pair: (-pair[0].score, pair[1]["type"][0]["id"], pair[0].id))
    most = max(1, min(MOST, int(one.get("limit", USUAL)))) if abs(one.get("limit", USUAL)) < 1e9 else MOST
    return [{**entity, "score": each.score, "match": each.match and sure} for each, entity in found[:most]]


def _cases(connection: Any, text: str) -> list[tuple[Candidate, dict[str, Any]]]:
    """Cases of that id or title are certain, if there is one; others are like it."""
    asked, found = words(text), query.cases(connection, text)
    titles = {row["id"]: [words(title) for title in (row["title"], *parser.loads(row["titles"]))] for row in found}
    same = [row["id"] for row in found if row["id"] == text.strip() or (asked and asked in titles[row["id"]])]
    answers = []
    for row in found:
        near = max(likeness(set(asked), set(title)) for title in titles[row["id"]]) * 70
        score = (CERTAIN if len(same) == 1 else 90.0) if row["id"] in same else round(near, 1)
        if score >= LEAST:
            answers.append((Candidate(row["id"], score, same == [row["id"]]), _case(row)))
    return answers


def _entity(one: Authority) -> dict[str, Any]:
    described = ", ".join(dict.fromkeys((one.short_name, *one.names[:1], *([one.region or one.country] if one.country else []))))  # type: ignore[list-item]
    return {"id": one.id, "name": one.name, "description": described, "type": [_type("authority")]}


def _case(row: Mapping[str, Any]) -> dict[str, Any]:
    described = ", ".join(filter(None, (row["regime"].upper(), row["opened"])))
    return {"id": row["id"], "name": row["title"], "description": described, "type": [_type("case")]}


def _type(id: str) -> dict[str, str]:
    return {"id": id, "name": TYPES[id]}


async def _manifest(seen: Visit) -> dict[str, Any]:
    def absolute(path: str) -> str:
        return str(seen.ds.absolute_url(seen.request, seen.ds.urls.path(path)))

    site = (await adapter.metadata(seen.ds, seen.database)).get("title") or "datasette-cases"
    service = absolute(ADDRESS)
    return {
        "versions": ["0.2"],
        "name": str(site),
        "identifierSpace": f"{service}/",
        "schemaSpace": absolute("/-/cases/about"),
        "serviceVersion": __version__,
        "view": {"url": f"{service}/{{{{id}}}}"},
        "defaultTypes": [_type(id) for id in TYPES],
        "suggest": {kind: {"service_url": service, "service_path": f"/suggest/{kind}"} for kind in ("entity", "property", "type")},
    }


def _problem(message: str, status: int, headers: Optional[dict[str, str]] = None) -> Response:
    """An error in Datasette's shape, as JSON: the address has no ending by which Datasette would know."""
    return Response.json({"ok": False, "error": message, "errors": [message], "status": status}, status=status, headers=headers or {})


def _index(seen: Visit, connection: Any) -> Index:
    """All authorities by their names; kept as long as the file does not change."""
    return seen.remembered("whom a text means", "", lambda: Index(_authorities(connection), _country_names()))


def _authorities(connection: Any) -> Iterable[Authority]:
    for row in query.authorities(connection):
        names, former = tuple(parser.loads(row["names"])), tuple(parser.loads(row["former"]))
        yield Authority(row["id"], row["name"], row["short_name"], row["country"], row["region"], names, former, row["website"])


@cache
def _country_names() -> dict[str, set[str]]:
    """Code → its names in the languages of the interface."""
    return {code: {locale.country(code, language) for language in languages()} for code in sorted(COUNTRIES)}
