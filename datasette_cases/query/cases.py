"""The list of cases: those that pass all filters and hold all words looked for, a page at a time, with what belongs to each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from . import case_sorts, counts
from .case_sorts import DEFAULT as DEFAULT
from .case_sorts import NOTHING_FOUND, TRANSLATED
from .case_sorts import SORTS as SORTS
from .deadlines import GROUPS, KNOWN
from .rows import Connection, Row, rows
from .standing import became, holds

TABLES = (
    "actors", "authorities", "case_respondents", "case_subjects", "case_titles", "case_topics", "cases", "complaints", "deadline_days", "deadlines", "decision_states",
    "event_actors", "events", "facets", "first_days", "nothing_found", "proceedings", "releases", "roles", "stances", "statement_actors", "statements", "translations", "vocabulary",
)  # fmt: skip

ASKED = """exists (select 1 from complaints q where q.case_id = p.case_id and q.authority_id is p.authority_id
    and (p.authority_id is not null or q.country is p.country) and q.filed_end <= :day)"""
"""Whether the authority of a proceeding was asked."""
FILTERS = {
    "regime": "+c.regime = :regime",
    "respondent": "exists (select 1 from case_respondents r where r.case_id = c.id and r.actor_id = :respondent)",
    "topic": "exists (select 1 from case_topics o where o.case_id = c.id and o.topic = :topic)",
    "authority": "exists (select 1 from proceedings p where p.case_id = c.id and p.authority_id = :authority)",
    "phase": """exists (select 1 from proceedings p where p.case_id = c.id and p.phase = :phase
      and (:authority is null or p.authority_id = :authority))""",
    "year": "+c.opened >= :year and +c.opened < :year || ':'",
}
"""Filter → its condition. With an authority, the phase is that of its own proceeding. `year`: in which the case was opened; no sign of a
date comes after the colon."""

OF_CASE = "{} n cross join cases c on c.id = n.case_id"
FOUND = {
    "regime": ("cases c", "c.regime = :regime"),
    "respondent": (OF_CASE.format("case_respondents"), "n.actor_id = :respondent"),
    "topic": (OF_CASE.format("case_topics"), "n.topic = :topic"),
    "authority": (OF_CASE.format("proceedings"), "n.authority_id = :authority"),
    "phase": (OF_CASE.format("(select distinct case_id from proceedings where phase = :phase)"), "1"),
    "year": ("cases c", "c.opened >= :year and c.opened < :year || ':'"),
}
"""Filter → where the cases that pass it are found, and the condition there."""

WORD = """(c.rowid in (select rowid from cases_fts where cases_fts match :{word})
    or c.id in (select t.case_id from translations_fts f join translations t on t.rowid = f.rowid
      where f.translations_fts match :{word} and t.language = :language and t.item_type = 'case')
    or c.id in (select r.case_id from actors_fts f join actors a on a.rowid = f.rowid join case_respondents r on r.actor_id = a.id
      where f.actors_fts match :{word}))"""
"""A word stands in the title or summary, in either of them in the reader's language, or in the name of a respondent."""
IN_ONE = """(+c.rowid in (select rowid from cases_fts where cases_fts match :{word})
    or exists (select 1 from translations t where t.case_id = c.id and t.language = :language and t.item_type = 'case'
      and +t.rowid in (select rowid from translations_fts where translations_fts match :{word}))
    or exists (select 1 from case_respondents r join actors a on a.id = r.actor_id where r.case_id = c.id
      and +a.rowid in (select rowid from actors_fts where actors_fts match :{word})))"""
"""The same of a case that is looked at, as in `FILTERS`; by what stands above it is found."""

HEAD = f"""select n.key as place, c.id, c.title, c.regime, c.opened, c.opened_precision, c.opened_end, c.last_act, c.last_act_precision, c.last_act_end,
  c.checked, c.total_complaints, {TRANSLATED} as translated
from json_each(:ids) n cross join cases c on c.id = n.value order by n.key"""

