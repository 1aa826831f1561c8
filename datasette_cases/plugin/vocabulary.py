"""/-/vocabulary.json: every word with its label and meaning, in the language asked for."""

from __future__ import annotations

from typing import Any

from datasette import Response
from datasette.utils.asgi import Request

from ..page import vocabulary as page
from ..query import words as query
from . import asking
from .pages import respond_json, visit


async def answer(datasette: Any, request: Request) -> Response:
    """?field=: only one of the lists."""
    seen = await visit(datasette, request, (*query.TABLES, "releases"), "json")
    if kept := seen.kept():
        return kept
    field = request.args.get("field") or None

    def read(connection: Any) -> page.VocabularyPage:
        words = seen.words(connection)
        asking.require_word(seen, "field", field, sorted(words.fields()))
        return page.build(words, seen.language, query.released(connection), field)

    return respond_json(seen, await seen.read(read))
