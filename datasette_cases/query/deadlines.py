"""Deadlines and milestones of all cases, with what is known of each as of a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable, Mapping, Optional

from . import counts
from .rows import Connection, Row, rows

TABLES = (
    "actors", "authorities", "cases", "changes", "citations", "complaints", "deadline_actors", "deadline_days", "deadline_months", "deadline_steps", "deadlines", "events", "facets",
    "overdue_deadlines", "releases", "sources", "statements", "time_limits", "translations", "vocabulary",
)  # fmt: skip

STATES = ("due", "passed", "past")
"""The groups a deadline can be in, in the order of the list."""

TOLD = """
with known as not materialized (
  select d.id, d.case_id, d.position, d.kind, d.title, d.last_day, d.last_day_precision, d.last_day_end, d.reckoned_day, d.reckoned_day_first,
    d.day_end, d.basis, d.provision, d.rule_id, d.complaint_id, d.set_by_event_id, d.note,
    iif(d.settled_from <= :day, d.closed_by_event_id, null) as closed_by_event_id,
    iif(d.settled_from <= :day, d.outcome, 'open') as outcome,
    case when d.settled_from <= :day and d.outcome <> 'open' and (d.outcome <> 'not-reckonable' or d.day_end < :day) then 'past'
      when d.day_end < :day then iif(d.basis = 'reckoned', 'past', 'passed') else 'due' end as state
  from deadlines d where {condition})
"""
KNOWN, UNKNOWN = (TOLD.format(condition=condition) for condition in ("+d.known_from <= :day", "d.known_from > :day"))
"""What the case page knows as of that day, of every case: an outcome counts once the entry that settled it has happened. `state` is the
group a deadline is in; what the law cannot reckon yet is still to come. A day that is reckoned informs and accuses nobody: once it
is over it is past, whatever is known. And what it does not know by then."""

LATER = """(exists (select 1 from events e where e.case_id = k.case_id and e.date_end > :day)
      or exists (select 1 from statements s where s.case_id = k.case_id and s.date_end > :day)
      or exists (select 1 from complaints q where q.case_id = k.case_id and q.filed_end > :day))"""
"""Whether anything of its case lies after the day: then a note may know of it."""

NEVER = "'9999-12-31'"
DAYS = f"""
with ends as (
  select id, known_from as known, date(day_end, '+1 day') as over, basis is 'reckoned' as reckoned,
    case when outcome = 'open' then null when outcome = 'not-reckonable' then max(settled_from, date(day_end, '+1 day'))
      else settled_from end as settled
  from deadlines),
days as (
  select id, known, iif(reckoned, {NEVER}, coalesce(over, {NEVER})) as over,
    coalesce(iif(reckoned, min(coalesce(settled, over), coalesce(over, settled)), settled), {NEVER}) as settled from ends),
spans as (
  select id, 'due' as state, known as since, min(over, settled) as until from days
  union all select id, 'passed', max(known, over), settled from days
  union all select id, 'past', max(known, settled), {NEVER} from days),
whose as (select id, '' as actor_id from deadlines union all select distinct deadline_id, actor_id from deadline_actors),
moves as (
  select w.actor_id, s.state, s.since as day, 1 as step from spans s join whose w on w.id = s.id where s.since < s.until
  union all select w.actor_id, s.state, s.until, -1 from spans s join whose w on w.id = s.id where s.since < s.until and s.until < {NEVER})
select actor_id, state, day, sum(sum(step)) over (partition by actor_id, state order by day) from moves group by 1, 2, 3
"""
"""For the build: how many deadlines are in each state from a day on; the same rules as above."""
IN_MONTHS = """
with recursive months as (
  select id, substr(last_day_end, 1, 7) as month, substr(last_day, 1, 7) as first from deadlines where last_day_end is not null
  union all select id, strftime('%Y-%m', month || '-01', '-1 month'), first from months
    where strftime('%Y-%m', month || '-01', '-1 month') >= first)
