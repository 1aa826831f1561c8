"""Counts that pages state of the whole, and places by which they find things: made once, from the rows that are there."""

from __future__ import annotations

import sqlite3

from ..query import deadlines, facets
from . import tables as t

SELECTS = {
    t.BY_ROW[t.FacetRow].name: facets.ALL,
    t.BY_ROW[t.DeadlineDayRow].name: (deadlines.DAYS,),
    t.BY_ROW[t.DeadlineMonthRow].name: (deadlines.IN_MONTHS,),
    t.BY_ROW[t.OverdueDeadlineRow].name: (deadlines.EVER_PASSED,),
}


def count(db: sqlite3.Connection) -> None:
    """Fill the tables, anew if need be."""
    for table, selects in SELECTS.items():
        db.execute(f"delete from [{table}]")
        for sql in selects:
            db.execute(f"insert into [{table}] {sql}")
