"""Every word of every closed list: well formed, explained, and where its meaning points to a neighbour, that exists."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Iterator, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from datasette_cases.model import actor, case
from datasette_cases.model.fields import OneOf
from datasette_cases.query.standing import standing
from datasette_cases.regimes import RegimeError, collect
from datasette_cases.regimes.gdpr import GDPR
from datasette_cases.store.tables import TABLES
from datasette_cases.vocabulary import ACT, ANSWER, COMMON, FORM, Regime, Vocabulary, Word, nearest

pytestmark = pytest.mark.once

LISTS = (*COMMON, *GDPR.vocabularies)
WORDS = [pytest.param(vocabulary, word, id=f"{vocabulary.field}-{word.value}") for vocabulary in LISTS for word in vocabulary]

each_list = pytest.mark.parametrize("vocabulary", LISTS, ids=lambda vocabulary: vocabulary.field)
each_word = pytest.mark.parametrize(("vocabulary", "word"), WORDS)


# --- lists ------------------------------------------------------------------------------------------------------------


def test_every_list_has_a_name_of_its_own() -> None:
    fields = [vocabulary.field for vocabulary in LISTS]
    assert len(fields) == len(set(fields))


@each_list
def test_no_list_has_a_value_or_a_label_twice(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.words) == len(set(vocabulary.values)) > 0
    labels = [word.label for word in vocabulary]
    assert len(labels) == len(set(labels))


@each_list
def test_no_two_words_of_a_list_mean_the_same(vocabulary: Vocabulary) -> None:
    meanings = [word.meaning for word in vocabulary]
    assert len(meanings) == len(set(meanings))


@each_list
def test_a_list_finds_its_words(vocabulary: Vocabulary) -> None:
    assert [vocabulary[value] for value in vocabulary.values] == list(vocabulary)
    assert all(value in vocabulary for value in vocabulary.values)
    assert "no-such-word" not in vocabulary and None not in vocabulary
    with pytest.raises(KeyError):
        vocabulary["no-such-word"]


def test_every_list_of_the_package_is_among_the_common_ones() -> None:
    """A list that is missing there would be missing from the database."""
    from datasette_cases import vocabulary

    named = [value for value in vars(vocabulary).values() if isinstance(value, Vocabulary)]
    assert sorted(found.field for found in named) == sorted(found.field for found in COMMON)


def test_every_list_that_a_record_uses_is_among_the_common_ones() -> None:
    used = {found.field for record in records() for found in lists_of(record)}
    assert used <= {vocabulary.field for vocabulary in COMMON}
    assert {"act", "form", "answer", "outcome", "measure", "decision_state", "role", "basis"} <= used


def test_acts_and_forms_are_those_of_the_entry() -> None:
    assert lists_at(case.Entry, "act") == [ACT]
    assert lists_at(case.Says, "form") == [FORM]
    assert lists_at(case.Says, "answers") == [ANSWER]


# --- words ------------------------------------------------------------------------------------------------------------


@each_word
def test_a_value_can_stand_in_css_json_and_an_address(vocabulary: Vocabulary, word: Word) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word.value)


@each_word
def test_a_word_has_a_label_and_a_meaning(vocabulary: Vocabulary, word: Word) -> None:
    for text in (word.label, word.meaning):
        assert text and text == text.strip() and "  " not in text
    assert word.label[0].isupper()
    assert word.meaning[-1] in ".?"


@each_word
def test_a_neighbour_that_a_meaning_names_exists(vocabulary: Vocabulary, word: Word) -> None:
    """A status points to a status, an act to an act; or to a key of a record or a column of a table."""
    for name in re.findall(r"`([^`]+)`", word.meaning):
        assert name in vocabulary or name in KEYS, f"`{name}` is neither another {vocabulary.field} nor a key"
        assert name != word.value


def records() -> Iterator[type[BaseModel]]:
    for module in (actor, case):
        yield from (found for found in vars(module).values() if isinstance(found, type) and issubclass(found, BaseModel))


def lists_at(record: type[BaseModel], field: str) -> list[Vocabulary]:
    """The closed lists in a field's type, however deep."""
    pending: list[Any] = [get_type_hints(record, include_extras=True)[field], *record.model_fields[field].metadata]
    found = []
    while pending:
        part = pending.pop()
        if isinstance(part, OneOf) and part.vocabulary not in found:
            found.append(part.vocabulary)
        pending += [*get_args(part), *getattr(part, "__metadata__", ())]
    return found


def lists_of(record: type[BaseModel]) -> list[Vocabulary]:
    return [found for field in record.model_fields for found in lists_at(record, field)]


KEYS = {info.alias or name for record in records() for name, info in record.model_fields.items()}
KEYS |= {column.name for table in TABLES for column in table.columns}


# --- the GDPR ---------------------------------------------------------------------------------------------------------

STATUSES = {
    "lodged": "lodged acknowledged",
    "intake": "awaiting-complainant vetting admitted forwarded-to-lead competence-disputed",
    "examination": "preliminary-inquiry early-resolution under-investigation preliminary-findings suspended",
    "cooperation": "draft-decision objections revised-draft",
    "board": "dispute-resolution board-opinion urgency-procedure awaiting-final",
    "closed": "decided decided-by-lead closed-without-decision discontinued absorbed withdrawn",
}


