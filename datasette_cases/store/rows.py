"""Records → rows: what stands in a file, and what follows from it by the rules of the model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Iterable, Iterator, Mapping, NamedTuple, Optional, Union
from urllib.parse import urlsplit

from slugify import slugify

from ..i18n import Catalogue
from ..model.actor import Actor, Authority, Publisher
from ..model.case import Case, Complaint, Deadline, Entry, SourceDetails, Unnamed
from ..model.day import PartialDate
from ..model.decision_state import decision_states_of
from ..model.fields import host_key
from ..model.interval import as_of
from ..model.role import Role, roles_of
from ..model.stance import in_order, said_by, stances_of, subject_of
from ..model.status import Place, Status, means, statuses_of
from ..source.reckon import dates_of
from ..time_limits import TIME_LIMITS, regime_of
from ..vocabulary import COMMON, Regime, Vocabulary
from . import tables as t
from .reckoned import Working, working

Rows = Iterator[NamedTuple]


@dataclass(frozen=True)
class Library:
    """What the rows of a case need of the rest: who appears, who publishes, which law."""

    countries: Mapping[str, Optional[str]]
    kinds: Mapping[str, str]
    publishers: Mapping[str, Publisher]
    calendars: Mapping[str, Optional[str]]
    """Authority → calendar, for reckoning."""


def js(value: Any) -> Optional[str]:
    """A list or map as JSON text, null for nothing."""
    return json.dumps(value, ensure_ascii=False) if value else None


def day(value: Optional[date]) -> Optional[str]:
    return value.isoformat() if value else None


def number(value: Optional[Decimal]) -> Optional[float]:
    return float(value) if value is not None else None


# --- who appears, and the words ---------------------------------------------------------------------------------------


def library_rows(authorities: Iterable[Authority], actors: Iterable[Actor]) -> Rows:
    """Every authority is an actor too."""
    for authority in authorities:
        yield t.ActorRow(
            authority.id, authority.kind, authority.name, authority.short_name, authority.names[0].name,
            authority.names[0].language, authority.country, authority.website, authority.note,
        )  # fmt: skip
        yield t.AuthorityRow(
            authority.id, authority.name, authority.names[0].name,
            js([name.model_dump() for name in authority.names]) or "[]", authority.short_name, authority.country,
            authority.region, authority.level, authority.edpb_member, js(authority.languages) or "[]", authority.website,
            authority.seat, authority.latitude, authority.longitude, authority.calendar.key if authority.calendar else None,
            js([{"name": name.name, "until": str(name.until) if name.until else None} for name in authority.former_names or ()]),
            authority.note,
        )  # fmt: skip
    for actor in actors:
        native = actor.name_native
        yield t.ActorRow(
            actor.id, actor.kind, actor.name, actor.short_name or actor.name, native.name if native else None,
            native.language if native else None, actor.country, actor.website, actor.note,
        )  # fmt: skip


def vocabulary_rows(regimes: Mapping[str, Regime], catalogues: Mapping[str, Catalogue]) -> Rows:
    """All words in all languages. A word that a language lacks is left out there; English has all."""
    lists: list[tuple[Vocabulary, Optional[Regime]]] = [(vocabulary, None) for vocabulary in COMMON]
    lists += [(vocabulary, regime) for regime in regimes.values() for vocabulary in regime.vocabularies]
    for language, catalogue in catalogues.items():
        for vocabulary, regime in lists:
            own = regime.translations.get(language, {}) if regime else {}
            coloured = {question.id for question in regime.questions if question.coloured} if regime else set()
            for sort, word in enumerate(vocabulary, 1):
                label = own.get(word.label) or catalogue.find(word.label)
                if label is None:
                    continue
                meaning = own.get(word.meaning) or catalogue.find(word.meaning) or word.meaning
                yield t.VocabularyRow(
                    vocabulary.field, word.value, label, word.phase, meaning, word.provision, sort, language,
                    regime.id if regime else None, word.rank if vocabulary.field == "form" else None,
                    vocabulary.field == "question" and word.value in coloured,
                )  # fmt: skip
        for regime in regimes.values():
            yield from heading_rows(regime, language, catalogue)


def time_limit_rows() -> Rows:
    """The time limits that come with the program; a limit without a number has neither count nor unit."""
    for limit in TIME_LIMITS.values():
        count, unit = (limit.period.count, limit.period.unit) if limit.period else (None, None)
        yield t.TimeLimitRow(
            limit.id, regime_of(limit), limit.provision, limit.who, limit.starts_with, count, unit,
            limit.applies_from, limit.applies_to, limit.summary, limit.on_expiry, limit.confidence, limit.sources[0],
        )  # fmt: skip


def heading_rows(regime: Regime, language: str, catalogue: Catalogue) -> Rows:
    """The regime's own name, and its questions in few words, where the language has them."""
    own = regime.translations.get(language, {})

    def text(english: str) -> Optional[str]:
        return own.get(english) or catalogue.find(english)

    short, name = text(regime.short), text(regime.name)
    if short and name:
        yield t.VocabularyRow("regime", regime.id, short, None, name, None, 1, language, regime.id, None, False)
    for sort, question in enumerate(regime.questions, 1):
        heading, label = text(question.short), text(question.label)
        if heading and label:
            yield t.VocabularyRow("question_short", question.id, heading, None, label, None, sort, language, regime.id, None, False)


