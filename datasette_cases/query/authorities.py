"""All authorities, and where each stands: in one case, or wherever its latest proceeding is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from . import stances
from .rows import Connection, Row, rows
from .standing import holds, standing

TABLES = (
    "actors", "authorities", "case_subjects", "cases", "citations", "complaints", "decision_states", "event_actors", "events", "facets", "proceedings",
    "releases", "roles", "searches", "sources", "stances", "statement_actors", "statements", "statuses", "translations", "vocabulary",
)  # fmt: skip

NAME = """coalesce((select json_extract(n.value, '$.name') from json_each(u.names) n
    where json_extract(n.value, '$.language') = :language), u.name)"""
"""The name of an authority `u` in the reader's language, if it has one of its own in it."""

AUTHORITIES = f"""
select u.id, {NAME} as name, u.name_native, (select json_extract(n.value, '$.language') from json_each(u.names) n limit 1) as native_language,
  u.short_name, a.kind, u.country, u.region, u.level, u.latitude, u.longitude,
  coalesce((select f.number from facets f where f.list = 'cases' and f.facet = 'authority' and f.value = u.id), 0) as cases
from authorities u join actors a on a.id = u.id
order by u.country is not null, u.country, u.level = 'regional', u.rowid
"""
LATEST = f"""
select u.id as authority_id, v.case_id, v.status, v.phase, v.since as status_since, c.title, t.text as translated
from authorities u join statuses v on v.rowid = (
    select s.rowid from statuses s where s.authority_id = u.id and {holds("s", ":day")} order by s.since desc, s.rowid desc limit 1)
  join cases c on c.id = v.case_id
  left join translations t on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title'
"""
"""Of all the proceedings of an authority, the one that moved last."""
CASES = """
select c.id, c.title, c.regime, c.checked, (select t.text from translations t
    where t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.item_id = c.id and t.field = 'title') as translated
from cases c
"""
LAST = f"select * from ({CASES} order by c.last_act_end desc, c.id desc limit :most)"
ONE = f"{CASES} where c.id = :case"
MOST = 100
"""Cases that one can choose among: those with the latest acts."""
RELEASED = "select max(released) as released from releases"


@dataclass(frozen=True)
class AuthoritiesRows:
    """`standing`: in the case, or the latest proceeding; `stances`: in the case. `cases`: what can be chosen."""

    day: str
    authorities: list[Row]
    standing: list[Row]
    stances: list[Row]
    cases: list[Row]
    case: Optional[Row]
    released: Optional[str]


def read(db: Connection, day: str, language: str, case: Optional[str] = None) -> AuthoritiesRows:
    """As of a day; in a case that there is, or in none."""
    chosen = rows(db, ONE, case=case, language=language) if case else []
    if case:
        stands = rows(db, standing((), ":day", "p.case_id = :case and p.authority_id is not null"), case=case, day=day)
        held = stances.read(db, "s.case_id = :case", day, language, case=case)
    else:
        stands, held = rows(db, LATEST, day=day, language=language), []
    return AuthoritiesRows(
        day, rows(db, AUTHORITIES, language=language), stands, held, rows(db, LAST, language=language, most=MOST), chosen[0] if chosen else None,
        rows(db, RELEASED)[0]["released"],
    )  # fmt: skip
