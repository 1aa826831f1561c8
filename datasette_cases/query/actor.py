"""One authority, or anybody else in the cases: their cases, words and record, as of a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Mapping, Optional

from . import counts, deadlines, record, stances
from .authorities import NAME, RELEASED
from .deadlines import DeadlineRows
from .rows import Connection, Row, rows
from .standing import standing

TABLES = tuple(sorted({
    "actor_cases", "actors", "answers", "authorities", "case_respondents", "case_subjects", "cases", "citations", "complaint_actors", "complaints", "event_actors",
    "events", "facets", "proceedings", "releases", "roles", "searches", "sources", "statement_actors", "statements", "statuses", "translations",
    "vocabulary", *stances.TABLES, *deadlines.TABLES, *record.TABLES,
}))  # fmt: skip

ACTOR = f"""
select a.id, a.kind, {NAME.replace("u.name)", "a.name)")} as name, a.short_name, coalesce(u.name_native, a.name_native) as name_native,
  a.language, a.country, u.region, a.website, a.note, u.id is not null as authority, u.names, u.level, u.edpb_member, u.languages, u.seat,
  u.former_names
from actors a left join authorities u on u.id = a.id where a.id = :actor
"""

EVERY_CASE = """
select actor_id, case_id, c.last_act_end, min(since) from (
  select authority_id as actor_id, case_id, '' as since from proceedings where authority_id is not null
  union all select actor_id, case_id, '' from case_respondents where actor_id not in (select id from authorities)
  union all select n.actor_id, q.case_id, q.filed_end from complaint_actors n join complaints q on q.id = n.complaint_id
    where n.actor_id not in (select id from authorities)
  union all select n.actor_id, e.case_id, e.date_end from event_actors n join events e on e.id = n.event_id
    where e.retracted is null and n.actor_id not in (select id from authorities)
  union all select n.actor_id, s.case_id, s.date_end from statement_actors n join statements s on s.id = n.statement_id
    where s.retracted is null and n.actor_id not in (select id from authorities)) m
join cases c on c.id = m.case_id group by actor_id, case_id
"""
"""For the build: the cases that somebody is in, and since when: an authority where it has a proceeding, anybody else also as a party, by an
act, or by words. Rows of the table `actor_cases`."""
FACET = "select 'cases', 'actor', actor_id, count(*) from actor_cases group by actor_id"
"""How many those are, whatever day it is."""

CASES = """
select c.id, c.title, c.regime, c.checked, c.last_act_end, t.text as translated, :total as total
from actor_cases m cross join cases c on c.id = m.case_id
  left join translations t on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title'
where m.actor_id = :actor and +m.since <= :day{after}
order by m.last_act_end desc, m.case_id desc limit :size
"""
AFTER = " and (m.last_act_end, m.case_id) < (select last_act_end, id from cases where id = :last)"
"""Latest act first. `:last` is the id of the last case of the page before."""
LATER_CASES = "select count(*) as number from actor_cases where actor_id = :actor and since > :day"
"""Cases that somebody is not in yet on that day."""

OF = "in (select value from json_each(:ids))"
PARTS = {
    "roles": f"""select r.case_id, r.role from roles r where r.authority_id = :actor and r.case_id {OF}
      and r.since <= :day and (r.until is null or r.until > :day) order by r.case_id, r.role""",
    "parties": f"""select case_id, 'respondent' as role from case_respondents where actor_id = :actor and case_id {OF}
      union select q.case_id, n.role from complaint_actors n join complaints q on q.id = n.complaint_id
      where n.actor_id = :actor and q.case_id {OF} and q.filed_end <= :day order by 1, 2 desc""",
    "said": f"""select s.* from statements s cross join statement_actors n on n.statement_id = s.id
      where s.case_id {OF} and n.actor_id = :actor and s.date_end <= :day and s.retracted is null and not s.context
      order by s.date_end, s.position""",
    "done": f"""select e.* from events e cross join event_actors n on n.event_id = e.id
      where e.case_id {OF} and n.actor_id = :actor and e.date_end <= :day and e.retracted is null and not e.context
      order by e.date_end, e.position""",
}
"""Of the cases of a page."""

WORDS = """
with latest as (
  select s.rowid as place from statement_actors n cross join statements s on s.id = n.statement_id
  where n.actor_id = :actor and n.date_end <= :day and s.retracted is null order by n.date_end desc, n.case_id, n.position desc limit :most)
