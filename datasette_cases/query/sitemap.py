"""Every page that somebody may look for: an address each, and when it changed."""

from __future__ import annotations

from .changes import IN_CASES_JSON
from .rows import Connection, Row, rows

TABLES = ("actors", "authorities", "cases", "changes", "releases")

LISTS = ("/-/cases", "/-/authorities", "/-/deadlines", "/-/statements", "/-/changes", "/-/cases/about")
"""Pages of all cases: they change with each release."""

CHANGED = f"""(select released from releases where id = max(
    (select min(id) from releases),
    coalesce((select max(y.release_id) from changes y where y.item = 'cases/' || n.id), 0),
    coalesce((select max(y.release_id) from json_each('{IN_CASES_JSON}') p
      cross join changes y on y.item >= p.value || '/' || n.id || '/' and y.item < p.value || '/' || n.id || '0'), 0)))"""
"""The day of the last release that changed a case; of one that never changed, the day of the first release."""

ADDRESSES = f"""
select n.folder || n.id as path, case when n.part = 0 then {CHANGED} end as day from (
  select 0 as part, '/-/cases/' as folder, id from cases
  union all select 1, '/-/authorities/', id from authorities
  union all select 2, '/-/actors/', id from actors where id not in (select id from authorities)
  order by part, id limit :size offset :first) n
"""
"""Cases, then authorities, then everybody else. Only of a case it is known when what it shows changed."""

COUNT = "select (select count(*) from cases) + (select count(*) from actors) as number"
"""Every authority is an actor too."""


def count(db: Connection) -> int:
    """How many addresses there are beside those of lists."""
    return int(rows(db, COUNT)[0]["number"])


def released(db: Connection) -> str:
    return str(rows(db, "select max(released) as day from releases")[0]["day"])


def read(db: Connection, first: int, size: int) -> list[Row]:
    return rows(db, ADDRESSES, first=first, size=size)
