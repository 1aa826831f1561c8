"""Procedural time limits of the Court of Justice and the General Court, which count by their own Rules of Procedure.

Articles 49 to 51 (Court of Justice) and 58 to 60 (General Court), and Art. 45 of the Statute; known, not read again:
the day of the event does not count; weeks, months and years end with the day of the same name or number, or with the last of the
month; holidays and court vacations count. A period that starts with publication in the Official Journal runs from the end of the 14th
day after. A single period of ten days is added on account of distance, whoever acts. Only the very last day is moved, from
a Saturday, Sunday or holiday of the Court to the next working day. There is no minimum of two working days.
"""

from __future__ import annotations

from datetime import date, timedelta

from .period import DAY, Period

DISTANCE = Period(10, DAY)
DAYS_AFTER_PUBLICATION = 14

COUNTED = "Rules of Procedure of the General Court Art. 58(1); of the Court of Justice Art. 49(1)"
ROLLED = "Rules of Procedure of the General Court Art. 58(2); of the Court of Justice Art. 49(2)"
PUBLISHED = "Rules of Procedure of the General Court Art. 59; of the Court of Justice Art. 50"
FAR = "Rules of Procedure of the General Court Art. 60; of the Court of Justice Art. 51"


def from_publication(published: date) -> date:
    """The day at whose end the period starts to run, where that is publication in the Official Journal."""
    return published + timedelta(days=DAYS_AFTER_PUBLICATION)
