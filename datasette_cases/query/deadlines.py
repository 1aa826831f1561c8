"""Deadlines and milestones of all cases, with what is known of each as of a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable, Mapping, Optional

from .rows import Connection, Row, rows

TABLES = (
    "actors", "authorities", "cases", "changes", "citations", "complaints", "deadline_actors", "deadline_steps", "deadlines", "events", "releases",
    "sources", "statements", "time_limits", "translations", "vocabulary",
)  # fmt: skip

KNOWN = """
with days as (
  select c.id, exists (select 1 from events e where e.case_id = c.id and e.date_end > :day)
    or exists (select 1 from statements s where s.case_id = c.id and s.date_end > :day)
    or exists (select 1 from complaints q where q.case_id = c.id and q.filed_end > :day) as later
  from cases c),
told as (
  select d.*, coalesce(d.last_day_end, d.reckoned_day) as day_end, c.later,
    coalesce((select e.date_end from events e where e.id = d.set_by_event_id),
      (select s.date_end from statements s where s.id = d.set_by_event_id)) as set_on,
    coalesce((select e.date_end from events e where e.id = d.closed_by_event_id),
      (select s.date_end from statements s where s.id = d.closed_by_event_id)) as closed_on
  from deadlines d join days c on c.id = d.case_id),
settled as (
  select *, case when closed_by_event_id is not null then coalesce(closed_on <= :day, 0)
    when outcome = 'lapsed' then coalesce(day_end < :day, 0) else not later end as settled
  from told where coalesce(set_on, last_day_end, iif(basis = 'reckoned', start_day, null), :day) <= :day
    or (set_by_event_id is null and basis is not 'reckoned' and not later)),
known as (
  select id, case_id, position, kind, title, last_day, last_day_precision, last_day_end, reckoned_day, reckoned_day_first, day_end, basis, provision, rule_id,
    complaint_id,
    set_by_event_id, iif(settled, closed_by_event_id, null) as closed_by_event_id, iif(later, null, note) as note,
    iif(settled, outcome, 'open') as outcome,
    case when settled and outcome <> 'open' and (outcome <> 'not-reckonable' or day_end < :day) then 'past'
      when day_end < :day then iif(basis = 'reckoned', 'past', 'passed') else 'due' end as state
  from settled)
"""
"""What the case page knows as of that day, of every case: an outcome counts once the entry that settled it has happened. `state` is the
group a deadline is in; what the law cannot reckon yet is still to come. A day that is reckoned informs and accuses nobody: once it
is over it is past, whatever is known."""

FILTERS = {
    "group": "k.state = :group",
    "actor": "exists (select 1 from deadline_actors a where a.deadline_id = k.id and a.actor_id = :actor)",
    "case": "k.case_id = :case",
    "rule": "k.rule_id = :rule",
    "month": """(substr(k.last_day, 1, 7) <= :month and substr(k.last_day_end, 1, 7) >= :month
      or substr(k.reckoned_day, 1, 7) = :month)""",
    "kind": "k.kind = :kind",
}
"""Filter → its condition. A stated day that is not exact belongs to every month it can lie in."""

LISTED = """, listed as (
  select k.*, case k.state when 'due' then 1 when 'passed' then 2 else 3 end as place,
    coalesce(julianday(k.day_end) * case when :way = 0 then iif(k.state = 'due', 1, -1) else :way end, 1e9) as distance
  from known k where {where})
"""
PAGE = """select l.*, coalesce((select max(r.released) from changes x join releases r on r.id = x.release_id
    where x.item = 'deadlines/' || l.id or (x.item = 'cases/' || l.case_id and x.kind = 'new')
      or (instr(l.id, '--') and x.item in ('complaints/' || l.complaint_id, 'events/' || l.set_by_event_id))),
    (select min(released) from releases)) as modified,
  (select count(distinct x.release_id) from changes x where x.item = 'deadlines/' || l.id and x.kind <> 'new') as sequence
from listed l where :last is null
  or (l.place, l.distance, l.case_id, l.position) > (select place, distance, case_id, position from listed where id = :last)
order by l.place, l.distance, l.case_id, l.position limit :size
"""
"""`:way`: 1 by last day, -1 the latest first, 0 what is due next first and what is over latest first. `:last`: the last deadline of the
page before, null for the first page."""

COUNTED = {
    "group": "select k.state as value, k.state as label, count(*) as number from known k where {where} group by 1",
    "actor": """select a.actor_id as value, p.short_name as label, count(distinct k.id) as number
      from known k join deadline_actors a on a.deadline_id = k.id join actors p on p.id = a.actor_id where {where} group by 1""",
    "case": """select k.case_id as value, coalesce(t.text, c.title) as label, count(*) as number
      from known k join cases c on c.id = k.case_id left join translations t
        on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title' where {where} group by 1""",
    "rule": """select k.rule_id as value, coalesce(r.provision, k.rule_id) as label, count(*) as number
      from known k left join time_limits r on r.id = k.rule_id where k.rule_id is not null and {where} group by 1""",
    "month": """select month as value, month as label, count(distinct id) as number from (
        select k.id, substr(k.last_day_end, 1, 7) as month from known k where k.last_day_precision = 'day' and {where}
        union all select k.id, substr(k.reckoned_day, 1, 7) from known k where k.reckoned_day is not null and {where}
        union all select k.id, m.month from known k join (
            select substr(last_day_end, 1, 7) as month from deadlines union select substr(reckoned_day, 1, 7) from deadlines) m
          on m.month between substr(k.last_day, 1, 7) and substr(k.last_day_end, 1, 7)
          where k.last_day_precision <> 'day' and {where}) group by 1""",
    "kind": "select k.kind as value, k.kind as label, count(*) as number from known k where {where} group by 1",
}
"""Filter → its values and how many deadlines each would show beside the other filters."""
MOST_VALUES = 200