def test_the_statuses_are_those_of_the_design_in_their_phases_and_order() -> None:
    assert GDPR.phases.values == tuple(STATUSES)
    assert [(word.phase, word.value) for word in GDPR.statuses] == [
        (phase, value) for phase, line in STATUSES.items() for value in line.split()
    ]


def test_statuses_and_phases_are_numbered_in_their_order() -> None:
    for vocabulary in (GDPR.statuses, GDPR.phases, *(question.answers for question in GDPR.questions)):
        assert [word.rank for word in vocabulary] == list(range(1, len(vocabulary.words) + 1))


def test_the_questions_are_those_of_the_design() -> None:
    assert GDPR.question_ids == ("lawful", "competent", "urgent", "draft")
    assert [question.id for question in GDPR.questions if question.coloured] == ["lawful"]
    assert [question.id for question in GDPR.questions if question.ends_with_measure] == ["urgent"]


@pytest.mark.parametrize("question", GDPR.questions, ids=lambda question: question.id)
def test_every_question_has_the_common_answers_with_labels_of_its_own(question: Any) -> None:
    assert question.answers.field == question.id
    assert question.answers.values == ANSWER.values == ("yes", "leaning-yes", "mixed", "undecided", "leaning-no", "no")
    assert question.label.endswith("?") and question.short.endswith("?") and question.meaning


def test_lawful_is_answered_in_the_words_of_the_design() -> None:
    assert [word.label for word in GDPR.question("lawful").answers] == [
        "Finds it lawful", "Welcomes changes, no finding", "Finds parts unlawful", "Examining", "Doubts it is lawful", "Finds it unlawful",
    ]  # fmt: skip


def test_a_question_that_is_not_asked_is_not_found() -> None:
    with pytest.raises(KeyError):
        GDPR.question("fair")


def test_the_gdpr_fits_together() -> None:
    assert collect([GDPR]) == {"gdpr": GDPR}


# --- collecting regimes -----------------------------------------------------------------------------------------------


def test_regimes_are_collected_in_order_of_id() -> None:
    assert list(collect([replace(GDPR, id="z"), replace(GDPR, id="a")])) == ["a", "z"]
    assert collect([]) == {}


def test_two_regimes_of_one_id_are_refused() -> None:
    with pytest.raises(RegimeError, match="gdpr.*uninstall"):
        collect([GDPR, replace(GDPR, name="Another")])


@pytest.mark.parametrize("name", ["lodged", "decided", "closed"])
def test_a_regime_that_names_a_word_it_does_not_have_is_refused(name: str) -> None:
    with pytest.raises(RegimeError, match=f"{name}='nowhere'"):
        collect([changed(**{name: "nowhere"})])


@pytest.mark.parametrize("phase", ["nowhere", None])
def test_a_status_in_no_phase_of_its_regime_is_refused(phase: str | None) -> None:
    lost = Vocabulary("status", (*GDPR.statuses.words, Word("lost", "Lost", "Nobody knows.", phase=phase)))
    with pytest.raises(RegimeError, match="'lost'.*phase"):
        collect([changed(statuses=lost)])


@pytest.mark.parametrize("name", ["is-it", "Is", "1st", "x; drop table cases"])
def test_a_question_that_cannot_be_a_column_is_refused(name: str) -> None:
    with pytest.raises(RegimeError, match="cannot be a column's name"):
        collect([changed(questions=(replace(GDPR.questions[0], id=name),))])
    with pytest.raises(ValueError, match="becomes a column's name"):
        standing([name], ":day")


def test_a_question_with_answers_of_its_own_is_refused() -> None:
    maybe = Vocabulary("lawful", (Word("maybe", "Maybe", "Who knows."),))
    with pytest.raises(RegimeError, match="other answers"):
        collect([changed(questions=(replace(GDPR.questions[0], answers=maybe),))])


def test_two_questions_in_colour_are_refused() -> None:
    with pytest.raises(RegimeError, match="more than one question is coloured"):
        collect([changed(questions=tuple(replace(question, coloured=True) for question in GDPR.questions))])


def changed(**what: Any) -> Regime:
    return replace(GDPR, **what)


# --- the nearest word -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("forwarded", "forwarded-to-lead"), ("under-investigaton", "under-investigation"), ("Decided", "decided"),
        ("decided_by_lead", "decided-by-lead"), ("withdrwan", "withdrawn"), ("urgency", "urgency-procedure"),
    ],
)  # fmt: skip
def test_a_mistyped_word_finds_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, GDPR.statuses.values)[0] == meant


def test_a_word_like_no_other_finds_nothing() -> None:
    assert nearest("xyzzy", GDPR.statuses.values) == []
    assert nearest("decided", ()) == []


@given(st.text(max_size=20))
def test_at_most_three_words_are_near_and_all_of_them_are_known(typed: str) -> None:
    near = nearest(typed, GDPR.statuses.values)
    assert len(near) <= 3 and set(near) <= set(GDPR.statuses.values)
    assert nearest(typed, tuple(reversed(GDPR.statuses.values))) == near


@given(st.sampled_from(GDPR.statuses.values))
def test_a_word_is_nearest_to_itself(value: str) -> None:
    assert nearest(value, GDPR.statuses.values)[0] == value
