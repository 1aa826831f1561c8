"""What the law makes of a case's deadlines: the working of those with a rule, and those that every complaint brings with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Iterator, Mapping, Optional, Protocol, Sequence

from ..law.error import LawError
from ..law.fixed import valid_until
from ..law.result import Step
from ..model.case import Case, Complaint, Deadline, Entry
from ..model.day import PartialDate, parse
from ..model.stance import counts, in_order
from ..source.reckon import Calendars, reckoned, start_of
from ..time_limits import TIME_LIMITS

INFORM = "gdpr-78-2"
"""The authority informs the complainant within three months."""

UNION = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
APPLIES = {**dict.fromkeys(UNION, date(2018, 5, 25)), **dict.fromkeys(("IS", "LI", "NO"), date(2018, 7, 20))}
"""Country → since when the GDPR applies to complaints with its authorities: the Union; the EEA, with the decision that took it over."""


@dataclass(frozen=True)
class Working:
    """What was reckoned, if anything. `failed`: it should have been and could not."""

    start: Optional[date] = None
    last_day: Optional[date] = None
    first_day: Optional[date] = None
    provision: Optional[str] = None
    steps: list[Step] = field(default_factory=list)
    failed: bool = False


class EndOfMeasure(Deadline):
    """The last day of a measure, which its decision names: Art. 4(3) of Regulation 1182/71 never moves it."""


class Library(Protocol):
    """Of which country everybody is."""

    @property
    def countries(self) -> Mapping[str, Optional[str]]: ...


def working(deadline: Deadline, dates: Mapping[str, PartialDate], calendars: Calendars) -> Working:
    """Nothing where there is no rule. What an editor wrote was checked; only what the law alone sets can fail."""
    if isinstance(deadline, EndOfMeasure) and deadline.last_day:
        return Working(steps=valid_until(deadline.last_day.last).steps)
    if not deadline.rule:
        return Working()
    limit = TIME_LIMITS[deadline.rule]
    start = start_of(deadline, dates)
    assert start
    try:
        found = reckoned(deadline, start, calendars)
    except LawError as error:
        steps = [Step(None, limit.summary, limit.provision), Step(None, f"It cannot be reckoned: {error}.", "")]
        return Working(start.last, provision=limit.provision, steps=steps, failed=True)
    return Working(start.last, found.last_day, found.first_day, limit.provision, found.steps)


def with_deadlines_of_law(case: Case, library: Library) -> Case:
    """The case with the deadlines that its complaints and measures bring with them, behind those an editor wrote."""
    added = [*_of_complaints(case, library), *_of_measures(case)]
    return case.model_copy(update={"deadlines": [*(case.deadlines or ()), *added]}) if added else case


def _of_complaints(case: Case, library: Library) -> Iterator[Deadline]:
    """GDPR 78(2), unless an editor wrote it for that complaint. Their ids have two hyphens, which no editor's has."""
    written = {deadline.complaint for deadline in case.deadlines or () if deadline.rule == INFORM}
    for complaint in case.complaints or ():
        if case.regime == "gdpr" and complaint.id not in written and complaint.authority and _is_owed_information(complaint, library):
            yield Deadline.model_construct(
                id=f"{complaint.id}--78-2",
                title="Inform the complainant of progress or outcome",
                actors=[complaint.authority],
                addressees=complaint.by,
                rule=INFORM,
                complaint=complaint.id,
                sources=complaint.sources,
            )


def _is_owed_information(complaint: Complaint, library: Library) -> bool:
    """It is known to be a complaint under Article 77, lodged for certain since the GDPR applies where it was lodged."""
    since = APPLIES.get(library.countries.get(complaint.authority or "") or "")
    return complaint.brought_under in ("art-77", "art-80-1", "art-80-2") and since is not None and complaint.filed.first >= since


def _of_measures(case: Case) -> Iterator[Deadline]:
    """The end of each measure that has one, one for each day of an entry, unless an editor wrote it."""
    written = {(deadline.set_by, deadline.last_day.last) for deadline in case.deadlines or () if deadline.last_day}
    ordered = in_order(case.entries)
    for entry in case.entries or ():
        ends = dict.fromkeys(measure.until for measure in entry.measures or () if measure.until and not measure.proposed)
        for number, until in enumerate((day for day in ends if counts(entry) and (entry.id, day) not in written), 1):
            ended_by = _ended_early(ordered, entry, until)
            outcome = "lapsed" if not ended_by else "called-off" if ended_by.by == entry.by else "moot"
            yield EndOfMeasure.model_construct(
                id=f"{entry.id}--end" if number == 1 else f"{entry.id}--end-{number}",
                kind="milestone",
                title="The measure ends",
                actors=entry.by if isinstance(entry.by, list) else [],
                addressees=entry.to,
                last_day=parse(until.isoformat()),
                basis="set",
                set_by=entry.id,
                outcome=outcome,
                closed_by=ended_by.id if ended_by else None,
                sources=entry.sources,
            )


def _ended_early(ordered: Sequence[Entry], measured: Entry, until: date) -> Optional[Entry]:
    """What ended a measure before its day: the first entry that ends it by name, or by which its decision was annulled."""
    for entry in ordered:
        annuls = measured.id in entry.decisions and entry.decision_state == "annulled"
        ends = measured.id in (entry.ends or ()) and not entry.ends_answers
        if (annuls or ends) and entry.date.last <= until:
            return entry
    return None