# --- one case ---------------------------------------------------------------------------------------------------------


def case_rows(case: Case, regime: Regime, library: Library) -> Rows:
    """All rows of a case but its sources: those are shared between cases."""
    yield case_row(case)
    for actor in case.respondents:
        yield t.CaseRespondentRow(case.id, actor)
    for topic in case.topics or ():
        yield t.CaseTopicRow(case.id, topic)
    for subject in case.subjects or ():
        yield t.CaseSubjectRow(case.id, subject.id, subject.since.last.isoformat(), subject.title)
    for key_day in case.key_days or ():
        yield t.KeyDayRow(case.id, key_day.date.isoformat(), key_day.label)
    for search in case.searches or ():
        yield t.SearchRow(case.id, search.date.isoformat(), js(search.places) or "[]", js(search.languages) or "[]", js(search.authorities))
    yield from translation_rows(case)
    for position, complaint in enumerate(case.complaints or (), 1):
        yield from complaint_rows(case, position, complaint, library)
    for position, entry in enumerate(case.entries or (), 1):
        yield from entry_rows(case, position, entry)
    dates = dates_of(case.entries or (), case.complaints or ())
    latest = max((found.last for found in dates.values()), default=ALWAYS)
    for position, deadline in enumerate(case.deadlines or (), 1):
        yield from deadline_rows(case, position, deadline, working(deadline, dates, library.calendars), dates, latest)
    yield from derived_rows(case, regime, library)


def case_row(case: Case) -> t.CaseRow:
    filings = [complaint.filed for complaint in case.complaints or ()]
    acts = [entry.date for entry in in_order(case.entries)]
    recorded = sum(complaint.count for complaint in case.complaints or ())
    return t.CaseRow(
        case.id, case.title, case.summary, case.regime, *_dated(min(filings or acts, default=None)), *_dated(max(acts + filings, default=None)),
        day(max((search.date for search in case.searches or ()), default=None)), case.total.count if case.total else recorded,
    )  # fmt: skip


def _dated(found: Optional[PartialDate]) -> tuple[Optional[str], Optional[str], Optional[str]]:
    """The three columns of a date: as given, how exact, the last day it can be."""
    return (found.start, found.precision, found.last.isoformat()) if found else (None, None, None)


def translation_rows(case: Case) -> Rows:
    for language, translation in (case.translations or {}).items():
        for field in ("title", "summary"):
            if getattr(translation, field):
                yield t.TranslationRow(case.id, language, "case", case.id, field, getattr(translation, field))
        for item_type, field, texts in (("subject", "title", translation.subjects), ("key_day", "label", translation.key_days)):
            for item, text in (texts or {}).items():
                yield t.TranslationRow(case.id, language, item_type, item, field, text)


