"""The stances that a query has found, as parts of a page."""

from __future__ import annotations

from typing import Iterable, Optional

from ..query.rows import Row
from .parts import DecisionState, EntryRef, Stance
from .words import Words


def by_question(found: Iterable[Row], words: Words) -> dict[str, Stance]:
    """One actor's in one case. Of several subjects the latest that was answered counts: it comes last."""
    return {row["question"]: stance(row, words) for row in found}


def stance(row: Row, words: Words) -> Stance:
    return Stance(
        row["answer"], words.label(row["question"], row["answer"]), row["since"], row["answer_since"], row["form"], words.label("form", row["form"]),
        row["subject"], row["subject_title"], row["statement_id"], row["date"], row["date_precision"], row["date_end"], became(row, words),
    )  # fmt: skip


def became(row: Row, words: Words) -> Optional[DecisionState]:
    if not row["state"]:
        return None
    by = row["by_id"] and EntryRef(row["by_id"], anchor(row["by_id"]), row["by_date"], row["by_precision"], row["by_end"])
    return DecisionState(row["state"], words.label("decision_state", row["state"]), row["state_since"], by or None)


def anchor(item_id: str) -> str:
    return item_id.partition("/")[2]
