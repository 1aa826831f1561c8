"""What became of a decision: a chain of states, each since a day and by an act. Courts move it; it moves no status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from .case import Case, Entry
from .interval import Interval
from .stance import in_order


@dataclass(frozen=True)
class DecisionState(Interval):
    """`measures`: of which of the decision's measures it is the state; none: of the decision as a whole."""

    state: str
    entry: str
    measures: tuple[str, ...] = ()


def follow(entries: Iterable[Entry]) -> list[DecisionState]:
    """The states of one decision, or of the same of its measures, from the entries that set them, in order of day, then file order.

    A state given again while it holds changes nothing; what did not last for a day leaves no trace.
    """
    setting: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: entry.date.last):
        if setting and entry.date.last == setting[-1].date.last and entry.decision_state != setting[-1].decision_state:
            setting.pop()
        if not setting or entry.decision_state != setting[-1].decision_state:
            setting.append(entry)
    following = [*(entry.date.last for entry in setting[1:]), None]
    return [
        DecisionState(entry.date.last, until, entry.decision_state or "", entry.id, tuple(entry.of_measures or ()))
        for entry, until in zip(setting, following, strict=True)
    ]


def decision_states_of(case: Case) -> list[tuple[str, DecisionState]]:
    """All states of a case's decisions: decision's entry id and state, in order of the decision's first state."""
    by_decision: dict[tuple[str, frozenset[str]], list[Entry]] = {}
    for entry in in_order(case.entries):
        if entry.decision_state:
            for decision in entry.decisions:
                by_decision.setdefault((decision, frozenset(entry.of_measures or ())), []).append(entry)
    return [(decision, state) for (decision, _), entries in by_decision.items() for state in follow(entries)]
