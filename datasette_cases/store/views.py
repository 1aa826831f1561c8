"""The views of the published file, as SQL. They hold as of the end of time: pages ask the same as of a day."""

from __future__ import annotations

from typing import Iterable

from ..query.record import record
from ..query.standing import END_OF_TIME, asked, nothing_found, standing

TIMELINE = """
select c.case_id, c.filed as date, c.filed_precision as date_precision, c.filed_end as date_end, 'complaint' as item_type,
  c.id, (select a.actor_id from complaint_actors a where a.complaint_id = c.id and a.role = 'complainant' order by a.rowid limit 1) as actor_id,
  'complaint' as act, null as form, null as summary, c.authority_id, c.country, c.position, null as retracted
from complaints c
union all
select e.case_id, e.date, e.date_precision, e.date_end, 'event', e.id, e.actor_id, e.act,
  (select s.form from statements s where s.id = e.id), e.summary, null, e.actor_country, e.position, e.retracted
from events e
union all
select s.case_id, s.date, s.date_precision, s.date_end, 'statement', s.id, s.actor_id, null, s.form, s.summary, null,
  s.actor_country, s.position, s.retracted
from statements s where s.event_id is null
order by 1, 4, 5, 13
"""
"""Filings, acts and words in one order; an act that also spoke is one row, an event."""

CASE_BOARD = """
select c.id as case_id, c.title, a.id as authority_id, a.short_name, a.country, p.roles, p.status, p.phase, p.status_since,
  (select s.answer from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
    where s.case_id = c.id and s.actor_id = a.id and s.until is null and s.question in
      (select v.value from vocabulary v where v.field = 'question' and v.coloured and v.regime = c.regime)
    order by b.since desc, s.since desc limit 1) as stance,
  (select d.state from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
      left join decision_states d on d.event_id = s.statement_id and d.until is null and d.measures is null
    where s.case_id = c.id and s.actor_id = a.id and s.until is null and s.question in
      (select v.value from vocabulary v where v.field = 'question' and v.coloured and v.regime = c.regime)
    order by b.since desc, s.since desc limit 1) as decision_state
from cases c join proceedings p on p.case_id = c.id join actors a on a.id = p.authority_id
order by c.id, a.id
"""
"""Cases × authorities: a row where an authority has a proceeding; `stance` answers the regime's coloured question,
`decision_state` is what became of the decision that gives it: one that is annulled is no longer what stands."""

STANDS_TODAY = """
select e.case_id, e.id as event_id, e.actor_id, e.date, e.date_end, e.act, e.outcome, e.scope, e.reference, e.summary,
  m.kind as measure, m.provisional, m.from_day, m.until_day, m.amount, m.amount_max, m.currency, m.amount_eur, m.per,
  m.proposed, d.state, d.since as state_since, d.by_event_id
from events e left join measures m on m.event_id = e.id
  left join decision_states d on d.rowid = (
    select x.rowid from decision_states x where x.event_id = e.id and x.until is null
      and (x.measures is null or exists (select 1 from json_each(x.measures) n where n.value = m.kind))
    order by x.measures is null, x.since desc, x.rowid desc limit 1)
where e.act in ('decision', 'binding-decision', 'measure') and e.retracted is null and not e.context
  and coalesce(d.state, '') <> 'annulled'
  and not exists (select 1 from event_ends n where n.ended_id = e.id and n.answers is null)
order by e.case_id, e.date_end, e.position
"""
"""Decisions that stand, a row for each measure, in the measure's own state where it has one. Whether a measure's `until_day` is past, the reader's day decides."""

TO_LOOK_AT = f"""
select case_id, 'deadline-open' as reason, id as item, last_day_end as since, title as what, date(last_day_end, '+1 day') as from_day
from deadlines where outcome = 'open' and basis is not 'reckoned'
union all
select case_id, 'stated-and-reckoned-differ', id, last_day_end, title, null
from deadlines where reckoned_day < last_day or coalesce(reckoned_day_first, reckoned_day) > last_day_end
union all
select p.case_id, 'nothing-found', p.authority_id, {asked(END_OF_TIME)}, 'asked, and no public word or act known', null
from proceedings p where {nothing_found(END_OF_TIME)}
union all
select case_id, 'status-unchanged', coalesce(authority_id, country), max(since), status, date(max(since), '+1 year')
from statuses where until is null and open group by case_id, authority_id, country
union all
select case_id, 'single-source', id, date_end, summary, null from events where confidence = 'single-source' and retracted is null
union all
select case_id, 'single-source', id, date_end, summary, null from statements
where confidence = 'single-source' and retracted is null and event_id is null
union all
select c.case_id, 'single-source', c.id, c.filed_end, 'complaint of ' || group_concat(a.actor_id, ', '), null
from complaints c join complaint_actors a on a.complaint_id = c.id and a.role = 'complainant'
where c.confidence = 'single-source' group by c.case_id, c.id
union all
select case_id, 'no-official-source', id, date_end, summary, null from events e where retracted is null
  and not exists (select 1 from citations c join sources s on s.id = c.source_id
    where c.item_type = 'event' and c.item_id = e.id and s.kind in ('official', 'court'))
union all
select case_id, 'no-official-source', id, date_end, summary, null from statements e where retracted is null and event_id is null
  and not exists (select 1 from citations c join sources s on s.id = c.source_id
    where c.item_type = 'statement' and c.item_id = e.id and s.kind in ('official', 'court'))
union all
select case_id, 'no-quotation', id, date_end, summary, null from statements s where retracted is null and quote is null
  and exists (select 1 from answers a where a.statement_id = s.id)
union all
select k.id, 'not-archived', s.id, s.accessed, s.url, null from cases k
  cross join citations c on c.item_type in ('complaint', 'event', 'statement', 'deadline')
    and c.item_id >= k.id || '/' and c.item_id < k.id || '0'
  cross join sources s on s.id = c.source_id
where s.archived_url is null group by k.id, s.id
union all
select id, 'search-old', id, checked, iif(checked is null, 'no search is written down', 'day of the latest search'), date(checked, '+91 days') from cases
"""
FOLLOW_UP = f"{TO_LOOK_AT}order by 1, 2, 4, 3"
"""What an editor may want to look at again, and why (`reason`): `item` is what to look at, an entry, a complaint, a deadline, an
authority (or the country of an unknown one), a source or the case; `since` the day it goes back to. It is to be looked at from
`from_day` on, at once where that is null: `coalesce(from_day, :day) <= :day`."""

AUTHORITY_RECORD = record()
"""Per authority: complaints, days from filing to the first public act or word in a case (n of them, counted from its
publication; the median, the least and the most), cases with none yet, complaints still open."""


def views(questions: Iterable[str]) -> dict[str, str]:
    """Name → SELECT, in order of creation."""
    return {
        "standing": standing(questions, END_OF_TIME),
        "timeline": TIMELINE.strip(),
        "case_board": CASE_BOARD.strip(),
        "stands_today": STANDS_TODAY.strip(),
        "follow_up": FOLLOW_UP.strip(),
        "authority_record": AUTHORITY_RECORD,
    }
