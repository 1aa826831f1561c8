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
class Given:
    """One answer as given. `day` is the last day it can have been given on; `last_day` the end of the measure it came
    with, where the question's answers end with theirs; `ends` the statements it ends by name."""

    statement: str
    day: date
    answer: str
    form: str
    last_day: Optional[date] = None
    ends: frozenset[str] = frozenset()

    @property
    def rank(self) -> int:
        """The class of the form: 3 decides, 2 is a formal step, 1 is a spoken or published word."""
        return FORM[self.form].rank or SPOKEN


@dataclass(frozen=True)
class Stance(Interval):
    """`since` is the day of the statement shown; `answer_since` the day from which the answer has stood unbroken."""

    answer: str
    answer_since: date
    statement: str
    form: str


@dataclass(frozen=True)
class Ending:
    """Something ends a statement by name on a day."""

    statement: str
    day: date


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


def follow(answers: Iterable[Given], endings: Iterable[Ending] = ()) -> list[Stance]:
    """The intervals of one key from its answers in order of day, then file order.

    They never overlap; there is a gap only where an answer ended and no other took its place.
    """
    stances: list[Stance] = []
    current: Optional[Given] = None
    since = answer_since = date.min

    def close(until: Optional[date]) -> None:
        if current and (until is None or until > since):
            stances.append(Stance(since, until, current.answer, answer_since, current.statement, current.form))

    def measure_over(day: Optional[date]) -> bool:
        """Close the current answer if its measure has ended before the day."""
        if current and current.last_day and (day is None or current.last_day < day):
            close(max(since, current.last_day + timedelta(days=1)))
            return True
        return False

    steps: list[tuple[date, int, Given | Ending]] = [(given.day, 1, given) for given in answers]
    steps += [(ending.day, 0, ending) for ending in endings]
    for day, _, step in sorted(steps, key=lambda step: step[:2]):
        if measure_over(day):
            current = None
        if isinstance(step, Ending):
            if current and current.statement == step.statement:
                close(day)
                current = None
        elif current is None or takes_over(step, current):
            unbroken = current is not None and current.answer == step.answer
            close(day)
            current, since, answer_since = step, day, answer_since if unbroken else day
    if not measure_over(None):
        close(None)
    return stances


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
    for entry in in_order(case.entries):
        if not entry.says or not entry.says.answers or entry.says.about:
            continue
        for question, answer in entry.says.answers.items():
            ends_with_measure = regime.question(question).ends_with_measure
            given = Given(
                entry.id, entry.date.last, answer, entry.says.form,
                last_day_of_measures(entry) if ends_with_measure else None, frozenset(entry.ends or ()),
            )  # fmt: skip
            for actor in said_by(entry):
                by_key.setdefault(Key(actor, subject_of(entry, case), entry.strand, question), []).append(given)
    return by_key


def last_day_of_measures(entry: Entry) -> Optional[date]:
    """The day on which the last of the entry's measures ends; None where one of them has no end, or there is none."""
    ends = [measure.until for measure in entry.measures or ()]
    return max((end for end in ends if end), default=None) if all(ends) else None


def endings_of(case: Case) -> list[Ending]:
    """What the entries of a case end by name."""
    return [Ending(ended, entry.date.last) for entry in in_order(case.entries) for ended in entry.ends or ()]


def stances_of(case: Case, regime: Regime) -> list[tuple[Key, Stance]]:
    """All stances of a case, in order of the key's first answer."""
    endings = endings_of(case)
    found = []
    for key, answers in answers_of(case, regime).items():
        replaced = {(ended, given.day) for given in answers for ended in given.ends}
        others = [ending for ending in endings if (ending.statement, ending.day) not in replaced]
        found += [(key, stance) for stance in follow(answers, others)]
    return found
