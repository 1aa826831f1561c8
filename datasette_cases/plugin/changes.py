"""/-/changes: what changed between releases, by `case`, `authority`, `kind` and `since` which release; as a page, as JSON, as a table and as a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from datasette import NotFound, Response
from datasette.utils.asgi import Request

from ..page import changes as page
from ..query import changes as query
from ..render import atom, tables
from ..render.changes import Told
from ..vocabulary.changes import CHANGE_KIND
from . import asking
from .pages import MAX_SIZE, SIZE, Visit, is_day, respond_csv, respond_html, respond_json, respond_text, size_asked, visit
from .share import Given

ADDRESS = "/-/changes"
PARAMETERS = ("case", "authority", "kind", "since", "_next", "_size")
MOST_DIGITS = 9


@dataclass(frozen=True)
class Asked:
    """`filters`: as in `query.changes`; `last`: the last change of the page before."""

    filters: dict[str, str]
    last: Optional[int]


async def answer(datasette: Any, request: Request) -> Response:
    """/-/changes, .json, .csv, .atom: ?case=, ?authority=, ?kind=, ?since=, _size and _next."""
    seen = await visit(datasette, request, query.TABLES, request.url_vars.get("format"))
    if kept := seen.kept():
        return kept
    asked, feed = _asked(seen, PARAMETERS), seen.format == "atom"
    if feed:
        return _respond_feed(seen, await _read(seen, asked, MAX_SIZE, False), asked, ADDRESS)
    shown = await _read(seen, asked, MAX_SIZE if seen.format == "csv" else SIZE, True)
    path = f"{ADDRESS}.{seen.format}" if seen.format else ADDRESS
    next_path = seen.here(path, _next=shown.next) if shown.next else None
    if seen.format == "csv":
        return respond_csv(seen, "changes", tables.CHANGES, tables.changes(shown.changes, lambda change: _address(seen, change)), next_path)
    if seen.format:
        return respond_json(seen, shown, next_path)
    return await respond_html(
        seen, "changes.html", shown, path, share=Given(keeps=("case", "authority", "kind", "since", "_next")), next_path=next_path, told=Told(seen.texts), groups=page.groups(shown.changes),
        json_path=seen.here(f"{ADDRESS}.json"), csv_path=seen.here(f"{ADDRESS}.csv", _next=None, _size=None), feed_path=seen.here(f"{ADDRESS}.atom", _next=None, _size=None),
    )  # fmt: skip


async def feed_of_case(datasette: Any, request: Request) -> Response:
    """/-/cases/<id>.atom: what changed in one case."""
    return await _feed_of(datasette, request, "case", "/-/cases")


async def feed_of_authority(datasette: Any, request: Request) -> Response:
    """/-/authorities/<id>.atom: what changed of one authority."""
    return await _feed_of(datasette, request, "authority", "/-/authorities")


async def feed_of_actor(datasette: Any, request: Request) -> Response:
    """/-/actors/<id>.atom: what changed of anybody else. An authority has its own address."""
    return await _feed_of(datasette, request, "actor", "/-/actors")


async def _feed_of(datasette: Any, request: Request, name: str, folder: str) -> Response:
    """A feed with an address of its own; ?kind= and ?since= hold in it too."""
    seen = await visit(datasette, request, query.TABLES, "atom")
    if kept := seen.kept():
        return kept
    found = request.url_vars[name]
    asked = _asked(seen, ("kind", "since", "_next", "_size"), {name: found})

    def known(connection: Any) -> tuple[bool, bool]:
        return query.knows(connection, name, found), name == "actor" and query.knows(connection, "authority", found)

    there, authority = await seen.read(known)
    if not there:
        raise NotFound(_missing(seen, name, found))
    if authority:
        return Response.redirect(seen.here(f"/-/authorities/{found}.atom"))
    return _respond_feed(seen, await _read(seen, asked, MAX_SIZE, False), asked, f"{folder}/{found}")


def _missing(seen: Visit, name: str, found: str) -> str:
    _ = seen.texts.gettext
    if name == "case":
        return _("There is no case %(case)s") % {"case": found}
    return (_("There is no authority %(id)s") if name == "authority" else _("There is nobody called %(id)s")) % {"id": found}


async def _read(seen: Visit, asked: Asked, usual: int, count: bool) -> page.ChangesPage:
    size = size_asked(seen, usual)

    def read(connection: Any) -> page.ChangesPage:
        _require_known(seen, asked, connection)
        found = query.read(connection, seen.language, asked.filters, size + 1, asked.last, count=count)
        return page.build(found, seen.words(connection), seen.language, size)

    return await seen.read(read)


def _asked(seen: Visit, names: tuple[str, ...], fixed: Optional[Mapping[str, str]] = None) -> Asked:
    """What is asked for, as far as it can be judged without the database. `fixed`: what the address says itself."""
    _, args = seen.texts.gettext, seen.request.args
    asking.require_once(seen, names)
    filters = dict(fixed or {})
    filters.update({name: args[name] for name in ("case", "authority", "kind") if name in names and args.get(name)})
    asking.require_word(seen, "kind", filters.get("kind"), CHANGE_KIND.values)
    if since := args.get("since"):
        number = since.isascii() and since.isdecimal() and len(since) <= MOST_DIGITS and int(since) > 0
        if not number and not is_day(since):
            raise seen.refuse(_("since: expected a day, written as 2024-06-06, or the number of a release, from 1"))
        filters["since_release" if number else "since_day"] = since
    text = args.get("_next")
    if text and not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise _no_token(seen)
    return Asked(filters, int(text) if text else None)


def _require_known(seen: Visit, asked: Asked, connection: Any) -> None:
    """Refuse ids that the database does not have, naming the nearest that it has, and a token of another list."""
    for name in query.IDS:
        asking.require_known(seen, name, asked.filters.get(name), query, connection)
    if asked.last is not None and not query.has(connection, asked.last, asked.filters):
        raise _no_token(seen)


def _no_token(seen: Visit) -> Any:
    return seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))


def _address(seen: Visit, change: page.Change) -> Optional[str]:
    """Where what changed stands: on the page of its case, or the document itself."""
    if change.case and change.anchor:
        return f"{seen.absolute(str(seen.ds.urls.path(f'/-/cases/{change.case.id}')))}#{change.anchor}"
    return change.url


def _respond_feed(seen: Visit, shown: page.ChangesPage, asked: Asked, path: str) -> Response:
    """`path`: of the page that says the same. Entries are whole: one of which a part would be cut off is on the next page."""
    groups, following = page.whole_groups(shown)

    def absolute(path: str) -> str:
        return str(seen.ds.absolute_url(seen.request, path))

    def address(group: page.Group, change: Optional[page.Change]) -> str:
        if group.case and group.case.there:
            return absolute(seen.link(f"/-/cases/{group.case.id}")) + (f"#{change.anchor}" if change and change.anchor else "")
        return absolute(seen.link(ADDRESS, case=group.case.id if group.case else None, since=str(group.release)))

    assert seen.surroundings, "asked for as a feed"
    site = seen.surroundings.metadata.get("title") or "datasette-cases"
    itself = seen.here(f"{path}.atom")
    about = atom.Feed(
        title=f"{seen.texts.gettext('What changed')} · {site}", author=str(site), itself=absolute(itself),
        page=absolute(seen.here(path, _next=None, _size=None)),
        next=absolute(seen.here(f"{path}.atom", _next=following)) if following else None,
        released=shown.releases[0].released if shown.releases else None,
        filters={name: value for name, value in asked.filters.items() if name in ("authority", "actor", "kind")}, all_filters=asked.filters,
    )  # fmt: skip
    return respond_text(seen, atom.feed(about, groups, address, seen.texts), "application/atom+xml; charset=utf-8", {})
