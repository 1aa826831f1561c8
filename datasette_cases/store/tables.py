"""Every table of the published file. Names are a promise to people who write SQL; columns may be added.

Days: `date` is as the source gives it (a day, a month, a year; an interval by its first day), `date_precision` says
which, `date_end` is the last day it can have been. `since` is the first day on which something holds, `until` the first on
which it no longer does: as of a day, `since <= day and (until is null or until > day)`.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple, Optional

from ..model.actor import Actor, Authority, Publisher
from ..model.case import Case, Complaint, Deadline, Entry, Fine, KeyDay, Measure, Says, Search, SourceDetails, Subject
from ..vocabulary import (
    ACT,
    ACTOR_KIND,
    ANSWER,
    AUTHORITY_LEVEL,
    BASIS,
    BROUGHT_UNDER,
    CHANGE_KIND,
    CONFIDENCE,
    DATE_PRECISION,
    DEADLINE_KIND,
    DEADLINE_OUTCOME,
    DEADLINE_ROLE,
    DECISION_STATE,
    FORM,
    ITEM_TYPE,
    MEASURE,
    OUTCOME,
    PARTY_ROLE,
    ROLE,
    SOURCE_KIND,
)  # fmt: skip
from .table import About, Table, like

CaseId = Annotated[str, About("The case.", "cases.id")]
Position = Annotated[int, About("Order in the file, for what happened on one day.")]
Since = Annotated[str, About("First day on which it holds.")]
Until = Annotated[Optional[str], About("First day on which it no longer holds; null: holds still.")]
Start = Annotated[str, About("As the source gives it: a day, month or year; of an interval the first day.")]
Precision = Annotated[str, About("How exact the date is.", words=DATE_PRECISION)]
End = Annotated[str, About("The last day it can have been; facts count from it.")]
Strand = Annotated[Optional[str], like(Entry, "strand")]
Note = Annotated[Optional[str], like(Entry, "note")]
Retracted = Annotated[Optional[str], like(Entry, "retracted")]
Confidence = Annotated[Optional[str], like(Entry, "confidence", words=CONFIDENCE)]


class ActorRow(NamedTuple):
    id: Annotated[str, like(Actor, "id")]
    kind: Annotated[str, like(Actor, "kind", words=ACTOR_KIND)]
    name: Annotated[str, like(Actor, "name")]
    short_name: Annotated[str, like(Actor, "short_name")]
    name_native: Annotated[Optional[str], like(Actor, "name_native")]
    language: Annotated[Optional[str], About("Language of the native name.")]
    country: Annotated[Optional[str], like(Actor, "country")]
    website: Annotated[Optional[str], like(Actor, "website")]
    note: Annotated[Optional[str], like(Actor, "note")]


class AuthorityRow(NamedTuple):
    id: Annotated[str, About("The actor's id.", "actors.id")]
    name: Annotated[str, like(Authority, "name")]
    name_native: Annotated[str, About("The first of its own names.")]
    names: Annotated[str, About("All its own names, JSON: [{language, name}].")]
    short_name: Annotated[str, like(Authority, "short_name")]
    country: Annotated[Optional[str], like(Authority, "country")]
    region: Annotated[Optional[str], like(Authority, "region")]
    level: Annotated[str, like(Authority, "level", words=AUTHORITY_LEVEL)]
    edpb_member: Annotated[bool, like(Authority, "edpb_member")]
    languages: Annotated[str, About("Languages it works in, JSON.")]
    website: Annotated[Optional[str], like(Authority, "website")]
    seat: Annotated[Optional[str], like(Authority, "seat")]
    latitude: Annotated[Optional[float], like(Authority, "latitude")]
    longitude: Annotated[Optional[float], like(Authority, "longitude")]
    calendar: Annotated[Optional[str], About("Public holidays at its seat: country, or country-subdivision, of the package `holidays`.")]
    former_names: Annotated[Optional[str], About("What it was called before, JSON: [{name, until}].")]
    note: Annotated[Optional[str], like(Authority, "note")]


class CaseRow(NamedTuple):
    id: Annotated[str, About("The case's id, the file's name.")]
    title: Annotated[str, like(Case, "title")]
    summary: Annotated[str, like(Case, "summary")]
    regime: Annotated[str, like(Case, "regime")]
    opened: Annotated[Optional[str], About("First filing; without one, the first act or word. As the source gives it.")]
    opened_precision: Annotated[Optional[str], About("How exact that is.", words=DATE_PRECISION)]
    opened_end: Annotated[Optional[str], About("The last day it can have been.")]
    last_act: Annotated[Optional[str], About("Latest filing, act or word. As the source gives it.")]
    last_act_precision: Annotated[Optional[str], About("How exact that is.", words=DATE_PRECISION)]
    last_act_end: Annotated[Optional[str], About("The last day it can have been.")]
    checked: Annotated[Optional[str], About("Day of the latest search.")]
    total_complaints: Annotated[int, About("All complaints: as a source says, else the sum of `complaints.count`.")]


class CaseRespondentRow(NamedTuple):
    case_id: CaseId
    actor_id: Annotated[str, like(Case, "respondents", "actors.id")]


class CaseTopicRow(NamedTuple):
    case_id: CaseId
    topic: Annotated[str, like(Case, "topics")]


class CaseSubjectRow(NamedTuple):
    case_id: CaseId
    id: Annotated[str, like(Subject, "id")]
    since: Annotated[str, like(Subject, "since")]
    title: Annotated[str, like(Subject, "title")]


class KeyDayRow(NamedTuple):
    case_id: CaseId
    date: Annotated[str, like(KeyDay, "date")]
    label: Annotated[str, like(KeyDay, "label")]


class SearchRow(NamedTuple):
    case_id: CaseId
    date: Annotated[str, like(Search, "date")]
    places: Annotated[str, About("Where was searched, JSON.")]
    languages: Annotated[str, About("In which languages, JSON.")]
    authorities: Annotated[Optional[str], About("For which authorities, JSON; null: for all that were asked.")]


class TranslationRow(NamedTuple):
    case_id: CaseId
    language: Annotated[str, About("Language of the text.")]
    item_type: Annotated[str, About("`case`, `subject` or `key_day`.")]
    item_id: Annotated[str, About("The case, the subject, or the day.")]
    field: Annotated[str, About("Which column it translates.")]
    text: Annotated[str, About("The translation.")]


class ComplaintRow(NamedTuple):
    id: Annotated[str, About("`<case>/<complaint>`.")]
    case_id: CaseId
    position: Position
    authority_id: Annotated[Optional[str], like(Complaint, "authority", "actors.id")]
    country: Annotated[Optional[str], About("Country of lodging.")]
    filed: Annotated[str, like(Complaint, "filed")]
    filed_precision: Precision
    filed_end: End
    reference_numbers: Annotated[Optional[str], About("The complainant's and the authority's numbers, JSON.")]
    brought_under: Annotated[Optional[str], like(Complaint, "brought_under", words=BROUGHT_UNDER)]
    articles: Annotated[Optional[str], About("Provisions it says were infringed, JSON.")]
    count: Annotated[int, like(Complaint, "count")]  # type: ignore[assignment]
    handled_by_id: Annotated[Optional[str], like(Complaint, "handled_by", "actors.id")]
    handled_since: Annotated[Optional[str], About("Day from which that authority handles it.")]
    strand: Strand
    confidence: Confidence
    note: Note


class ComplaintActorRow(NamedTuple):
    complaint_id: Annotated[str, About("The complaint.", "complaints.id")]
    actor_id: Annotated[str, About("Who.", "actors.id")]
    role: Annotated[str, About("On which side.", words=PARTY_ROLE)]


class RoleRow(NamedTuple):
    case_id: CaseId
    authority_id: Annotated[str, About("The authority, or a body of authorities.", "actors.id")]
    role: Annotated[str, About("What it is in this case.", words=ROLE)]
    since: Since
    until: Until
    note: Note


class EventRow(NamedTuple):
    id: Annotated[str, About("`<case>/<entry>`; stable, and the anchor on the page.")]
    case_id: CaseId
    position: Position
    actor_id: Annotated[Optional[str], About("Who acted: the first named; null if unnamed. All: `event_actors`.", "actors.id")]
    actor_country: Annotated[Optional[str], About("Country of an unnamed actor.")]
    separately: Annotated[bool, like(Entry, "separately")]
    date: Start
    date_precision: Precision
    date_end: End
    published: Annotated[Optional[str], like(Entry, "published")]
    act: Annotated[str, like(Entry, "act", words=ACT)]
    summary: Annotated[str, like(Entry, "summary")]
    status: Annotated[Optional[str], like(Entry, "status")]
    strand: Strand
    regime: Annotated[Optional[str], like(Entry, "regime")]
    outcome: Annotated[Optional[str], like(Entry, "outcome", words=OUTCOME)]
    scope: Annotated[Optional[str], like(Entry, "scope")]
    reference: Annotated[Optional[str], like(Entry, "reference")]
    confidence: Confidence
    context: Annotated[bool, like(Entry, "context")]
    note: Note
    retracted: Retracted


class EventActorRow(NamedTuple):
    event_id: Annotated[str, About("The event.", "events.id")]
    actor_id: Annotated[str, About("Who acted.", "actors.id")]


class EventAddresseeRow(NamedTuple):
    event_id: Annotated[str, About("The event or statement.")]
    actor_id: Annotated[str, like(Entry, "to", "actors.id")]


class EventRespondentRow(NamedTuple):
    event_id: Annotated[str, About("The event or statement.")]
    actor_id: Annotated[str, like(Entry, "respondents", "actors.id")]


class EventComplaintRow(NamedTuple):
    event_id: Annotated[str, About("The event.", "events.id")]
    complaint_id: Annotated[str, About("A complaint it is about.", "complaints.id")]


class EventAffectsRow(NamedTuple):
    event_id: Annotated[str, About("The event.", "events.id")]
    authority_id: Annotated[str, About("An authority whose procedure it moves.", "actors.id")]


class EventEndsRow(NamedTuple):
    event_id: Annotated[str, About("The event or statement that ends another.")]
    ended_id: Annotated[str, About("The event or statement whose answers or measures it ends.")]
    answers: Annotated[Optional[str], About("Which of its answers alone, questions as JSON; null: all, and the measures.")]


class MeasureRow(NamedTuple):
    event_id: Annotated[str, About("The event it was ordered by.", "events.id")]
    kind: Annotated[str, like(Measure, "kind", words=MEASURE)]
    provisional: Annotated[bool, like(Measure, "provisional")]
    from_day: Annotated[str, About("First day on which it applies.")]
    until_day: Annotated[Optional[str], like(Measure, "until")]
    amount: Annotated[Optional[float], like(Fine, "amount")]
    amount_max: Annotated[Optional[float], like(Fine, "amount_max")]
    currency: Annotated[Optional[str], like(Fine, "currency")]
    amount_eur: Annotated[Optional[float], like(Fine, "amount_eur")]
    per: Annotated[Optional[str], like(Fine, "per")]
    proposed: Annotated[bool, like(Measure, "proposed")]
    collected: Annotated[Optional[float], like(Fine, "collected")]


class DecisionStateRow(NamedTuple):
    event_id: Annotated[str, About("The decision.", "events.id")]
    state: Annotated[str, About("What became of it.", words=DECISION_STATE)]
    since: Since
    until: Until
    by_event_id: Annotated[str, About("The act or word that made it so.")]
    measures: Annotated[Optional[str], About("Of which of its measures, JSON; null: of the decision as a whole.")]


class StatementRow(NamedTuple):
    id: Annotated[str, About("`<case>/<entry>`; stable, and the anchor on the page.")]
    event_id: Annotated[Optional[str], About("The act it came with, under the same id; null: words alone.", "events.id")]
    case_id: CaseId
    position: Position
    actor_id: Annotated[Optional[str], About("Who spoke: the first named; null if unnamed. All: `statement_actors`.", "actors.id")]
    actor_country: Annotated[Optional[str], About("Country of an unnamed speaker.")]
    date: Start
    date_precision: Precision
    date_end: End
    published: Annotated[Optional[str], like(Entry, "published")]
    summary: Annotated[str, like(Entry, "summary")]
    quote: Annotated[Optional[str], like(Says, "quote")]
    language: Annotated[Optional[str], like(Says, "language")]
    translation: Annotated[Optional[str], like(Says, "translation")]
    translator: Annotated[Optional[str], like(Says, "translator")]
    form: Annotated[str, like(Says, "form", words=FORM)]
    subject: Annotated[Optional[str], like(Says, "subject")]
    status: Annotated[Optional[str], like(Entry, "status")]
    strand: Strand
    replies_to: Annotated[Optional[str], like(Entry, "replies_to")]
    confidence: Confidence
    context: Annotated[bool, like(Entry, "context")]
    note: Note
    retracted: Retracted


class StatementActorRow(NamedTuple):
    statement_id: Annotated[str, About("The statement.", "statements.id")]
    actor_id: Annotated[str, About("Who spoke.", "actors.id")]
    date_end: Annotated[str, About("Of the statement, so that somebody's latest words are found at once.")]
    case_id: CaseId
    position: Position


class AnswerRow(NamedTuple):
    statement_id: Annotated[str, About("The statement.", "statements.id")]
    question: Annotated[str, About("A question of the case's regime.")]
    answer: Annotated[str, About("The answer given.", words=ANSWER)]
    about_authority_id: Annotated[Optional[str], About("About which authority; null: itself.", "actors.id")]


class StanceRow(NamedTuple):
    case_id: CaseId
    actor_id: Annotated[str, About("Whose answer.", "actors.id")]
    subject: Annotated[Optional[str], About("About which subject of the case.")]
    strand: Strand
    question: Annotated[str, About("A question of the case's regime.")]
    answer: Annotated[str, About("The answer.", words=ANSWER)]
    since: Annotated[str, About("Day of the statement shown, the last it can have been.")]
    until: Until
    answer_since: Annotated[str, About("Day from which that answer has stood unbroken.")]
    statement_id: Annotated[str, About("The statement that gives it.", "statements.id")]
    form: Annotated[str, like(Says, "form", words=FORM)]


class StatusRow(NamedTuple):
    case_id: CaseId
    authority_id: Annotated[
        Optional[str], About("Whose proceeding; null if it is not known with whom the complaint was lodged.", "actors.id")
    ]
    country: Annotated[Optional[str], About("Country, where the authority is unknown.")]
    complaint_id: Annotated[Optional[str], About("On which complaint; null: on the matter as such.", "complaints.id")]
    strand: Strand
    status: Annotated[str, About("Where it stands, a word of the regime.")]
    phase: Annotated[str, About("The phase the status belongs to.")]
    open: Annotated[bool, About("Whether a complaint in this status still counts as open.")]
    since: Since
    until: Until
    event_id: Annotated[Optional[str], About("The act or word that moved it; null: the filing.")]


class ProceedingRow(NamedTuple):
    id: Annotated[str, About("`<case>/<authority>`, or `<case>/<country in lower case>`.")]
    case_id: CaseId
    authority_id: Annotated[Optional[str], About("The authority or body; null if unknown.", "actors.id")]
    country: Annotated[Optional[str], About("Its country.")]
    roles: Annotated[str, About("Its roles today, JSON.")]
    opened: Annotated[Optional[str], About("First day of its first status.")]
    status: Annotated[Optional[str], About("The status reached last in any of its complaints and strands.")]
    phase: Annotated[Optional[str], About("That status's phase.")]
    status_since: Annotated[Optional[str], About("Since when.")]
    complaints_open: Annotated[int, About("Complaints lodged with it, by count, that are open.")]
    complaints_closed: Annotated[int, About("Complaints lodged with it, by count, that are closed.")]


class DeadlineRow(NamedTuple):
    id: Annotated[str, About("`<case>/<deadline>`.")]
    case_id: CaseId
    position: Position
    kind: Annotated[str, like(Deadline, "kind", words=DEADLINE_KIND)]
    title: Annotated[str, like(Deadline, "title")]
    last_day: Annotated[Optional[str], About("The last day as stated: a day, month or year; of an interval the first day.")]
    last_day_precision: Annotated[Optional[str], About("How exact it is.", words=DATE_PRECISION)]
    last_day_end: Annotated[Optional[str], About("The latest day it can mean.")]
    reckoned_day: Annotated[Optional[str], About("The last day as reckoned from the law; where it can be several, the latest.")]
    reckoned_day_first: Annotated[Optional[str], About("The earliest it can be; null where there is one only.")]
    basis: Annotated[Optional[str], like(Deadline, "basis", words=BASIS)]
    provision: Annotated[Optional[str], like(Deadline, "provision")]
    rule_id: Annotated[Optional[str], About("The time limit it is reckoned by.", "time_limits.id")]
    set_by_event_id: Annotated[Optional[str], like(Deadline, "set_by")]
    start_event_id: Annotated[Optional[str], About("The act or words that started the period.")]
    start_day: Annotated[Optional[str], About("The day the period started from, the last it can have been.")]
    complaint_id: Annotated[Optional[str], like(Deadline, "complaint", "complaints.id")]
    outcome: Annotated[str, like(Deadline, "outcome", words=DEADLINE_OUTCOME)]
    closed_by_event_id: Annotated[Optional[str], like(Deadline, "closed_by")]
    note: Note
    day_end: Annotated[Optional[str], About("The latest day it can mean, stated, else reckoned.")]
    known_from: Annotated[str, About("First day on which it was known; 1900-01-01: always.")]
    settled_from: Annotated[Optional[str], About("First day on which its outcome was known; null: never.")]


class DeadlineActorRow(NamedTuple):
    deadline_id: Annotated[str, About("The deadline.", "deadlines.id")]
    actor_id: Annotated[str, About("Who.", "actors.id")]
    role: Annotated[str, About("Has to act, or is owed the act.", words=DEADLINE_ROLE)]
    day_end: Annotated[Optional[str], About("Of the deadline, so that somebody's next ones are found at once.")]
    case_id: CaseId
    position: Position


class DeadlineStepRow(NamedTuple):
    deadline_id: Annotated[str, About("The deadline.", "deadlines.id")]
    step: Annotated[int, About("Number of the step.")]
    day: Annotated[Optional[str], About("The day reached by it.")]
    text: Annotated[str, About("The step in words.")]
    provision: Annotated[Optional[str], About("The rule it applies.")]


class FacetRow(NamedTuple):
    list: Annotated[str, About("`cases`, `statements` or `deadlines`: what is counted.")]
    facet: Annotated[
        str,
        About(
            "By what: a filter of that list; `total`: all there are; `said`: a question with its answer; `days`: the most days from the first to the last of a date that is not exact."
        ),
    ]
    value: Annotated[str, About("A value of the filter.")]
    number: Annotated[int, About("How many things have it, whatever day it is. What was retracted is counted on its own.")]


class DeadlineDayRow(NamedTuple):
    actor_id: Annotated[str, About("Whose deadlines are counted; empty: everybody's.")]
    state: Annotated[str, About("`due`, `passed` (with nothing known) or `past`.")]
    day: Annotated[str, About("A day on which that changes for some deadline.")]
    number: Annotated[int, About("How many deadlines are in that state from that day on.")]


class FirstDayRow(NamedTuple):
    case_id: CaseId
    authority_id: Annotated[str, About("An authority with a proceeding in it.", "actors.id")]
    asked: Annotated[Optional[str], About("The day of the first complaint with it; null: none.")]
    heard: Annotated[Optional[str], About("The day of its first public word or act there; null: none.")]
    acted: Annotated[Optional[str], About("When its first word or act since that complaint became public; null: none.")]


class NothingFoundRow(NamedTuple):
    case_id: CaseId
    number: Annotated[int, About("Of how many authorities that were asked nothing public is known, once all is known.")]
    settled: Annotated[str, About("From this day on it is that; empty: on any day.")]


class CaseTitleRow(NamedTuple):
    language: Annotated[str, About("A language of the pages.")]
    title: Annotated[str, About("The title in that language, else as it is, in small letters: what cases are sorted by.")]
    case_id: CaseId


class ActorCaseRow(NamedTuple):
    actor_id: Annotated[str, About("Who.", "actors.id")]
    case_id: CaseId
    last_act_end: Annotated[Optional[str], About("Of the case, so that somebody's latest ones are found at once.")]
    since: Annotated[str, About("Since when they are in it; empty: always.")]


class RecordDayRow(NamedTuple):
    authority_id: Annotated[str, About("Whose record it is.", "actors.id")]
    day: Annotated[str, About("A day on which it changes.")]
    complaints: Annotated[int, About("Complaints lodged with it by then.")]
    cases: Annotated[int, About("In how many cases.")]
    n: Annotated[int, About("In how many of these it spoke or acted in public since the first complaint.")]
    median_days: Annotated[Optional[float], About("The median of the days from the one to the other.")]
    complaints_open: Annotated[int, About("Complaints that are open.")]
    shortest_days: Annotated[Optional[int], About("The least of those days.")]
    longest_days: Annotated[Optional[int], About("The most of them.")]


class DeadlineMonthRow(NamedTuple):
    month: Annotated[str, About("A month it can lie in, as stated or as reckoned: `2024-06`.")]
    deadline_id: Annotated[str, About("The deadline.", "deadlines.id")]
    day_end: Annotated[Optional[str], About("Of the deadline, so that those of a month are found in their order.")]
    case_id: CaseId
    position: Position


class OverdueDeadlineRow(NamedTuple):
    deadline_id: Annotated[str, About("The deadline.", "deadlines.id")]
    rule_id: Annotated[Optional[str], About("The time limit it is reckoned by.", "time_limits.id")]
    day_end: Annotated[str, About("The latest day it can mean.")]
    case_id: CaseId
    position: Position


class FollowUpDayRow(NamedTuple):
    case_id: Annotated[str, About("The case; empty: all together.")]
    reason: Annotated[str, About("Why something is to be looked at again, a word of the vocabulary.")]
    day: Annotated[str, About("A day on which there is more of it; empty: what was there at any time.")]
    number: Annotated[int, About("How much there is from that day on.")]


class TimeLimitRow(NamedTuple):
    id: Annotated[str, About("`gdpr-78-2`.")]
    regime: Annotated[str, About("The body of law.")]
    provision: Annotated[str, About("Where it stands.")]
    actor_role: Annotated[Optional[str], About("Who has to act.")]
    starts_with: Annotated[Optional[str], About("What starts it.")]
    count: Annotated[Optional[int], About("Its length.")]  # type: ignore[assignment]
    unit: Annotated[Optional[str], About("Hours, days, working days, weeks, months or years.")]
    applies_from: Annotated[Optional[str], About("First day on which it applies.")]
    applies_to: Annotated[Optional[str], About("Last day on which it applies.")]
    summary: Annotated[str, About("The limit in our words.")]
    on_expiry: Annotated[str, About("What it means that the last day is over.")]
    confidence: Annotated[str, About("How it was checked.")]
    source_url: Annotated[Optional[str], About("Where its text is.")]


class SourceRow(NamedTuple):
    id: Annotated[str, About("Short name of the address: the same address always has the same id.")]
    url: Annotated[str, like(SourceDetails, "url")]
    archived_url: Annotated[Optional[str], like(SourceDetails, "archived_url")]
    host: Annotated[str, like(Publisher, "host")]
    publisher: Annotated[str, like(Publisher, "name")]
    title: Annotated[Optional[str], like(SourceDetails, "title")]
    kind: Annotated[str, like(Publisher, "kind", words=SOURCE_KIND)]
    language: Annotated[Optional[str], About("Language of the document, where known.")]
    published: Annotated[Optional[str], like(SourceDetails, "published")]
    accessed: Annotated[Optional[str], like(SourceDetails, "accessed")]


class CitationRow(NamedTuple):
    item_type: Annotated[str, About("What cites.", words=ITEM_TYPE)]
    item_id: Annotated[str, About("Its id.")]
    source_id: Annotated[str, About("The document.", "sources.id")]
    position: Annotated[int, About("Order of citation.")]


class VocabularyRow(NamedTuple):
    field: Annotated[str, About("The list a word belongs to; for an answer the question.")]
    value: Annotated[str, About("The word as it stands in other tables.")]
    label: Annotated[str, About("What a reader sees.")]
    phase: Annotated[Optional[str], About("Of a status: its phase.")]
    meaning: Annotated[str, About("What it covers, and which neighbour it is not.")]
    provision: Annotated[Optional[str], About("Where the law has it.")]
    sort: Annotated[int, About("Order in its list.")]
    language: Annotated[str, About("Language of label and meaning.")]
    regime: Annotated[Optional[str], About("The regime it belongs to; null: common to all.")]
    rank: Annotated[Optional[int], About("Of a form: its class, 3 decides, 2 is a formal step, 1 a spoken or published word.")]
    coloured: Annotated[bool, About("Of a question: whether its answers are drawn in colour.")]


class ReleaseRow(NamedTuple):
    id: Annotated[int, About("Number of the release, from 1.")]
    released: Annotated[str, About("Day of the release, as given to the build.")]
    schema_version: Annotated[int, About("Version of these tables.")]
    built_with: Annotated[str, About("Name and version of the program.")]
    digest: Annotated[str, About("SHA-256 of the files it was built from.")]


class ChangeRow(NamedTuple):
    release_id: Annotated[int, About("The release that brought it.", "releases.id")]
    item: Annotated[str, About("What changed: `<table>/<id>`.")]
    column: Annotated[Optional[str], About("Which column.")]
    old: Annotated[Optional[str], About("Before.")]
    new: Annotated[Optional[str], About("After.")]
    kind: Annotated[str, About("What kind of change it is.", words=CHANGE_KIND)]
    reason: Annotated[Optional[str], About("Why, where the editor gave a reason.")]


class EarlierRow(NamedTuple):
    release_id: Annotated[int, About("The release that was the last to have it so.", "releases.id")]
    table: Annotated[str, About("Of which table; `entries` is the order of a case's entries in its file.")]
    case_id: Annotated[Optional[str], About("The case; null in a table that all cases share.")]
    place: Annotated[int, About("Which of the case's rows in that table, from 0: in that release; where `row` is null, in the next one.")]
    row: Annotated[
        Optional[str], About("The row as it stood, JSON without nulls; null: the next release has a row at this place that was not there.")
    ]


TABLES: tuple[Table, ...] = (
    Table("actors", ActorRow, "Everybody who acts: authorities, boards, courts, complainants, respondents, others.", ("id",), (), ("name", "short_name", "name_native")),
    Table("authorities", AuthorityRow, "Authorities, the European bodies among them.", ("id",), (("country",),)),
    Table("cases", CaseRow, "One matter before several authorities each.", ("id",), (("last_act_end",), ("opened_end", "id"), ("total_complaints", "id"), ("opened",), ("regime",)), ("title", "summary")),
    Table("case_respondents", CaseRespondentRow, "Who is complained of.", ("case_id", "actor_id"), (("actor_id",),)),
    Table("case_topics", CaseTopicRow, "What cases are about.", ("case_id", "topic"), (("topic",),)),
    Table("case_subjects", CaseSubjectRow, "What words in a case can be about.", ("case_id", "id")),
    Table("key_days", KeyDayRow, "Days worth looking at.", ("case_id", "date")),
    Table("searches", SearchRow, "Searches for public words and acts.", (), (("case_id", "date"),)),
    Table("translations", TranslationRow, "Titles and summaries in other languages.", ("case_id", "language", "item_type", "item_id", "field"), (), ("text",)),
    Table("complaints", ComplaintRow, "Filings, or counted batches of them.", ("id",), (("case_id", "authority_id"), ("authority_id",))),
    Table("complaint_actors", ComplaintActorRow, "Who complains, and of whom.", ("complaint_id", "role", "actor_id"), (("actor_id",),)),
    Table("roles", RoleRow, "What authorities are in a case, over time.", (), (("case_id", "authority_id"), ("authority_id",))),
    Table("events", EventRow, "Acts with a date.", ("id",), (("case_id", "date_end"), ("actor_id", "date_end"))),
    Table("event_actors", EventActorRow, "Who acted, also jointly.", ("event_id", "actor_id"), (("actor_id",),)),
    Table("event_addressees", EventAddresseeRow, "To whom an act or words are addressed.", ("event_id", "actor_id"), (("actor_id",),)),
    Table("event_respondents", EventRespondentRow, "About whom an act or words are, where not about all respondents.", ("event_id", "actor_id"), (("actor_id",),)),
    Table("event_complaints", EventComplaintRow, "Which complaints an act is about.", ("event_id", "complaint_id"), (("complaint_id",),)),
    Table("event_affects", EventAffectsRow, "Whose procedures an act moves.", ("event_id", "authority_id"), (("authority_id",),)),
    Table("event_ends", EventEndsRow, "Which acts and words end which.", ("event_id", "ended_id"), (("ended_id",),)),
    Table("measures", MeasureRow, "Corrective powers used, fines among them.", (), (("event_id",),)),
    Table("decision_states", DecisionStateRow, "What became of decisions.", (), (("event_id", "since"),)),
    Table("statements", StatementRow, "What actors said.", ("id",), (("case_id", "date_end"), ("actor_id", "date_end"), ("date_end", "case_id", "position"), *((name, "date_end", "case_id", "position") for name in ("date_precision", "form", "language", "confidence"))), ("summary", "quote", "translation")),
    Table("statement_actors", StatementActorRow, "Who spoke, also jointly.", ("statement_id", "actor_id"), (("actor_id", "date_end", "case_id", "position"),)),
    Table("answers", AnswerRow, "Answers that statements give.", (), (("statement_id",),)),
    Table("stances", StanceRow, "Which answer stood when.", (), (("case_id", "actor_id", "question"), ("actor_id", "question"))),
    Table("statuses", StatusRow, "Where proceedings stood when.", (), (("case_id", "authority_id"), ("complaint_id",), ("authority_id", "since"))),
    Table("proceedings", ProceedingRow, "What each authority does in each case, as it stands today.", ("id",), (("case_id",), ("authority_id",), ("phase",))),
    Table("time_limits", TimeLimitRow, "Time limits of the law.", ("id",)),
    Table("deadlines", DeadlineRow, "Last days and milestones.", ("id",), (("case_id",), ("last_day_end",), ("day_end", "case_id", "position"), ("known_from",), ("rule_id", "day_end", "case_id", "position"))),
    Table("deadline_actors", DeadlineActorRow, "Who has to act, and to whom it is owed.", ("deadline_id", "role", "actor_id"), (("actor_id", "day_end", "case_id", "position"),)),
    Table("deadline_steps", DeadlineStepRow, "How a last day follows from the law, a row a step.", ("deadline_id", "step")),
    Table("sources", SourceRow, "Documents cited.", ("id",), (("host",),), repeats=True),
    Table("citations", CitationRow, "Which document says what.", ("item_type", "item_id", "source_id"), (("source_id",),)),
    Table("facets", FacetRow, "How many things of a list have which value: made by the build, so that no page counts them all.", ("list", "facet", "value"), (("list", "facet", "number"),)),
    Table("deadline_days", DeadlineDayRow, "How many deadlines are due, passed and past, day by day.", ("actor_id", "state", "day")),
    Table("first_days", FirstDayRow, "Since when each authority is asked in a case, and since when something public is known of it.", ("case_id", "authority_id")),
    Table("nothing_found", NothingFoundRow, "Of how many authorities nothing is known, in each case.", ("case_id",), (("number", "case_id", "settled"), ("settled",))),
    Table("case_titles", CaseTitleRow, "Titles in the order in which they are listed.", (), (("language", "title", "case_id"),)),
    Table("actor_cases", ActorCaseRow, "In which cases somebody has a proceeding, is a party, acted or spoke.", ("actor_id", "case_id"), (("actor_id", "last_act_end", "case_id"), ("actor_id", "since"))),
    Table("record_days", RecordDayRow, "The record of each authority, day by day.", ("authority_id", "day")),
    Table("deadline_months", DeadlineMonthRow, "In which months deadlines can lie.", ("month", "deadline_id"), (("month", "day_end", "case_id", "position"),)),
    Table("overdue_deadlines", OverdueDeadlineRow, "Deadlines that passed, on some day, with nothing known of what came of them.", ("deadline_id",), (("day_end", "case_id", "position"), ("rule_id", "day_end", "case_id", "position"))),
    Table("follow_up_days", FollowUpDayRow, "How much of each case editors may want to look at again, day by day.", ("case_id", "reason", "day"), (("reason", "case_id", "day"),)),
    Table("vocabulary", VocabularyRow, "Every word of a closed list, with its meaning, by language.", (), (("field", "value", "language"),)),
    Table("releases", ReleaseRow, "Which release this file is.", ("id",)),
    Table("changes", ChangeRow, "What changed from one release to the next.", (), (("release_id",), ("item",))),
    Table("earlier_rows", EarlierRow, "Rows as they stood in earlier releases, kept where the next release has them otherwise.", (), (("case_id", "release_id"), ("table",))),
)  # fmt: skip

BY_ROW: dict[type, Table] = {table.row: table for table in TABLES}
SCHEMA_VERSION = 1
