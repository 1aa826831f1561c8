"""Everything the case page shows, as of a day: what may have come later is not even read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Optional

from . import facts, follow_up
from .rows import Connection, Row, rows
from .standing import standing

TABLES = (
    "actors", "answers", "authorities", "case_respondents", "case_subjects", "case_topics", "cases", "changes", "citations", "complaint_actors",
    "complaints", "deadline_actors", "deadline_steps", "deadlines", "decision_states", "event_actors", "event_addressees", "event_complaints", "event_ends", "events",
    "key_days", "measures", "proceedings", "releases", "roles", "searches", "sources", "stances", "statement_actors", "statements",
    "statuses", "time_limits", "translations", "vocabulary",
)  # fmt: skip
"""What is read: who may not see one of these may not see the page."""

CASE = """
select c.id, c.title, c.summary, c.regime, c.total_complaints, (select max(released) from releases) as released,
  exists (select 1 from events e where e.case_id = c.id and e.date_end > :day)
  or exists (select 1 from statements s where s.case_id = c.id and s.date_end > :day)
  or exists (select 1 from complaints q where q.case_id = c.id and q.filed_end > :day) as later
from cases c where c.id = :case
"""
"""`later`: whether anything recorded lies after the day."""

CITING = "item_type in ('event', 'statement', 'complaint', 'deadline') and item_id >= :case || '/' and item_id < :case || '0'"
"""The citations of all items of a case: their ids begin with its own. Types are named so that the index serves."""

HEAD = {
    "respondents": "select actor_id from case_respondents where case_id = :case order by rowid",
    "topics": "select topic from case_topics where case_id = :case order by rowid",
    "subjects": "select id, since, title from case_subjects where case_id = :case and since <= :day order by since, rowid",
    "key_days": "select date, label from key_days where case_id = :case and date <= :day order by date, rowid",
    "searches": "select date, places, languages, authorities from searches where case_id = :case and date <= :day order by date desc, rowid",
    "translations": "select item_type, item_id, field, text from translations where case_id = :case and language = :language",
    "roles": """select authority_id, role, since, note from roles
      where case_id = :case and since <= :day and (until is null or until > :day) order by authority_id, role, since""",
    "complaints": """select c.*, s.status, s.since as status_since, s.open from complaints c left join statuses s on s.rowid = (
        select v.rowid from statuses v where v.complaint_id = c.id and v.authority_id is c.authority_id
          and v.since <= :day and (v.until is null or v.until > :day) order by v.since desc, v.rowid desc limit 1)
      where c.case_id = :case and c.filed_end <= :day order by c.filed_end, c.position""",
    "complaint_actors": """select a.complaint_id, a.actor_id, a.role from complaint_actors a join complaints c on c.id = a.complaint_id
      where c.case_id = :case and c.filed_end <= :day order by a.rowid""",
    "events": "select * from events where case_id = :case and date_end <= :day order by date_end, position",
    "event_actors": """select x.event_id as item_id, x.actor_id from event_actors x join events e on e.id = x.event_id
      where e.case_id = :case and e.date_end <= :day order by x.rowid""",
    "addressees": """select x.event_id as item_id, x.actor_id from event_addressees x
      left join events e on e.id = x.event_id left join statements s on s.id = x.event_id
      where x.event_id >= :case || '/' and x.event_id < :case || '0' and coalesce(e.date_end, s.date_end) <= :day order by x.rowid""",
    "event_complaints": """select x.event_id as item_id, x.complaint_id from event_complaints x join events e on e.id = x.event_id
      where e.case_id = :case and e.date_end <= :day order by x.rowid""",
    "event_ends": """select x.ended_id as item_id, x.event_id from event_ends x
      left join events e on e.id = x.event_id left join statements s on s.id = x.event_id
      where x.event_id >= :case || '/' and x.event_id < :case || '0' and coalesce(e.date_end, s.date_end) <= :day
        and x.answers is null order by coalesce(e.date_end, s.date_end), x.rowid""",
    "measures": """select m.* from measures m join events e on e.id = m.event_id
      where e.case_id = :case and e.date_end <= :day order by m.rowid""",
    "corrections": """select x.item, x."column", x.old, x.new, r.released
      from json_each('["answers", "complaints", "events", "measures", "statements"]') p
        join changes x on x.item >= p.value || '/' || :case || '/' and x.item < p.value || '/' || :case || '0'
        join releases r on r.id = x.release_id
      where x.kind = 'corrected' and x."column" is not null and r.released <= :day order by r.id, x.rowid""",
    "decision_states": """select d.event_id, d.state, d.since, d.by_event_id, d.measures from decision_states d join events e on e.id = d.event_id
      where e.case_id = :case and d.since <= :day and (d.until is null or d.until > :day)""",
    "statements": "select * from statements where case_id = :case and date_end <= :day order by date_end, position",
    "statement_actors": """select x.statement_id as item_id, x.actor_id from statement_actors x join statements s on s.id = x.statement_id
      where s.case_id = :case and s.date_end <= :day order by x.rowid""",
    "answers": """select a.* from answers a join statements s on s.id = a.statement_id
      where s.case_id = :case and s.date_end <= :day order by a.rowid""",
    "stances": """select s.* from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
      where s.case_id = :case and s.since <= :day and (s.until is null or s.until > :day)
      order by s.actor_id, s.question, b.since desc, s.since desc, s.rowid desc""",
    "statuses": """select authority_id, country, status, phase, since, until from statuses
      where case_id = :case and since <= :day order by since, rowid""",
    "deadlines": """select d.*, c.date_end as closed_on, r.on_expiry from deadlines d left join time_limits r on r.id = d.rule_id
      left join entry_days o on o.id = d.set_by_event_id left join entry_days c on c.id = d.closed_by_event_id
      where d.case_id = :case and (coalesce(o.date_end, d.last_day_end, iif(d.basis = 'reckoned', d.start_day, null), :day) <= :day
        or (d.set_by_event_id is null and d.basis is not 'reckoned' and not :later))
      order by coalesce(d.last_day_end, d.reckoned_day), d.position""",
    "deadline_actors": """select a.deadline_id, a.actor_id, a.role from deadline_actors a join deadlines d on d.id = a.deadline_id
      where d.case_id = :case order by a.rowid""",
    "deadline_steps": """select s.deadline_id, s.day, s.text, s.provision from deadline_steps s join deadlines d on d.id = s.deadline_id
      where d.case_id = :case order by s.deadline_id, s.step""",
    "follow_up": follow_up.OF_CASE,
    "citations": f"""select item_type, item_id, source_id from citations where {CITING} order by item_id, position""",
    "sources": f"""select id, url, archived_url, publisher, host, title, kind, language, published from sources
      where id in (select source_id from citations where {CITING})""",
}  # fmt: skip
"""Part of the page → its SELECT. `:day` bounds everything that has a day."""

ACTORS = """
select a.id, a.kind, a.short_name, a.country, u.region, coalesce((
  select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :language), a.name) as name