def complaint_rows(case: Case, position: int, complaint: Complaint, library: Library) -> Rows:
    complaint_id = f"{case.id}/{complaint.id}"
    handled = complaint.handled_by
    country = complaint.country or library.countries.get(complaint.authority or "")
    yield t.ComplaintRow(
        complaint_id, case.id, position, complaint.authority, country, complaint.filed.start, complaint.filed.precision,
        complaint.filed.last.isoformat(), js(complaint.reference_numbers), complaint.brought_under, js(complaint.articles),
        complaint.count, handled.authority if handled else None, day(handled.since.last) if handled else None,
        complaint.strand, complaint.confidence, complaint.note,
    )  # fmt: skip
    for role, actors in (("complainant", complaint.by), ("respondent", complaint.respondents or case.respondents)):
        for actor in actors:
            yield t.ComplaintActorRow(complaint_id, actor, role)


def entry_rows(case: Case, position: int, entry: Entry) -> Rows:
    """The event and the statement of an entry, under one id."""
    entry_id = f"{case.id}/{entry.id}"
    actors = said_by(entry)
    first = actors[0] if actors else None
    country = entry.by.country if isinstance(entry.by, Unnamed) else None
    published = str(entry.published) if entry.published else None
    when = (entry.date.start, entry.date.precision, entry.date.last.isoformat(), published)
    if entry.act:
        yield t.EventRow(
            entry_id, case.id, position, first, country, entry.separately, *when, entry.act, entry.summary, entry.status,
            entry.strand, entry.regime, entry.outcome, entry.scope, entry.reference, entry.confidence, entry.context,
            entry.note, entry.retracted,
        )  # fmt: skip
        for actor in actors:
            yield t.EventActorRow(entry_id, actor)
        for affected in entry.affects or ():
            yield t.EventAffectsRow(entry_id, affected)
        for complaint_id in _complaints(case, entry):
            yield t.EventComplaintRow(entry_id, f"{case.id}/{complaint_id}")
        yield from measure_rows(entry_id, entry)
    for actor in entry.to or ():
        yield t.EventAddresseeRow(entry_id, actor)
    for actor in entry.respondents or ():
        yield t.EventRespondentRow(entry_id, actor)
    for ended in entry.ends or ():
        yield t.EventEndsRow(entry_id, f"{case.id}/{ended}", json.dumps(entry.ends_answers) if entry.ends_answers else None)
    says = entry.says
    if says:
        yield t.StatementRow(
            entry_id, entry_id if entry.act else None, case.id, position, first, country, *when, entry.summary,
            says.quote, says.language, says.translation, says.translator, says.form, subject_of(entry, case), entry.status, entry.strand,
            f"{case.id}/{entry.replies_to}" if entry.replies_to else None, entry.confidence, entry.context, entry.note,
            entry.retracted,
        )  # fmt: skip
        for actor in actors:
            yield t.StatementActorRow(entry_id, actor, entry.date.last.isoformat(), case.id, position)
        for question, answer in (says.answers or {}).items():
            yield t.AnswerRow(entry_id, question, answer, says.about)


def _complaints(case: Case, entry: Entry) -> list[str]:
    """The complaints an act names; all of the acting or affected authorities' for `all`."""
    if isinstance(entry.complaints, str):
        authorities = entry.affects or said_by(entry)
        return [complaint.id for complaint in case.complaints or () if complaint.authority in authorities and means(entry, complaint)]
    return entry.complaints or []


def measure_rows(entry_id: str, entry: Entry) -> Rows:
    for measure in entry.measures or ():
        yield t.MeasureRow(
            entry_id, measure.kind, measure.provisional, (measure.since or entry.date.last).isoformat(), day(measure.until),
            number(measure.amount), None, measure.currency, None, measure.per, measure.proposed, number(measure.collected),
        )  # fmt: skip
    fine = entry.fine
    if fine:
        yield t.MeasureRow(
            entry_id, "fine", False, entry.date.last.isoformat(), None, number(fine.amount), number(fine.amount_max), fine.currency,
            number(fine.amount_eur), fine.per, fine.proposed, number(fine.collected),
        )  # fmt: skip


