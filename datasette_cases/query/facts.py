"""The numbers a case page states. Each is what its SQL yields, and the page links to that SQL."""

from __future__ import annotations

from .rows import Connection, Row, rows

FACTS = {
    "complaints": """select coalesce(sum(count), 0) as complaints from complaints
where case_id = '{case}' and filed_end <= '{day}'""",
    "asked": """select count(distinct coalesce(authority_id, country)) as authorities_asked from complaints
where case_id = '{case}' and filed_end <= '{day}'""",
    "nothing_found": """select count(distinct c.authority_id) as nothing_found from complaints c
where c.case_id = '{case}' and c.filed_end <= '{day}'
  and not exists (select 1 from statements s join statement_actors a on a.statement_id = s.id
    where s.case_id = c.case_id and a.actor_id = c.authority_id and s.date_end <= '{day}' and s.retracted is null and not s.context)
  and not exists (select 1 from events e join event_actors a on a.event_id = e.id
    where e.case_id = c.case_id and a.actor_id = c.authority_id and e.date_end <= '{day}' and e.retracted is null and not e.context)""",
    "spoke": """select count(distinct a.actor_id) as authorities_and_boards_that_spoke
from statements s join statement_actors a on a.statement_id = s.id join actors p on p.id = a.actor_id
where s.case_id = '{case}' and s.date_end <= '{day}' and p.kind in ('authority', 'board') and s.retracted is null and not s.context""",
    "decisions": """select count(*) as decisions from events
where case_id = '{case}' and act in ('decision', 'binding-decision') and date_end <= '{day}' and retracted is null and not context""",
    "passed": """select count(*) as deadlines_passed_nothing_known from deadlines d
where d.case_id = '{case}' and coalesce(d.last_day_end, d.reckoned_day) < '{day}' and d.basis is not 'reckoned' and (d.outcome = 'open'
  or exists (select 1 from timeline t where t.case_id = d.case_id and t.id = d.closed_by_event_id and t.date_end > '{day}')
  or (d.closed_by_event_id is null and d.outcome <> 'lapsed'
    and exists (select 1 from timeline t where t.case_id = d.case_id and t.date_end > '{day}')))""",
}
"""Name of the fact → SQL with a case id and an ISO day written in: it has to run as it stands."""


def sql(fact: str, case: str, day: str) -> str:
    return FACTS[fact].format(case=case, day=day)


OF_THOSE_ASKED = """select
({asked}) as authorities_asked,
({nothing_found}) as nothing_found"""
"""Both numbers of the sentence "nothing was found of … of the … authorities asked", from the facts of those names."""


def of_those_asked(case: str, day: str) -> str:
    return OF_THOSE_ASKED.format(**{fact: sql(fact, case, day) for fact in ("asked", "nothing_found")})


def read(db: Connection, case: str, day: str) -> list[Row]:
    """Name, number and SQL of every fact."""
    return [{"fact": fact, "number": next(iter(rows(db, sql(fact, case, day))[0].values())), "sql": sql(fact, case, day)} for fact in FACTS]
