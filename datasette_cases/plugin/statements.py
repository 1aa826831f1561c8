"""/-/statements: search in what was said, as a page, as JSON and as a table."""

from __future__ import annotations

import re
from typing import Any, Optional

from datasette import Response
from datasette.utils.asgi import Request

from ..page import statements as page
from ..page.statements import Line, StatementsPage
from ..query import search
from ..query import statements as query
from ..query.statements import DATE, RELEVANCE, Asked
from ..render import cite
from ..render import statements as render
from ..render.hits import hits
from ..vocabulary import ACTOR_KIND, ANSWER, CONFIDENCE, FORM
from . import asking
from .pages import MAX_SIZE, SIZE, Visit, respond_csv, respond_html, respond_json, site_and_state, size_asked, visit, window_asked
from .share import Given

ADDRESS = "/-/statements"
WORDS = {"kind": ACTOR_KIND.values, "answer": ANSWER.values, "form": FORM.values, "confidence": CONFIDENCE.values, "retracted": ("1",)}
"""What is one of a few words."""
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
MOST_LETTERS = 200
"""Of what is looked for."""


async def answer(datasette: Any, request: Request) -> Response:
    """/-/statements, .json, .csv: those with the words of ?q=, by any filter, by date or relevance."""
    format = request.url_vars.get("format")
    seen = await visit(datasette, request, query.TABLES, format)
    if kept := seen.kept():
        return kept
    asked, size = _asked(seen), size_asked(seen, MAX_SIZE if format == "csv" else SIZE)

    def read(connection: Any) -> StatementsPage:
        _require_known(seen, asked, connection)
        found = query.read(connection, seen.today.isoformat(), seen.language, asked, size + 1)
        return page.build(found, seen.words(connection), seen.language, asked.filters.get("question"), size)

    shown = await seen.read(read)
    path = f"{ADDRESS}.{format}" if format else ADDRESS
    next_path = seen.here(path, _next=shown.next) if shown.next else None
    if format == "csv":
        lines = render.lines(shown.statements, lambda line: _address(seen, line))
        return respond_csv(seen, "statements", render.COLUMNS, lines, next_path)
    if format:
        return respond_json(seen, shown, next_path)
    return await respond_html(
        seen, "statements.html", shown, path, share=Given(keeps=(*query.FILTERS, "retracted", "_next")), next_path=next_path, order=asked, hits=hits, cited=lambda line: _cited(seen, shown, line),
        wordless="q" in asked.filters and not search.terms(request.args["q"]), json_path=seen.here(f"{ADDRESS}.json"),
        csv_path=seen.here(f"{ADDRESS}.csv", _next=None, _size=None),
    )  # fmt: skip


def _asked(seen: Visit) -> Asked:
    """What is asked for, as far as it can be judged without the database."""
    _, args = seen.texts.gettext, seen.request.args
    asking.require_once(seen, (*query.FILTERS, "retracted", "_sort", "_sort_desc", "_next", "_size"))
    filters = {name: args[name] for name in query.FILTERS if args.get(name)}
    for name, words in WORDS.items():
        asking.require_word(seen, name, args.get(name), words)
    if not LANGUAGE.fullmatch(filters.get("language", "en")):
        raise seen.refuse(_("language: expected the code of a language, such as nl"))
    window_asked(seen)
    if len(filters.get("q", "")) > MOST_LETTERS:
        raise seen.refuse(_("q: expected at most %(most)s characters") % {"most": MOST_LETTERS})
    if not filters.get("q", "x").strip():
        del filters["q"]
    column, descending = asking.order(seen, [DATE, RELEVANCE] if "q" in filters else [DATE]) or (DATE, True)
    if "q" in filters:
        filters["q"] = search.match(filters["q"])
    return Asked(filters, bool(args.get("retracted")), column, descending, args.get("_next") or None)


def _require_known(seen: Visit, asked: Asked, connection: Any) -> None:
    """Refuse what the database does not have, naming the nearest that it has, and a token of another list."""
    for name in query.IDS:
        asking.require_known(seen, name, asked.filters.get(name), query, connection)
    if asked.last and not query.has(connection, asked.last, seen.today.isoformat(), seen.language, asked):
        raise seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))


def _address(seen: Visit, line: Line, **days: Optional[str]) -> str:
    """Where a statement stands: on the page of its case."""
    return f"{seen.ds.absolute_url(seen.request, seen.link(f'/-/cases/{line.case.id}', **days))}#{line.anchor}"


def _cited(seen: Visit, shown: StatementsPage, line: Line) -> str:
    """How a statement is cited, with an address that keeps the day and the release."""
    site, state = site_and_state(seen, shown.as_of, shown.released)
    known = shown.released if shown.released and shown.released <= shown.as_of else None
    return cite.cite_statement(line, _address(seen, line, as_of=shown.as_of, as_known=known), site, state, seen.texts)
