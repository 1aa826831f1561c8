"""What became of a decision: a test for each rule, then the rules together on random cases."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple, Optional

import pytest
from hypothesis import given

from datasette_cases.model.case import Case
from datasette_cases.model.decision_state import DecisionState, decision_states_of

from .strategies import case_of, chronicles, days, did

pytestmark = pytest.mark.once


class Became(NamedTuple):
    """A state as a test writes it: days as text."""

    state: str
    since: str
    until: Optional[str]
    entry: str


def by_decision(case: Case) -> dict[str, list[DecisionState]]:
    found: dict[str, list[DecisionState]] = {}
    for decision, state in decision_states_of(case):
        found.setdefault(decision, []).append(state)
    return found


def line(case: Case, decision: str = "decision") -> list[Became]:
    """The states of one decision, in order."""
    return [Became(s.state, str(s.since), str(s.until) if s.until else None, s.entry) for s in by_decision(case).get(decision, [])]


def decided(when: str = "2024-06-06", state: Optional[str] = None) -> dict[str, Any]:
    return did("decision", when, "nl-ap", "decision", **({"decision_state": state} if state else {}))


def court(entry_id: str, when: str, state: str, decision: str = "decision", **rest: Any) -> dict[str, Any]:
    return did(entry_id, when, "cjeu", "judgment", decision_state=state, decision=decision, **rest)


def test_a_decision_of_which_nothing_is_said_has_no_state() -> None:
    assert decision_states_of(case_of(decided())) == []


def test_a_state_without_a_decision_is_of_the_decision_itself() -> None:
    assert line(case_of(decided(state="appealable"))) == [Became("appealable", "2024-06-06", None, "decision")]


def test_each_state_lasts_until_the_next() -> None:
    case = case_of(decided(state="appealable"), court("a", "2024-06-10", "stayed"), court("b", "2024-06-14", "annulled"))
    assert line(case) == [
        Became("appealable", "2024-06-06", "2024-06-10", "decision"),
        Became("stayed", "2024-06-10", "2024-06-14", "a"),
        Became("annulled", "2024-06-14", None, "b"),
    ]


def test_a_state_with_an_uncertain_day_counts_from_the_last_it_can_have_been() -> None:
    case = case_of(decided(), court("a", "2024-06", "stayed"), court("b", "2024-06-20", "under-appeal"))
    assert line(case) == [Became("under-appeal", "2024-06-20", "2024-06-30", "b"), Became("stayed", "2024-06-30", None, "a")]


def test_the_same_state_again_keeps_its_since() -> None:
    case = case_of(decided(), court("a", "2024-06-10", "stayed"), court("b", "2024-06-14", "stayed"))
    assert line(case) == [Became("stayed", "2024-06-10", None, "a")]


def test_of_several_states_on_one_day_the_last_in_the_file_stays() -> None:
    case = case_of(decided(), court("a", "2024-06-10", "stayed"), court("b", "2024-06-10", "upheld"))
    assert line(case) == [Became("upheld", "2024-06-10", None, "b")]


def test_a_state_left_and_reached_again_on_one_day_keeps_its_since() -> None:
    case = case_of(decided(), court("a", "2024-06-08", "stayed"), court("b", "2024-06-10", "upheld"), court("c", "2024-06-10", "stayed"))
    assert line(case) == [Became("stayed", "2024-06-08", None, "a")]


def test_decisions_are_separate() -> None:
    other = did("other", "2024-06-07", "ie-dpc", "decision")
    case = case_of(decided(), other, court("a", "2024-06-10", "annulled"), court("b", "2024-06-14", "final", "other"))
    assert line(case) == [Became("annulled", "2024-06-10", None, "a")]
    assert line(case, "other") == [Became("final", "2024-06-14", None, "b")]


@pytest.mark.parametrize("mark", [{"retracted": "A mistake."}, {"context": "yes"}])
def test_retracted_and_context_entries_make_no_state(mark: dict[str, str]) -> None:
    assert line(case_of(decided(state="appealable"), court("a", "2024-06-10", "annulled", **mark))) == [
        Became("appealable", "2024-06-06", None, "decision")
    ]


# --- all rules together -----------------------------------------------------------------------------------------------


@given(chronicles())
def test_states_of_one_decision_follow_each_other_without_gap_or_overlap(case: Case) -> None:
    for states in by_decision(case).values():
        assert states[-1].until is None
        for earlier, later in pairwise(states):
            assert earlier.since < later.since == earlier.until
            assert earlier.state != later.state


@given(chronicles())
def test_every_state_has_the_entry_that_gave_it_on_that_day(case: Case) -> None:
    entries = {entry.id: entry for entry in case.entries or ()}
    for decision, state in decision_states_of(case):
        entry = entries[state.entry]
        assert (entry.date.last, entry.decision_state) == (state.since, state.state) and decision in entry.decisions
        assert not entry.retracted and not entry.context


def standing(case: Case, day: date) -> dict[str, tuple[object, ...]]:
    return {decision: (s.state, s.since, s.entry) for decision, s in decision_states_of(case) if s.holds(day)}


@given(chronicles(), days())
def test_as_of_a_day_only_what_had_happened_by_then_matters(case: Case, day: date) -> None:
    known = case.model_copy(update={"entries": [entry for entry in case.entries or () if entry.date.last <= day]})
    assert standing(known, day) == standing(case, day)


def test_a_state_of_some_measures_leaves_the_rest_as_it_was() -> None:
    case = case_of(
        did("decision", "2024-06-06", "nl-ap", "decision", measures=[{"kind": "58-2-f"}], fine={"amount": "1", "currency": "EUR"}),
        court("stays-ban", "2024-06-10", "stayed", of_measures=["58-2-f"]),
        court("appeal", "2024-06-12", "under-appeal"),
        court("lifts-stay", "2024-06-14", "upheld", of_measures=["58-2-f"]),
    )
    found = [(state.measures, state.state, str(state.since), state.until and str(state.until)) for state in by_decision(case)["decision"]]
    assert found == [
        (("58-2-f",), "stayed", "2024-06-10", "2024-06-14"),
        (("58-2-f",), "upheld", "2024-06-14", None),
        ((), "under-appeal", "2024-06-12", None),
    ]


def test_one_judgment_can_be_about_several_decisions() -> None:
    case = case_of(
        did("one", "2024-06-06", "nl-ap", "decision"),
        did("two", "2024-06-07", "nl-ap", "decision"),
        did("court", "2024-06-10", "cjeu", "judgment", decision_state="upheld", decision=["one", "two"]),
    )
    assert {name: line(case, name) for name in by_decision(case)} == {
        name: [Became("upheld", "2024-06-10", None, "court")] for name in ("one", "two")
    }
