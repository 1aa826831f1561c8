"""What a record or a case must be beyond its fields: one small function for each rule, all of them run.

Records may be partial: a field that could not be read is None and its own problem has been reported.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Iterator, Mapping, Optional, Sequence, Union

from ..law.error import LawError
from ..model.case import Case, Complaint, Deadline, Entry
from ..model.day import PartialDate
from ..model.fields import suggestion
from ..time_limits import LEFT_OUT, TIME_LIMITS
from ..vocabulary import Regime
from .problem import brief
from .reckon import NoCalendar, dates_of, reckoned, start_of
from .tree import Path, Tree, child, lists

DECIDING = ("decision", "binding-decision", "measure", "judgment")
"""Acts that something can become of."""


@dataclass
class Checked:
    """A case file while it is checked: what could be read of it, and where to report."""

    tree: Tree
    head: Optional[Case]
    regime: Optional[Regime]
    parts: dict[str, list[tuple[Path, Any]]]
    calendars: Optional[Mapping[str, Optional[str]]] = None
    """Authority → calendar; None where the authorities could not be read."""

    def complaints(self) -> Iterator[tuple[Path, Complaint]]:
        return self._part("complaints")

    def entries(self) -> Iterator[tuple[Path, Entry]]:
        return self._part("entries")

    def deadlines(self) -> Iterator[tuple[Path, Deadline]]:
        return self._part("deadlines")

    @cached_property
    def dates(self) -> Mapping[str, PartialDate]:
        """Id → day, of what can start a period."""
        return dates_of((entry for _, entry in self.entries()), (complaint for _, complaint in self.complaints()))

    def _part(self, name: str) -> Iterator[tuple[Path, Any]]:
        return ((path, record) for path, record in self.parts[name] if record is not None)

    def has(self, path: Path, *keys: str) -> bool:
        """Whether the map under a path has one of the keys, however badly filled."""
        value = self.tree.at(path)
        return isinstance(value, dict) and any(key in value for key in keys)

    def lacks(self, path: Path, *keys: str) -> bool:
        """Whether the map under a path has none of the keys, not even misspelt."""
        return not self.has(path, *keys) and not any(self.tree.misspelt(path, key) for key in keys)

    def unread(self, path: Path, record: Any, *keys: str) -> bool:
        """Whether one of the keys is there, perhaps misspelt, and its value could not be read: its own problem is reported."""
        return any(getattr(record, key) is None and not self.lacks(path, key) for key in keys)

    def decisions(self, path: Path, entry: Entry) -> Iterator[tuple[Path, str]]:
        """The decisions an entry names, each with its path: one alone may stand without a list."""
        listed = isinstance(self.tree.at((*path, "decision")), list)
        for number, decision in enumerate(entry.decision or ()):
            yield (*path, "decision", number) if listed else (*path, "decision"), decision

    def entry(self, entry_id: Optional[str]) -> Optional[Entry]:
        return next((entry for _, entry in self.entries() if entry_id and entry.id == entry_id), None)


def case(checked: Checked) -> None:
    """Run every rule."""
    for rule in (
        ids_once, listed_once, entries_happen, acts_needed, amounts_have_a_currency, endings_end_something, quotes_have_a_language, answers_have_a_subject, doubts_have_a_note,
        somebody_asked, last_days_have_a_basis, rules_reckon, nothing_ends_before_it_begins, one_lead_at_a_time, nobody_objects_to_itself, one_answer_a_day,
        acts_after_complaints, complaints_with_their_authority, references_backwards, states_of_decisions,
        key_days_translated, sources_used, in_order,
    ):  # fmt: skip
        rule(checked)


def ids_once(checked: Checked) -> None:
    """Complaints, entries and deadlines share one set of ids: they are anchors on one page."""
    once(checked.tree, "id", "duplicate-id", "give one of them another id", "complaints", "entries", "deadlines")
    once(checked.tree, "id", "duplicate-id", "give one of them another id", "subjects")
    once(checked.tree, "date", "listed-twice", "keep one of them", "key_days")
    once(checked.tree, "url", "listed-twice", "keep one of them", "sources")


def listed_once(checked: Checked) -> None:
    """No list of texts has the same text twice."""
    nothing_twice(checked.tree)


def once(tree: Tree, key: str, kind: str, todo: str, *names: str) -> None:
    """No two items of the lists of these names have the same text under a key."""
    first: dict[str, Path] = {}
    for name in names:
        for path, item in lists(tree.values, name):
            found = child(item, key)
            if isinstance(found, str) and found and first.setdefault(found, path) != path:
                line = tree.places[first[found] + (key,)].line
                tree.report((*path, key), kind, f'found "{brief(found)}", which stands on line {line} already', todo)


def nothing_twice(tree: Tree) -> None:
    """No list of texts anywhere in a file has the same text twice."""
    pending: list[tuple[Path, Any]] = [((), tree.values)]
    for path, value in pending:
        if isinstance(value, dict):
            pending += [((*path, key), item) for key, item in value.items()]
        elif isinstance(value, list):
            pending += [((*path, number), item) for number, item in enumerate(value)]
            before: set[str] = set()
            for number, item in enumerate(value):
                if isinstance(item, str) and item in before:
                    tree.report((*path, number), "listed-twice", f'found "{brief(item)}" a second time in this list', "keep one of them")
                elif isinstance(item, str) and item:
                    before.add(item)


def entries_happen(checked: Checked) -> None:
    """An entry is an act, or words, or both."""
    for path, _ in checked.entries():
        if checked.lacks(path, "act", "says"):
            checked.tree.report(path, "nothing-happens", "found neither act nor words", "add act: what was done, or says: what was said")


def acts_needed(checked: Checked) -> None:
    """Outcomes, measures and what becomes of decisions come from acts; words alone may only report a status."""
    for path, _ in checked.entries():
        for key in ("outcome", "scope", "measures", "fine", "decision_state"):
            if checked.has(path, key) and checked.lacks(path, "act") and checked.has(path, "says"):
                found = f'found "{key}" on an entry that only speaks'
                checked.tree.report((*path, key), "needs-act", found, "add act: what was done", at_key=True)


def amounts_have_a_currency(checked: Checked) -> None:
    """Of a fine the model asks for it; a measure need not have an amount."""
    for path, entry in checked.entries():
        for number, measure in enumerate(entry.measures or ()):
            place = (*path, "measures", number)
            if measure.amount is not None and checked.lacks(place, "currency"):
                checked.tree.report(
                    (*place, "amount"), "no-currency", f'found "{measure.amount}"', "add currency: its ISO 4217 code, as EUR"
                )


def endings_end_something(checked: Checked) -> None:
    """Which answers are ended is said beside whose."""
    for path, _ in checked.entries():
        if checked.has(path, "ends_answers") and checked.lacks(path, "ends"):
            found, todo = "found answers to end, and not whose", "add ends: the entries that gave them"
            checked.tree.report((*path, "ends_answers"), "ends-nothing", found, todo, at_key=True)


def quotes_have_a_language(checked: Checked) -> None:
    """A quote says its language; a translation has something it translates."""
    for path, _ in checked.entries():
        says = (*path, "says")
        if not checked.has(path, "says"):
            continue
        if checked.has(says, "quote") and checked.lacks(says, "language"):
            todo = "add language: the ISO 639 code of the language it is in, such as nl"
            checked.tree.report((*says, "quote"), "quote-without-language", "found a quote without its language", todo, at_key=True)
        about_quote = next((key for key in ("language", "translation", "translator") if checked.has(says, key)), None)
        if about_quote and checked.lacks(says, "quote"):
            found, todo = f'found "{about_quote}" without a quote', "add quote: the exact words, or leave it out"
            checked.tree.report((*says, about_quote), "translation-without-quote", found, todo, at_key=True)


def answers_have_a_subject(checked: Checked) -> None:
    """Where a case has several subjects, answers say about which they are."""
    subjects = checked.head.subjects if checked.head else None
    for path, _ in checked.entries():
        says = (*path, "says")
        if subjects and len(subjects) > 1 and checked.has(path, "says") and checked.has(says, "answers") and checked.lacks(says, "subject"):
            names = " or ".join(subject.id for subject in subjects)
            found = "found answers that do not say about which subject they are"
            checked.tree.report((*says, "answers"), "subject-missing", found, f"add subject: {names}", at_key=True)


def doubts_have_a_note(checked: Checked) -> None:
    """What is uncertain or inferred says why."""
    records: list[tuple[Path, Union[Entry, Complaint]]] = [*checked.entries(), *checked.complaints()]
    for path, record in records:
        if record.confidence in ("uncertain", "inferred") and checked.lacks(path, "note"):
            found = f'found "{record.confidence}" without a note'
            checked.tree.report((*path, "confidence"), "note-missing", found, "add note: what leaves the doubt, or from what it follows")


def somebody_asked(checked: Checked) -> None:
    """A complaint went to an authority, or at least to one of a country."""
    for path, _ in checked.complaints():
        authority, country = checked.has(path, "authority"), checked.has(path, "country")
        if checked.lacks(path, "authority", "country"):
            todo = "add authority: with whom it was lodged, or country: where, if only that is known"
            checked.tree.report(path, "nobody-asked", "found neither authority nor country", todo)
        if authority and country:
            checked.tree.report(
                (*path, "country"),
                "nobody-asked",
                "found both authority and country",
                "leave country out: it is that of the authority",
                at_key=True,
            )


def last_days_have_a_basis(checked: Checked) -> None:
    """A last day says where it comes from, and a deadline has one."""
    for path, _ in checked.deadlines():
        if checked.has(path, "last_day") and checked.lacks(path, "basis"):
            found, todo = "found a last day that does not say where it comes from", "add basis: announced, demanded or set"
            checked.tree.report((*path, "last_day"), "last-day-without-basis", found, todo, at_key=True)
        if checked.lacks(path, "last_day", "rule"):
            checked.tree.report(path, "no-last-day", "found no last day", "add last_day: a day, or a month or year if no more is known")


STARTS = ("starts_with", "start_day", "complaint")
"""What can start the period of a rule: one of them."""
ONLY_WITH_RULE = ("starts_with", "start_day", "extended", "stopped")


def rules_reckon(checked: Checked) -> None:
    """A rule, what starts its period and the calendar lead to a last day."""
    for path, deadline in checked.deadlines():
        if checked.has(path, "rule"):
            if _rule_fits(checked, path, deadline):
                _reckons(checked, path, deadline)
        elif checked.lacks(path, "rule"):
            stray = next((key for key in ONLY_WITH_RULE if checked.has(path, key)), None)
            if stray:
                found, todo = f'found "{stray}" without a rule', "add rule: the time limit it is reckoned by, or leave it out"
                checked.tree.report((*path, stray), "needs-rule", found, todo, at_key=True)


def _rule_fits(checked: Checked, path: Path, deadline: Deadline) -> bool:
    """Whether the rule is known and has what it needs, one start; reports what is wrong."""
    report, rule = checked.tree.report, deadline.rule
    limit = TIME_LIMITS.get(rule or "")
    starts = [key for key in STARTS if checked.has(path, key)]
    before = len(checked.tree.problems)
    if rule in LEFT_OUT:
        report(
            (*path, "rule"),
            "unknown-rule",
            f'found "{rule}", which was left out: {LEFT_OUT[rule].rstrip(".")}',
            "name another, or state the last day",
        )
    elif rule and not limit:
        todo = suggestion(rule, tuple(TIME_LIMITS), "state the last day")
        report((*path, "rule"), "unknown-rule", f'found "{brief(rule)}", which is no known rule', todo)
    elif limit and not limit.period:
        found = f'found "{rule}", which has no period to reckon: {limit.summary.rstrip(".")}'
        report((*path, "rule"), "rule-without-period", found, "state the last day")
    if deadline.extended and limit and not limit.extension:
        found = f"found an extension, which {limit.provision} does not know"
        report((*path, "extended"), "no-extension", found, "leave it out, or name another rule", at_key=True)
    if len(starts) > 1:
        found = f'found "{starts[1]}" beside "{starts[0]}"'
        report((*path, starts[1]), "two-triggers", found, "keep the one that starts the period", at_key=True)
    if checked.lacks(path, *STARTS):
        todo = "add starts_with: an entry, start_day: a day, or complaint: one whose filing starts it"
        report((*path, "rule"), "no-trigger", "found a rule, and nothing that starts its period", todo, at_key=True)
    return bool(limit) and before == len(checked.tree.problems)


def _reckons(checked: Checked, path: Path, deadline: Deadline) -> None:
    trigger = checked.entry(deadline.starts_with)
    if trigger and trigger.retracted:
        found = f'found "{trigger.id}", which is retracted and starts nothing'
        checked.tree.report((*path, "starts_with"), "starts-with-retracted", found, "name what does start it, or take the rule out")
        return
    start = start_of(deadline, checked.dates)
    if start is None or checked.calendars is None or checked.unread(path, deadline, *STARTS, "actors", "addressees", "extended", "stopped"):
        return
    try:
        reckoned(deadline, start, checked.calendars)
    except NoCalendar as error:
        checked.tree.report((*path, "actors"), "no-calendar", f"found {error}", "give the authority a calendar, or state the last day")
    except LawError as error:
        key = next(key for key in STARTS if checked.has(path, key))
        checked.tree.report((*path, key), "not-reckonable", f'found "{start}": {error}', "mend it, or state the last day")


def nothing_ends_before_it_begins(checked: Checked) -> None:
    """Measures and roles end after they begin. What is only a month or year is given the benefit of the doubt."""
    for path, entry in checked.entries():
        for number, measure in enumerate(entry.measures or ()):
            since: Optional[date] = measure.since or (entry.date.first if entry.date else None)
            if measure.until and since and measure.until < since:
                _backwards(checked, (*path, "measures", number, "until"), measure.until, since)
    for number, role in enumerate((checked.head.roles if checked.head else None) or ()):
        if role.until and role.until.last < role.since.first:
            _backwards(checked, ("roles", number, "until"), role.until, role.since)


def _backwards(checked: Checked, path: Path, until: object, since: object) -> None:
    checked.tree.report(path, "measure-backwards", f'found "{until}", before it begins on {since}', "mend one of the two days")


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
                f"found {second.authority} as lead, while {first.authority} is lead since {first.since}",
                "end the earlier role with until, or write presumed-lead for one of them",
            )


def nobody_objects_to_itself(checked: Checked) -> None:
    """Authorities concerned object to the draft of the lead authority (GDPR 60(4)); it does not object itself."""
    leads = [role for role in (checked.head.roles if checked.head else None) or () if role.role == "lead"]
    for path, entry in checked.entries():
        if entry.act != "objection" or not entry.date or not isinstance(entry.by, list):
            continue
        for role in leads:
            until = role.until.first if role.until else date.max
            if role.authority in entry.by and role.since.last <= entry.date.first and entry.date.last < until:
                checked.tree.report(
                    (*path, "by"),
                    "objection-by-lead",
                    f"found an objection of {role.authority}, which is lead itself since {role.since}",
                    "name the authority concerned that objects, or mend the role",
                )


def one_answer_a_day(checked: Checked) -> None:
    """One strand of an actor gives one answer a day to a question about a subject."""
    only = checked.head.subjects[0].id if checked.head and checked.head.subjects and len(checked.head.subjects) == 1 else None
    seen: dict[tuple[Any, ...], tuple[str, Optional[str]]] = {}
    for path, entry in checked.entries():
        if not (entry.says and entry.says.answers and entry.date and isinstance(entry.by, list)) or entry.retracted or entry.context:
            continue
        if checked.unread(path, entry, "strand", "retracted", "context"):
            continue
        for question, answer in entry.says.answers.items():
            for actor in entry.by:
                key = (actor, entry.says.subject or only, entry.strand, entry.says.about, question, entry.date.last)
                earlier, where = seen.setdefault(key, (answer, entry.id))
                if earlier != answer:
                    checked.tree.report(
                        (*path, "says", "answers", question), "two-answers",
                        f'found "{answer}" of {actor} on {entry.date.last}, while {where or "another entry"} says "{earlier}" on that day',
                        "keep the one that the words give, or mend one of the days",
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
                    f"found {complaint_id}, lodged on {filed[complaint_id]}, after this entry's day {entry.date}",
                    "mend one of the two days, or name another complaint",
                )


def complaints_with_their_authority(checked: Checked) -> None:
    """A status given for a complaint is one of an authority that has that complaint."""
    holders = {
        complaint.id: {complaint.authority, complaint.handled_by.authority if complaint.handled_by else None}
        for path, complaint in checked.complaints()
        if not checked.lacks(path, "authority", "country") and not checked.unread(path, complaint, "authority", "handled_by")
    }
    for path, entry in checked.entries():
        acting = entry.affects or (entry.by if isinstance(entry.by, list) else [])
        if not entry.status or not isinstance(entry.complaints, list) or entry.by is None or checked.unread(path, entry, "affects"):
            continue
        for number, complaint_id in enumerate(entry.complaints):
            if complaint_id in holders and not holders[complaint_id] & set(acting):
                whom = " and ".join(acting) if acting else "whoever acts here"
                checked.tree.report(
                    (*path, "complaints", number), "wrong-authority", f"found {complaint_id}, which {whom} neither received nor handles",
                    "add affects: the authority whose procedure this moves, or handled_by to the complaint",
                )  # fmt: skip


def references_backwards(checked: Checked) -> None:
    """An entry ends, answers or changes what came before it; a deadline is settled after it was set."""
    for path, entry in checked.entries():
        named: list[tuple[Path, str]] = [(("ends", number), ended) for number, ended in enumerate(entry.ends or ())]
        named += [(place[len(path) :], decided) for place, decided in checked.decisions(path, entry)]
        named += [(("replies_to",), entry.replies_to)] if entry.replies_to else []
        for place, name in named:
            other = checked.entry(name)
            if name == entry.id and place[0] != "decision":
                checked.tree.report((*path, *place), "refers-forward", f'found "{name}", which is this entry itself', "name an earlier one")
            elif other and other.date and entry.date and other.date.first > entry.date.last:
                checked.tree.report(
                    (*path, *place),
                    "refers-forward",
                    f'found "{name}" of {other.date}, which is later than this entry',
                    "name an earlier one, or mend one of the two days",
                )
    for path, deadline in checked.deadlines():
        setting, closing = checked.entry(deadline.set_by), checked.entry(deadline.closed_by)
        if setting and closing and setting.date and closing.date and closing.date.last < setting.date.first:
            checked.tree.report(
                (*path, "closed_by"),
                "refers-forward",
                f'found "{closing.id}" of {closing.date}, which is before the deadline was set on {setting.date}',
                "name a later one, or mend one of the two days",
            )


def states_of_decisions(checked: Checked) -> None:
    """What becomes of a decision becomes of a decision, or of measures that it orders."""
    for path, entry in checked.entries():
        if entry.of_measures:
            _states_of_measures(checked, path, entry)
        if not entry.decision_state or checked.unread(path, entry, "decision"):
            continue
        for place, name in checked.decisions(path, entry):
            decided = next(((found, other) for found, other in checked.entries() if other.id == name), None)
            if decided and decided[1].act not in DECIDING and not checked.unread(*decided, "act"):
                what = f"{_a(decided[1].act)}" if decided[1].act else "words only"
                found, todo = f'found "{name}", which is {what}', f"name the entry with the decision ({', '.join(DECIDING)})"
                checked.tree.report(place, "not-a-decision", found, todo)
        if not entry.decision and entry.act and entry.act not in DECIDING:
            found = f'found "{entry.decision_state}" of this entry, which is {_a(entry.act)}'
            checked.tree.report((*path, "decision_state"), "not-a-decision", found, "add decision: the entry with the decision it is about")


def _states_of_measures(checked: Checked, path: Path, entry: Entry) -> None:
    if not entry.decision_state and checked.lacks(path, "decision_state"):
        found, todo = "found measures of a decision, and no state they are in", "add decision_state, or leave them out"
        checked.tree.report((*path, "of_measures"), "no-such-measure", found, todo, at_key=True)
        return
    for place, decision in ((place, other) for place, other in checked.entries() if other.id in entry.decisions):
        if checked.unread(place, decision, "measures", "fine"):
            continue
        ordered = [measure.kind for measure in decision.measures or ()] + (["fine"] if decision.fine else [])
        for number, kind in enumerate(entry.of_measures or ()):
            if kind not in ordered:
                todo = f"name one of {', '.join(ordered)}" if ordered else "leave it out"
                checked.tree.report(
                    (*path, "of_measures", number), "no-such-measure", f'found "{kind}", which {decision.id} does not order', todo
                )


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def key_days_translated(checked: Checked) -> None:
    """Translations of key days name days that are key days."""
    if not checked.head or checked.unread((), checked.head, "key_days"):
        return
    days = {str(key_day.date) for key_day in checked.head.key_days or ()}
    for language, translation in (checked.head.translations or {}).items():
        for day in translation.key_days or {}:
            if day not in days:
                place = ("translations", language, "key_days", day)
                found = f'found "{brief(day)}", which is no key day'
                checked.tree.report(place, "unknown-id", found, suggestion(day, tuple(days), "add it under key_days"), at_key=True)


def sources_used(checked: Checked) -> None:
    """Details are given of documents that are cited. Where an address is missing or mistyped, it may be the one."""
    paths = [path for name in ("complaints", "entries", "deadlines") for path, _ in lists(checked.tree.values, name)]
    paths += [("total",)] if checked.has((), "total") else []
    if any(problem.kind in ("bad-url", "no-source") for problem in checked.tree.problems):
        return
    if not all(checked.has(path, "sources") for path in paths) or checked.tree.misspelt((), "entries"):
        return
    cited: set[str] = set()
    for path in paths:
        found = checked.tree.at((*path, "sources"))
        cited.update(url for url in (found if isinstance(found, list) else [found]) if isinstance(url, str))
    for number, source in enumerate((checked.head.sources if checked.head else None) or ()):
        if source.url not in cited:
            found, todo = (
                f'found "{source.url}", which nothing in this case cites',
                "cite it under the sources of an entry, or delete it here",
            )
            checked.tree.report(("sources", number, "url"), "unused-source", found, todo)


def in_order(checked: Checked) -> None:
    """A case is read as a chronicle: in order of the last day each thing can have been on."""
    for name, key in (("complaints", "filed"), ("entries", "date"), ("deadlines", "last_day")):
        dated = [(path, record.id, getattr(record, key)) for path, record in checked._part(name) if getattr(record, key)]
        kept = longest_rising([day.last for _, _, day in dated])
        for number, (path, _, day) in enumerate(dated):
            if number not in kept:
                before = [dated[other] for other in kept if dated[other][2].last <= day.last]
                place = f"behind {before[-1][1] or before[-1][2]}" if before else f"to the beginning of the {name}"
                counted = "" if day.first == day.last else f" (counted by its last day, {day.last})"
                checked.tree.report((*path, key), "out-of-order", f'found "{day}"{counted} out of order', f"move it {place}")


def longest_rising(days: Sequence[date]) -> list[int]:
    """The places of as many days as can stay where they are for all to be in order; of several ways, an early one."""
    falling = [-day.toordinal() for day in reversed(days)]
    ends: list[int] = []
    previous: list[Optional[int]] = []
    for number, day in enumerate(falling):
        length = bisect_right(ends, day, key=lambda end: falling[end])
        previous.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [number]
    chain: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        chain.append(len(days) - 1 - last)
        last = previous[last]
    return chain
