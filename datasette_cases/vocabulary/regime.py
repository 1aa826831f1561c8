"""A regime: a body of law with its standing questions, answers, statuses and phases.

Third parties add one through the hook `cases_regimes`; the GDPR comes the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Optional

from .word import Vocabulary, Word

ANSWER = Vocabulary(
    "answer",
    (
        Word("yes", "Yes", "Says yes to the question.", rank=1),
        Word("leaning-yes", "Leaning yes", "Signals yes, without a finding.", rank=2),
        Word("mixed", "Mixed", "Yes on some points, no on others.", rank=3),
        Word("undecided", "Undecided", "Says that it has not made up its mind. Not spoken to the question: no answer at all.", rank=4),
        Word("leaning-no", "Leaning no", "Signals no, without a finding.", rank=5),
        Word("no", "No", "Says no to the question.", rank=6),
    ),
)


@dataclass(frozen=True)
class Question:
    """One standing question. `answers` gives each answer its label for this question.

    `ends_with_measure`: an answer ends when the measure given with it ends. `coloured`: drawn in colour; at most one
    question of a regime is.
    """

    id: str
    label: str
    short: str
    meaning: str
    answers: Vocabulary
    provision: Optional[str] = None
    ends_with_measure: bool = False
    coloured: bool = False


@dataclass(frozen=True)
class Regime:
    """`lodged`, `decided` are the statuses that a filing and a decision give by themselves; `closed` is the phase in
    which a complaint no longer counts as open. `translations`: language → English text → text, for a regime that does
    not ship its words in our catalogues.
    """

    id: str
    name: str
    short: str
    questions: tuple[Question, ...]
    phases: Vocabulary
    statuses: Vocabulary
    lodged: str
    decided: str
    closed: str
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def question(self, question_id: str) -> Question:
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    @property
    def question_ids(self) -> tuple[str, ...]:
        return tuple(question.id for question in self.questions)

    @property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """All of the regime's words, for the `vocabulary` table: its questions, the answers to each, phases, statuses."""
        asked = Vocabulary(
            "question",
            tuple(Word(q.id, q.label, q.meaning, q.provision, rank=n) for n, q in enumerate(self.questions, 1)),
        )
        return (asked, *(q.answers for q in self.questions), self.phases, self.statuses)