select m.month, d.id, d.day_end, d.case_id, d.position from (
  select id, month from months union select id, substr(reckoned_day, 1, 7) from deadlines where reckoned_day is not null) m
join deadlines d on d.id = m.id
"""
"""For the build: the months that each deadline can lie in."""
EVER_PASSED = """
select id, rule_id, day_end, case_id, position from deadlines where day_end is not null and basis is not 'reckoned'
  and (outcome = 'open' or settled_from is null or settled_from > date(day_end, '+1 day'))
"""
"""For the build: the deadlines that are `passed` on some day."""

FILTERS = {
    "group": "k.state = :group",
    "actor": "a.actor_id = :actor",
    "case": "k.case_id = :case",
    "rule": "k.rule_id = :rule",
    "month": """(substr(k.last_day, 1, 7) <= :month and substr(k.last_day_end, 1, 7) >= :month
      or substr(k.reckoned_day, 1, 7) = :month)""",
    "kind": "k.kind = :kind",
}
"""Filter → its condition. A stated day that is not exact belongs to every month it can lie in."""

SOURCE = "known k"
OF_ACTOR = """deadline_actors a cross join known k on k.id = a.deadline_id and not (a.role = 'addressee' and exists (
    select 1 from deadline_actors b where b.deadline_id = a.deadline_id and b.actor_id = a.actor_id and b.role = 'actor'))"""
OF_MONTH = "deadline_months m cross join known k on k.id = m.deadline_id and m.month = :month"
OVERDUE = "overdue_deadlines o cross join known k on k.id = o.deadline_id"
"""Where deadlines come from: an actor's and a month's have an index of their own, and so have those that can be passed, which are few."""


LISTED = """select k.* from {source} where k.state = :state and {where} and {by}.day_end is {nothing} null {after}
  order by {by}.day_end {way}, {by}.case_id, {by}.position limit :left"""
AFTER = {
    "": """and {by}.day_end >= :last_end
      and ({by}.day_end > :last_end or ({by}.case_id, {by}.position) > (:last_case, :last_position))""",
    "desc": """and {by}.day_end <= :last_end
      and ({by}.day_end < :last_end or ({by}.case_id, {by}.position) > (:last_case, :last_position))""",
    "null": "and ({by}.case_id, {by}.position) > (:last_case, :last_position)",
}
"""What comes after the last deadline of the page before."""
PLACE = "select state, day_end, case_id, position from known where id = :id"

PAGE = f"""select k.id, iif({LATER}, null, k.note) as note, coalesce((select max(r.released) from changes x join releases r on r.id = x.release_id
    where x.item = 'deadlines/' || k.id or (x.item = 'cases/' || k.case_id and x.kind = 'new')
      or (instr(k.id, '--') and x.item in ('complaints/' || k.complaint_id, 'events/' || k.set_by_event_id))),
    (select min(released) from releases)) as modified,
  (select count(distinct x.release_id) from changes x where x.item = 'deadlines/' || k.id and x.kind <> 'new') as sequence
