"""Counts that pages state of the whole, and places by which they find things: made once, from the rows that are there."""

from __future__ import annotations

import sqlite3

from ..query import actor, case_sorts, deadlines, facets, first_days, follow_up, record
from . import tables as t
from .schema import placeholders
from .views import TO_LOOK_AT

SELECTS = {
    t.BY_ROW[t.FirstDayRow].name: (first_days.ALL,),
    t.BY_ROW[t.NothingFoundRow].name: (case_sorts.NUMBERS,),
    t.BY_ROW[t.CaseTitleRow].name: (case_sorts.TITLES,),
    t.BY_ROW[t.ActorCaseRow].name: (actor.EVERY_CASE,),
    t.BY_ROW[t.FacetRow].name: facets.ALL,
    t.BY_ROW[t.DeadlineDayRow].name: (deadlines.DAYS,),
    t.BY_ROW[t.DeadlineMonthRow].name: (deadlines.IN_MONTHS,),
    t.BY_ROW[t.OverdueDeadlineRow].name: (deadlines.EVER_PASSED,),
    t.BY_ROW[t.FollowUpDayRow].name: tuple(sql.format(to_look_at=TO_LOOK_AT) for sql in follow_up.DAYS),
}
RECORD_DAYS = t.BY_ROW[t.RecordDayRow]
TABLES = (*SELECTS, RECORD_DAYS.name)


def count(db: sqlite3.Connection) -> None:
    """Fill the tables of counts, anew if need be, in their order: some follow from first days."""
    for table in TABLES:
        db.execute(f"delete from [{table}]")
        for sql in SELECTS.get(table, ()):
            db.execute(f"insert into [{table}] {sql}")
    db.executemany(placeholders(RECORD_DAYS), record.days(db.execute(record.MOVES)))
