"""The cells of a case's strip: as links, in words one by one and all together, and as columns of a table."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any, Iterable

from markupsafe import Markup, escape

from ..i18n import Catalogue
from ..page.cases import ANNULLED, NOTHING_FOUND, CasesPage, Cell, Line
from . import locale

COLUMNS = (
    "id", "title", "regime", "respondents", "topics", "opened", "last_act", "checked", "complaints", "authorities_asked", "decided",
    "decided_in_part", "nothing_found", "next_deadline", "next_deadline_day", "strip",
)  # fmt: skip
"""The columns of the list as a table, one line a case."""


def holds(cell: Cell, texts: Catalogue) -> str:
    """What an authority holds, and that it was annulled; else what is known of it."""
    if cell.answer:
        return f"{cell.label} ({cell.state_label})" if cell.state == ANNULLED else cell.label or cell.answer
    return texts.gettext("nothing public found") if cell.holds == NOTHING_FOUND else texts.gettext("no answer known")


def look(cell: Cell) -> str:
    """The classes by which a stylesheet draws it."""
    return " ".join(filter(None, [f"answer-{cell.answer}" if cell.answer else cell.holds, ANNULLED if cell.state == ANNULLED else None]))


def code(cell: Cell) -> str:
    """What stands in the cell: where the authority is; the name of one that belongs to no country."""
    return cell.authority.region or cell.authority.country or cell.authority.short_name or ""


def codes(strip: Iterable[Cell]) -> list[tuple[Cell, str]]:
    """Each cell with what stands in it: the authority's name where the strip has several in one place."""
    coded = [(cell, code(cell)) for cell in strip]
    number = Counter(text for _, text in coded)
    return [(cell, text if number[text] == 1 else cell.authority.short_name or text) for cell, text in coded]


def groups(strip: Iterable[Cell]) -> list[tuple[str, list[tuple[Cell, str]]]]:
    """The strip in its parts, lead, asked, also spoke, each cell with what stands in it."""
    return [(group, list(cells)) for group, cells in groupby(codes(strip), lambda coded: coded[0].group)]


def link(cell: Cell, case: str, inside: str, texts: Catalogue) -> Markup:
    """The cell as a link to its row on the page of its case, which has the address `case`. Escaped by hand: there are hundreds of them."""
    words = escape(said(cell, texts))
    address = f"{escape(case)}#{escape(cell.anchor)}"
    return Markup(f'<a class="{escape(look(cell))}" href="{address}" title="{words}" aria-label="{words}">{escape(inside)}</a>')


def said(cell: Cell, texts: Catalogue) -> str:
    """The cell in words, with where decision and procedure stand: "IT Garante: Finds it unlawful · Under appeal · Decided"."""
    name = cell.authority.short_name if cell.authority.id else texts.gettext("not known which")
    where = code(cell)
    parts = [holds(cell, texts), None if cell.state == ANNULLED else cell.state_label, cell.status_label]
    return f"{where if where == name else f'{where} {name}'}: {' · '.join(filter(None, parts))}"


def sentence(cells: list[Cell], texts: Catalogue) -> str:
    """All cells in words, by what they hold: "Finds it unlawful: Italy; Examining: France, Germany (BfDI)"."""
    number = Counter(cell.authority.country for cell in cells)
    return "; ".join(
        f"{held}: {', '.join(place(cell, number[cell.authority.country] > 1, texts) for cell in found)}"
        for held, found in runs(cells, texts)
    )


def runs(cells: Iterable[Cell], texts: Catalogue) -> list[tuple[str, list[Cell]]]:
    """What is held, with the cells that hold it; in the order of the legend."""
    found: dict[str, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: cell.rank):
        found.setdefault(holds(cell, texts), []).append(cell)
    return list(found.items())


def place(cell: Cell, several: bool, texts: Catalogue) -> str:
    """The country, or the authority of none; with its name where there are several or it is one of a region, and its decision's state."""
    authority = cell.authority
    country = locale.country(authority.country, texts.language)
    more = [
        authority.short_name if country and (several or authority.region) else None,
        None if cell.state == ANNULLED else cell.state_label,
    ]
    told = ", ".join(filter(None, more))
    return f"{country or authority.short_name}{f' ({told})' if told else ''}"


def lines(page: CasesPage, texts: Catalogue) -> Iterable[list[Any]]:
    return (line(one, texts) for one in page.cases)


def line(case: Line, texts: Catalogue) -> list[Any]:
    due = case.next_deadline
    return [
        case.id, case.title, case.regime, "; ".join(one.name for one in case.respondents), "; ".join(case.topics), case.opened,
        case.last_act, case.checked, case.complaints, case.authorities_asked, case.decided, case.decided_in_part, case.nothing_found,
        due and due.title, due and (due.last_day or due.reckoned_day), "; ".join(said(cell, texts) for cell in case.strip),
    ]  # fmt: skip
