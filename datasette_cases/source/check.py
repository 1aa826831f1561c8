"""What a record or a case must be beyond its fields: one small function for each rule, all of them run.

Records may be partial: a field that could not be read is None and its own problem has been reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Iterator, Optional, Union

from ..model.case import Case, Complaint, Deadline, Entry
from ..vocabulary import Regime
from .tree import Path, Tree


@dataclass
class Checked:
    """A case file while it is checked: what could be read of it, and where to report."""

    tree: Tree
    head: Optional[Case]
    regime: Optional[Regime]
    parts: dict[str, list[tuple[Path, Any]]]

    def complaints(self) -> Iterator[tuple[Path, Complaint]]:
        return self._part("complaints")

    def entries(self) -> Iterator[tuple[Path, Entry]]:
        return self._part("entries")

    def deadlines(self) -> Iterator[tuple[Path, Deadline]]:
        return self._part("deadlines")

    def _part(self, name: str) -> Iterator[tuple[Path, Any]]:
        return ((path, record) for path, record in self.parts[name] if record is not None)

    def has(self, path: Path, *keys: str) -> bool:
        """Whether the map under a path has one of the keys, however badly filled."""
        value = self.tree.values
        for part in path:
            value = value[part]
        return isinstance(value, dict) and any(key in value for key in keys)

    def entry(self, entry_id: Optional[str]) -> Optional[Entry]:
        return next((entry for _, entry in self.entries() if entry_id and entry.id == entry_id), None)


def case(checked: Checked) -> None:
    """Run every rule."""
    for rule in (
        ids_once, entries_happen, acts_needed, quotes_have_a_language, answers_have_a_subject, doubts_have_a_note,
        somebody_asked, last_days_have_a_basis, nothing_ends_before_it_begins, one_lead_at_a_time, one_answer_a_day,
        acts_after_complaints, complaints_with_their_authority, references_backwards, states_of_decisions,
        key_days_translated, sources_used, in_order,
    ):  # fmt: skip
        rule(checked)


def ids_once(checked: Checked) -> None:
    """Complaints, entries and deadlines share one set of ids: they are anchors on one page."""
    for names in (("complaints", "entries", "deadlines"), ("subjects",)):
        seen: dict[str, str] = {}
        for name in names:
            values = checked.tree.values.get(name) if isinstance(checked.tree.values, dict) else None
            for number, item in enumerate(values if isinstance(values, list) else ()):
                found = item.get("id") if isinstance(item, dict) else None
                if isinstance(found, str) and found:
                    if found in seen:
                        todo = "give it an id of its own; ids are anchors on one page" if name != "subjects" else "give it an id of its own"
                        checked.tree.report(
                            (name, number, "id"), "duplicate-id", f'found "{found}", which is one of the {seen[found]} already', todo
                        )
                    seen.setdefault(found, name)


def entries_happen(checked: Checked) -> None:
    """An entry is an act, or words, or both."""
    for path, _ in checked.entries():
        if not checked.has(path, "act", "says"):
            checked.tree.report(path, "nothing-happens", "found neither act nor words", "say what was done (act) or said (says)")


def acts_needed(checked: Checked) -> None:
    """Outcomes, measures and what becomes of decisions come from acts; words alone may only report a status."""
    for path, _ in checked.entries():
        for key in ("outcome", "scope", "measures", "fine", "decision_state"):
            if checked.has(path, key) and not checked.has(path, "act"):
                checked.tree.report(
                    (*path, key), "needs-act", f'found "{key}" on an entry that only speaks', "say what was done (act)", at_key=True
                )


def quotes_have_a_language(checked: Checked) -> None:
    """A quote says its language; a translation has something it translates."""
    for path, _ in checked.entries():
        says = (*path, "says")
        if not checked.has(path, "says"):
            continue
        if checked.has(says, "quote") and not checked.has(says, "language"):
            checked.tree.report(
                (*says, "quote"), "quote-without-language", "found a quote without its language", "add language: the ISO 639 code"
            )
        if checked.has(says, "language", "translation", "translator") and not checked.has(says, "quote"):
            checked.tree.report(
                says, "translation-without-quote", "found a language or translation without a quote", "add the quote, or leave them out"
            )


def answers_have_a_subject(checked: Checked) -> None:
    """Where a case has several subjects, answers say about which they are."""
    subjects = checked.head.subjects if checked.head else None
    for path, _ in checked.entries():
        says = (*path, "says")
        if (
            subjects
            and len(subjects) > 1
            and checked.has(path, "says")
            and checked.has(says, "answers")
            and not checked.has(says, "subject")
        ):
            names = " or ".join(subject.id for subject in subjects)
            checked.tree.report(
                (*says, "answers"), "subject-missing", "found answers without a subject", f"add subject: {names}", at_key=True
            )


def doubts_have_a_note(checked: Checked) -> None:
    """What is uncertain or inferred says why."""
    records: list[tuple[Path, Union[Entry, Complaint]]] = [*checked.entries(), *checked.complaints()]
    for path, record in records:
        if record.confidence in ("uncertain", "inferred") and not checked.has(path, "note"):
            checked.tree.report(
                (*path, "confidence"), "note-missing", f'found "{record.confidence}" without a note', "add note: what leaves the doubt"
            )


def somebody_asked(checked: Checked) -> None:
    """A complaint went to an authority, or at least to one of a country."""
    for path, _ in checked.complaints():
        authority, country = checked.has(path, "authority"), checked.has(path, "country")
        if not authority and not country:
            checked.tree.report(
                path, "nobody-asked", "found neither authority nor country", "say with whom it was lodged, or in which country"
            )
        if authority and country:
            checked.tree.report(
                (*path, "country"),
                "nobody-asked",
                "found both authority and country",
                "leave country out: the authority has one",
                at_key=True,
            )


def last_days_have_a_basis(checked: Checked) -> None:
    """A last day says where it comes from, and a deadline has one."""
    for path, _ in checked.deadlines():
        if checked.has(path, "last_day") and not checked.has(path, "basis"):
            checked.tree.report(
                (*path, "last_day"), "last-day-without-basis", "found a last day without its basis", "add basis: announced, demanded or set"
            )
        if not checked.has(path, "last_day"):
            checked.tree.report(path, "no-last-day", "found no last day", "add last_day; a month or a year is one too")


def nothing_ends_before_it_begins(checked: Checked) -> None:
    """Measures and roles end after they begin."""
    for path, entry in checked.entries():
        for number, measure in enumerate(entry.measures or ()):
            since: Optional[date] = measure.since or (entry.date.first if entry.date else None)
            if measure.until and since and measure.until < since:
                place = (*path, "measures", number, "until")
                checked.tree.report(
                    place, "measure-backwards", f'found "{measure.until}", before it begins on {since}', "mend one of the days"
                )
    for number, role in enumerate((checked.head.roles if checked.head else None) or ()):
        if role.until and role.until.first < role.since.first:
            checked.tree.report(
                ("roles", number, "until"),
                "measure-backwards",
                f'found "{role.until}", before it begins on {role.since}',
                "mend one of the days",
            )


def one_lead_at_a_time(checked: Checked) -> None:
    """There is one lead authority at a time."""
    leads = [(n, role) for n, role in enumerate((checked.head.roles if checked.head else None) or ()) if role.role == "lead"]
    for (_, first), (number, second) in ((a, b) for i, a in enumerate(leads) for b in leads[i + 1 :]):
        end_of_first = first.until.last if first.until else date.max
        end_of_second = second.until.last if second.until else date.max
        if first.since.last < end_of_second and second.since.last < end_of_first:
            checked.tree.report(
                ("roles", number),
                "two-leads",
                f"found {second.authority} as lead while {first.authority} is",
                "end one role with until, or write presumed-lead",
            )


def one_answer_a_day(checked: Checked) -> None:
    """One strand of an actor gives one answer a day to a question about a subject."""
    only = checked.head.subjects[0].id if checked.head and checked.head.subjects and len(checked.head.subjects) == 1 else None
    seen: dict[tuple[Any, ...], tuple[str, Optional[str]]] = {}
    for path, entry in checked.entries():
        if not (entry.says and entry.says.answers and entry.date and isinstance(entry.by, list)) or entry.retracted or entry.context:
            continue
        for question, answer in entry.says.answers.items():
            for actor in entry.by:
                key = (actor, entry.says.subject or only, entry.strand, entry.says.about, question, entry.date.last)
                earlier, where = seen.setdefault(key, (answer, entry.id))
                if earlier != answer:
                    checked.tree.report(
                        (*path, "says", "answers", question), "two-answers",
                        f'found "{answer}" of {actor} on {entry.date.last}, while {where} says "{earlier}" on that day',
                        "keep the one the words give, or correct a day",
                    )  # fmt: skip


def acts_after_complaints(checked: Checked) -> None:
    """Nobody acts on a complaint before it was lodged."""
    filed = {complaint.id: complaint.filed for _, complaint in checked.complaints() if complaint.filed}
    for path, entry in checked.entries():
        for number, complaint_id in enumerate(entry.complaints if isinstance(entry.complaints, list) else ()):
            if entry.date and complaint_id in filed and entry.date.last < filed[complaint_id].first:
                place = (*path, "complaints", number)
                checked.tree.report(
                    place,
                    "act-before-complaint",
                    f"found an act of {entry.date} on {complaint_id}, lodged {filed[complaint_id]}",
                    "mend one of the days",
                )


def complaints_with_their_authority(checked: Checked) -> None:
    """A status given for a complaint is one of an authority that has that complaint."""
    holders = {
        complaint.id: {complaint.authority, complaint.handled_by.authority if complaint.handled_by else None}
        for _, complaint in checked.complaints()
    }
    for path, entry in checked.entries():
        acting = entry.affects or (entry.by if isinstance(entry.by, list) else [])
        for number, complaint_id in enumerate(entry.complaints if entry.status and isinstance(entry.complaints, list) else ()):
            if complaint_id in holders and not holders[complaint_id] & set(acting):
                place = (*path, "complaints", number)
                checked.tree.report(
                    place, "wrong-authority", f"found {complaint_id}, which {' and '.join(acting)} neither received nor handles",
                    "name whose procedure it moves (affects), or add handled_by to the complaint",
                )  # fmt: skip


def references_backwards(checked: Checked) -> None:
    """An entry ends, answers or changes what came before it; a deadline is settled after it was set."""
    for path, entry in checked.entries():
        named: list[tuple[Path, str]] = [(("ends", number), ended) for number, ended in enumerate(entry.ends or ())]
        named += [((key,), getattr(entry, key)) for key in ("replies_to", "decision") if getattr(entry, key)]
        for place, name in named:
            other = checked.entry(name)
            if name == entry.id and place[0] != "decision":
                checked.tree.report(
                    (*path, *place), "refers-forward", f'found "{name}", which is this entry itself', "name an earlier entry"
                )
            elif other and other.date and entry.date and other.date.first > entry.date.last:
                checked.tree.report(
                    (*path, *place),
                    "refers-forward",
                    f'found "{name}" of {other.date}, later than this entry',
                    "name an earlier entry, or mend a day",
                )
    for path, deadline in checked.deadlines():
        setting, closing = checked.entry(deadline.set_by), checked.entry(deadline.closed_by)
        if setting and closing and setting.date and closing.date and closing.date.last < setting.date.first:
            checked.tree.report(
                (*path, "closed_by"),
                "refers-forward",
                f'found "{closing.id}" of {closing.date}, before it was set on {setting.date}',
                "name a later entry",
            )


def states_of_decisions(checked: Checked) -> None:
    """What becomes of a decision becomes of a decision."""
    for path, entry in checked.entries():
        if not entry.decision_state:
            continue
        decision = checked.entry(entry.decision) if entry.decision else entry
        if decision and decision.act and decision.act not in ("decision", "binding-decision", "measure", "judgment"):
            place = (*path, "decision" if entry.decision else "decision_state")
            checked.tree.report(place, "not-a-decision", f"found {decision.id}, which is a {decision.act}", "name the decision it is about")


def key_days_translated(checked: Checked) -> None:
    """Translations of key days name days that are key days."""
    days = {str(key_day.date) for key_day in (checked.head.key_days if checked.head else None) or ()}
    for language, translation in ((checked.head.translations if checked.head else None) or {}).items():
        for day in translation.key_days or {}:
            if day not in days:
                place = ("translations", language, "key_days", day)
                checked.tree.report(
                    place, "unknown-id", f'found "{day}", which is no key day', "write a day that stands under key_days", at_key=True
                )


def sources_used(checked: Checked) -> None:
    """Details are given of documents that are cited."""
    citing: list[tuple[Path, Union[Entry, Complaint, Deadline]]] = [*checked.complaints(), *checked.entries(), *checked.deadlines()]
    cited = {url for _, record in citing for url in record.sources or ()}
    cited |= set(checked.head.total.sources if checked.head and checked.head.total else ())
    for number, source in enumerate((checked.head.sources if checked.head else None) or ()):
        if source.url not in cited:
            checked.tree.report(
                ("sources", number, "url"), "unused-source", f'found "{source.url}", which nothing cites', "cite it, or delete it"
            )


def in_order(checked: Checked) -> None:
    """A case is read as a chronicle: in order of the last day each thing can have been on."""
    for name, key in (("complaints", "filed"), ("entries", "date"), ("deadlines", "last_day")):
        latest: Optional[date] = None
        for path, record in checked._part(name):
            found = getattr(record, key)
            if found and latest and found.last < latest:
                checked.tree.report(
                    (*path, key),
                    "out-of-order",
                    f'found "{found}" after {latest}',
                    "put it in its place: in order of the last day it can be",
                )
            latest = max(latest or date.min, found.last) if found else latest
