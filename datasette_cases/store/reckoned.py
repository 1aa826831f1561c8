"""What the law makes of a case's deadlines: the working of those with a rule, and those that every complaint brings with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Iterator, Mapping, Optional, Protocol

from ..law.error import LawError
from ..law.result import Step
from ..model.case import Case, Complaint, Deadline
from ..source.reckon import Calendars, dates_of, reckoned, start_of
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


class Library(Protocol):
    """Of which country everybody is."""

    @property
    def countries(self) -> Mapping[str, Optional[str]]: ...


def working(case: Case, deadline: Deadline, calendars: Calendars) -> Working:
    """Nothing where there is no rule. What an editor wrote was checked; only what the law alone sets can fail."""
    if not deadline.rule:
        return Working()
    limit = TIME_LIMITS[deadline.rule]
    start = start_of(deadline, dates_of(case.entries or (), case.complaints or ()))
    assert start
    try:
        found = reckoned(deadline, start, calendars)
    except LawError as error:
        steps = [Step(None, limit.summary, limit.provision), Step(None, f"It cannot be reckoned: {error}.", "")]
        return Working(start.last, provision=limit.provision, steps=steps, failed=True)
    return Working(start.last, found.last_day, found.first_day, limit.provision, found.steps)


def with_deadlines_of_law(case: Case, library: Library) -> Case:
    """The case with the deadlines that its complaints bring with them, behind those an editor wrote."""
    added = list(_of_complaints(case, library))
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
