"""Where a proceeding stands: a test for each rule, then the rules together on random cases."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple, Optional

import pytest
from hypothesis import given

from datasette_cases.model.case import Case
from datasette_cases.model.status import Place, Status, statuses_of
from datasette_cases.regimes.gdpr import GDPR

from .strategies import KINDS, case_of, chronicles, days, did, filed, said

pytestmark = pytest.mark.once

AUTHORITIES = frozenset(KINDS)


class Stood(NamedTuple):
    """A status as a test writes it: days as text."""

    status: str
    since: str
    until: Optional[str]
    entry: Optional[str]


def by_place(case: Case) -> dict[Place, list[Status]]:
    found: dict[Place, list[Status]] = {}
    for place, status in statuses_of(case, GDPR, AUTHORITIES):
        found.setdefault(place, []).append(status)
    return found


def line(
    case: Case,
    complaint: Optional[str] = "c",
    authority: Optional[str] = "nl-ap",
    strand: Optional[str] = None,
    country: Optional[str] = None,
) -> list[Stood]:
    """The statuses of one place, in order."""
    statuses = by_place(case).get(Place(authority, country, complaint, strand), [])
    return [Stood(s.status, str(s.since), str(s.until) if s.until else None, s.entry) for s in statuses]


def places(case: Case) -> set[tuple[Optional[str], Optional[str], Optional[str]]]:
    return {(place.authority, place.complaint, place.strand) for place in by_place(case)}


C = filed("c", "2024-06-06", "nl-ap")
LODGED = Stood("lodged", "2024-06-06", None, None)


# --- the filing -------------------------------------------------------------------------------------------------------


def test_a_complaint_is_lodged_by_its_filing() -> None:
    assert line(case_of(complaints=[C])) == [LODGED]


def test_an_uncertain_filing_counts_from_the_last_day_it_can_have_been() -> None:
    assert line(case_of(complaints=[filed("c", "2024-06", "nl-ap")])) == [Stood("lodged", "2024-06-30", None, None)]


def test_a_complaint_with_an_unknown_authority_has_a_status_under_its_country() -> None:
    case = case_of(complaints=[filed("c", "2024-06-06", country="DE")])
    assert line(case, authority=None, country="DE") == [LODGED]


def test_a_filing_does_not_undo_an_act_that_came_before_its_last_possible_day() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "acknowledgment", status="acknowledged", complaints=["c"]),
        complaints=[filed("c", "2024-06", "nl-ap")],
    )
    assert line(case) == [Stood("acknowledged", "2024-06-10", None, "a")]


def test_what_happens_on_the_day_of_filing_happens_after_it() -> None:
    case = case_of(did("a", "2024-06-06", "nl-ap", "acknowledgment", status="acknowledged", complaints=["c"]), complaints=[C])
    assert line(case) == [Stood("acknowledged", "2024-06-06", None, "a")]


# --- what moves it ----------------------------------------------------------------------------------------------------


def test_an_act_with_a_status_moves_it_from_its_day() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "forwarding", status="forwarded-to-lead", complaints=["c"]), complaints=[C])
    assert line(case) == [Stood("lodged", "2024-06-06", "2024-06-10", None), Stood("forwarded-to-lead", "2024-06-10", None, "a")]


def test_words_alone_may_report_a_status() -> None:
    case = case_of(said("a", "2024-06-10", "nl-ap", "interview", {}, status="under-investigation", complaints=["c"]), complaints=[C])
    assert [stood.status for stood in line(case)] == ["lodged", "under-investigation"]


def test_an_act_with_an_uncertain_day_moves_from_the_last_it_can_have_been() -> None:
    act = did("a", "2024-06-08/2024-06-14", "nl-ap", "acknowledgment", status="acknowledged", complaints=["c"])
    assert [stood.since for stood in line(case_of(act, complaints=[C]))] == ["2024-06-06", "2024-06-14"]


def test_an_act_without_a_status_moves_nothing() -> None:
    assert line(case_of(did("a", "2024-06-10", "nl-ap", "forwarding", complaints=["c"]), complaints=[C])) == [LODGED]


def test_a_decision_decides() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"]), complaints=[C])
    assert [stood.status for stood in line(case)] == ["lodged", "decided"]


def test_a_decision_with_a_scope_does_not_decide() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"], scope="the urgency request"), complaints=[C])
    assert line(case) == [LODGED]


def test_a_decision_with_a_scope_may_move_to_the_status_it_gives() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"], scope="the fine", status="awaiting-final"), complaints=[C]
    )  # fmt: skip
    assert [stood.status for stood in line(case)] == ["lodged", "awaiting-final"]


def test_a_decision_moves_to_the_status_it_gives_instead() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"], status="closed-without-decision"), complaints=[C])
    assert [stood.status for stood in line(case)] == ["lodged", "closed-without-decision"]


def test_a_judgment_does_not_decide_but_may_reopen_what_it_affects() -> None:
    reopened = did("b", "2024-06-12", "cjeu", "judgment", status="under-investigation", affects=["nl-ap"], complaints=["c"])
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"]),
        reopened,
        did("d", "2024-06-14", "cjeu", "judgment", complaints=["c"]),
        complaints=[C],
    )
    assert [stood.status for stood in line(case)] == ["lodged", "decided", "under-investigation"]
    assert places(case) == {("nl-ap", "c", None)}


@pytest.mark.parametrize("mark", [{"retracted": "A mistake."}, {"context": "yes"}])
def test_retracted_and_context_entries_move_nothing(mark: dict[str, str]) -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"], **mark), complaints=[C])
    assert line(case) == [LODGED]


def test_whoever_is_no_authority_has_no_status() -> None:
    case = case_of(did("a", "2024-06-10", "noyb", "withdrawal", status="withdrawn", complaints=["c"]), complaints=[C])
    assert line(case) == [LODGED]
    assert places(case) == {("nl-ap", "c", None)}


def test_a_board_has_statuses_as_an_authority_has() -> None:
    assert places(case_of(did("a", "2024-06-10", "edpb", "referral", status="dispute-resolution"))) == {("edpb", None, None)}


# --- of which complaints ----------------------------------------------------------------------------------------------


D = filed("d", "2024-06-07", "nl-ap")


def test_an_act_that_names_complaints_moves_these() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints=["d"]), complaints=[C, D])
    assert line(case) == [LODGED]
    assert [stood.status for stood in line(case, "d")] == ["lodged", "decided"]


def test_an_act_on_all_complaints_moves_all_of_this_authority() -> None:
    other = filed("e", "2024-06-06", "ie-dpc")
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints="all"), complaints=[C, D, other])
    assert [len(line(case, complaint)) for complaint in ("c", "d")] == [2, 2]
    assert line(case, "e", "ie-dpc") == [LODGED]


def test_an_act_on_all_complaints_moves_none_lodged_later() -> None:
    case = case_of(did("a", "2024-06-06", "nl-ap", "decision", complaints="all"), complaints=[C, D])
    assert [stood.status for stood in line(case)] == ["decided"]
    assert [stood.status for stood in line(case, "d")] == ["lodged"]


def test_an_act_on_all_complaints_of_an_authority_without_one_moves_the_matter_as_such() -> None:
    assert places(case_of(did("a", "2024-06-10", "ie-dpc", "decision", complaints="all"), complaints=[C])) == {
        ("nl-ap", "c", None),
        ("ie-dpc", None, None),
    }


def test_an_act_on_unknown_complaints_moves_the_matter_as_such_and_no_complaint() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision"), complaints=[C])
    assert line(case) == [LODGED]
    assert line(case, None) == [Stood("decided", "2024-06-10", None, "a")]


def test_the_authority_that_handles_a_complaint_has_a_status_of_its_own_on_it() -> None:
    handled = C | {"handled_by": {"authority": "ie-dpc", "since": "2024-06-08"}}
    case = case_of(
        did("a", "2024-06-10", "ie-dpc", "investigation-opened", status="under-investigation", complaints=["c"]), complaints=[handled]
    )
    assert line(case) == [LODGED]
    assert line(case, "c", "ie-dpc") == [Stood("under-investigation", "2024-06-10", None, "a")]


# --- of whom ----------------------------------------------------------------------------------------------------------


def test_a_joint_act_moves_the_complaints_of_each_and_no_others() -> None:
    other = filed("e", "2024-06-06", "ie-dpc")
    for complaints in (["c", "e"], "all"):
        case = case_of(
            did("a", "2024-06-10", ["nl-ap", "ie-dpc"], "acknowledgment", status="acknowledged", complaints=complaints),
            complaints=[C, other],
        )
        assert places(case) == {("nl-ap", "c", None), ("ie-dpc", "e", None)}
        assert [stood.status for stood in line(case)] == ["lodged", "acknowledged"]
        assert [stood.status for stood in line(case, "e", "ie-dpc")] == ["lodged", "acknowledged"]


def test_a_joint_act_on_a_complaint_of_one_moves_the_matter_as_such_of_the_other() -> None:
    case = case_of(did("a", "2024-06-10", ["nl-ap", "ie-dpc"], "acknowledgment", status="acknowledged", complaints=["c"]), complaints=[C])
    assert places(case) == {("nl-ap", "c", None), ("ie-dpc", None, None)}


def test_a_joint_act_of_those_who_received_and_handle_a_complaint_moves_it_with_both() -> None:
    handled = C | {"handled_by": {"authority": "ie-dpc", "since": "2024-06-08"}}
    case = case_of(did("a", "2024-06-10", ["nl-ap", "ie-dpc"], "hearing", status="admitted", complaints=["c"]), complaints=[handled])
    assert places(case) == {("nl-ap", "c", None), ("ie-dpc", "c", None)}


def test_an_act_on_a_complaint_that_nobody_acting_received_moves_it_all_the_same() -> None:
    case = case_of(did("a", "2024-06-10", "ie-dpc", "decision", complaints=["c"]), complaints=[C])
    assert places(case) == {("nl-ap", "c", None), ("ie-dpc", "c", None)}


def test_an_act_that_affects_others_moves_theirs_and_not_the_actors_own() -> None:
    case = case_of(
        did("a", "2024-06-10", "ie-dpc", "decision", status="decided-by-lead", affects=["nl-ap"], complaints=["c"]), complaints=[C]
    )
    assert [stood.status for stood in line(case)] == ["lodged", "decided-by-lead"]
    assert places(case) == {("nl-ap", "c", None)}


def test_a_decision_decides_by_itself_only_for_whoever_decides() -> None:
    """`decided` means: by this authority. For those it affects the entry has to say what it makes of theirs."""
    case = case_of(did("a", "2024-06-10", "ie-dpc", "decision", affects=["nl-ap"]), complaints=[C])
    assert line(case) == [LODGED]
    assert line(case, None, "ie-dpc") == [Stood("decided", "2024-06-10", None, "a")]
    assert line(case, None) == []


# --- strands ----------------------------------------------------------------------------------------------------------


def test_strands_are_separate() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "decision", strand="eprivacy"), did("b", "2024-06-12", "nl-ap", "measure", status="admitted")
    )
    assert line(case, None, strand="eprivacy") == [Stood("decided", "2024-06-10", None, "a")]
    assert line(case, None) == [Stood("admitted", "2024-06-12", None, "b")]


def test_an_act_on_a_complaint_is_in_the_strand_of_the_complaint() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"]), complaints=[C | {"strand": "eprivacy"}])
    assert [stood.status for stood in line(case, strand="eprivacy")] == ["lodged", "decided"]


def test_an_act_on_all_complaints_that_names_no_strand_moves_those_of_every_strand() -> None:
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints="all"), complaints=[C, D | {"strand": "eprivacy"}])
    assert [stood.status for stood in line(case)] == ["lodged", "decided"]
    assert [stood.status for stood in line(case, "d", strand="eprivacy")] == ["lodged", "decided"]


def test_an_act_on_all_complaints_of_a_strand_moves_those_of_no_other() -> None:
    complaints = [C | {"strand": "urgency"}, D | {"strand": "eprivacy"}]
    case = case_of(did("a", "2024-06-10", "nl-ap", "decision", complaints="all", strand="eprivacy"), complaints=complaints)
    assert places(case) == {("nl-ap", "c", "urgency"), ("nl-ap", "d", "eprivacy")}
    assert line(case, strand="urgency") == [LODGED]
    assert [stood.status for stood in line(case, "d", strand="eprivacy")] == ["lodged", "decided"]


# --- over time --------------------------------------------------------------------------------------------------------


def test_the_same_status_again_keeps_its_since() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "investigation-opened", status="under-investigation", complaints=["c"]),
        did("b", "2024-06-12", "nl-ap", "hearing", status="under-investigation", complaints=["c"]),
        complaints=[C],
    )
    assert line(case)[1:] == [Stood("under-investigation", "2024-06-10", None, "a")]


def test_of_several_moves_on_one_day_the_last_in_the_file_stays() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "acknowledgment", status="acknowledged", complaints=["c"]),
        did("b", "2024-06-10", "nl-ap", "forwarding", status="forwarded-to-lead", complaints=["c"]),
        complaints=[C],
    )
    assert line(case) == [Stood("lodged", "2024-06-06", "2024-06-10", None), Stood("forwarded-to-lead", "2024-06-10", None, "b")]


def test_a_status_left_and_reached_again_on_one_day_keeps_its_since() -> None:
    case = case_of(
        did("a", "2024-06-10", "nl-ap", "decision", complaints=["c"]),
        did("b", "2024-06-10", "nl-ap", "publication", status="lodged", complaints=["c"]),
        complaints=[C],
    )
    assert line(case) == [LODGED]


def test_moves_are_in_order_of_day_and_not_of_the_file() -> None:
    case = case_of(
        did("late", "2024-06", "nl-ap", "decision", complaints=["c"]),
        did("early", "2024-06-10", "nl-ap", "acknowledgment", status="acknowledged", complaints=["c"]),
        complaints=[C],
    )
    assert [stood.status for stood in line(case)] == ["lodged", "acknowledged", "decided"]


# --- all rules together -----------------------------------------------------------------------------------------------


@given(chronicles())
def test_statuses_of_one_place_follow_each_other_without_gap_or_overlap(case: Case) -> None:
    for statuses in by_place(case).values():
        assert statuses[-1].until is None
        for earlier, later in pairwise(statuses):
            assert earlier.since < later.since == earlier.until
            assert earlier.status != later.status


@given(chronicles())
def test_every_status_has_the_entry_that_gave_it_on_that_day(case: Case) -> None:
    entries = {entry.id: entry for entry in case.entries or ()}
    complaints = {complaint.id: complaint for complaint in case.complaints or ()}
    for place, status in statuses_of(case, GDPR, AUTHORITIES):
        if status.entry is None:
            assert place.complaint and status.status == "lodged" and status.since == complaints[place.complaint].filed.last
            continue
        entry = entries[status.entry]
        assert entry.date.last == status.since and not entry.retracted and not entry.context
        assert status.status == entry.status or (entry.status is None and status.status == "decided" and entry.act == "decision")
        assert place.authority in (entry.affects or entry.by if entry.status else entry.by)
        assert entry.strand in (None, place.strand)
        assert entry.complaints in (None, "all") or place.complaint is None or place.complaint in entry.complaints


@given(chronicles())
def test_every_complaint_has_a_status_from_its_filing_on(case: Case) -> None:
    found = by_place(case)
    for complaint in case.complaints or ():
        country = None if complaint.authority else complaint.country
        statuses = found[Place(complaint.authority, country, complaint.id, complaint.strand)]
        assert statuses[0].since <= complaint.filed.last


def standing(case: Case, day: date) -> dict[Place, tuple[object, ...]]:
    return {place: (s.status, s.since, s.entry) for place, s in statuses_of(case, GDPR, AUTHORITIES) if s.holds(day)}


@given(chronicles(), days())
def test_as_of_a_day_only_what_had_happened_by_then_matters(case: Case, day: date) -> None:
    known = case.model_copy(update={"entries": [entry for entry in case.entries or () if entry.date.last <= day]})
    assert standing(known, day) == standing(case, day)