def deadline_rows(case: Case, position: int, deadline: Deadline, found: Working, dates: Mapping[str, PartialDate], latest: date) -> Rows:
    """The stated day and the reckoned one, and how it was reckoned. `latest`: the day after which nothing is known of the case."""
    deadline_id = f"{case.id}/{deadline.id}"
    last = deadline.last_day
    basis = deadline.basis or ("reckoned" if deadline.rule else None)
    outcome = "not-reckonable" if found.failed else deadline.outcome
    end = last.last if last else found.last_day
    known = _known_from(deadline, basis, found, dates, latest)

    def link(local: Optional[str]) -> Optional[str]:
        return f"{case.id}/{local}" if local else None

    yield t.DeadlineRow(
        deadline_id, case.id, position, deadline.kind, deadline.title, last.start if last else None, last.precision if last else None,
        day(last.last) if last else None, day(found.last_day), day(found.first_day), basis,
        deadline.provision or found.provision, deadline.rule, link(deadline.set_by), link(deadline.starts_with), day(found.start),
        link(deadline.complaint), outcome, link(deadline.closed_by), deadline.note,
        day(end), known.isoformat(), day(_settled_from(deadline, outcome, end, dates, latest)),
    )  # fmt: skip
    for number, step in enumerate(found.steps, 1):
        yield t.DeadlineStepRow(deadline_id, number, day(step.day), step.text, step.provision or None)
    for role, actors in (("actor", deadline.actors), ("addressee", deadline.addressees or ())):
        for actor in actors:
            yield t.DeadlineActorRow(deadline_id, actor, role, day(end), case.id, position)


ALWAYS = date(1900, 1, 1)
"""Before every day of the record."""


def _known_from(deadline: Deadline, basis: Optional[str], found: Working, dates: Mapping[str, PartialDate], latest: date) -> date:
    """From when it was known: the entry that set it; without one its own day, or that of what starts its period. What was stated by
    nobody named is known when all of its case is."""
    set_on = dates.get(deadline.set_by or "")
    stated = set_on or deadline.last_day
    first = stated.last if stated else found.start if basis == "reckoned" and found.start else ALWAYS
    return first if deadline.set_by or basis == "reckoned" else min(first, latest)


def _settled_from(deadline: Deadline, outcome: str, end: Optional[date], dates: Mapping[str, PartialDate], latest: date) -> Optional[date]:
    """From when its outcome was known: the entry that settled it; what lapsed did so after its day; else when all of its case is known."""
    if deadline.closed_by:
        closed_on = dates.get(deadline.closed_by)
        return closed_on.last if closed_on else None
    if outcome == "lapsed":
        return end + timedelta(1) if end else None
    return latest


# --- what follows -----------------------------------------------------------------------------------------------------


def derived_rows(case: Case, regime: Regime, library: Library) -> Rows:
    """Roles, stances, statuses, decision states and proceedings: from the rules of the model, never written by hand."""
    roles = roles_of(case, regime, library.kinds)
    statuses = statuses_of(case, regime, frozenset(library.kinds))
    notes = {(held.authority, held.role, held.since.last): held.note for held in case.roles or ()}
    for role in roles:
        note = notes.get((role.authority, role.role, role.since))
        yield t.RoleRow(case.id, role.authority, role.role, role.since.isoformat(), day(role.until), note)
    for key, stance in stances_of(case, regime):
        yield t.StanceRow(
            case.id, key.actor, key.subject, key.strand, key.question, stance.answer, stance.since.isoformat(), day(stance.until),
            stance.answer_since.isoformat(), f"{case.id}/{stance.statement}", stance.form,
        )  # fmt: skip
    for place, status in statuses:
        phase = regime.statuses[status.status].phase or ""
        yield t.StatusRow(
            case.id, place.authority, place.country, f"{case.id}/{place.complaint}" if place.complaint else None, place.strand,
            status.status, phase, phase != regime.closed, status.since.isoformat(), day(status.until),
            f"{case.id}/{status.entry}" if status.entry else None,
        )  # fmt: skip
    for decision, state in decision_states_of(case):
        yield t.DecisionStateRow(
            f"{case.id}/{decision}", state.state, state.since.isoformat(), day(state.until), f"{case.id}/{state.entry}",
            json.dumps(state.measures) if state.measures else None,
        )  # fmt: skip
    yield from proceeding_rows(case, regime, library, roles, statuses)


