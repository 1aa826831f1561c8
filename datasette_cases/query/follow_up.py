"""What editors may want to look at again, as of a day: the view `follow_up`, a page at a time or a case at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable, Mapping, NamedTuple, Optional

from .rows import Connection, Row, rows

MOST_CASES = 200
"""Of how many cases the filter tells."""

TABLES = (
    "actors", "answers", "authorities", "cases", "citations", "complaint_actors", "complaints", "deadlines", "event_actors", "events",
    "follow_up", "follow_up_days", "proceedings", "releases", "sources", "statement_actors", "statements", "statuses", "translations", "vocabulary",
)  # fmt: skip
"""The view among them: it may be closed to readers, and the page is then."""

DAYS = (
    """select case_id, reason, coalesce(from_day, ''), sum(count(*)) over (partition by case_id, reason order by coalesce(from_day, ''))
from ({to_look_at}) group by 1, 2, 3""",
    """select '', reason, day, sum(sum(more)) over (partition by reason order by day) from (
  select reason, day, number - lag(number, 1, 0) over (partition by case_id, reason order by day) as more from follow_up_days where case_id <> '')
group by reason, day""",
)
"""For the build, SELECTs of rows of the table `follow_up_days`: of each case, then of all together. `{to_look_at}`: the view, without its
order, for which SQLite would sort all of it."""

TO_DO = "coalesce(f.from_day, :day) <= :day"
"""The condition that something is to be looked at on a day."""
FILTERS = {"case": "f.case_id = :case", "reason": "f.reason = :reason"}
NUMBER = """(select d.number from follow_up_days d where d.case_id = {case} and d.reason = v.value and d.day <= :day
    order by d.day desc limit 1)"""
REASONS = "vocabulary v where v.field = 'reason' and v.language = 'en'"

OF_CASE = f"select count(*) as number from follow_up f where f.case_id = :case and {TO_DO}"

BY_REASON = f"select v.value as reason, coalesce({NUMBER.format(case=':case')}, 0) as number from {REASONS} order by v.sort"
"""How much there is of a case, or of all (`''`), by reason."""
BY_CASE = f"""
with listed as (select distinct case_id from follow_up_days where case_id >= :first and case_id > '' and day <= :day
  and (:reason is null or reason = :reason) order by case_id limit :size)
select l.case_id, sum(coalesce({NUMBER.format(case="l.case_id")}, 0)) as number from listed l cross join {REASONS}
  and (:reason is null or v.value = :reason) group by l.case_id order by l.case_id"""
"""How much there is of each case from one case on, for all reasons or for one."""

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
    """`items` in their order; `total`: how much there is; `reasons` and `counted`: reason and case → how much beside the other filter;
    `cases` and `actors`: those that are named."""

    day: str
    items: list[Row]
    total: int
    reasons: dict[str, int]
    counted: dict[str, int]
    cases: list[Row]
    actors: list[Row]
    released: Optional[str]


def read(db: Connection, day: str, language: str, filters: Mapping[str, str], size: int, last: Optional[Token] = None) -> FollowUpRows:
    """At most `size` things that pass all filters, after the last of the page before."""
    case, reason = filters.get("case"), filters.get("reason")
    items = _listed(db, day, filters, size, last)
    counted = _by_case(db, day, reason, MOST_CASES)
    if case and case not in counted:
        counted |= {found: number for found, number in _by_case(db, day, reason, 1, case).items() if found == case}
    cases = rows(db, CASES, language=language, ids=json.dumps(sorted({*counted, *(row["case_id"] for row in items)})))
    actors = rows(db, ACTORS, language=language, ids=json.dumps(sorted({row["item"] for row in items})))
    released = rows(db, "select max(released) as released from releases")[0]["released"]
    total = sum(_by_reason(db, day).values())
    return FollowUpRows(day, items, total, _by_reason(db, day, case), counted, cases, actors, released)


def _listed(db: Connection, day: str, filters: Mapping[str, str], size: int, last: Optional[Token]) -> list[Row]:
    """The view works everything out that it is asked for: it is asked for as many cases as the page needs."""
    within = [filters["case"]] if "case" in filters else _cases(db, day, filters.get("reason"), size, last)
    named = {f"case_{number}": case for number, case in enumerate(within)}
    conditions = [f"f.case_id in ({', '.join(f':{name}' for name in named)})", *(FILTERS[name] for name in filters if name != "case")]
    bound = dict(zip(("last_case", "last_reason", "last_item"), last or (None, None, None), strict=True))
    return rows(db, LISTED.format(where=" and ".join(conditions)), day=day, size=size, **bound, **named, reason=filters.get("reason"))


def _cases(db: Connection, day: str, reason: Optional[str], size: int, last: Optional[Token]) -> list[str]:
    """The cases that `size` things are of, from that of the page before on: of its things some may be left."""
    needed, found = size, []
    for case, number in _by_case(db, day, reason, size + 1, last.case if last else "").items():
        if needed <= 0:
            break
        found.append(case)
        needed -= number if not last or case != last.case else 0
    return found


def _by_case(db: Connection, day: str, reason: Optional[str], size: int, first: str = "") -> dict[str, int]:
    return {row["case_id"]: row["number"] for row in rows(db, BY_CASE, day=day, reason=reason, size=size, first=first)}


def _by_reason(db: Connection, day: str, case: Optional[str] = None) -> dict[str, int]:
    return {row["reason"]: row["number"] for row in rows(db, BY_REASON, day=day, case=case or "")}


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


def has_case(db: Connection, case: str) -> bool:
    return bool(rows(db, "select 1 from cases where id = :case", case=case))