OF = "in (select value from json_each(:ids))"
PARTS = {
    "respondents": f"""select r.case_id, a.id, a.short_name as name from case_respondents r join actors a on a.id = r.actor_id
      where r.case_id {OF} order by r.rowid""",
    "topics": f"select case_id, topic from case_topics where case_id {OF} order by rowid",
    "authorities": f"""select a.id, a.kind, a.short_name, a.country, u.region, coalesce((
        select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :language), a.name) as name
      from actors a left join authorities u on u.id = a.id where a.id in (select authority_id from proceedings where case_id {OF})""",
    "strip": f"""with coloured as (select regime, value as question from vocabulary where field = 'question' and coloured and language = 'en')
      select * from (select p.case_id, p.authority_id, p.country, p.status, p.phase, s.question, s.answer, {became("s", ":day")} as state,
        exists (select 1 from roles r where r.case_id = p.case_id and r.authority_id = p.authority_id
          and r.role in ('lead', 'presumed-lead') and {holds("r", ":day")}) as leads,
        exists (select 1 from roles r where r.case_id = p.case_id and r.authority_id = p.authority_id and {holds("r", ":day")}) as has_role,
        {ASKED} as asked, coalesce({NOTHING_FOUND}, 0) as nothing_found
      from proceedings p join cases c on c.id = p.case_id left join coloured v on v.regime = c.regime
        left join stances s on s.rowid = (
          select s.rowid from stances s left join case_subjects b on b.case_id = s.case_id and b.id = s.subject
          where s.case_id = p.case_id and s.actor_id = p.authority_id and s.question = v.question and {holds("s", ":day")}
          order by b.since desc, s.since desc, s.rowid desc limit 1)
        left join first_days f on f.case_id = p.case_id and f.authority_id = p.authority_id
      where p.case_id {OF}) where has_role or asked or status is not null""",
    "decided": f"""select e.case_id, x.actor_id, max(e.scope is null) as whole from events e join event_actors x on x.event_id = e.id
        join actors a on a.id = x.actor_id
      where e.case_id {OF} and e.act in ('decision', 'binding-decision') and a.kind = 'authority' and e.date_end <= :day
        and e.retracted is null and not e.context and not exists (
          select 1 from decision_states d where d.event_id = e.id and d.measures is null and d.state = 'annulled' and {holds("d", ":day")})
      group by e.case_id, x.actor_id""",
}
"""What belongs to the cases of a page. `decided`: authorities with a decision that was not annulled; `whole`: it decides everything."""

DUE = f"""select k.id, k.case_id, k.kind, k.title, k.last_day, k.last_day_precision, k.last_day_end, k.reckoned_day, k.reckoned_day_first,
  k.day_end, c.title as case_title, {TRANSLATED} as case_translated
from known k cross join cases c on c.id = k.case_id where k.day_end >= :day and k.state = 'due' and {{where}} order by k.day_end, k.case_id, k.position"""
"""What is due on a day that is known, the nearest first."""
NEAREST = 3

MATCHING = "with matching as (select c.id from {found})"
COUNTED = {
    "regime": "select c.regime as value, c.regime as label, count(*) as number from cases c where c.id in matching group by 1",
    "respondent": """select r.actor_id as value, a.short_name as label, count(*) as number
      from case_respondents r join actors a on a.id = r.actor_id where r.case_id in matching group by 1""",
    "topic": "select o.topic as value, o.topic as label, count(*) as number from case_topics o where o.case_id in matching group by 1",
    "authority": """select p.authority_id as value, coalesce(u.region, a.country, '') as place, a.short_name as label,
        count(distinct p.case_id) as number
      from proceedings p join actors a on a.id = p.authority_id left join authorities u on u.id = a.id
      where p.case_id in matching and (:phase is null or p.phase = :phase) group by 1""",
    "phase": """select p.phase as value, p.phase as label, count(distinct p.case_id) as number from proceedings p
      where p.phase is not null and p.case_id in matching and (:authority is null or p.authority_id = :authority) group by 1""",
    "year": """select substr(c.opened, 1, 4) as value, substr(c.opened, 1, 4) as label, count(*) as number
      from cases c where c.opened is not null and c.id in matching group by 1""",
}
"""Filter → its values and how many cases each would show beside the other filters."""
FACETS = [
    f"select 'cases', '{name}', value, number from ({sql.replace(' in matching', ' is not null').replace(':phase', 'null').replace(':authority', 'null')})"
    for name, sql in COUNTED.items()
] + ["select 'cases', 'total', '', count(*) from cases"]
"""For the build: how many cases there are, by each value of each filter."""