OF = "in (select value from json_each(:ids))"
PARTS = {
    "actors": f"""select a.deadline_id, a.role, p.id, p.kind, p.short_name, p.country, u.region, coalesce((
        select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :language), p.name) as name
      from deadline_actors a join actors p on p.id = a.actor_id left join authorities u on u.id = p.id
      where a.deadline_id {OF} order by a.rowid""",
    "sources": f"""select c.item_id, s.id, s.url, s.archived_url, s.publisher, s.host, s.title, s.kind, s.language,
        iif(s.published <= :day, s.published, null) as published
      from citations c join sources s on s.id = c.source_id where c.item_type = 'deadline' and c.item_id {OF} order by c.item_id, c.position""",
    "steps": f"select deadline_id, step, day, text, provision from deadline_steps where deadline_id {OF} order by deadline_id, step",
    "entries": f"""with wanted as (select set_by_event_id as id from deadlines where id {OF}
        union select closed_by_event_id from deadlines where id {OF})
      select id, date, date_precision, date_end from statements where id in (select id from wanted)
      union select id, date, date_precision, date_end from events where id in (select id from wanted)""",
    "cases": f"""select c.id, c.title, t.text as translated from cases c left join translations t
        on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title'
      where c.id in (select case_id from deadlines where id {OF})""",
    "rules": f"""select id, provision, summary, on_expiry, confidence, source_url from time_limits
      where id in (select rule_id from deadlines where id {OF})""",
}
"""What belongs to the deadlines of a page."""

TITLE = """select coalesce(t.text, c.title) as title from cases c left join translations t
  on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title' where c.id = :case"""

IDS = {
    "actor": "select id from actors",
    "case": "select id from cases",
    "rule": "select id from time_limits union select rule_id from deadlines where rule_id is not null",
}
"""Filter → the ids it knows."""


@dataclass(frozen=True)
class DeadlineRows:
    """`deadlines` in their order; `parts` belong to them; `counted`: of each filter its values and numbers."""

    day: str
    deadlines: list[Row]
    parts: dict[str, list[Row]]
    counted: dict[str, list[Row]]
    released: Optional[str]


def read(
    db: Connection,
    day: str,
    language: str,
    filters: Mapping[str, str],
    size: Optional[int] = None,
    last: Optional[str] = None,
    way: int = 0,
    count: bool = False,
) -> DeadlineRows:
    """At most `size` deadlines (None: all) that pass all filters, after the deadline `last`. `count`: with the values of the filters."""
    bound = {"day": day, "language": language, **filters}
    found = rows(db, KNOWN + LISTED.format(where=where(filters)) + PAGE, **bound, size=-1 if size is None else size, last=last, way=way)
    ids = json.dumps([row["id"] for row in found])
    parts = {part: rows(db, sql, ids=ids, day=day, language=language) for part, sql in PARTS.items()}
    released = rows(db, "select max(released) as released from releases")[0]["released"]
    return DeadlineRows(day, found, parts, counted(db, bound, filters) if count else {}, released)


def counted(db: Connection, bound: Mapping[str, str], filters: Mapping[str, str]) -> dict[str, list[Row]]:
    return {
        name: rows(
            db,
            KNOWN + sql.format(where=where(other for other in filters if other != name)) + " order by number desc, label limit :most",
            **bound,
            most=MOST_VALUES,
        )
        for name, sql in COUNTED.items()
    }


def where(filters: Iterable[str]) -> str:
    return " and ".join(FILTERS[name] for name in filters) or "1"


def has(db: Connection, deadline: str, day: str, filters: Mapping[str, str]) -> bool:
    """Whether a deadline is on the list."""
    sql = KNOWN + f"select 1 from known k where k.id = :deadline and {where(filters)}"
    return bool(rows(db, sql, deadline=deadline, day=day, **filters))


def title(db: Connection, case: str, language: str) -> Optional[str]:
    """The title of a case; None if there is no such case."""
    found = rows(db, TITLE, case=case, language=language)
    return found[0]["title"] if found else None


def knows(db: Connection, name: str, value: str) -> bool:
    """Whether a filter can be this id."""
    return bool(rows(db, f"select 1 from ({IDS[name]}) where id = :value limit 1", value=value))


def ids(db: Connection, name: str) -> list[str]:
    """What a filter can be."""
    return [row["id"] for row in rows(db, IDS[name] + " order by 1")]
