"""Examples for programs: ids that there are."""

from __future__ import annotations

from .rows import Connection, rows

TABLES = ("case_respondents", "cases", "proceedings", "vocabulary")

IDS = {
    "case": "select id from cases order by last_act_end desc, id limit 1",
    "authority": "select authority_id as id from proceedings where authority_id is not null order by case_id desc, 1 limit 1",
    "actor": "select actor_id as id from case_respondents order by case_id desc, 1 limit 1",
}


def ids(db: Connection) -> dict[str, str]:
    """Kind → an id, as far as there is one."""
    found = {kind: rows(db, sql) for kind, sql in IDS.items()}
    return {kind: one[0]["id"] for kind, one in found.items() if one}
