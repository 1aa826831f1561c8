"""The time limits of data protection procedures, as data: what each statute says, in our words. Counted by `law/`.

Nothing here is sharper than its source: `confidence` says how it was checked, `note` what is in doubt. What was looked at and
is not here stands in `LEFT_OUT`, with the reason. The words of the closed lists are in `words.py`.
"""

from __future__ import annotations

from ..law.time_limit import TimeLimit
from .courts import COURT_LIMITS
from .eudpr import EUDPR
from .gdpr import GDPR
from .left_out import LEFT_OUT
from .national import NATIONAL
from .procedure import PROCEDURE
from .words import ACTS, CALENDARS_OF, EFFECTS, KINDS, Act

__all__ = ["ACTS", "CALENDARS_OF", "EFFECTS", "KINDS", "LEFT_OUT", "TIME_LIMITS", "Act", "regime_of", "time_limit"]

TIME_LIMITS: dict[str, TimeLimit] = {limit.id: limit for limit in (*GDPR, *PROCEDURE, *COURT_LIMITS, *EUDPR, *NATIONAL)}
"""Id → limit, in the order of the texts."""


def time_limit(id: str) -> TimeLimit:
    """The limit of that id. KeyError: there is none, or it was left out; the message says which."""
    if id in TIME_LIMITS:
        return TIME_LIMITS[id]
    raise KeyError(f"{id} was left out: {LEFT_OUT[id]}" if id in LEFT_OUT else f"there is no time limit {id!r}")


def regime_of(limit: TimeLimit) -> str:
    """The body of law that it belongs to."""
    return ACTS[limit.act].regime