IDS = {
    "regime": "select regime as id from cases",
    "respondent": "select actor_id as id from case_respondents",
    "topic": "select topic as id from case_topics",
    "authority": "select id from authorities",
    "phase": "select value as id from vocabulary where field = 'phase'",
}
"""Filter → the values it knows."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the list. `words`: each has to be found; `last`: the last case of the page before, null for the first."""

    filters: Mapping[str, str]
    words: tuple[str, ...] = ()
    sort: str = DEFAULT
    descending: bool = True
    last: Optional[str] = None

    @property
    def narrows(self) -> bool:
        return bool(self.filters or self.words)

    def where(self, without: Optional[str] = None) -> str:
        """The condition of a case `c`; but for one filter, to count what that could be set to."""
        wanted = [FILTERS[name] for name in self.filters if name != without]
        return " and ".join([*wanted, *(IN_ONE.format(word=name) for name in self._words())]) or "1"

    def found(self, first: Optional[str], without: Optional[str] = None) -> str:
        """The same as what stands behind FROM, for few: they are found by one filter, or by their words."""
        source, condition = FOUND[first] if first else ("cases c", "1")
        wanted = [condition, *(FILTERS[name] for name in self.filters if name not in (first, without))]
        return f"{source} where {' and '.join([*wanted, *(WORD.format(word=name) for name in self._words())])}"

    def bound(self) -> dict[str, Any]:
        return {"authority": None, "phase": None, **self.filters, **self._words()}

    def _words(self) -> dict[str, str]:
        """Parameter → what full-text search understands: words that begin so, whatever signs are in them."""
        quoted = [word.replace('"', '""') for word in self.words]
        return {f"word{place}": f'"{word}"*' for place, word in enumerate(quoted)}


@dataclass(frozen=True)
class Whole:
    """What does not depend on what is asked. `nearest`: the next deadlines of all cases; `passed`: how many are over with nothing
    known; `total`, `counted`: how many cases there are, and of each filter its values and numbers."""

    nearest: list[Row]
    passed: int
    total: int
    counted: dict[str, list[Row]]
    released: Optional[str]


@dataclass(frozen=True)
class CaseListRows:
    """`cases` in their order; `parts` belong to them; `due`: the next deadlines of these cases. `total`, `counted`: as of the whole,
    of what is asked; a number is None where there is too much to count."""

    day: str
    cases: list[Row]
    parts: dict[str, list[Row]]
    due: list[Row]
    total: Optional[int]
    counted: dict[str, list[Row]]
    whole: Whole


def whole(db: Connection, day: str, language: str) -> Whole:
    return Whole(
        rows(db, KNOWN + DUE.format(where="1") + f" limit {NEAREST}", day=day, language=language),
        next((row["number"] for row in rows(db, GROUPS, day=day, actor="") if row["value"] == "passed"), 0),
        counts.number(db, "cases", "total"),
        {name: counts.everything(db, "cases", name, language) for name in COUNTED},
        rows(db, "select max(released) as released from releases")[0]["released"],
    )


