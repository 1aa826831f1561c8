"""For the build: since when each authority is asked in a case, and since when something public is known of it there."""

ALL = """
with acted as (
  select e.case_id, n.actor_id, e.date_end as heard, coalesce(e.published, e.date_end) as day
    from events e cross join event_actors n on n.event_id = e.id where e.retracted is null and not e.context
  union all
  select s.case_id, n.actor_id, s.date_end, coalesce(s.published, s.date_end)
    from statements s cross join statement_actors n on n.statement_id = s.id where s.retracted is null and not s.context)
select p.case_id, p.authority_id, p.asked, min(x.heard), min(iif(x.day >= p.asked, x.day, null))
from (select p.case_id, p.authority_id, (
      select min(q.filed_end) from complaints q where q.case_id = p.case_id and q.authority_id = p.authority_id) as asked
    from proceedings p where p.authority_id is not null) p
  left join acted x on x.case_id = p.case_id and x.actor_id = p.authority_id
group by p.case_id, p.authority_id
"""
"""SELECT of rows of the table `first_days`. A first day stays the first, so that it holds as of any day: it is known from then on."""
