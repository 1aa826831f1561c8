"""The closed lists of the project, plain and without dependencies."""

from .acts import ACT, FORM
from .changes import CHANGE_KIND
from .deadlines import BASIS, DEADLINE_KIND, DEADLINE_OUTCOME
from .follow_up import REASON
from .outcomes import CONFIDENCE, DECISION_STATE, MEASURE, OUTCOME
from .people import ACTOR_KIND, AUTHORITY_LEVEL, BROUGHT_UNDER, DEADLINE_ROLE, PARTY_ROLE, ROLE
from .records import DATE_PRECISION, ITEM_TYPE, SOURCE_KIND
from .regime import ANSWER, Question, Regime
from .word import Vocabulary, Word, nearest

COMMON: tuple[Vocabulary, ...] = (
    ACT, FORM, ANSWER, ACTOR_KIND, AUTHORITY_LEVEL, ROLE, PARTY_ROLE, BROUGHT_UNDER, OUTCOME, MEASURE, DECISION_STATE,
    CONFIDENCE, DEADLINE_KIND, BASIS, DEADLINE_OUTCOME, DEADLINE_ROLE, DATE_PRECISION, SOURCE_KIND, ITEM_TYPE,
    REASON, CHANGE_KIND,
)  # fmt: skip
"""Every list that does not belong to a regime."""

__all__ = [
    "ACT", "ACTOR_KIND", "ANSWER", "AUTHORITY_LEVEL", "BASIS", "BROUGHT_UNDER", "CHANGE_KIND", "COMMON", "CONFIDENCE",
    "DATE_PRECISION", "DEADLINE_KIND", "DEADLINE_OUTCOME", "DEADLINE_ROLE", "DECISION_STATE", "FORM", "ITEM_TYPE",
    "MEASURE", "OUTCOME", "PARTY_ROLE", "REASON", "ROLE", "SOURCE_KIND", "Question", "Regime", "Vocabulary", "Word", "nearest",
]  # fmt: skip
