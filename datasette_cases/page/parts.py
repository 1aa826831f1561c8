"""What more than one page shows: actors, sources, answers, statuses, what happened and what is due."""

from __future__ import annotations

from typing import Optional

from .frozen import dataclass


@dataclass(frozen=True, order=True)
class Moment:
    """A date as its source gives it; in order of the last day it can be."""

    date_end: str
    date: str
    date_precision: str


@dataclass(frozen=True)
class ActorRef:
    """Somebody, as named on the page. `id` and `name` are null where only the country is known."""

    id: Optional[str]
    name: Optional[str]
    short_name: Optional[str]
    kind: Optional[str]
    country: Optional[str]
    region: Optional[str]


@dataclass(frozen=True)
class EntryRef:
    """Another entry of the page, by its anchor and date."""

    id: str
    anchor: str
    date: str
    date_precision: str
    date_end: str


@dataclass(frozen=True)
class Citation:
    """A document that says it. `kind` is a word of `source_kind`."""

    id: str
    url: str
    archived_url: Optional[str]
    publisher: str
    host: str
    title: Optional[str]
    kind: str
    kind_label: Optional[str]
    language: Optional[str]
    published: Optional[str]


@dataclass(frozen=True)
class Question:
    """A standing question of the regime. `coloured`: its answers are drawn in colour."""

    id: str
    label: Optional[str]
    short: Optional[str]
    coloured: bool


@dataclass(frozen=True)
class Answer:
    """An answer given. `about` is set where it is about another authority than the speaker."""

    question: str
    question_label: Optional[str]
    answer: str
    label: Optional[str]
    about: Optional[ActorRef]


@dataclass(frozen=True)
class Stance:
    """An answer that stands. `date` and `date_precision` are those of the statement that gives it. `decision_state`: what
    became of the decision that gives it; one that was annulled stays to be seen, and no longer stands."""

    answer: str
    label: Optional[str]
    since: str
    answer_since: str
    form: str
    form_label: Optional[str]
    subject: Optional[str]
    subject_title: Optional[str]
    statement_id: str
    date: str
    date_precision: str
    date_end: str
    decision_state: Optional[DecisionState]


@dataclass(frozen=True)
class Role:
    role: str
    label: Optional[str]
    since: str
    note: Optional[str]


@dataclass(frozen=True)
class Status:
    """Where a proceeding stands. `event_id` is the entry that moved it, null for the filing; the date is that entry's."""

    status: str
    label: Optional[str]
    phase: str
    phase_label: Optional[str]
    since: str
    date: str
    date_precision: str
    date_end: str
    event_id: Optional[str]


@dataclass(frozen=True)
class Period:
    """A time in which a proceeding stood so. `until`: the first day it no longer did, null where it still does."""

    status: str
    label: Optional[str]
    phase: str
    phase_label: Optional[str]
    since: str
    until: Optional[str]


@dataclass(frozen=True)
class Complaint:
    id: str
    anchor: str
    filed: str
    filed_precision: str
    filed_end: str
    count: int
    complainants: list[ActorRef]
    reference_numbers: list[str]
    articles: list[str]
    brought_under: Optional[str]
    brought_under_label: Optional[str]
    handled_by: Optional[ActorRef]
    handled_since: Optional[str]
    strand: Optional[str]
    status: Optional[str]
    status_label: Optional[str]
    status_since: Optional[str]
    open: Optional[bool]
    confidence: Optional[str]
    note: Optional[str]
    sources: list[Citation]


@dataclass(frozen=True)
class DecisionState:
    state: str
    label: Optional[str]
    since: str
    by: Optional[EntryRef]


@dataclass(frozen=True)
class Measure:
    """A corrective power used. `state`: what became of it, where that is not what became of the whole decision."""

    kind: str
    label: Optional[str]
    provisional: bool
    proposed: bool
    from_day: str
    until_day: Optional[str]
    amount: Optional[float]
    amount_max: Optional[float]
    currency: Optional[str]
    amount_eur: Optional[float]
    per: Optional[str]
    collected: Optional[float]
    state: Optional[DecisionState]


@dataclass(frozen=True)
class Correction:
    """What a release changed in something that was published: the table and column, and what stood there before and after, also in words
    where it does not say so itself."""

    day: str
    table: str
    column: str
    question_label: Optional[str]
    about: Optional[ActorRef]
    measure_label: Optional[str]
    old: Optional[str]
    old_label: Optional[str]
    new: Optional[str]
    new_label: Optional[str]


@dataclass(frozen=True)
class Reply(EntryRef):
    """Words that answer an entry: by whom, and what they say."""

    actors: list[ActorRef]
    summary: str


@dataclass(frozen=True)
class Item:
    """One thing in the chronicle: a filing, an act, words, or an act with words. `anchor` is its place on the page.
    `ended_by`: the entry that ended its measures or answers."""

    id: str
    anchor: str
    type: str
    date: str
    date_precision: str
    date_end: str
    published: Optional[str]
    actors: list[ActorRef]
    separately: bool
    to: list[ActorRef]
    act: Optional[str]
    act_label: Optional[str]
    summary: Optional[str]
    form: Optional[str]
    form_label: Optional[str]
    quote: Optional[str]
    language: Optional[str]
    translation: Optional[str]
    translator: Optional[str]
    subject: Optional[str]
    subject_title: Optional[str]
    answers: list[Answer]
    status: Optional[str]
    status_label: Optional[str]
    outcome: Optional[str]
    outcome_label: Optional[str]
    scope: Optional[str]
    reference: Optional[str]
    strand: Optional[str]
    measures: list[Measure]
    decision_state: Optional[DecisionState]
    ended_by: Optional[EntryRef]
    complaints: list[str]
    complaint: Optional[Complaint]
    addressee: Optional[ActorRef]
    replies_to: Optional[EntryRef]
    replies: list[Reply]
    context: bool
    confidence: Optional[str]
    confidence_label: Optional[str]
    note: Optional[str]
    has_note: bool
    retracted: Optional[str]
    corrections: list[Correction]
    sources: list[Citation]


@dataclass(frozen=True)
class Step:
    """One step from the law to a last day. `day`: the day reached by it."""

    day: Optional[str]
    text: str
    provision: Optional[str]


@dataclass(frozen=True)
class Deadline:
    """A last day or milestone. `passed`: the day is over and nothing is known of the outcome; never so where the day follows
    from the law (`basis` is `reckoned`): such a day says what may happen once it is over (`on_expiry`), and accuses nobody."""

    id: str
    anchor: str
    kind: str
    kind_label: Optional[str]
    title: str
    actors: list[ActorRef]
    addressees: list[ActorRef]
    last_day: Optional[str]
    last_day_precision: Optional[str]
    last_day_end: Optional[str]
    reckoned_day: Optional[str]
    reckoned_day_first: Optional[str]
    basis: Optional[str]
    basis_label: Optional[str]
    provision: Optional[str]
    rule_id: Optional[str]
    on_expiry: Optional[str]
    set_by: Optional[EntryRef]
    outcome: str
    outcome_label: Optional[str]
    passed: bool
    closed_by: Optional[EntryRef]
    note: Optional[str]
    steps: list[Step]
    sources: list[Citation]
