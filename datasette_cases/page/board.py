"""The order of the board: a reader chooses the column, and each group is sorted by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterable, Optional

from .case import GROUPS, Authority, CasePage
from .parts import Question
from .words import Words


@dataclass(frozen=True)
class Order:
    column: str = "country"
    descending: bool = False


def columns(questions: Iterable[Question]) -> list[str]:
    """By what the board can be sorted."""
    return ["country", "authority", *(question.id for question in questions), "status", "since", "last_word"]


def in_order(page: CasePage, order: Order, words: Words) -> list[Authority]:
    """The rows of the board. Those without a value come last in their group, whichever way it is sorted."""
    value = _value(page, order.column, words)
    known = [row for row in page.authorities if value(row) is not None]
    unknown = [row for row in page.authorities if value(row) is None]
    known.sort(key=value, reverse=order.descending)
    return sorted(known + unknown, key=lambda row: GROUPS.index(row.group))


def _value(page: CasePage, column: str, words: Words) -> Callable[[Authority], Any]:
    """What a row is sorted by. Answers and statuses go by their place in the vocabulary."""
    if column == "country":
        return lambda row: row.authority.country or ""
    if column == "authority":
        return lambda row: row.authority.short_name and row.authority.short_name.casefold()
    if column == "since":
        return lambda row: row.status and row.status.since
    if column == "last_word":
        return lambda row: row.last_word and row.last_word.date_end
    places = {word.value: place for place, word in enumerate(words.all(column, page.case.regime))}

    def place(row: Authority) -> Optional[int]:
        if column == "status":
            return places.get(row.status.status, len(places)) if row.status else None
        stance = row.stance[column]
        return places.get(stance.answer, len(places)) if stance else None

    return place
