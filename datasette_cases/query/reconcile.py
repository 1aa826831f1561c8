"""What other people's lists are matched with: all authorities with all their names, and the cases that a text may mean."""

from __future__ import annotations

from typing import Optional

from .rows import Connection, Row, rows
from .search import terms

TABLES = ("authorities", "cases", "cases_fts", "translations", "translations_fts")
MOST = 20
"""Cases that are looked at for one text."""
MOST_WORDS = 6

AUTHORITIES = """select id, name, short_name, country, region, website,
    (select json_group_array(json_extract(n.value, '$.name')) from json_each(a.names) n) as names,
    (select json_group_array(json_extract(n.value, '$.name')) from json_each(a.former_names) n) as former
  from authorities a order by id"""

CASES = """select c.id, c.title, c.regime, c.opened,
    (select json_group_array(t.text) from translations t where t.case_id = c.id and t.item_type = 'case' and t.field = 'title') as titles
  from cases c
  where c.id = :text
    or c.rowid in (select rowid from cases_fts where cases_fts match '{title} : (' || :match || ')' order by rank limit :most)
    or c.id in (select t.case_id from translations_fts f join translations t on t.rowid = f.rowid
      where f.translations_fts match :match and t.item_type = 'case' and t.field = 'title' order by f.rank limit :most)
  order by c.id"""

ADDRESS = """select 'authority' as type from authorities where id = :id
  union all select 'case' from cases where id = :id limit 1"""


def authorities(db: Connection) -> list[Row]:
    """`names`, `former`: JSON lists."""
    return rows(db, AUTHORITIES)


def cases(db: Connection, text: str) -> list[Row]:
    """Cases whose title, also in translation, has all words of a text; where there are none, those with any of its longest."""
    asked = [f'"{term}"' for term in terms(text.replace('"', " "))]
    if not asked:
        return []
    found = rows(db, CASES, text=text, match=" ".join(asked), most=MOST)
    longest = sorted(asked, key=len, reverse=True)[:MOST_WORDS]
    return found or rows(db, CASES, text=text, match=" OR ".join(longest), most=MOST)


def type_of(db: Connection, id: str) -> Optional[str]:
    """Whether an id is an authority's or a case's."""
    found = rows(db, ADDRESS, id=id)
    return found[0]["type"] if found else None
