"""The list of cases, a page at a time."""

from __future__ import annotations

from typing import Optional

from .rows import Connection, Row, rows

TABLES = (
    "actors", "case_respondents", "cases", "complaints", "events", "proceedings", "searches", "statements", "statuses", "translations",
    "vocabulary",
)  # fmt: skip

CASES = """
select c.id, c.title, c.regime, c.opened, c.opened_precision, c.opened_end, c.last_act, c.last_act_precision, c.last_act_end,
  c.checked, c.total_complaints,
  (select t.text from translations t where t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title')
    as translated,
  (select json_group_array(json_object('id', a.id, 'name', a.short_name)) from case_respondents r join actors a on a.id = r.actor_id
    where r.case_id = c.id) as respondents,
  (select count(*) from proceedings p where p.case_id = c.id and p.complaints_open + p.complaints_closed > 0) as asked,
  (select count(*) from standing s where s.case_id = c.id and s.nothing_found) as nothing_found
from cases c
where :last is null or (c.last_act_end, c.id) < (select last_act_end, id from cases where id = :last)
order by c.last_act_end desc, c.id desc limit :size
"""
"""Latest act first. `:last` is the id of the last case of the page before, null for the first page."""


def read(db: Connection, language: str, size: int, last: Optional[str] = None) -> list[Row]:
    """At most `size` cases after a case id."""
    return rows(db, CASES, language=language, size=size, last=last)


def exists(db: Connection, case: str) -> bool:
    return bool(rows(db, "select 1 from cases where id = :case", case=case))
