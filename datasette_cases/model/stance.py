"""Which statement is the stance: an actor's current answer to a question about a subject.

Set by an editor from the words, never computed and never averaged. All this module decides is which of several answers
stands on which day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Iterable, Optional, Sequence

from ..vocabulary import FORM, Regime
from .case import Case, Entry
from .interval import Interval

SPOKEN = 1
"""The lowest class of forms: what is said or published without a formal step."""


@dataclass(frozen=True)
class Key:
    """Whose answer to what: one stance at a time."""

    actor: str
    subject: Optional[str]
    strand: Optional[str]
    question: str


@dataclass(frozen=True)
class Step:
    """An entry as it matters to a key it does not answer: it can end others by name. `place`: where it stands among the
    entries that count, in order of day, then file order."""

    statement: str
    day: date
    place: int
    ends: frozenset[str]


@dataclass(frozen=True)
class Given(Step):
    """One answer as given. `day` is the last day it can have been given on; `last_day` the end of the measure it came
    with, where the question's answers end with theirs."""

    answer: str
    form: str
    last_day: Optional[date] = None

    @property
    def rank(self) -> int:
        """The class of the form: 3 decides, 2 is a formal step, 1 is a spoken or published word."""
        return FORM[self.form].rank or SPOKEN

    @property
    def until(self) -> Optional[date]:
        """The first day on which it no longer stands by itself, because its measure has ended."""
        return max(self.day, self.last_day + timedelta(days=1)) if self.last_day else None


@dataclass(frozen=True)
class Stance(Interval):
    """`since` is the day of the statement shown; `answer_since` the day from which the answer has stood unbroken."""

    answer: str
    answer_since: date
    statement: str
    form: str


def takes_over(new: Given, current: Given) -> bool:
    """Whether a new answer replaces the one that stands.

    It does if it ends the current one by name. Otherwise its form's class must be at least the current one's, and a
    class-1 `undecided` takes over only from `undecided`.
    """
    if current.statement in new.ends:
        return True
    if new.rank == SPOKEN and new.answer == "undecided" and current.answer != "undecided":
        return False
    return new.rank >= current.rank


def follow(steps: Iterable[Step]) -> list[Stance]:
    """The intervals of one key from its answers, and from the entries that only end others.

    They never overlap; there is a gap only where an answer ended and no other took its place. An answer that has been
    ended by name before its own day comes never stands.
    """
    stances: list[Stance] = []
    current: Optional[Given] = None
    ended: set[str] = set()
    for step in sorted(steps, key=lambda step: step.place):
        if current and current.until and current.until <= step.day:
            stances += _stood(current, current.until, stances)
            current = None
        ended |= step.ends
        if isinstance(step, Given) and step.statement not in ended and (current is None or takes_over(step, current)):
            stances += _stood(current, step.day, stances)
            current = step
        elif current and current.statement in ended:
            stances += _stood(current, step.day, stances)
            current = None
    return stances + _stood(current, current.until if current else None, stances)


def _stood(given: Optional[Given], until: Optional[date], before: list[Stance]) -> list[Stance]:
    """The interval of an answer, if it stood for a day. Unbroken: the same answer stood up to its day."""
    if given is None or given.day == until:
        return []
    unbroken = before and before[-1].until == given.day and before[-1].answer == given.answer
    answer_since = before[-1].answer_since if unbroken else given.day
    return [Stance(given.day, until, given.answer, answer_since, given.statement, given.form)]


def said_by(entry: Entry) -> list[str]:
    """The actors named for an entry; none for an unnamed one."""
    return entry.by if isinstance(entry.by, list) else []


def subject_of(entry: Entry, case: Case) -> Optional[str]:
    """What the words are about: as written, or the case's only subject."""
    if entry.says and entry.says.subject:
        return entry.says.subject
    return case.subjects[0].id if case.subjects and len(case.subjects) == 1 else None


def counts(entry: Entry) -> bool:
    """Whether an entry moves stance and status: not what is retracted, nor what is only context."""
    return not entry.retracted and not entry.context


def in_order(entries: Optional[Sequence[Entry]]) -> list[Entry]:
    """The entries that count, in order of the last day each can have been on, then file order."""
    return sorted((entry for entry in entries or () if counts(entry)), key=lambda entry: entry.date.last)


def answers_of(case: Case, regime: Regime) -> dict[Key, list[Given]]:
    """Every answer of a case that counts, by key, in order. Answers about another authority are nobody's stance."""
    by_key: dict[Key, list[Given]] = {}
    for place, entry in enumerate(in_order(case.entries)):
        if not entry.says or not entry.says.answers or entry.says.about:
            continue
        for question, answer in entry.says.answers.items():
            last_day = last_day_of_measures(entry) if regime.question(question).ends_with_measure else None
            given = Given(entry.id, entry.date.last, place, ends_for(entry, question), answer, entry.says.form, last_day)
            for actor in said_by(entry):
                by_key.setdefault(Key(actor, subject_of(entry, case), entry.strand, question), []).append(given)
    return by_key


def last_day_of_measures(entry: Entry) -> Optional[date]:
    """The day on which the last of the entry's measures ends; None where one of them has no end, or there is none."""
    ends = [measure.until for measure in entry.measures or ()]
    return max((end for end in ends if end), default=None) if all(ends) else None


def ends_for(entry: Entry, question: str) -> frozenset[str]:
    """The entries whose answer to a question it ends."""
    return frozenset(entry.ends or ()) if not entry.ends_answers or question in entry.ends_answers else frozenset()


def endings_of(case: Case, question: str) -> list[Step]:
    """The entries of a case that end answers to a question by name."""
    steps = (Step(entry.id, entry.date.last, place, ends_for(entry, question)) for place, entry in enumerate(in_order(case.entries)))
    return [step for step in steps if step.ends]


def stances_of(case: Case, regime: Regime) -> list[tuple[Key, Stance]]:
    """All stances of a case, in order of the key's first answer."""
    endings = {question: endings_of(case, question) for question in regime.question_ids}
    return [(key, stance) for key, answers in answers_of(case, regime).items() for stance in follow([*answers, *endings[key.question]])]
