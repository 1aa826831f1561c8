"""Statements as a table for spreadsheets: a line each."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator

from ..page.parts import Answer
from ..page.statements import Line

COLUMNS = (
    "id", "case_id", "case_title", "date", "date_precision", "date_end", "actor_ids", "actors", "countries", "form", "act", "summary",
    "quote", "language", "translation", "translator", "subject", "answers", "confidence", "background", "retracted", "sources", "address",
)  # fmt: skip
"""Where there can be several of something, they stand in one cell: ids, countries and addresses with spaces between, others with semicolons."""


def lines(statements: Iterable[Line], address: Callable[[Line], str]) -> Iterator[list[Any]]:
    for said in statements:
        yield [
            said.id, said.case.id, said.case.title, said.date, said.date_precision, said.date_end,
            " ".join(actor.id for actor in said.actors if actor.id), "; ".join(actor.name for actor in said.actors if actor.name),
            " ".join(actor.country for actor in said.actors if actor.country), said.form, said.act, said.summary, said.quote, said.language,
            said.translation, said.translator, said.subject, "; ".join(map(answered, said.answers)), said.confidence, int(said.context),
            said.retracted, " ".join(source.url for source in said.sources), address(said),
        ]  # fmt: skip


def answered(answer: Answer) -> str:
    """`lawful: no`; `competent: yes (ie-dpc)` where it is about another authority."""
    return f"{answer.question}: {answer.answer}" + (f" ({answer.about.id})" if answer.about else "")