from deadlines k where k.id in (select value from json_each(:ids))
"""
"""What belongs to each deadline of a page alone."""

MATCHING = ", matching as (select k.* from {source} where {where}), months as materialized ({months})"
COUNTED = {
    "group": "select k.state as value, k.state as label, count(*) as number from matching k group by 1",
    "actor": """select a.actor_id as value, p.short_name as label, count(distinct k.id) as number
      from matching k cross join deadline_actors a on a.deadline_id = k.id join actors p on p.id = a.actor_id group by 1""",
    "case": """select k.case_id as value, coalesce(t.text, c.title) as label, count(*) as number
      from matching k join cases c on c.id = k.case_id left join translations t
        on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title' group by 1""",
    "rule": """select k.rule_id as value, coalesce(r.provision, k.rule_id) as label, count(*) as number
      from matching k left join time_limits r on r.id = k.rule_id where k.rule_id is not null group by 1""",
    "month": """select month as value, month as label, count(distinct id) as number from (
        select k.id, substr(k.last_day_end, 1, 7) as month from matching k where k.last_day_precision = 'day'
        union all select k.id, substr(k.reckoned_day, 1, 7) from matching k where k.reckoned_day is not null
        union all select k.id, m.month from matching k join months m
          on m.month between substr(k.last_day, 1, 7) and substr(k.last_day_end, 1, 7)
          where k.last_day_precision <> 'day') group by 1""",
    "kind": "select k.kind as value, k.kind as label, count(*) as number from matching k group by 1",
}
"""Filter → its values and how many deadlines each would show beside the other filters."""
MONTHS = "select value as month from facets where list = 'deadlines' and facet = 'month'"
EVERY_MONTH = "select substr(last_day_end, 1, 7) as month from deadlines union select substr(reckoned_day, 1, 7) from deadlines"
"""The months in which any deadline ends: as the build counted them, and as it finds them."""
FACETS = [
    TOLD.format(condition="1").replace(":day", NEVER)
    + MATCHING.format(source=SOURCE, where="1", months=EVERY_MONTH)
    + f" select 'deadlines', '{name}', value, number from ({sql})".replace(":language", "''")
    for name, sql in COUNTED.items()
    if name != "group"
]
"""For the build: how many deadlines there are, by each value of each filter."""
GROUPS = """select g.state as value, g.number from (select 'due' as state union select 'passed' union select 'past') n
  join deadline_days g on g.rowid = (select x.rowid from deadline_days x
    where x.actor_id = :actor and x.state = n.state and x.day <= :day order by x.day desc limit 1)"""
"""How many deadlines somebody has in each state; all have, for nobody."""

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
    "rule": "select id from time_limits union select value from facets where list = 'deadlines' and facet = 'rule'",
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
    found = listed(db, bound, filters, size, last, way)
    ids = json.dumps([row["id"] for row in found])
    own = {row["id"]: row for row in rows(db, PAGE, ids=ids, day=day)}
    parts = {part: rows(db, sql, ids=ids, day=day, language=language) for part, sql in PARTS.items()}
    released = rows(db, "select max(released) as released from releases")[0]["released"]
    return DeadlineRows(day, [{**row, **own[row["id"]]} for row in found], parts, counted(db, bound, filters) if count else {}, released)


def listed(
    db: Connection, bound: Mapping[str, str], filters: Mapping[str, str], size: Optional[int], last: Optional[str], way: int
) -> list[Row]:
    """Group by group, each in the order of an index; those without a day last."""
    after = rows(db, KNOWN + PLACE, id=last, day=bound["day"])[0] if last else None
    found: list[Row] = []
    for state in STATES if "group" not in filters else (filters["group"],):
        for dated in (True, False):
            if after and (STATES.index(after["state"]), after["day_end"] is None) > (STATES.index(state), not dated):
                continue
            here = after if after and (after["state"], after["day_end"] is None) == (state, not dated) else None
            left = -1 if size is None else size - len(found)
            if left == 0:
                return found
            descending = way < 0 or (way == 0 and state != "due")
            source, by = source_of(filters, state if dated else None)
            sql = LISTED.format(
                source=source, by=by, where=_and_day(state, dated, by, filters), nothing="not" if dated else "",
                after=AFTER["null" if not dated else "desc" if descending else ""].format(by=by) if here else "",
                way="desc" if descending else "",
            )  # fmt: skip
            place = {"last_end": here["day_end"], "last_case": here["case_id"], "last_position": here["position"]} if here else {}
            found += rows(db, KNOWN + sql, **bound, **place, state=state, left=left)
    return found