def read(db: Connection, day: str, language: str, asked: Asked, whole: Whole, size: int = -1, count: bool = True) -> CaseListRows:
    """At most `size` cases (-1: all). `count`: with the values of the filters."""
    bound = {"day": day, "language": language, **asked.bound()}
    there_are = total(db, day, language, asked) if asked.narrows else whole.total
    few = asked.narrows and there_are is not None and there_are <= counts.MOST_COUNTED
    found = asked.found(rarest(db, asked)) if few else None
    ids = json.dumps(case_sorts.page(db, asked.sort, asked.descending, bound, asked.where(), found, asked.last, size))
    return CaseListRows(
        day,
        rows(db, HEAD, ids=ids, language=language),
        {part: rows(db, sql, ids=ids, day=day, language=language) for part, sql in PARTS.items()},
        rows(db, KNOWN + DUE.format(where=f"k.case_id {OF}"), ids=ids, day=day, language=language),
        there_are,
        counted(db, day, language, asked, there_are) if asked.narrows and count else whole.counted,
        whole,
    )


def total(db: Connection, day: str, language: str, asked: Asked) -> Optional[int]:
    """How many pass; of a single filter the build has counted it. None: more than are counted."""
    return number(db, {"day": day, "language": language, **asked.bound()}, asked)


def counted(db: Connection, day: str, language: str, asked: Asked, there_are: Optional[int]) -> dict[str, list[Row]]:
    """With an authority, phases are of its own proceedings; authorities are counted as if none was asked for. `there_are`: how many pass."""
    bound = {"day": day, "language": language, **asked.bound(), "most": counts.MOST_VALUES}
    found: dict[str, list[Row]] = {}
    numbers = {asked.where(): there_are}
    for name in COUNTED:
        where, own = asked.where(without=name), {**bound, name: None}
        if where == "1":
            found[name] = counts.everything(db, "cases", name, language)
            continue
        if where not in numbers:
            numbers[where] = number(db, own, asked, name)
        few = numbers[where]
        if few is None or few > counts.MOST_COUNTED:
            found[name] = counts.unnumbered(counts.everything(db, "cases", name, language))
        else:
            found[name] = rows(db, counting(name, asked.found(rarest(db, asked, name), name)), **own)
    return found


def number(db: Connection, bound: Mapping[str, Any], asked: Asked, without: Optional[str] = None) -> Optional[int]:
    """How many pass, but for one filter; None: more than are counted."""
    left = {name: value for name, value in asked.filters.items() if name != without}
    if len(left) == 1 and not asked.words:
        ((name, value),) = left.items()
        return counts.number(db, "cases", name, value)
    return counts.at_most(db, f"select 1 from {asked.found(rarest(db, asked, without), without)}", bound)


def rarest(db: Connection, asked: Asked, without: Optional[str] = None) -> Optional[str]:
    """The filter by which cases are found: that which fewest pass. Words find them without; a phase is one of an authority, if one is asked for."""
    left = [] if asked.words else [name for name in asked.filters if name != without]
    return min(
        [name for name in left if name != "phase"] or left,
        key=lambda name: counts.number(db, "cases", name, asked.filters[name]),
        default=None,
    )


def counting(name: str, found: str) -> str:
    return f"{MATCHING.format(found=found)} {COUNTED[name]} order by number desc, label limit :most"


def has(db: Connection, case: str, day: str, language: str, asked: Asked) -> bool:
    """Whether a case is on the list."""
    bound = {"day": day, "language": language, **asked.bound()}
    return bool(rows(db, f"select 1 from cases c where c.id = :case and {asked.where()}", **bound, case=case))


def knows(db: Connection, name: str, value: str) -> bool:
    """Whether a filter can be this."""
    return bool(rows(db, f"select 1 from ({IDS[name]}) where id = :value limit 1", value=value))


def ids(db: Connection, name: str) -> list[str]:
    """What a filter can be."""
    return [row["id"] for row in rows(db, f"select distinct id from ({IDS[name]}) order by 1")]


NUMBERS = """select c.id, c.total_complaints as complaints, s.authorities_asked, s.nothing_found
from cases c left join (
  select case_id, sum(complaints_open + complaints_closed > 0) as authorities_asked, sum(nothing_found) as nothing_found
  from standing group by case_id) s on s.case_id = c.id
order by c.last_act_end desc, c.id desc"""
"""The numbers that the list states, of every case, as anybody can ask for them."""
