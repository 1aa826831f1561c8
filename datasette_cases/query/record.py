"""An authority's record, as of a day: one statement serves the view `authority_record` and the page of an authority."""

from __future__ import annotations

from bisect import insort
from itertools import groupby
from typing import Iterable, Iterator, Optional

from .rows import Connection, Row, rows
from .standing import END_OF_TIME, complaints, holds

TABLES = ("record_days",)


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


AS_OF = """select authority_id, complaints, cases, n, median_days, cases - n as nothing_yet, complaints_open, shortest_days, longest_days
from record_days where authority_id = :authority and day <= :day order by day desc limit 1"""
"""The same, as the build reckoned it day by day."""

MOVES = f"""
with moved as (select complaint_id, since as day from statuses where complaint_id is not null
  union select complaint_id, until from statuses where complaint_id is not null and until is not null),
held as (select q.id, q.authority_id, m.day, q.count * coalesce((
    select v.open from statuses v where v.complaint_id = q.id and +v.authority_id is q.authority_id and {holds("v", "m.day")}
    order by v.since desc, v.rowid desc limit 1), 0) as open
  from moved m join complaints q on q.id = m.complaint_id where q.authority_id is not null)
select authority_id, asked as day, 1 as cases, 0 as complaints, 0 as open, null as days from first_days where asked is not null
union all select authority_id, filed_end, 0, count, 0, null from complaints where authority_id is not null
union all select authority_id, day, 0, 0, open - lag(open, 1, 0) over (partition by id order by day), null from held
union all select authority_id, acted, 0, 0, 0, cast(julianday(acted) - julianday(asked) as integer) from first_days where acted is not null
order by 1, 2
"""
"""For the build: what moves a record, and on which day: a first complaint, a complaint, one that opens or closes, a first act or word."""


def as_of(db: Connection, authority: str, day: str) -> Optional[Row]:
    """The record of one authority; None where no complaint was lodged with it."""
    found = rows(db, AS_OF, authority=authority, day=day)
    return found[0] if found and found[0]["cases"] else None


def days(moves: Iterable[tuple[str, str, int, int, int, Optional[int]]]) -> Iterator[tuple[object, ...]]:
    """Rows of the table `record_days`: each authority's record from each day on which it moves."""
    for authority, of_authority in groupby(moves, key=lambda move: move[0]):
        cases = complaints = still_open = 0
        waited: list[int] = []
        for day, of_day in groupby(of_authority, key=lambda move: move[1]):
            for _, _, case, complaint, opened, waiting in of_day:
                cases, complaints, still_open = cases + case, complaints + complaint, still_open + opened
                if waiting is not None:
                    insort(waited, waiting)
            middle = (waited[(len(waited) - 1) // 2] + waited[len(waited) // 2]) / 2 if waited else None
            ends = (waited[0], waited[-1]) if waited else (None, None)
            yield authority, day, complaints, cases, len(waited), middle, still_open, *ends
