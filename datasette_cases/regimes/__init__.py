"""Which bodies of law this installation knows: the package's own and those of other packages, through one hook."""

from __future__ import annotations

import re
from typing import Iterable

from ..vocabulary import ANSWER, Regime


class RegimeError(Exception):
    """Two packages claim one regime id, or a regime contradicts itself."""


def load() -> dict[str, Regime]:
    """Ask every installed plugin for its regimes (hook `cases_regimes`): id → regime, in order of id.

    Raises RegimeError where two plugins bring the same id or a regime's own words do not fit together.
    """
    from datasette.plugins import pm  # also registers every installed plugin, this package's own among them

    return collect(regime for found in pm.hook.cases_regimes() for regime in found)


def collect(regimes: Iterable[Regime]) -> dict[str, Regime]:
    """The regimes by id. Pure part of `load`."""
    known: dict[str, Regime] = {}
    for regime in regimes:
        if regime.id in known:
            raise RegimeError(f"two installed packages bring the regime {regime.id!r}; uninstall one of them")
        for name, words in (("lodged", regime.statuses), ("decided", regime.statuses), ("closed", regime.phases)):
            if getattr(regime, name) not in words:
                raise RegimeError(f"regime {regime.id!r}: {name}={getattr(regime, name)!r} is not among its {words.field} words")
        for word in regime.statuses:
            if word.phase not in regime.phases:
                raise RegimeError(f"regime {regime.id!r}: status {word.value!r} has the unknown phase {word.phase!r}")
        for question in regime.questions:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", question.id):
                raise RegimeError(f"regime {regime.id!r}: the question {question.id!r} cannot be a column's name; write a-z, 0-9 and _")
            if not set(question.answers.values) <= set(ANSWER.values):
                raise RegimeError(f"regime {regime.id!r}: {question.id!r} has other answers than {', '.join(ANSWER.values)}")
        if sum(question.coloured for question in regime.questions) > 1:
            raise RegimeError(f"regime {regime.id!r}: more than one question is coloured")
        known[regime.id] = regime
    return dict(sorted(known.items()))
