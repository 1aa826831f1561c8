"""Lists as tables for spreadsheets: a line each. Where there can be several of something they stand in one cell: ids and addresses
with spaces between, names with semicolons."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator, Optional, Sequence

from ..page.actors import Line as Actor
from ..page.authorities import Line as Authority
from ..page.case import Authority as Row
from ..page.case import CasePage
from ..page.changes import Change
from ..page.deadlines import Line as Deadline
from ..page.parts import ActorRef, Citation

Lines = Iterator[Sequence[Any]]

ACTORS = ("id", "kind", "name", "short_name", "name_native", "native_language", "country", "region", "website", "address")


def actors(lines: Iterable[Actor], address: Callable[[ActorRef], str]) -> Lines:
    for line in lines:
        one = line.actor
        yield [
            one.id, one.kind, one.name, one.short_name, line.name_native, line.native_language, one.country, one.region, line.website,
            address(one),
        ]  # fmt: skip


AUTHORITIES = (
    "id", "name", "short_name", "name_native", "native_language", "country", "region", "level", "latitude", "longitude", "cases", "concerned",
    "answer", "answer_since", "answer_form", "decision_state", "status_case_id", "status", "phase", "status_since", "nothing_found",
    "days_asked", "address",
)  # fmt: skip


def authorities(lines: Iterable[Authority], address: Callable[[ActorRef], str]) -> Lines:
    for line in lines:
        one, stance, status = line.authority, line.stance, line.status
        yield [
            one.id, one.name, one.short_name, line.name_native, line.native_language, one.country, one.region, line.level, line.latitude,
            line.longitude, line.cases, int(line.concerned), stance and stance.answer, stance and stance.answer_since, stance and stance.form,
            stance and stance.decision_state and stance.decision_state.state, status and status.case.id, status and status.status,
            status and status.phase, status and status.since, int(line.nothing_found), line.days_asked, address(one),
        ]  # fmt: skip


DEADLINES = (
    "id", "case_id", "case_title", "kind", "title", "group", "last_day", "last_day_precision", "last_day_end", "reckoned_day",
    "reckoned_day_first", "basis", "provision", "rule_id", "actor_ids", "actors", "addressee_ids", "addressees", "outcome", "passed", "note",
    "sources", "address",
)  # fmt: skip


def deadlines(lines: Iterable[Deadline], address: Callable[[Deadline], str]) -> Lines:
    for line in lines:
        yield [
            line.id, line.case.id, line.case.title, line.kind, line.title, line.group, line.last_day, line.last_day_precision,
            line.last_day_end, line.reckoned_day, line.reckoned_day_first, line.basis, line.provision, line.rule_id, ids(line.actors),
            names(line.actors), ids(line.addressees), names(line.addressees), line.outcome, int(line.passed), line.note, urls(line.sources),
            address(line),
        ]  # fmt: skip


CHANGES = (
    "number", "release", "released", "case_id", "case_title", "kind", "item", "column", "old", "new", "reason", "there", "actor_ids",
    "actors", "date", "date_precision", "date_end", "address",
)  # fmt: skip


def changes(lines: Iterable[Change], address: Callable[[Change], Optional[str]]) -> Lines:
    for one in lines:
        yield [
            one.number, one.release, one.released, one.case and one.case.id, one.case and one.case.title, one.kind, one.item, one.column,
            one.old, one.new, one.reason, int(one.there), ids(one.actors), names(one.actors), one.date, one.date_precision, one.date_end,
            address(one),
        ]  # fmt: skip


BOARD = (
    "authority_id", "name", "short_name", "country", "region", "group", "roles", "status", "phase", "status_since", "complaints_open",
    "complaints_closed", "nothing_found", "days_asked",
)  # fmt: skip
ANSWERED = ("answer", "since", "form", "subject", "state")
"""What is told of each question: `lawful`, `lawful_since`, ..."""
WORD = ("last_word_id", "last_word_date", "last_word", "quote", "language", "translation", "source", "address")


def board_columns(page: CasePage) -> list[str]:
    answered = [question.id if part == "answer" else f"{question.id}_{part}" for question in page.questions for part in ANSWERED]
    return [*BOARD, *answered, *WORD]


def board(page: CasePage, address: Callable[[Row], str]) -> Lines:
    """The board of a case: a line for each authority, in the page's order."""
    for row in page.authorities:
        one, status, word = row.authority, row.status, row.last_word
        answered: list[Any] = []
        for question in page.questions:
            stance = row.stance[question.id]
            state = stance and stance.decision_state
            answered += (
                [stance.answer, stance.since, stance.form, stance.subject, state and state.state] if stance else [None] * len(ANSWERED)
            )
        yield [
            one.id, one.name, one.short_name, one.country, one.region, row.group, " ".join(role.role for role in row.roles),
            status and status.status, status and status.phase, status and status.since, row.complaints_open, row.complaints_closed,
            int(row.nothing_found), row.days_asked, *answered, word and word.id, word and word.date, word and word.summary,
            word and word.quote, word and word.language, word and word.translation, word and word.source and word.source.url, address(row),
        ]  # fmt: skip


def ids(actors: Iterable[ActorRef]) -> str:
    return " ".join(actor.id for actor in actors if actor.id)


def names(actors: Iterable[ActorRef]) -> str:
    return "; ".join(actor.name for actor in actors if actor.name)


def urls(sources: Iterable[Citation]) -> str:
    return " ".join(source.url for source in sources)