def proceeding_rows(case: Case, regime: Regime, library: Library, roles: list[Role], statuses: list[tuple[Place, Status]]) -> Rows:
    """One row per authority with a role or a status, in order of its country and id; then one per country of an unknown one."""
    authorities = sorted({role.authority for role in roles} | {place.authority for place, _ in statuses if place.authority})
    unknown = sorted({place.country for place, _ in statuses if not place.authority and place.country})
    for authority, country in [*((a, library.countries.get(a)) for a in authorities), *((None, c) for c in unknown)]:
        mine = [(p, s) for p, s in statuses if p.authority == authority and (authority or p.country == country)]
        current = [status for _, status in mine if status.until is None]
        latest = max(reversed(current), key=lambda status: status.since, default=None)
        still_open, closed = _count(case, regime, authority, mine)
        held = sorted({role.role for role in as_of(roles, date.max) if role.authority == authority})
        yield t.ProceedingRow(
            f"{case.id}/{authority or str(country).lower()}", case.id, authority, country, json.dumps(held),
            day(min((status.since for _, status in mine), default=None)), latest.status if latest else None,
            regime.statuses[latest.status].phase if latest else None, day(latest.since) if latest else None,
            still_open, closed,
        )  # fmt: skip


def _count(case: Case, regime: Regime, authority: Optional[str], statuses: list[tuple[Place, Status]]) -> tuple[int, int]:
    """How many complaints lodged with an authority are open and how many closed: each once, by its latest status."""
    latest: dict[Optional[str], Status] = {}
    for place, status in statuses:
        if status.until is None and (place.complaint not in latest or latest[place.complaint].since <= status.since):
            latest[place.complaint] = status
    numbers = [0, 0]
    for complaint in case.complaints or ():
        if complaint.authority == authority and complaint.id in latest:
            numbers[regime.statuses[latest[complaint.id].status].phase == regime.closed] += complaint.count
    return numbers[0], numbers[1]


# --- sources ----------------------------------------------------------------------------------------------------------


class Address(NamedTuple):
    """`id`: a short name that is the same in every build: words of the address, and the start of its SHA-256."""

    id: str
    host: str


@lru_cache(65_536)
def address(url: str) -> Address:
    parts = urlsplit(url)
    host = host_key(parts.hostname or "")
    words = slugify(f"{host} {parts.path}", max_length=48, word_boundary=True, allow_unicode=False)
    return Address(f"{words}-{hashlib.sha256(url.encode()).hexdigest()[:8]}", host)


def source_row(url: str, details: Optional[SourceDetails], publishers: Mapping[str, Publisher]) -> t.SourceRow:
    """`details`: what the case says of it."""
    id, host = address(url)
    publisher = publishers[host]

    def text(value: Union[PartialDate, date, None]) -> Optional[str]:
        return str(value) if value else None

    return t.SourceRow(
        id, url, details.archived_url if details else None, host, publisher.name, details.title if details else None,
        publisher.kind, (details.language if details else None) or publisher.language, text(details.published) if details else None,
        text(details.accessed) if details else None,
    )  # fmt: skip


def citations_of(case: Case) -> Iterator[tuple[str, str, list[str]]]:
    """What cites which addresses: item type, item id, addresses in order."""
    for complaint in case.complaints or ():
        yield "complaint", f"{case.id}/{complaint.id}", complaint.sources
    for entry in case.entries or ():
        for item_type, there in (("event", entry.act), ("statement", entry.says)):
            if there:
                yield item_type, f"{case.id}/{entry.id}", entry.sources
    for deadline in case.deadlines or ():
        yield "deadline", f"{case.id}/{deadline.id}", deadline.sources


def citation_rows(case: Case, publishers: Mapping[str, Publisher]) -> Rows:
    """The case's sources, each once, and its citations."""
    details = {source.url: source for source in reversed(case.sources or [])}
    known: set[str] = set()
    for item_type, item_id, urls in citations_of(case):
        for position, url in enumerate(dict.fromkeys(urls), 1):
            if url not in known:
                known.add(url)
                yield source_row(url, details.get(url), publishers)
            yield t.CitationRow(item_type, item_id, address(url).id, position)
