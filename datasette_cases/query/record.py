"""An authority's record, as of a day: one statement serves the view `authority_record` and the page of an authority."""

from __future__ import annotations

from typing import Optional

from .standing import END_OF_TIME, complaints


def record(day: str = END_OF_TIME, authority: Optional[str] = None) -> str:
    """The SELECT: one row per authority with which a complaint was lodged. `day` and `authority` are SQL expressions; None: of all."""
    mine, acted, of = (
        (f" and c.authority_id = {authority}", f" and n.actor_id = {authority}", f" and p.authority_id = {authority}")
        if authority
        else ("", "", " and p.authority_id = s.authority_id")
    )
    return f"""with asked as (
  select c.authority_id, c.case_id, min(c.filed_end) as filed, sum(c.count) as complaints from complaints c
  where c.authority_id is not null{mine} and c.filed_end <= {day} group by c.authority_id, c.case_id),
acted as (
  select e.case_id, n.actor_id, coalesce(e.published, e.date_end) as day from event_actors n join events e on e.id = n.event_id
    where e.retracted is null and not e.context{acted}
  union all
  select s.case_id, n.actor_id, coalesce(s.published, s.date_end) from statement_actors n join statements s on s.id = n.statement_id
    where s.retracted is null and not s.context{acted}),
spoke as (
  select a.authority_id, a.case_id, a.filed, a.complaints, min(x.day) as first_act from asked a left join acted x
    on x.case_id = a.case_id and x.actor_id = a.authority_id and x.day >= a.filed and x.day <= {day}
  group by a.authority_id, a.case_id),
days as (
  select authority_id, cast(julianday(first_act) - julianday(filed) as integer) as days,
    row_number() over (partition by authority_id order by julianday(first_act) - julianday(filed)) as place,
    count(*) over (partition by authority_id) as n
  from spoke where first_act is not null)
select s.authority_id, sum(s.complaints) as complaints, count(*) as cases, count(s.first_act) as n,
  (select avg(days) from days d where d.authority_id = s.authority_id and d.place in ((d.n + 1) / 2, (d.n + 2) / 2)) as median_days,
  count(*) - count(s.first_act) as nothing_yet,
  (select coalesce(sum({complaints("t.open", day)}), 0) from proceedings p where p.authority_id is not null{of}) as complaints_open,
  (select min(days) from days d where d.authority_id = s.authority_id) as shortest_days,
  (select max(days) from days d where d.authority_id = s.authority_id) as longest_days
from spoke s group by s.authority_id
order by s.authority_id"""


def sql(authority: str, day: str) -> str:
    """The record of one authority, with its id and an ISO day written in: it has to run as it stands."""
    return record(f"'{day}'", f"'{authority}'")