select s.*, c.title, t.text as translated, coalesce(b.text, j.title) as subject_title, :total as total
from latest l cross join statements s on s.rowid = l.place join cases c on c.id = s.case_id
  left join translations t on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title'
  left join case_subjects j on j.case_id = s.case_id and j.id = s.subject
  left join translations b on b.case_id = c.id and b.language = :language and b.item_type = 'subject' and b.item_id = s.subject and b.field = 'title'
order by s.date_end desc, s.case_id, s.position desc
"""
MOST_WORDS = 10
LATER = """select count(*) as number from statement_actors n cross join statements s on s.id = n.statement_id
  where n.actor_id = :actor and n.date_end > :day and s.retracted is null"""
"""Words that are not known on that day yet."""
ANSWERS = f"""select a.statement_id, a.question, a.answer, p.id as about_id, p.name, p.short_name, p.kind, p.country
from answers a left join actors p on p.id = a.about_authority_id where a.statement_id {OF} order by a.rowid"""
SOURCES = f"""select c.item_type, c.item_id, s.id, s.url, s.archived_url, s.publisher, s.host, s.title, s.kind, s.language,
  iif(s.published <= :day, s.published, null) as published
from citations c join sources s on s.id = c.source_id where c.item_type in ('event', 'statement') and c.item_id {OF} order by c.item_id, c.position"""
MOST_DEADLINES = 20


@dataclass(frozen=True)
class ActorRows:
    """`standing`: a row for each case of the page in which they have a proceeding; `parts`: of those cases; `words`: the latest of all cases."""

    day: str
    actor: Row
    cases: list[Row]
    standing: list[Row]
    stances: list[Row]
    parts: dict[str, list[Row]]
    words: list[Row]
    answers: list[Row]
    sources: list[Row]
    deadlines: DeadlineRows
    groups: dict[str, int]
    record: Optional[Row]
    released: Optional[str]


def find(db: Connection, actor: str, language: str) -> Optional[Row]:
    """Somebody by id."""
    found = rows(db, ACTOR, actor=actor, language=language)
    return found[0] if found else None


def read(db: Connection, actor: Row, day: str, language: str, size: int, last: Optional[str] = None) -> ActorRows:
    """At most `size` cases after the case `last`, and the latest words and deadlines."""
    bound = {"actor": actor["id"], "day": day, "language": language}
    cases = _cases(db, bound, size, last)
    ids = json.dumps([row["id"] for row in cases])
    parts = {part: rows(db, sql, **bound, ids=ids) for part, sql in PARTS.items()}
    total = counts.number(db, "statements", "actor", actor["id"]) - rows(db, LATER, actor=actor["id"], day=day)[0]["number"]
    words = rows(db, WORDS, **bound, most=MOST_WORDS, total=total)
    spoken = json.dumps([row["id"] for row in words])
    cited = json.dumps(sorted({row["id"] for found in (words, parts["said"], parts["done"]) for row in found}))
    stands = standing((), ":day", f"p.authority_id = :actor and p.case_id {OF}")
    filters = {"actor": actor["id"]}
    return ActorRows(
        day, actor, cases, rows(db, stands, actor=actor["id"], day=day, ids=ids),
        stances.read(db, f"s.actor_id = :actor and s.case_id {OF}", day, language, actor=actor["id"], ids=ids),
        parts, words, rows(db, ANSWERS, ids=spoken), rows(db, SOURCES, ids=cited, day=day),
        deadlines.read(db, day, language, filters, MOST_DEADLINES), deadlines.groups(db, day, actor["id"]),
        recorded(db, actor["id"], day) if actor["authority"] else None, rows(db, RELEASED)[0]["released"],
    )  # fmt: skip


def _cases(db: Connection, bound: Mapping[str, str], size: int, last: Optional[str]) -> list[Row]:
    later = rows(db, LATER_CASES, actor=bound["actor"], day=bound["day"])[0]["number"]
    total = counts.number(db, "cases", "actor", bound["actor"]) - later
    after = {"last": last} if last else {}
    return rows(db, CASES.format(after=AFTER if last else ""), **bound, **after, total=total, size=size)


def recorded(db: Connection, authority: str, day: str) -> Optional[Row]:
    """Its record with the SQL that yields it; None where no complaint was lodged with it."""
    found = record.as_of(db, authority, day)
    return {**found, "sql": record.sql(authority, day)} if found else None


def has(db: Connection, actor: Row, case: str, day: str) -> bool:
    """Whether a case is one of theirs."""
    sql = "select 1 from actor_cases where actor_id = :actor and case_id = :case and since <= :day"
    return bool(rows(db, sql, actor=actor["id"], day=day, case=case))
