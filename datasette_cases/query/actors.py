"""Everybody in the record: authorities, parties, courts, boards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from .authorities import NAME, RELEASED
from .rows import Connection, Row, rows

TABLES = ("actors", "authorities", "releases", "vocabulary")

FILTERS = {"kind": "a.kind = :kind", "country": "a.country = :country"}
"""Filter → its condition."""

ACTORS = f"""
select a.id, a.kind, {NAME.replace("u.name)", "a.name)")} as name, a.short_name, coalesce(u.name_native, a.name_native) as name_native, a.country,
  u.region, a.website, coalesce((select json_extract(n.value, '$.language') from json_each(u.names) n limit 1), a.language) as native_language
from actors a left join authorities u on u.id = a.id
where {{where}} and (:last is null or (a.name, a.id) > (select name, id from actors where id = :last))
order by a.name, a.id limit :size
"""
"""By the English name, whatever the reader's language. `:last` is the last of the page before, null for the first page."""
TOTAL = "select count(*) as number from actors a where {where}"
COUNTED = "select {column} as value, count(*) as number from actors a where {where} and {column} is not null group by 1 order by 2 desc, 1"
COUNTRIES = "select distinct country as id from actors where country is not null"


@dataclass(frozen=True)
class ActorsRows:
    """`counted`: by filter, how many there would be with each of its values beside the other filter."""

    total: int
    actors: list[Row]
    counted: dict[str, list[Row]]
    released: Optional[str]


def read(db: Connection, language: str, filters: Mapping[str, str], size: int, last: Optional[str] = None) -> ActorsRows:
    """At most `size` actors after `last`."""
    counted = {
        name: rows(
            db, COUNTED.format(column=f"a.{name}", where=where({other: filters[other] for other in filters if other != name})), **filters
        )
        for name in FILTERS
    }
    total = rows(db, TOTAL.format(where=where(filters)), **filters)[0]["number"]
    found = rows(db, ACTORS.format(where=where(filters)), **filters, language=language, size=size, last=last)
    return ActorsRows(total, found, counted, rows(db, RELEASED)[0]["released"])


def where(filters: Mapping[str, str]) -> str:
    return " and ".join(FILTERS[name] for name in filters) or "1"


def has(db: Connection, actor: str, filters: Mapping[str, str]) -> bool:
    """Whether somebody is on the list."""
    return bool(rows(db, f"select 1 from actors a where a.id = :actor and {where(filters)}", actor=actor, **filters))


def knows(db: Connection, name: str, value: str) -> bool:
    """Whether anybody is of this country."""
    return bool(rows(db, f"select 1 from ({COUNTRIES}) where id = :value", value=value))


def ids(db: Connection, name: str) -> list[str]:
    """All countries that somebody is of."""
    return [row["id"] for row in rows(db, COUNTRIES + " order by 1")]
