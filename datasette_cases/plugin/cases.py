"""What may be asked of the list of cases, and the list as a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Optional

from datasette import Response

from ..page import case_board
from ..page.cases import CasesPage
from ..query import cases as query
from ..query.cases import Asked
from ..render import strip
from . import asking, share
from .pages import Visit, respond_html

SIZE = 50
"""Cases on a page: a strip takes more room than a line of other lists."""
KEEPS = ("q", *query.FILTERS, "view", "_next")
"""Parameters that change which cases are shown, or what of them."""
VIEWS = LIST, BOARD = "list", "board"
YEAR = re.compile(r"\d{4}", re.ASCII)
MOST_LETTERS, MOST_WORDS = 200, 12
"""Of what is looked for."""
FIRST_WAY = {"title": False, "next_deadline": False}
"""Column → whether it is first sorted the other way round; true for all others."""


def asked(seen: Visit) -> Asked:
    """What is asked for, as far as it can be judged without the database."""
    _, args = seen.texts.gettext, seen.request.args
    asking.require_once(seen, ("q", "view", "least", *query.FILTERS, "_sort", "_sort_desc", "_next", "_size"))
    filters = {name: args[name] for name in query.FILTERS if args.get(name)}
    if "year" in filters and not YEAR.fullmatch(filters["year"]):
        raise seen.refuse(_("year: expected a year, written as 2024"))
    column, descending = asking.order(seen, list(query.SORTS)) or (query.DEFAULT, True)
    return Asked(filters, _words(seen), column, descending, args.get("_next") or None)


def _words(seen: Visit) -> tuple[str, ...]:
    text = seen.request.args.get("q") or ""
    words = tuple(word for word in text.split() if any(letter.isalnum() for letter in word))
    if len(text) > MOST_LETTERS or len(words) > MOST_WORDS or (text.strip() and not words) or "\0" in text:
        raise seen.refuse(
            seen.texts.gettext("q: expected at most %(words)s words and %(letters)s characters, a letter or digit among them")
            % {"words": MOST_WORDS, "letters": MOST_LETTERS}
        )
    return words


@dataclass(frozen=True)
class View:
    """In which form the page is asked for. `least`: in how many cases an authority has to be for a row of the board; null: not said."""

    form: str
    least: Optional[int]


def view(seen: Visit) -> View:
    form, least = seen.request.args.get("view") or LIST, seen.request.args.get("least")
    asking.require_word(seen, "view", form, VIEWS)
    if least and not (least.isascii() and least.isdecimal() and len(least) < 5 and int(least) > 0):
        raise seen.refuse(seen.texts.gettext("least: expected a number of cases from 1"))
    return View(form, int(least) if least else None)


def require_known(seen: Visit, found: Asked, connection: Any) -> None:
    """Refuse what the database does not have, naming the nearest that it has."""
    for name in query.IDS:
        asking.require_known(seen, name, found.filters.get(name), query, connection)
    if found.last and not query.has(connection, found.last, seen.today.isoformat(), seen.language, found):
        raise seen.refuse(seen.texts.gettext("_next: expected the token of a page of this list"))


async def respond(seen: Visit, page: CasesPage, found: Asked, view: View, next_path: Optional[str]) -> Response:
    least = view.least or case_board.least(page)
    board = case_board.build(page, least) if view.form == BOARD else None

    def sorted_by(column: str) -> str:
        """A link that sorts by a column; by the one chosen, the other way round."""
        descending = not found.descending if column == found.sort else FIRST_WAY.get(column, True)
        way = {"_sort": None, "_sort_desc": None} | {"_sort_desc" if descending else "_sort": column}
        return seen.here("/-/cases", **{**way, "_next": None})

    return await respond_html(
        seen, "cases.html", page, "/-/cases", share=share.of_cases(seen, page, KEEPS), next_path=next_path, view=view.form, board=board, least=least, order=found, sorted_by=sorted_by,
        strip=strip, texts=seen.texts, numbers_sql=query.NUMBERS, columns=list(query.SORTS),
        json_path=seen.here("/-/cases.json", view=None, least=None), csv_path=seen.here("/-/cases.csv", view=None, least=None, _next=None, _size=None),
    )  # fmt: skip
