"""What changed from release to release, the newest first, and what is there now of that which changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterable, Mapping, Optional

from . import counts
from .rows import Connection, Row, rows

TABLES = (
    "actors", "answers", "authorities", "case_respondents", "case_subjects", "cases", "changes", "complaint_actors", "complaints",
    "deadline_actors", "deadlines", "decision_states", "earlier_rows", "event_actors", "events", "key_days", "measures", "proceedings",
    "releases", "roles", "searches", "sources", "statement_actors", "statements", "statuses", "translations", "vocabulary",
)  # fmt: skip
"""What is read, and that of which a change tells values."""

IN_CASES = (
    "case_subjects", "key_days", "searches", "translations", "roles", "complaints", "events", "measures", "decision_states", "statements",
    "answers", "deadlines",
)  # fmt: skip
"""Tables whose items belong to a case: `<table>/<case>/…`."""
IN_CASES_JSON = json.dumps(IN_CASES)

OF_CASE = f"""select y.rowid from changes y where y.item = 'cases/' || :case
  union all select y.rowid from json_each('{IN_CASES_JSON}') p
    cross join changes y on y.item >= p.value || '/' || :case || '/' and y.item < p.value || '/' || :case || '0'"""
OF_AUTHORITY = """select y.rowid from (
    select 'events/' || event_id as item from event_actors where actor_id = :authority
    union all select 'measures/' || event_id from event_actors where actor_id = :authority
    union all select 'decision_states/' || event_id from event_actors where actor_id = :authority
    union all select 'statements/' || statement_id from statement_actors where actor_id = :authority
    union all select 'answers/' || statement_id from statement_actors where actor_id = :authority
    union all select 'deadlines/' || deadline_id from deadline_actors where actor_id = :authority
    union all select 'complaints/' || id from complaints where authority_id = :authority
    union all select 'complaints/' || complaint_id from statuses where authority_id = :authority
    union all select 'roles/' || case_id || '/' || authority_id from roles where authority_id = :authority
    union all select 'complaints/' || complaint_id from complaint_actors where actor_id = :authority
    union all select iif("table" = 'event_actors', 'events/', 'deadlines/') || coalesce(json_extract(row, '$.event_id'), json_extract(row, '$.deadline_id'))
      from earlier_rows where "table" in ('event_actors', 'deadline_actors') and json_extract(row, '$.actor_id') = :authority
    union all select 'statements/' || json_extract(row, '$.statement_id')
      from earlier_rows where "table" = 'statement_actors' and json_extract(row, '$.actor_id') = :authority
    union all select 'actors/' || :authority union all select 'authorities/' || :authority) p
  cross join changes y on y.item >= p.item and y.item < p.item || '0' and (y.item = p.item or y.item >= p.item || '/')
  union all select y.rowid from proceedings p cross join changes y on y.item = 'cases/' || p.case_id
    where p.authority_id = :authority and y.kind = 'new'
  union all select y.rowid from case_respondents p cross join changes y on y.item = 'cases/' || p.case_id
    where p.actor_id = :authority and y.kind = 'new'"""
"""What it did, said or has to do, also where that is no longer there; what was asked of it, or complained of, or it complained of; and
cases it is in that are new."""

FILTERS = {
    "case": f"x.rowid in ({OF_CASE})",
    "authority": f"x.rowid in ({OF_AUTHORITY})",
    "actor": f"x.rowid in ({OF_AUTHORITY.replace(':authority', ':actor')})",
    "kind": "x.kind = :kind",
    "since_release": "x.release_id >= cast(:since_release as integer)",
    "since_day": "x.release_id >= (select min(id) from releases where released >= :since_day)",
}
"""Filter → its condition. A release that is named, or of a day that is named, is among those since."""
AFTER = """x.release_id <= (select release_id from changes where rowid = :last)
  and (x.release_id < (select release_id from changes where rowid = :last) or x.rowid > :last)"""
LISTED = """select x.rowid as number, x.release_id, (select released from releases where id = x.release_id) as released,
  x.item, x."column", x.old, x.new, x.kind, x.reason
