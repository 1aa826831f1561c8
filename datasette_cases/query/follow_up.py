"""What editors may want to look at again, as of a day: the view `follow_up`, a page at a time or a case at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable, Mapping, NamedTuple, Optional

from .rows import Connection, Row, rows

TABLES = (
    "actors", "answers", "authorities", "cases", "citations", "complaint_actors", "complaints", "deadlines", "event_actors", "events",
    "follow_up", "proceedings", "releases", "sources", "statement_actors", "statements", "statuses", "translations", "vocabulary",
)  # fmt: skip
"""The view among them: it may be closed to readers, and the page is then."""

TO_DO = "coalesce(f.from_day, :day) <= :day"
"""The condition that something is to be looked at on a day."""
FILTERS = {"case": "f.case_id = :case", "reason": "f.reason = :reason"}

OF_CASE = f"select count(*) as number from follow_up f where f.case_id = :case and {TO_DO}"

LISTED = f"""
with listed as materialized (
  select f.*, coalesce((select v.sort from vocabulary v where v.field = 'reason' and v.value = f.reason and v.language = 'en'), 0) as place
  from follow_up f where {TO_DO} and {{where}})
select l.case_id, l.reason, l.item, l.since, l.what, l.from_day from listed l
where :last_case is null or (l.case_id, l.place, coalesce(l.since, ''), l.item) > (
  select case_id, place, coalesce(since, ''), item from listed where case_id = :last_case and reason = :last_reason and item = :last_item)
order by l.case_id, l.place, coalesce(l.since, ''), l.item limit :size
"""
"""By case, reason (in the order of the vocabulary) and day. `:last_…`: the last of the page before, null for the first page."""

COUNTED = f"select f.case_id, f.reason, count(*) as number from follow_up f where {TO_DO} group by f.case_id, f.reason order by f.case_id"
"""How much there is of each case, by reason: what both filters offer is told from it."""

CASES = """select c.id, c.title, t.text as translated from cases c left join translations t
    on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title'
  where c.id in (select value from json_each(:ids))"""
ACTORS = """select a.id, a.kind, a.short_name, a.country, u.region, coalesce((
    select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :language), a.name) as name
  from actors a left join authorities u on u.id = a.id where a.id in (select value from json_each(:ids))"""

ALL = 2_147_483_647


class Token(NamedTuple):
    """The last thing of a page. Neither a case's id nor a reason has a colon."""

    case: str
    reason: str
    item: str

    def __str__(self) -> str:
        return ":".join(self)


def token(text: str) -> Optional[Token]:
    parts = text.split(":", 2)
    return Token(*parts) if len(parts) == 3 else None


@dataclass(frozen=True)
class FollowUpRows:
    """`items` in their order; `counted`: of every case and reason, how many; `cases` and `actors`: those that are named."""

    day: str
    items: list[Row]
    counted: list[Row]
    cases: list[Row]
    actors: list[Row]
    released: Optional[str]


def read(
    db: Connection, day: str, language: str, filters: Mapping[str, str], size: Optional[int] = None, last: Optional[Token] = None
) -> FollowUpRows:
    """At most `size` things (None: all) that pass all filters, after the last of the page before."""
    bound = dict(zip(("last_case", "last_reason", "last_item"), last or (None, None, None), strict=True))
    items = rows(db, LISTED.format(where=where(filters)), day=day, size=ALL if size is None else size, **bound, **filters)
    counted = rows(db, COUNTED, day=day)
    cases = rows(db, CASES, language=language, ids=_ids(counted, "case_id"))
    actors = rows(db, ACTORS, language=language, ids=_ids(items, "item"))
    released = rows(db, "select max(released) as released from releases")[0]["released"]
    return FollowUpRows(day, items, counted, cases, actors, released)


def where(filters: Iterable[str]) -> str:
    return " and ".join(FILTERS[name] for name in filters) or "1"


def has(db: Connection, last: Token, day: str, filters: Mapping[str, str]) -> bool:
    """Whether something is on the list."""
    sql = f"select 1 from follow_up f where {TO_DO} and {where(filters)} and f.case_id = :last_case and f.reason = :last_reason and f.item = :last_item"
    return bool(rows(db, sql, day=day, last_case=last.case, last_reason=last.reason, last_item=last.item, **filters))


def of_case(db: Connection, case: str, day: str, reason: Optional[str] = None) -> list[Row]:
    """All of one case, or what is on the list for one reason."""
    filters = {"case": case, **({"reason": reason} if reason else {})}
    return rows(db, LISTED.format(where=where(filters)), day=day, size=ALL, last_case=None, last_reason=None, last_item=None, **filters)


def titles(db: Connection) -> dict[str, str]:
    """Every case with its title."""
    return {row["id"]: row["title"] for row in rows(db, "select id, title from cases order by id")}


def _ids(found: list[Row], column: str) -> str:
    return json.dumps(sorted({row[column] for row in found}))
