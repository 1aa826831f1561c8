"""What an authority is in a case: a test for each rule, then the rules together on random cases."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Optional

import pytest
from hypothesis import given

from datasette_cases.model.case import Case
from datasette_cases.model.role import roles_of
from datasette_cases.model.status import statuses_of
from datasette_cases.regimes.gdpr import GDPR

from .strategies import KINDS, case_of, chronicles, days, did, filed, said

pytestmark = pytest.mark.once


class Held(NamedTuple):
    """A role as a test writes it: days as text."""

    role: str
    since: str
    until: Optional[str]


def of(case: Case, authority: str = "nl-ap") -> list[Held]:
    roles = [role for role in roles_of(case, GDPR, KINDS) if role.authority == authority]
    return [Held(role.role, str(role.since), str(role.until) if role.until else None) for role in roles]


def spoke(entry_id: str, when: str, by: object = "nl-ap", **rest: str) -> dict[str, object]:
    return said(entry_id, when, by, "interview", {"lawful": "undecided"}, **rest)


def lead(since: str, until: Optional[str] = None, authority: str = "nl-ap") -> dict[str, str]:
    return {"authority": authority, "role": "lead", "since": since, **({"until": until} if until else {})}


# --- as written -------------------------------------------------------------------------------------------------------


def test_a_role_is_held_as_written() -> None:
    assert of(case_of(roles=[lead("2024-05-22", "2024-06-22")])) == [Held("lead", "2024-05-22", "2024-06-22")]


def test_uncertain_days_of_a_role_count_from_the_last_they_can_have_been() -> None:
    assert of(case_of(roles=[lead("2023", "2024-06")])) == [Held("lead", "2023-12-31", "2024-06-30")]


def test_a_role_that_cannot_be_shown_on_any_day_is_none() -> None:
    assert of(case_of(roles=[lead("2024", "2024-06")])) == []


# --- receiving --------------------------------------------------------------------------------------------------------


def test_an_authority_receives_from_its_first_complaint_on() -> None:
    case = case_of(complaints=[filed("c", "2024-06", "nl-ap"), filed("d", "2024-06-10", "nl-ap"), filed("e", "2024-06-12", "nl-ap")])
    assert of(case) == [Held("receiving", "2024-06-10", None)]


def test_whoever_handles_a_complaint_did_not_receive_it() -> None:
    handled = filed("c", "2024-06-06", "nl-ap", handled_by={"authority": "ie-dpc", "since": "2024-06-10"})
    assert of(case_of(complaints=[handled]), "ie-dpc") == []


# --- board ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [spoke("a", "2024-06-10", "edpb"), did("a", "2024-06-10", "edpb", "guidance")])
def test_a_board_is_one_from_its_first_word_or_act_on(entry: dict[str, object]) -> None:
    assert of(case_of(entry, spoke("b", "2024-06-12", "edpb")), "edpb") == [Held("board", "2024-06-10", None)]


def test_a_board_stays_one_when_it_has_a_procedure_of_its_own() -> None:
    case = case_of(spoke("a", "2024-06-10", "edpb"), did("b", "2024-06-12", "edpb", "referral", status="dispute-resolution"))
    assert of(case, "edpb") == [Held("board", "2024-06-10", None)]


# --- spoke-only -------------------------------------------------------------------------------------------------------


def test_an_authority_without_a_role_spoke_only_from_its_first_word_on() -> None:
    assert of(case_of(spoke("b", "2024-06-12"), spoke("a", "2024-06-08/2024-06-10"))) == [Held("spoke-only", "2024-06-10", None)]


def test_an_authority_spoke_only_until_it_receives_a_complaint() -> None:
    case = case_of(spoke("a", "2024-06-06"), complaints=[filed("c", "2024-06-10", "nl-ap")])
    assert of(case) == [Held("receiving", "2024-06-10", None), Held("spoke-only", "2024-06-06", "2024-06-10")]


def test_an_authority_spoke_only_until_it_has_a_role_as_written() -> None:
    case = case_of(spoke("a", "2024-06-06"), roles=[lead("2024-06-10")])
    assert of(case) == [Held("lead", "2024-06-10", None), Held("spoke-only", "2024-06-06", "2024-06-10")]


def test_an_authority_spoke_only_until_it_has_a_procedure_of_its_own() -> None:
    case = case_of(spoke("a", "2024-06-06"), did("b", "2024-06-10", "nl-ap", "investigation-opened", status="under-investigation"))
    assert of(case) == [Held("spoke-only", "2024-06-06", "2024-06-10")]


def test_an_authority_that_has_a_role_does_not_only_speak() -> None:
    for day in ("2024-06-06", "2024-06-08"):
        assert of(case_of(spoke("a", "2024-06-08"), roles=[lead(day)])) == [Held("lead", day, None)]


def test_after_another_role_an_authority_never_only_spoke() -> None:
    case = case_of(spoke("a", "2024-06-12"), roles=[lead("2024-06-06", "2024-06-10")])
    assert of(case) == [Held("lead", "2024-06-06", "2024-06-10")]


def test_of_a_joint_statement_each_authority_spoke() -> None:
    case = case_of(spoke("a", "2024-06-06", ["nl-ap", "ie-dpc", "noyb"]))
    assert of(case) == of(case, "ie-dpc") == [Held("spoke-only", "2024-06-06", None)]


def test_whoever_is_no_authority_has_no_role() -> None:
    assert of(case_of(spoke("a", "2024-06-06", "noyb")), "noyb") == []


@pytest.mark.parametrize("mark", [{"retracted": "A mistake."}, {"context": "yes"}])
def test_retracted_and_context_entries_give_no_role(mark: dict[str, str]) -> None:
    assert of(case_of(spoke("a", "2024-06-06", **mark))) == []


# --- all rules together -----------------------------------------------------------------------------------------------


@given(chronicles())
def test_every_role_is_held_on_some_day(case: Case) -> None:
    for role in roles_of(case, GDPR, KINDS):
        assert role.until is None or role.since < role.until
        assert role.authority in KINDS


@given(chronicles())
def test_spoke_only_is_held_with_no_other_role(case: Case) -> None:
    roles = roles_of(case, GDPR, KINDS)
    for spoken in (role for role in roles if role.role == "spoke-only"):
        for other in (role for role in roles if role.authority == spoken.authority and role != spoken):
            assert spoken.until is not None and spoken.until <= other.since


@given(chronicles())
def test_whoever_spoke_or_was_asked_is_on_the_board(case: Case) -> None:
    """With a role, or at least with a procedure: nobody is lost."""
    present = {role.authority for role in roles_of(case, GDPR, KINDS)}
    present |= {place.authority for place, _ in statuses_of(case, GDPR, frozenset(KINDS)) if place.authority}
    asked = {complaint.authority for complaint in case.complaints or () if complaint.authority}
    heard = [entry.by for entry in case.entries or () if not entry.retracted and not entry.context and isinstance(entry.by, list)]
    assert present >= asked | ({actor for actors in heard for actor in actors} & KINDS.keys())


def held_on(case: Case, day: date) -> set[tuple[object, ...]]:
    return {(role.authority, role.role, role.since) for role in roles_of(case, GDPR, KINDS) if role.holds(day)}


@given(chronicles(), days())
def test_as_of_a_day_only_what_had_happened_by_then_matters(case: Case, day: date) -> None:
    known = case.model_copy(update={"entries": [entry for entry in case.entries or () if entry.date.last <= day]})
    assert held_on(known, day) == held_on(case, day)
