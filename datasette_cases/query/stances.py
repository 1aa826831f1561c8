"""The answers that stand, each with the words that give it and what became of that decision."""

from __future__ import annotations

from .rows import Connection, Row, rows
from .standing import holds

TABLES = ("case_subjects", "decision_states", "events", "stances", "statements", "translations")

STANCES = f"""
select s.case_id, s.actor_id, s.question, s.answer, s.since, s.answer_since, s.form, s.subject, coalesce(n.text, b.title) as subject_title,
  s.statement_id, t.date, t.date_precision, t.date_end, d.state, d.since as state_since, e.id as by_id, e.date as by_date,
  e.date_precision as by_precision, e.date_end as by_end
from stances s join statements t on t.id = s.statement_id
  left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
  left join translations n on n.case_id = s.case_id and n.language = :language and n.item_type = 'subject' and n.item_id = s.subject
    and n.field = 'title'
  left join decision_states d on d.rowid = (select x.rowid from decision_states x where x.event_id = s.statement_id and x.measures is null
    and {holds("x", ":day")} order by x.since desc, x.rowid desc limit 1)
  left join events e on e.id = d.by_event_id
where {{where}} and {holds("s", ":day")}
order by s.case_id, s.actor_id, s.question, b.since, s.since, s.rowid
"""
"""Of one question's answers about several subjects the last is the one that counts: the latest subject that was answered."""


def read(db: Connection, where: str, day: str, language: str, **bound: str) -> list[Row]:
    """`where`: a condition on `s`, a stance."""
    return rows(db, STANCES.format(where=where), day=day, language=language, **bound)