def _and_day(state: str, dated: bool, by: str, filters: Iterable[str]) -> str:
    """The condition of the filters; what is due on a day ends then or later, what is passed ended before: there the index is entered."""
    rule = ["o.rule_id = :rule"] if by == "o" and "rule" in filters else []
    day = {"due": f"{by}.day_end >= :day", "passed": f"{by}.day_end < :day"}.get(state) if dated else None
    return " and ".join([where(filters), *rule, *([day] if day else [])])


def source_of(filters: Iterable[str], state: Optional[str] = None) -> tuple[str, str]:
    """Where deadlines come from, and whose index has their order."""
    names = set(filters)
    if "actor" in names:
        return OF_ACTOR, "a"
    if "case" in names:
        return SOURCE, "k"
    if "month" in names:
        return OF_MONTH, "m"
    return (OVERDUE, "o") if state == "passed" else (SOURCE, "k")


def counted(db: Connection, bound: Mapping[str, str], filters: Mapping[str, str]) -> dict[str, list[Row]]:
    """What the build counted is taken from there, but for what is not known yet; the rest is counted as far as it is not too much."""
    found = {}
    some = counts.at_most(db, f"select 1 from ({UNKNOWN} select 1 from known)", {"day": bound["day"]})
    for name in COUNTED:
        others = {other: value for other, value in filters.items() if other != name}
        if name == "group" and not others.keys() - {"actor"}:
            found[name] = [{**row, "label": row["value"]} for row in _groups(db, bound["day"], others.get("actor", ""))]
        elif not others:
            unknown = {row["value"]: row["number"] for row in rows(db, counting(name, (), UNKNOWN), **bound)} if some != 0 else {}
            found[name] = counts.everything(db, "deadlines", name, bound["language"], unknown)
        elif _surely_many(db, bound["day"], others, some) or counts.at_most(db, selected(others), bound) is None:
            found[name] = counts.unnumbered(_all_of(db, name, bound["language"]))
        else:
            found[name] = rows(db, counting(name, others) + " order by number desc, label limit :most", **bound, most=counts.MOST_VALUES)
    return found


def _surely_many(db: Connection, day: str, filters: Mapping[str, str], unknown: Optional[int]) -> bool:
    """Whether the build has counted so many that pass a filter that they need not be counted. `unknown`: how many are not known yet; None:
    more than are counted."""
    if unknown is None or len(filters) != 1:
        return False
    ((name, value),) = filters.items()
    known = groups(db, day, "").get(value, 0) if name == "group" else counts.number(db, "deadlines", name, value) - unknown
    return known > counts.MOST_COUNTED


def _all_of(db: Connection, name: str, language: str) -> list[Row]:
    return [{"value": state, "label": state} for state in STATES] if name == "group" else counts.everything(db, "deadlines", name, language)


def selected(filters: Iterable[str]) -> str:
    """The SELECT of all that pass the filters; only to be counted up to a bound."""
    return f"select 1 from ({KNOWN} select k.id from {source_of(filters)[0]} where {where(filters)})"


def counting(name: str, filters: Iterable[str], told: str = KNOWN) -> str:
    source, _ = source_of(filters)
    return told + MATCHING.format(source=source, where=where(filters), months=MONTHS) + COUNTED[name]


def groups(db: Connection, day: str, actor: str) -> dict[str, int]:
    """How many deadlines of somebody each group has."""
    return {row["value"]: row["number"] for row in _groups(db, day, actor)}


def _groups(db: Connection, day: str, actor: str) -> list[Row]:
    return [row for row in rows(db, GROUPS, day=day, actor=actor) if row["number"]]


def where(filters: Iterable[str]) -> str:
    return " and ".join(FILTERS[name] for name in filters) or "1"


def has(db: Connection, deadline: str, day: str, filters: Mapping[str, str]) -> bool:
    """Whether a deadline is on the list."""
    sql = KNOWN + f"select 1 from {OF_ACTOR if 'actor' in filters else SOURCE} where k.id = :deadline and {where(filters)}"
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
