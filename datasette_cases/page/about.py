"""How the record is kept: every word with its meaning."""

from __future__ import annotations

from .frozen import dataclass
from .words import Entry, Words

LISTS = (
    "role", "act", "form", "outcome", "measure", "decision_state", "confidence", "deadline_kind", "basis", "deadline_outcome",
    "brought_under", "source_kind", "date_precision", "actor_kind",
)  # fmt: skip
"""The common lists that the page explains, in its order."""


@dataclass(frozen=True)
class Regime:
    """A body of law with what it asks and where its procedures can stand."""

    id: str
    label: str
    name: str
    questions: list[QuestionWords]
    phases: list[Phase]


@dataclass(frozen=True)
class QuestionWords:
    question: Entry
    answers: list[Entry]


@dataclass(frozen=True)
class Phase:
    phase: Entry
    statuses: list[Entry]


@dataclass(frozen=True)
class WordList:
    field: str
    words: list[Entry]


@dataclass(frozen=True)
class AboutPage:
    regimes: list[Regime]
    lists: list[WordList]


def build(words: Words) -> AboutPage:
    regimes = [
        Regime(
            regime.value,
            regime.label,
            regime.meaning,
            [QuestionWords(question, words.all(question.value, regime.value)) for question in words.all("question", regime.value)],
            [
                Phase(phase, [status for status in words.all("status", regime.value) if status.phase == phase.value])
                for phase in words.all("phase", regime.value)
            ],
        )  # fmt: skip
        for regime in words.all("regime")
    ]
    return AboutPage(regimes, [WordList(field, words.all(field)) for field in LISTS])