from changes x where {where} order by x.release_id desc, x.rowid limit :size
"""
"""A release was written case by case, then what all cases share: so it is read."""

SHARED = ("actors", "authorities", "sources")
IDS = {
    "case": """select id from cases union
      select substr(item, 7) from changes where item >= 'cases/' and item < 'cases0' and kind = 'retracted' and "column" is null""",
    "authority": "select id from authorities",
    "actor": "select id from actors",
}
"""Filter → the ids it knows: a case that is gone has changes too."""
CASE_TITLE = """coalesce(c.title, (select y.old from changes y where y.item = 'cases/' || n.id and y.kind = 'retracted' order by y.rowid desc limit 1))"""
TRANSLATED = "translations t on t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.field = 'title'"
COUNTED = {
    "case": f"""select * from (
        select n.id as value, coalesce(t.text, {CASE_TITLE}, n.id) as label,
          (select count(*) from changes x where x.item = 'cases/' || n.id and {{where}})
          + (select count(*) from json_each('{IN_CASES_JSON}') p
            cross join changes x on x.item >= p.value || '/' || n.id || '/' and x.item < p.value || '/' || n.id || '0' where {{where}}) as number
        from ({IDS["case"]}) n left join cases c on c.id = n.id left join {TRANSLATED})
      where number""",
    "kind": "select x.kind as value, x.kind as label, count(*) as number from changes x where {where} group by 1",
}
"""Filter → its values and how many changes each would show beside the other filters."""
RELEASES = (
    """select r.id, r.released, (select count(*) from changes x where x.release_id = r.id) as number from releases r order by r.id desc"""
)
AUTHORITIES = """select a.id as value, p.short_name as label from authorities a join actors p on p.id = a.id
  where exists (select 1 from proceedings q where q.authority_id = a.id) order by label, value"""
MOST_VALUES = 200

OF = "in (select value from json_each(:ids))"
PARTS = {
    "cases": f"""select n.value as id, {CASE_TITLE.replace("n.id", "n.value")} as title, t.text as translated, c.id is not null as there
      from json_each(:cases) n left join cases c on c.id = n.value left join {TRANSLATED}""",
    "entries": f"""select id, date, date_precision, date_end from events where id {OF}
      union select id, date, date_precision, date_end from statements where id {OF}""",
    "complaints": f"""select id, filed as date, filed_precision as date_precision, filed_end as date_end, authority_id, country
      from complaints where id {OF}""",
    "deadlines": f"select id, title from deadlines where id {OF}",
    "sources": "select id, url from sources where id in (select value from json_each(:ids))",
    "by": f"""select event_id as item_id, actor_id from (select event_id, actor_id, rowid as place from event_actors where event_id {OF}
        union all select statement_id, actor_id, rowid from statement_actors
          where statement_id {OF} and statement_id not in (select id from events)) order by place""",
    "gone": """select x.item, x.kind from changes x where x.item in (select value from json_each(:items)) and x."column" is null
      and x.kind in ('new', 'retracted') order by x.rowid""",
}
"""What is there of the things that changed. `gone`: when each came and went; the last of them tells."""
PAST = ("events", "statements", "complaints", "deadlines")
PAST_ROWS = f"""select e."table", e.row from earlier_rows e where e.case_id in (select value from json_each(:cases))
    and e."table" in (select value from json_each(:tables)) and e.row is not null
    and coalesce(json_extract(e.row, '$.id'), json_extract(e.row, '$.event_id'), json_extract(e.row, '$.statement_id')) {OF}
  order by e.release_id, e.rowid"""
"""What is no longer there, as it stood; the last of them tells."""
ACTORS = f"""select a.id, a.kind, a.short_name, a.country, u.region, coalesce((
    select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :language), a.name) as name
  from actors a left join authorities u on u.id = a.id where a.id {OF}"""

PEOPLE = {
    "authority_id", "handled_by_id", "actors", "addressees", "complainants", "respondents", "affects", "authorities",
}  # fmt: skip
"""Columns that name actors."""


@dataclass(frozen=True)
class ChangeRows:
    """`changes` in their order; `parts`: what is there of them; `counted`: of each filter its values; `releases`: all, newest first."""

    changes: list[Row]
    parts: dict[str, list[Row]]
    actors: list[Row]
    counted: dict[str, list[Row]]
    authorities: list[Row]
    releases: list[Row]


def read(
    db: Connection, language: str, filters: Mapping[str, str], size: int, last: Optional[int] = None, count: bool = False
) -> ChangeRows:
    """At most `size` changes that pass all filters, after the change `last`. `count`: with the values of the filters."""
    found = rows(db, LISTED.format(where=where(filters, last)), **filters, size=size, last=last)
    names = [split(row["item"]) for row in found]
    bound = {
        "language": language,
        "items": json.dumps([row["item"] for row in found]),
        "cases": json.dumps(sorted({case for _, case, _ in names if case})),
        "ids": json.dumps(sorted({f"{case}/{name}" if case else name for _, case, name in names})),
    }
    parts = {part: rows(db, sql, **{name: value for name, value in bound.items() if f":{name}" in sql}) for part, sql in PARTS.items()}
    parts["past"], past_by = _past(db, bound)
    there = {row["item_id"] for row in parts["by"]}
    parts["by"] += [row for row in past_by if row["item_id"] not in there]
    people = rows(db, ACTORS, language=language, ids=json.dumps(sorted(_people(found, parts))))
    counts = counted(db, language, filters) if count else {}
    return ChangeRows(found, parts, people, counts, rows(db, AUTHORITIES) if count else [], rows(db, RELEASES))


def _past(db: Connection, bound: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """The rows of things as they stood, and who acted or spoke."""
    wanted = {"cases": bound["cases"], "ids": bound["ids"]}
    found = [
        {**json.loads(row["row"]), "table": row["table"]}
        for row in rows(db, PAST_ROWS, **wanted, tables=json.dumps([*PAST, "event_actors", "statement_actors"]))
    ]
    by = {(row.get("event_id") or row["statement_id"], row["actor_id"]): None for row in found if row["table"] not in PAST}
    return [row for row in found if row["table"] in PAST], [{"item_id": item, "actor_id": actor} for item, actor in by]


def split(item: str) -> tuple[str, Optional[str], str]:
    """Table, case and the name in it: `events/plan/x` is x of the case plan; what all cases share has no case."""
    table, _, rest = item.partition("/")
    if table in SHARED:
        return table, None, rest
    case, _, inner = rest.partition("/")
    return table, case, inner.partition("/")[0]


def named(column: Optional[str], text: Optional[str]) -> list[str]:
    """The actors that a value names."""
    if column not in PEOPLE or not text:
        return []
    return list(json.loads(text)) if text.startswith("[") else [text]


def _people(found: Iterable[Row], parts: Mapping[str, list[Row]]) -> set[str]:
    ids = {row["actor_id"] for row in parts["by"]}
    ids |= {row["authority_id"] for row in (*parts["complaints"], *parts["past"]) if row.get("authority_id")}
    for row in found:
        table, _, name = split(row["item"])
        if table in ("actors", "authorities", "roles"):
            ids.add(name)
        if table == "answers" and row["column"]:
            ids.add(row["column"].partition(" about ")[2])
        for text in (row["old"], row["new"]):
            ids.update(named(row["column"], text))
            if table == "complaints" and row["column"] is None and text:
                ids.add(text.partition(", ")[0])
    return ids


def counted(db: Connection, language: str, filters: Mapping[str, str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for name, sql in COUNTED.items():
        if name == "case" and counts.at_most(db, "select 1 from cases", {}) is None:
            found[name] = []  # each would have to be looked for
            continue
        others = {other: value for other, value in filters.items() if other != name}
        bound = {**others, **({"language": language} if ":language" in sql else {})}
        found[name] = rows(db, sql.format(where=where(others)) + " order by number desc, label limit :most", **bound, most=MOST_VALUES)
    return found


def where(filters: Iterable[str], last: Optional[int] = None) -> str:
    return " and ".join([*(FILTERS[name] for name in filters), *([AFTER] if last is not None else [])]) or "1"


def has(db: Connection, change: int, filters: Mapping[str, str]) -> bool:
    """Whether a change is on the list."""
    return bool(rows(db, f"select 1 from changes x where x.rowid = :change and {where(filters)}", change=change, **filters))


def knows(db: Connection, name: str, value: str) -> bool:
    """Whether a filter can be this id."""
    return bool(rows(db, f"select 1 from ({IDS[name]}) where id = :value limit 1", value=value))


def ids(db: Connection, name: str) -> list[str]:
    """What a filter can be."""
    return [row["id"] for row in rows(db, IDS[name] + " order by 1")]
