"""What became of a decision: a chain of states, each since a day and by an act. Courts move it; it moves no status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional

from .case import Case, Entry
from .interval import Interval
from .stance import in_order


@dataclass(frozen=True)
class DecisionState(Interval):
    state: str
    entry: str


def follow(entries: Iterable[Entry]) -> list[DecisionState]:
    """The states of one decision from the entries that set them, in order of day, then file order."""
    states: list[DecisionState] = []
    current: Optional[Entry] = None
    for entry in sorted(entries, key=lambda entry: entry.date.last):
        if current and current.decision_state == entry.decision_state:
            continue
        if current and current.date.last < entry.date.last:
            states.append(_state(current, entry))
        current = entry
    if current:
        states.append(_state(current, None))
    return states


def _state(entry: Entry, following: Optional[Entry]) -> DecisionState:
    return DecisionState(entry.date.last, following.date.last if following else None, entry.decision_state or "", entry.id)


def decision_states_of(case: Case) -> list[tuple[str, DecisionState]]:
    """All states of a case's decisions: decision's entry id and state, in order of the decision's first state."""
    by_decision: dict[str, list[Entry]] = {}
    for entry in in_order(case.entries):
        if entry.decision_state:
            by_decision.setdefault(entry.decision or entry.id, []).append(entry)
    return [(decision, state) for decision, entries in by_decision.items() for state in follow(entries)]
