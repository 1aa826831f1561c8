"""Which statement is the stance: a test for each rule, then the rules together on random cases."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, Iterator, NamedTuple, Optional

import pytest
from hypothesis import given, settings

from datasette_cases.model.case import Case, Entry
from datasette_cases.model.interval import as_of
from datasette_cases.model.stance import Key, Stance, stances_of
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.vocabulary import FORM

from .strategies import FIRST_DAY, SPAN, SUBJECTS, case_of, chronicles, days, did, said

pytestmark = pytest.mark.once

CLASSES = {
    3: ("decision", "binding-decision", "judgment"),
    2: ("draft-decision", "preliminary-findings", "objection", "opinion", "formal-letter"),
    1: ("guidance", "press-statement", "letter", "interview", "reported"),
}
"""The classes of forms, spelled a second time: as the rule gives them."""
CLASS = {form: number for number, forms in CLASSES.items() for form in forms}


class Held(NamedTuple):
    """A stance as a test writes it: days as text."""

    answer: str
    since: str
    until: Optional[str]
    statement: str


def line(
    case: Case, question: str = "lawful", actor: str = "nl-ap", subject: Optional[str] = None, strand: Optional[str] = None
) -> list[Held]:
    """The stances of one key, in order."""
    key = Key(actor, subject, strand, question)
    return [
        Held(stance.answer, str(stance.since), str(stance.until) if stance.until else None, stance.statement)
        for found, stance in stances_of(case, GDPR)
        if found == key
    ]


def answer_since(case: Case, question: str = "lawful") -> list[str]:
    return [str(stance.answer_since) for key, stance in stances_of(case, GDPR) if key.question == question]


def yes(entry_id: str, when: str, form: str = "press-statement", **rest: Any) -> dict[str, Any]:
    return said(entry_id, when, "nl-ap", form, {"lawful": "yes"}, **rest)


def no(entry_id: str, when: str, form: str = "press-statement", **rest: Any) -> dict[str, Any]:
    return said(entry_id, when, "nl-ap", form, {"lawful": "no"}, **rest)


def undecided(entry_id: str, when: str, form: str = "press-statement", **rest: Any) -> dict[str, Any]:
    return said(entry_id, when, "nl-ap", form, {"lawful": "undecided"}, **rest)


# --- order ------------------------------------------------------------------------------------------------------------


def test_an_answer_stands_from_its_day_until_something_takes_its_place() -> None:
    case = case_of(yes("a", "2024-06-06"), no("b", "2024-06-10"))
    assert line(case) == [Held("yes", "2024-06-06", "2024-06-10", "a"), Held("no", "2024-06-10", None, "b")]


def test_the_order_is_that_of_the_last_day_not_of_the_file() -> None:
    case = case_of(no("late", "2024-06-01/2024-06-14"), yes("early", "2024-06-10"))
    assert line(case) == [Held("yes", "2024-06-10", "2024-06-14", "early"), Held("no", "2024-06-14", None, "late")]


def test_on_one_day_the_order_is_that_of_the_file() -> None:
    assert line(case_of(yes("a", "2024-06-06"), yes("b", "2024-06-06"))) == [Held("yes", "2024-06-06", None, "b")]
    assert line(case_of(yes("b", "2024-06-06"), yes("a", "2024-06-06"))) == [Held("yes", "2024-06-06", None, "a")]


@pytest.mark.parametrize(
    ("when", "since"),
    [("2024-06-06/2024-06-14", "2024-06-14"), ("2024-06", "2024-06-30"), ("2024", "2024-12-31"), ("2024-02", "2024-02-29")],
)
def test_an_uncertain_day_counts_from_the_last_it_can_have_been(when: str, since: str) -> None:
    assert line(case_of(yes("a", when))) == [Held("yes", since, None, "a")]


# --- which answer takes over ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("earlier", CLASS)
@pytest.mark.parametrize("later", CLASS)
def test_a_new_answer_takes_over_if_its_class_is_at_least_the_current_ones(earlier: str, later: str) -> None:
    case = case_of(yes("a", "2024-06-06", earlier), no("b", "2024-06-10", later))
    shown = [held.statement for held in line(case)]
    assert shown == (["a", "b"] if CLASS[later] >= CLASS[earlier] else ["a"])


def test_a_new_answer_takes_over_from_a_higher_class_that_it_ends_by_name() -> None:
    case = case_of(yes("a", "2024-06-06", "decision"), no("b", "2024-06-10", "interview", ends=["a"]))
    assert line(case) == [Held("yes", "2024-06-06", "2024-06-10", "a"), Held("no", "2024-06-10", None, "b")]


def test_to_end_another_than_the_current_answer_takes_over_nothing() -> None:
    case = case_of(yes("a", "2024-06-06"), yes("b", "2024-06-07", "decision"), no("c", "2024-06-10", "interview", ends=["a"]))
    assert [held.statement for held in line(case)] == ["a", "b"]


@pytest.mark.parametrize("form", CLASSES[1])
@pytest.mark.parametrize("current", ["yes", "leaning-yes", "mixed", "leaning-no", "no"])
def test_a_class_1_undecided_takes_over_only_from_undecided(form: str, current: str) -> None:
    first = said("a", "2024-06-06", "nl-ap", "interview", {"lawful": current})
    assert [held.statement for held in line(case_of(first, undecided("b", "2024-06-10", form)))] == ["a"]
    first = undecided("a", "2024-06-06", "interview")
    assert [held.statement for held in line(case_of(first, undecided("b", "2024-06-10", form)))] == ["a", "b"]


def test_a_class_1_undecided_does_not_take_over_from_an_undecided_of_a_higher_class() -> None:
    case = case_of(undecided("a", "2024-06-06", "formal-letter"), undecided("b", "2024-06-10", "interview"))
    assert line(case) == [Held("undecided", "2024-06-06", None, "a")]


def test_a_class_1_undecided_may_be_the_first_answer() -> None:
    assert line(case_of(undecided("a", "2024-06-06", "interview"))) == [Held("undecided", "2024-06-06", None, "a")]


def test_a_class_1_undecided_takes_the_place_of_an_answer_it_ends_by_name() -> None:
    case = case_of(no("a", "2024-06-06"), undecided("b", "2024-06-10", "interview", ends=["a"]))
    assert [held.answer for held in line(case)] == ["no", "undecided"]


@pytest.mark.parametrize("form", (*CLASSES[2], *CLASSES[3]))
def test_an_undecided_of_a_higher_class_takes_over_as_any_answer_does(form: str) -> None:
    case = case_of(no("a", "2024-06-06", "formal-letter"), undecided("b", "2024-06-10", form))
    assert [held.answer for held in line(case)] == ["no", "undecided"]


def test_a_lower_class_changes_nothing_even_by_repeating_the_answer() -> None:
    case = case_of(yes("a", "2024-06-06", "decision"), yes("b", "2024-06-10", "interview"))
    assert line(case) == [Held("yes", "2024-06-06", None, "a")]
    assert answer_since(case) == ["2024-06-06"]


# --- since and answer_since -------------------------------------------------------------------------------------------


def test_the_same_answer_again_moves_since_and_not_answer_since() -> None:
    case = case_of(yes("a", "2024-06-06"), yes("b", "2024-06-10"), yes("c", "2024-06-12", "decision"))
    assert [held.since for held in line(case)] == ["2024-06-06", "2024-06-10", "2024-06-12"]
    assert answer_since(case) == ["2024-06-06"] * 3


def test_another_answer_in_between_breaks_answer_since() -> None:
    case = case_of(yes("a", "2024-06-06"), no("b", "2024-06-10"), yes("c", "2024-06-12"))
    assert answer_since(case) == ["2024-06-06", "2024-06-10", "2024-06-12"]


def test_an_end_in_between_breaks_answer_since() -> None:
    case = case_of(yes("a", "2024-06-06"), did("b", "2024-06-10", "nl-ap", "closure", ends=["a"]), yes("c", "2024-06-12"))
    assert answer_since(case) == ["2024-06-06", "2024-06-12"]


def test_an_answer_ended_and_given_again_on_one_day_has_stood_unbroken() -> None:
    case = case_of(yes("a", "2024-06-06"), did("b", "2024-06-10", "nl-ap", "closure", ends=["a"]), yes("c", "2024-06-10"))
    assert line(case) == [Held("yes", "2024-06-06", "2024-06-10", "a"), Held("yes", "2024-06-10", None, "c")]
    assert answer_since(case) == ["2024-06-06", "2024-06-06"]


def test_a_measure_renewed_on_the_day_after_its_last_has_stood_unbroken() -> None:
    case = case_of(urgent("a", "2024-06-06", until="2024-06-30"), urgent("b", "2024-07-01", until="2024-07-31"))
    assert [held.since for held in line(case, "urgent")] == ["2024-06-06", "2024-07-01"]
    assert answer_since(case, "urgent") == ["2024-06-06", "2024-06-06"]


# --- ended by name ----------------------------------------------------------------------------------------------------


def test_an_answer_ended_by_name_leaves_nothing_standing() -> None:
    case = case_of(
        said("hamburg-opens", "2025-05-22", "de-hh-hmbbfdi", "reported", {"urgent": "yes"}, act="investigation-opened"),
        did("hamburg-drops", "2025-05-27", "de-hh-hmbbfdi", "discontinuation", ends=["hamburg-opens"]),
    )
    assert line(case, "urgent", "de-hh-hmbbfdi") == [Held("yes", "2025-05-22", "2025-05-27", "hamburg-opens")]


def test_an_answer_is_ended_by_the_entry_of_anybody() -> None:
    case = case_of(yes("a", "2024-06-06"), did("b", "2024-06-10", "cjeu", "judgment", ends=["a"]))
    assert line(case) == [Held("yes", "2024-06-06", "2024-06-10", "a")]


def test_earlier_views_do_not_come_back_when_an_answer_is_ended() -> None:
    case = case_of(yes("a", "2024-06-06"), no("b", "2024-06-10"), did("c", "2024-06-12", "nl-ap", "closure", ends=["b"]))
    assert line(case) == [Held("yes", "2024-06-06", "2024-06-10", "a"), Held("no", "2024-06-10", "2024-06-12", "b")]


def test_once_an_answer_is_ended_any_class_may_follow() -> None:
    case = case_of(
        yes("a", "2024-06-06", "decision"), did("b", "2024-06-10", "nl-ap", "closure", ends=["a"]), undecided("c", "2024-06-12", "interview")
    )  # fmt: skip
    assert [held.statement for held in line(case)] == ["a", "c"]


def test_an_answer_ended_on_its_own_day_never_stands() -> None:
    case = case_of(yes("a", "2024-06-06"), did("b", "2024-06-06", "nl-ap", "discontinuation", ends=["a"]))
    assert line(case) == []


def test_an_answer_ended_on_its_own_day_has_still_taken_the_place_of_the_one_before() -> None:
    case = case_of(yes("z", "2024-06-01"), no("a", "2024-06-06"), did("b", "2024-06-06", "nl-ap", "discontinuation", ends=["a"]))
    assert line(case) == [Held("yes", "2024-06-01", "2024-06-06", "z")]


def test_an_answer_already_ended_when_its_uncertain_day_comes_changes_nothing() -> None:
    case = case_of(no("b", "2024-06-10", ends=["a"]), yes("a", "2024-06", "decision"))
    assert line(case) == [Held("no", "2024-06-10", None, "b")]
    case = case_of(did("b", "2024-06-10", "nl-ap", "discontinuation", ends=["a"]), yes("a", "2024-06"))
    assert line(case) == []


def test_an_end_that_is_retracted_or_context_ends_nothing() -> None:
    for mark in ({"retracted": "A mistake."}, {"context": "yes"}):
        case = case_of(yes("a", "2024-06-06"), did("b", "2024-06-10", "nl-ap", "closure", ends=["a"], **mark))
        assert line(case) == [Held("yes", "2024-06-06", None, "a")]


# --- measures ---------------------------------------------------------------------------------------------------------


def urgent(
    entry_id: str, when: str, answer: str = "yes", form: str = "decision", until: Optional[str] = None, **rest: Any
) -> dict[str, Any]:
    """A measure that answers `urgent`, and `lawful` too."""
    measure = {"kind": "58-2-f", "provisional": "yes", **({"until": until} if until else {})}
    return said(entry_id, when, "nl-ap", form, {"urgent": answer, "lawful": "no"}, act="measure", measures=[measure], **rest)


def test_urgent_ends_on_the_day_after_the_last_of_its_measure() -> None:
    assert line(case_of(urgent("a", "2024-06-06", until="2024-06-26")), "urgent") == [Held("yes", "2024-06-06", "2024-06-27", "a")]


def test_urgent_stands_while_its_measure_has_no_last_day() -> None:
    assert line(case_of(urgent("a", "2024-06-06")), "urgent") == [Held("yes", "2024-06-06", None, "a")]


def test_urgent_ends_with_the_last_of_several_measures_and_not_while_one_has_no_end() -> None:
    measures = [{"kind": "58-2-f", "until": "2024-06-20"}, {"kind": "58-2-d", "until": "2024-06-26"}]
    case = case_of(said("a", "2024-06-06", "nl-ap", "decision", {"urgent": "yes"}, act="measure", measures=measures))
    assert line(case, "urgent") == [Held("yes", "2024-06-06", "2024-06-27", "a")]
    case = case_of(said("a", "2024-06-06", "nl-ap", "decision", {"urgent": "yes"}, act="measure", measures=[*measures, {"kind": "other"}]))
    assert line(case, "urgent") == [Held("yes", "2024-06-06", None, "a")]


def test_urgent_ends_when_its_measure_is_ended_before_its_last_day() -> None:
    case = case_of(urgent("a", "2024-06-06", until="2024-06-26"), did("b", "2024-06-10", "nl-ap", "measure", ends=["a"]))
    assert line(case, "urgent") == [Held("yes", "2024-06-06", "2024-06-10", "a")]


def test_no_other_answer_ends_with_a_measure() -> None:
    assert line(case_of(urgent("a", "2024-06-06", until="2024-06-26"))) == [Held("no", "2024-06-06", None, "a")]


def test_on_its_last_day_a_measure_still_outranks_a_word_and_on_the_next_no_more() -> None:
    word = {"urgent": "no"}
    for when, shown in (("2024-06-26", ["a"]), ("2024-06-27", ["a", "b"])):
        case = case_of(urgent("a", "2024-06-06", until="2024-06-26"), said("b", when, "nl-ap", "interview", word))
        assert [held.statement for held in line(case, "urgent")] == shown


def test_a_measure_over_before_its_uncertain_day_comes_is_never_shown() -> None:
    case = case_of(urgent("a", "2024-06", until="2024-06-10"))
    assert line(case, "urgent") == []


# --- decisions, the law, what counts for nothing ----------------------------------------------------------------------


def test_an_annulled_decision_keeps_its_stance_and_earlier_views_do_not_come_back() -> None:
    case = case_of(
        undecided("word", "2024-06-01"),
        no("decision", "2024-06-06", "decision", act="decision"),
        did("court", "2024-06-10", "cjeu", "judgment", decision_state="annulled", decision="decision"),
    )
    assert line(case) == [Held("undecided", "2024-06-01", "2024-06-06", "word"), Held("no", "2024-06-06", None, "decision")]


def test_a_change_in_the_law_changes_no_stance() -> None:
    case = case_of(no("a", "2024-06-06"), did("b", "2024-06-10", "edpb", "law-change", affects=["nl-ap"]))
    assert line(case) == [Held("no", "2024-06-06", None, "a")]


@pytest.mark.parametrize("mark", [{"retracted": "A mistake."}, {"context": "yes"}])
def test_retracted_and_context_entries_count_for_nothing(mark: dict[str, str]) -> None:
    case = case_of(yes("a", "2024-06-06"), no("b", "2024-06-10", "decision", **mark))
    assert line(case) == [Held("yes", "2024-06-06", None, "a")]


def test_answers_about_another_authority_are_nobodys_stance() -> None:
    case = case_of(said("a", "2024-06-06", "nl-ap", "interview", {"competent": "yes"}, about="ie-dpc"))
    assert stances_of(case, GDPR) == []


def test_words_without_an_answer_change_nothing() -> None:
    case = case_of(yes("a", "2024-06-06"), said("b", "2024-06-10", "nl-ap", "decision", {}))
    assert line(case) == [Held("yes", "2024-06-06", None, "a")]


# --- whose ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("each", [{}, {"each": "yes"}])
def test_a_joint_statement_is_one_statement_and_a_stance_for_each(each: dict[str, str]) -> None:
    case = case_of(said("a", "2024-06-06", ["nl-ap", "ie-dpc"], "opinion", {"lawful": "mixed"}, **each))
    for actor in ("nl-ap", "ie-dpc"):
        assert line(case, actor=actor) == [Held("mixed", "2024-06-06", None, "a")]


def test_after_a_joint_statement_each_goes_its_own_way() -> None:
    case = case_of(
        said("a", "2024-06-06", ["nl-ap", "ie-dpc"], "opinion", {"lawful": "mixed"}),
        said("b", "2024-06-10", "ie-dpc", "decision", {"lawful": "yes"}),
    )
    assert [held.statement for held in line(case, actor="nl-ap")] == ["a"]
    assert [held.statement for held in line(case, actor="ie-dpc")] == ["a", "b"]


def test_parties_have_stances_too() -> None:
    assert line(case_of(said("a", "2024-06-06", "noyb", "press-statement", {"lawful": "no"})), actor="noyb")


def test_an_unnamed_actor_has_no_stance() -> None:
    assert stances_of(case_of(said("a", "2024-06-06", {"country": "DE"}, "reported", {"lawful": "no"})), GDPR) == []


def test_questions_are_separate() -> None:
    case = case_of(
        said("a", "2024-06-06", "nl-ap", "decision", {"lawful": "no"}),
        said("b", "2024-06-10", "nl-ap", "interview", {"competent": "no"}),
    )
    assert [held.statement for held in line(case, "lawful")] == ["a"]
    assert [held.statement for held in line(case, "competent")] == ["b"]


def test_subjects_are_separate() -> None:
    subjects = [{"id": subject, "since": "2024", "title": subject} for subject in SUBJECTS]
    case = case_of(
        no("a", "2024-06-06", "decision", subject="plan-2024"), yes("b", "2024-06-10", subject="training-2025"), subjects=subjects
    )
    assert line(case, subject="plan-2024") == [Held("no", "2024-06-06", None, "a")]
    assert line(case, subject="training-2025") == [Held("yes", "2024-06-10", None, "b")]


def test_words_of_a_case_with_one_subject_are_about_it() -> None:
    case = case_of(no("a", "2024-06-06"), subjects=[{"id": "plan-2024", "since": "2024", "title": "the plan"}])
    assert line(case, subject="plan-2024") == [Held("no", "2024-06-06", None, "a")]


def test_words_that_name_none_of_several_subjects_are_about_none() -> None:
    subjects = [{"id": subject, "since": "2024", "title": subject} for subject in SUBJECTS]
    assert line(case_of(no("a", "2024-06-06"), subjects=subjects)) == [Held("no", "2024-06-06", None, "a")]


def test_strands_are_separate() -> None:
    case = case_of(no("a", "2024-06-06", "decision", strand="eprivacy"), yes("b", "2024-06-10"))
    assert line(case, strand="eprivacy") == [Held("no", "2024-06-06", None, "a")]
    assert line(case) == [Held("yes", "2024-06-10", None, "b")]


# --- all rules together -----------------------------------------------------------------------------------------------


def by_key(case: Case) -> dict[Key, list[Stance]]:
    found: dict[Key, list[Stance]] = {}
    for key, stance in stances_of(case, GDPR):
        found.setdefault(key, []).append(stance)
    return found


@given(chronicles())
def test_stances_of_one_key_never_overlap(case: Case) -> None:
    for stances in by_key(case).values():
        for stance in stances:
            assert stance.until is None or stance.since < stance.until
        for earlier, later in pairwise(stances):
            assert earlier.until is not None and earlier.until <= later.since


def ends_of(case: Case, statement: str) -> set[date]:
    """The days on which an entry is ended: by name, or after the last day of its measures."""
    entries = {entry.id: entry for entry in case.entries or ()}
    named = {e.date.last for e in entries.values() if statement in (e.ends or ()) and not e.retracted and not e.context}
    measured = {m.until + timedelta(1) for m in entries[statement].measures or () if m.until}
    return named | measured


@given(chronicles())
def test_a_gap_is_only_where_an_answer_was_ended(case: Case) -> None:
    """The one shown was ended on the day the gap begins, or one took its place on that day that was over with it."""
    for key, stances in by_key(case).items():
        for earlier, later in zip(stances, [*stances[1:], None], strict=True):
            if earlier.until and (later is None or earlier.until < later.since):
                taking = {
                    e.id for e in case.entries or () if e.says and key.question in (e.says.answers or {}) and e.date.last == earlier.until
                }
                assert earlier.until in ends_of(case, earlier.statement) or any(
                    min(ends_of(case, e), default=date.max) <= earlier.until for e in taking
                )


@given(chronicles())
def test_every_stance_has_the_statement_that_gave_it_on_that_day(case: Case) -> None:
    entries = {entry.id: entry for entry in case.entries or ()}
    for key, stance in stances_of(case, GDPR):
        entry = entries[stance.statement]
        assert entry.says and entry.says.answers and entry.says.answers[key.question] == stance.answer
        assert entry.date.last == stance.since and entry.says.form == stance.form
        assert isinstance(entry.by, list) and key.actor in entry.by and entry.strand == key.strand
        assert not entry.retracted and not entry.context and not entry.says.about


@given(chronicles())
def test_answer_since_is_the_day_from_which_the_answer_stood_unbroken(case: Case) -> None:
    for stances in by_key(case).values():
        for place, stance in enumerate(stances):
            first = stance
            for before in reversed(stances[:place]):
                if before.until != first.since or before.answer != stance.answer:
                    break
                first = before
            assert stance.answer_since == first.since <= stance.since


def known_by(case: Case, day: date) -> Case:
    """The case as it could be told on a day: the entries that had happened for certain."""
    return case.model_copy(update={"entries": [entry for entry in case.entries or () if entry.date.last <= day]})


def standing(case: Case, day: date) -> dict[Key, tuple[Any, ...]]:
    """What stands on a day. Not until when: that a later entry ends it, nobody knows yet."""
    pairs = stances_of(case, GDPR)
    return {key: (s.answer, s.since, s.answer_since, s.statement, s.form) for key, s in pairs if s.holds(day)}


@given(chronicles(), days())
def test_as_of_a_day_only_what_had_happened_by_then_matters(case: Case, day: date) -> None:
    """An announced end of a measure is known from the start; everything else comes from entries up to the day."""
    assert standing(known_by(case, day), day) == standing(case, day)
    assert standing(known_by(case, date.max), date.max) == standing(case, date.max)


# --- the rules a second time: day by day, in the plainest way ---------------------------------------------------------


class Naive(NamedTuple):
    answer: str
    statement: str
    since: date
    over_after: Optional[date]


def naive_days(case: Case, key: Key, first: date, last: date) -> Iterator[tuple[date, Optional[Naive]]]:
    """What stands at the end of each day. Knows nothing of intervals."""
    current: Optional[Naive] = None
    named_as_ended: set[str] = set()
    day = first
    while day <= last:
        if current and current.over_after and current.over_after < day:
            current = None
        for entry in case.entries or ():
            if entry.date.last != day or entry.retracted is not None or entry.context:
                continue
            named_as_ended.update(entry.ends or ())
            new = naive_answer(case, entry, key)
            if new and entry.id not in named_as_ended and (current is None or naive_wins(case, new, current, entry)):
                current = new
            elif current and current.statement in named_as_ended:
                current = None
        if current and current.over_after and current.over_after < day:
            current = None
        yield day, current
        day += timedelta(1)


def naive_answer(case: Case, entry: Entry, key: Key) -> Optional[Naive]:
    """The entry's answer to the key's question, if it gives one."""
    says = entry.says
    if says is None or says.about or not isinstance(entry.by, list) or key.actor not in entry.by or entry.strand != key.strand:
        return None
    subject = says.subject
    if subject is None and case.subjects and len(case.subjects) == 1:
        subject = case.subjects[0].id
    if subject != key.subject or key.question not in (says.answers or {}):
        return None
    untils = [measure.until for measure in entry.measures or ()]
    over_after = max(u for u in untils if u) if untils and None not in untils and key.question == "urgent" else None
    return Naive((says.answers or {})[key.question], entry.id, entry.date.last, over_after)


def naive_wins(case: Case, new: Naive, current: Naive, entry: Entry) -> bool:
    if current.statement in (entry.ends or ()):
        return True
    forms = {e.id: e.says.form for e in case.entries or () if e.says}
    if CLASS[forms[new.statement]] == 1 and new.answer == "undecided":
        return current.answer == "undecided" and CLASS[forms[current.statement]] == 1
    return CLASS[forms[new.statement]] >= CLASS[forms[current.statement]]


def keys_of(case: Case) -> set[Key]:
    """Every key that anybody could have answered."""
    actors = {actor for entry in case.entries or () if isinstance(entry.by, list) for actor in entry.by}
    strands = {entry.strand for entry in case.entries or ()}
    subjects = {None, *(subject.id for subject in case.subjects or ())}
    return {Key(a, b, s, q) for a in actors for b in subjects for s in strands for q in ("urgent", "lawful")}


def assert_agrees(case: Case) -> None:
    """The intervals, day for day, are what the plain walk through the days finds."""
    days_of_case = [entry.date.last for entry in case.entries or ()]
    if not days_of_case:
        return
    first, last = min(days_of_case) - timedelta(1), max(days_of_case) + timedelta(25)
    intervals = by_key(case)
    for key in keys_of(case) | intervals.keys():
        naive = list(naive_days(case, key, first, last))
        for day, found in naive:
            stances = as_of(intervals.get(key, ()), day)
            assert len(stances) <= 1
            shown = [(s.answer, s.statement, s.since) for s in stances]
            assert shown == ([(found.answer, found.statement, found.since)] if found else []), (key, day)
        for answer, run in groupby(naive, key=lambda pair: pair[1].answer if pair[1] else None):
            stretch = [day for day, _ in run]
            if answer:
                assert {s.answer_since for day in stretch for s in as_of(intervals[key], day)} == {stretch[0]}, (key, stretch)


@settings(max_examples=60)
@given(chronicles())
def test_a_plain_walk_through_the_days_agrees(case: Case) -> None:
    assert_agrees(case)


def some_talk(number: int) -> Case:
    """A random case of much talk: few actors, few days, many answers and ends. The same number gives the same case."""
    r = random.Random(number)
    entries = []
    for n in range(r.randint(2, 9)):
        first = FIRST_DAY + timedelta(r.randrange(SPAN // 2))
        when = str(first) if r.random() < 0.7 else f"{first}/{first + timedelta(r.randint(1, 9))}"
        by = r.choice(("nl-ap", "nl-ap", "nl-ap", "ie-dpc", ["nl-ap", "ie-dpc"]))
        form = r.choice(CLASSES[r.choice((1, 1, 2, 3))])
        answers = {q: r.choice(("yes", "undecided", "no")) for q in r.sample(("urgent", "lawful"), r.randint(0, 2))}
        entry = said(f"e{n}", when, by, form, answers)
        if r.random() < 0.4:
            entry |= {"act": "measure", "measures": [{"kind": "58-2-f", "until": str(first + timedelta(r.randint(0, 20)))}]}
        for mark, chance in (("context", 0.03), ("retracted", 0.03), ("strand", 0.05)):
            entry |= {mark: "yes"} if r.random() < chance else {}
        entries.append(entry)
    for entry in entries:
        if r.random() < 0.35:
            entry["ends"] = [r.choice(entries)["id"]]
            if entry["ends"] == [entry["id"]]:
                del entry["ends"]
    return case_of(*entries)


@pytest.mark.parametrize("hundred", range(25))
def test_a_plain_walk_through_the_days_agrees_on_thousands_of_cases(hundred: int) -> None:
    for number in range(hundred * 100, hundred * 100 + 100):
        assert_agrees(some_talk(number))


def test_every_form_has_the_class_the_rule_gives_it() -> None:
    assert {word.value: word.rank for word in FORM} == CLASS


def test_one_answer_can_be_ended_and_the_rest_stand() -> None:
    case = case_of(
        said("e1", "2024-06-06", "ie-dpc", "press-statement", {"lawful": "undecided", "urgent": "yes"}),
        did("struck-out", "2024-09-04", "cjeu", "judgment", ends=["e1"], ends_answers=["urgent"]),
    )
    found = {key.question: stance.until for key, stance in stances_of(case, GDPR)}
    assert found == {"lawful": None, "urgent": date(2024, 9, 4)}
