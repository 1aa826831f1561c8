"""Where each authority stands in a case, as of a day: one statement serves the view `standing` and the pages.

`day` is an SQL expression: a parameter for a page, the end of time for the view.
"""

from __future__ import annotations

import re
from typing import Iterable

END_OF_TIME = "'9999-12-31'"

COLUMNS = (
    "case_id", "authority_id", "country", "roles", "status", "phase", "status_since", "complaints_open",
    "complaints_closed", "last_statement_id", "last_words", "last_source", "nothing_found", "days_asked",
)  # fmt: skip
"""Columns of every standing, beside six for each question: its answer, since, form, subject, statement and what became of that decision."""


def holds(alias: str, day: str) -> str:
    """The condition that an interval holds on a day."""
    return f"{alias}.since <= {day} and ({alias}.until is null or {alias}.until > {day})"


def became(alias: str, day: str) -> str:
    """What became of the decision that gives a stance, on a day; null where it comes from no decision, or nothing is said of it."""
    return (
        f"(select x.state from decision_states x where x.event_id = {alias}.statement_id and x.measures is null"
        f" and {holds('x', day)} order by x.since desc, x.rowid desc limit 1)"
    )


def standing(questions: Iterable[str], day: str, where: str = "1") -> str:
    """The SELECT: one row per case and authority, and one per country for an unknown addressee.

    `questions`: ids of questions, which become column names. Of several subjects, the latest that was answered counts.
    """
    questions = tuple(questions)
    if not all(re.fullmatch(r"[a-z][a-z0-9_]*", question) for question in questions):
        raise ValueError(f"a question's id becomes a column's name: {questions}")
    answers = "".join(
        f",\n  {q}.answer as {q}, {q}.since as {q}_since, {q}.form as {q}_form, {q}.subject as {q}_subject, "
        f"{q}.statement_id as {q}_statement_id, {became(q, day)} as {q}_decision_state"
        for q in questions
    )
    joins = "".join(
        f"""
  left join stances {q} on {q}.rowid = (
    select s.rowid from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = p.case_id and s.actor_id = p.authority_id and s.question = '{q}' and {holds("s", day)}
    order by b.since desc, s.since desc, s.rowid desc limit 1)"""
        for q in questions
    )
    return f"""select p.case_id, p.authority_id, p.country,
  (select json_group_array(role) from (
    select distinct r.role from roles r where r.case_id = p.case_id and r.authority_id = p.authority_id and {holds("r", day)}
    order by r.role)) as roles{answers},
  u.status, u.phase, u.since as status_since, u.event_id as status_event_id,
  {complaints("t.open", day)} as complaints_open,
  {complaints("not t.open", day)} as complaints_closed,
  w.id as last_statement_id, coalesce(w.quote, w.summary) as last_words,
  (select o.url from citations c join sources o on o.id = c.source_id
    where c.item_type = 'statement' and c.item_id = w.id order by c.position limit 1) as last_source,
  {nothing_found(day)}
    as nothing_found,
  cast(julianday((select max(n.date) from searches n where n.case_id = p.case_id and n.date <= {day})) - julianday({asked(day)}) as integer)
    as days_asked
from proceedings p{joins}
  left join statuses u on u.rowid = (
    select v.rowid from statuses v where v.case_id = p.case_id and v.authority_id is p.authority_id
      and (p.authority_id is not null or v.country is p.country) and {holds("v", day)}
    order by v.since desc, v.rowid desc limit 1)
  left join statements w on w.rowid = (
    select x.rowid from statements x join statement_actors a on a.statement_id = x.id
    where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= {day} and x.retracted is null and not x.context
    order by x.date_end desc, x.position desc limit 1)
where {where}
order by p.case_id, p.rowid"""


def asked(day: str) -> str:
    """The day of the first complaint with the proceeding's authority, or with an unknown one of its country."""
    return f"""(select min(q.filed_end) from complaints q where q.case_id = p.case_id and q.authority_id is p.authority_id
    and (p.authority_id is not null or q.country is p.country) and q.filed_end <= {day})"""


def nothing_found(day: str) -> str:
    """Whether a complaint was lodged with the proceeding's authority, and no public word or act of it is known."""
    return f"""p.authority_id is not null and {asked(day)} is not null
    and not exists (select 1 from statements x join statement_actors a on a.statement_id = x.id
      where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= {day} and x.retracted is null and not x.context)
    and not exists (select 1 from events x join event_actors a on a.event_id = x.id
      where x.case_id = p.case_id and a.actor_id = p.authority_id and x.date_end <= {day} and x.retracted is null and not x.context)"""


def complaints(condition: str, day: str) -> str:
    """How many of the proceeding's complaints are in a status that meets a condition."""
    return f"""(select coalesce(sum(q.count), 0) from complaints q join statuses t on t.rowid = (
    select v.rowid from statuses v where v.complaint_id = q.id and v.authority_id is p.authority_id and {holds("v", day)}
    order by v.since desc, v.rowid desc limit 1)
    where q.case_id = p.case_id and q.authority_id is p.authority_id
      and (p.authority_id is not null or q.country is p.country) and {condition})"""