from actors a left join authorities u on u.id = a.id where a.id in (select value from json_each(:ids))
"""
NAMED = ("actor_id", "authority_id", "handled_by_id", "about_authority_id")
"""Columns of any part that hold an actor's id."""

ENTRY_DAYS = """with entry_days as (
  select id, date_end from events where case_id = :case
  union select id, date_end from statements where case_id = :case)
"""
"""Every entry with the last day it can have been on, whether it acts or speaks."""


@dataclass(frozen=True)
class CaseRows:
    """Rows by part of the page; `standing` has a row for each authority, without its answers: those are `stances`. `day` is the day they hold as of."""

    day: str
    case: Row
    standing: list[Row]
    facts: list[Row]
    parts: dict[str, list[Row]]

    def __getitem__(self, part: str) -> list[Row]:
        return self.parts[part]


def read(db: Connection, case: str, day: str, language: str) -> Optional[CaseRows]:
    """The rows of a case as of a day (ISO); None if there is no such case."""
    head = rows(db, CASE, case=case, day=day)
    if not head:
        return None
    bound = {"case": case, "day": day, "language": language, "later": head[0]["later"]}
    parts = {part: rows(db, ENTRY_DAYS + sql if "entry_days" in sql else sql, **bound) for part, sql in HEAD.items()}
    stands = rows(db, standing((), ":day", "p.case_id = :case"), case=case, day=day)
    named = {row[column] for found in (stands, *parts.values()) for column in NAMED if found and column in found[0] for row in found}
    parts["actors"] = rows(db, ACTORS, language=language, ids=json.dumps(sorted(named - {None})))
    return CaseRows(day, head[0], stands, facts.read(db, case, day), parts)


def authorities(db: Connection, case: str) -> list[str]:
    """Ids of the authorities that have a row on the board, on whichever day."""
    found = rows(
        db, "select distinct authority_id from proceedings where case_id = :case and authority_id is not null order by 1", case=case
    )
    return [row["authority_id"] for row in found]
