"""What a database says, as items with columns: `<table>/<id>` → column → value. Two such snapshots can be compared.

What an editor wrote and what follows from it are read apart. A case is read at a time.
"""

from __future__ import annotations

import json
from typing import Any, Iterator, Mapping, Optional

from .rows import Connection, Row, rows

Items = dict[str, dict[str, Any]]
"""A value is a text, a number, nothing, or a tuple of texts."""

FOLLOWS = ("receiving", "spoke-only", "board")
"""Roles that follow from complaints and words; one with a note was written."""

WRITTEN = {
    "cases": "select 'cases/' || id as item, * from cases where id = :case",
    "case_subjects": "select 'case_subjects/' || case_id || '/' || id as item, * from case_subjects where case_id = :case order by since, id",
    "key_days": "select 'key_days/' || case_id || '/' || date as item, * from key_days where case_id = :case order by date",
    "searches": "select 'searches/' || case_id || '/' || date as item, * from searches where case_id = :case order by date, rowid",
    "translations": """select 'translations/' || case_id || '/' || language || '/' || item_type || '/' || item_id || '/' || field as item, *
      from translations where case_id = :case order by language, item_type, item_id, field""",
    "roles": f"""select 'roles/' || case_id || '/' || authority_id || '/' || role as item, * from roles
      where case_id = :case and (role not in {FOLLOWS} or note is not null) order by authority_id, role, since""",
    "complaints": """select 'complaints/' || id as item, *, iif(authority_id is null, country, null) as country
      from complaints where case_id = :case order by filed_end, position""",
    "events": "select 'events/' || id as item, * from events where case_id = :case order by date_end, position",
    "measures": """select 'measures/' || m.event_id || '/' || m.kind as item, m.*, iif(m.from_day = e.date_end, null, m.from_day) as from_day, 'events/' || m.event_id as parent
      from events e join measures m on m.event_id = e.id where e.case_id = :case order by e.date_end, e.position, m.rowid""",
    "decision_states": """select 'decision_states/' || d.event_id || '/' || substr(d.by_event_id, instr(d.by_event_id, '/') + 1) as item, d.state, d.measures, d.by_event_id as parent_id
      from events e join decision_states d on d.event_id = e.id where e.case_id = :case order by e.date_end, e.position, d.since, d.rowid""",
    "statements": """select 'statements/' || id as item, *, 'events/' || event_id as parent
      from statements where case_id = :case order by date_end, position""",
    "deadlines": """select 'deadlines/' || id as item, *, iif(start_event_id is null and complaint_id is null, start_day, null) as start_day
      from deadlines where case_id = :case and not instr(id, '--') order by coalesce(last_day_end, reckoned_day), position""",
}  # fmt: skip
"""`parent`: with it an item comes and goes. What follows from another column of what was written is left out, and so are the
deadlines that the law adds to complaints."""

ENDED = "ended_id || coalesce(' ' || a.answers, '')"
"""What is ended, and which of its answers where not all."""

LISTS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "respondents": (
        ("cases", "case_respondents", "case_id", "actor_id", ""),
        ("complaints", "complaint_actors", "complaint_id", "actor_id", "a.role = 'respondent'"),
        ("events", "event_respondents", "event_id", "actor_id", ""),
        ("statements", "event_respondents", "event_id", "actor_id", "x.event_id is null"),
    ),
    "topics": (("cases", "case_topics", "case_id", "topic", ""),),
    "complainants": (("complaints", "complaint_actors", "complaint_id", "actor_id", "a.role = 'complainant'"),),
    "actors": (
        ("events", "event_actors", "event_id", "actor_id", ""),
        ("statements", "statement_actors", "statement_id", "actor_id", "x.event_id is null"),
        ("deadlines", "deadline_actors", "deadline_id", "actor_id", "a.role = 'actor'"),
    ),
    "addressees": (
        ("events", "event_addressees", "event_id", "actor_id", ""),
        ("statements", "event_addressees", "event_id", "actor_id", "x.event_id is null"),
        ("deadlines", "deadline_actors", "deadline_id", "actor_id", "a.role = 'addressee'"),
    ),
    "complaints": (("events", "event_complaints", "event_id", "complaint_id", ""),),
    "affects": (("events", "event_affects", "event_id", "authority_id", ""),),
    "ends": (
        ("events", "event_ends", "event_id", ENDED, ""),
        ("statements", "event_ends", "event_id", ENDED, "x.event_id is null"),
    ),
}
"""Column of a list → tables whose items have it: table, the table of its values, that table's key, the value, a condition."""

SOURCES = " union all ".join(
    f"""select '{table}/' || x.id as item, s.url as value, c.position as place from {table} x
      cross join citations c on c.item_type = '{item_type}' and c.item_id = x.id cross join sources s on s.id = c.source_id
      where x.case_id = :case"""
    for table, item_type in (("complaints", "complaint"), ("events", "event"), ("statements", "statement"), ("deadlines", "deadline"))
)


def values_of(column: str) -> str:
    """The SELECT for the lists of one column, each in its order."""
    parts = (
        f"""select '{table}/' || x.id as item, a.{value} as value, a.rowid as place from {table} x
      cross join {child} a on a.{key} = x.id where {"x.id" if table == "cases" else "x.case_id"} = :case {condition and f"and {condition}"}"""
        for table, child, key, value, condition in LISTS[column]
    )
    return " union all ".join(parts) + " order by 1, 3"


CITING = ("complaints", "events", "statements", "deadlines")
HAS = {
    table: (
        *(column for column, parts in LISTS.items() if table in [part[0] for part in parts]),
        *(("sources",) if table in CITING else ()),
    )
    for table in ("cases", *CITING)
}
"""Table → the lists that its items have."""

ANSWERS = """select 'answers/' || a.statement_id as item, a.question, a.answer, a.about_authority_id
  from statements s join answers a on a.statement_id = s.id where s.case_id = :case order by s.date_end, s.position, a.rowid"""

DERIVED = {
    "opened", "opened_precision", "opened_end", "last_act", "last_act_precision", "last_act_end", "checked", "total_complaints",
    "reckoned_day", "reckoned_day_first", "start_event_id", "day_end", "known_from", "settled_from",
}  # fmt: skip
NO_CONTENT = {"item", "id", "case_id", "event_id", "position", "rowid", "parent", "parent_id"}
FIRST = "actor_id"
"""Of an act or words: the first of its `actors`."""
SHARED = {
    "actor_country", "date", "published", "summary", "status", "strand", "confidence", "context", "note", "retracted",
    *HAS["statements"],
}  # fmt: skip
"""What words say of themselves; words that came with an act leave it to the act."""

LIBRARY = {
    "actors": "select 'actors/' || id as item, * from actors order by id",
    "authorities": """select 'authorities/' || a.id as item, a.*, 'actors/' || a.id as parent from authorities a order by a.id""",
    "sources": "select 'sources/' || id as item, * from sources order by id",
}
"""What all cases share, in order of id. A source that comes or goes is told where it is cited."""
OF_THE_ACTOR = ("name", "short_name", "name_native", "country", "website", "note")
"""Columns of an authority that its actor has too."""

FOLLOWING = {
    "answer": """select 'stances/' || case_id || '/' || actor_id || '/' || question || '/' || coalesce(subject, '') || '/' || coalesce(strand, '') as item,
      answer as value from stances where case_id = :case and until is null order by 1, since, rowid""",
    "status": """select 'statuses/' || case_id || '/' || coalesce(authority_id, country, '') || '/'
        || coalesce(substr(complaint_id, instr(complaint_id, '/') + 1), '') || '/' || coalesce(strand, '') as item, status as value
      from statuses where case_id = :case and until is null order by 1, since, rowid""",
    "state": """select 'decision_states/' || d.event_id || coalesce('/' || d.measures, '') as item, d.state as value from events e join decision_states d on d.event_id = e.id
      where e.case_id = :case and d.until is null order by 1""",
    "role": f"""select 'roles/' || case_id || '/' || authority_id || '/' || role as item, role as value from roles
      where case_id = :case and role in {FOLLOWS} and note is null and until is null order by 1""",
    "reckoned_day": """select 'deadlines/' || id as item, iif(reckoned_day_first is null, reckoned_day, reckoned_day_first || '/' || reckoned_day) as value
      from deadlines where case_id = :case and reckoned_day is not null order by 1""",
    "total_complaints": "select 'cases/' || id as item, total_complaints as value from cases where id = :case",
}  # fmt: skip
"""What follows from the rules, as it stands: column → item and value."""


def cases(db: Connection) -> dict[str, str]:
    """Every case with its title."""
    return {row["id"]: row["title"] for row in rows(db, "select id, title from cases order by id")}


def release(db: Connection) -> Row:
    """The newest release: its day and the version of the tables."""
    return rows(db, "select released, schema_version, digest from releases order by id desc limit 1")[0]


def written(db: Connection, case: str) -> tuple[Items, dict[str, str]]:
    """What was written of a case, in order; and of each item that comes and goes with another, that other."""
    items: Items = {}
    parents: dict[str, str] = {}
    for table, sql in WRITTEN.items():
        for row in rows(db, sql, case=case):
            name = _unused(row["item"], items)
            items[name] = {**content(row), **dict.fromkeys(HAS.get(table, ()), ())}
            if table == "statements":
                items[name.replace(table, "answers", 1)], parents[name.replace(table, "answers", 1)] = {}, name
            if row.get("parent"):
                parents[name] = row["parent"]
            if row.get("parent_id"):
                parents[name] = f"{'events' if 'events/' + row['parent_id'] in items else 'statements'}/{row['parent_id']}"
    for column in (*LISTS, "sources"):
        for row in rows(db, SOURCES + " order by 1, 3" if column == "sources" else values_of(column), case=case):
            if row["item"] in items:
                items[row["item"]][column] = (*items[row["item"]][column], row["value"])
    for row in rows(db, ANSWERS, case=case):
        question = row["question"] + (f" about {row['about_authority_id']}" if row["about_authority_id"] else "")
        items[row["item"]][question] = row["answer"]
    for name in parents:
        if name.startswith("statements/"):
            items[name] = {column: value for column, value in items[name].items() if column not in SHARED}
    return items, parents


def follows(db: Connection, case: str) -> Items:
    """What follows from what was written, as it stands."""
    items: Items = {}
    for column, sql in FOLLOWING.items():
        for row in rows(db, sql, case=case):
            items.setdefault(row["item"], {})[column] = row["value"]
    return items


def library(db: Connection, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everybody, or all documents, one by one in order of id."""
    cursor = db.execute(LIBRARY[table])
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        yield row["item"], {column: value for column, value in content(row).items() if table != "authorities" or column not in OF_THE_ACTOR}


def content(row: Row) -> dict[str, Any]:
    """The columns of a row that say something, each date in one: as an editor writes it."""
    found = {column: value for column, value in row.items() if column not in NO_CONTENT and column not in DERIVED and column != FIRST}
    for column in [name.removesuffix("_precision") for name in found if name.endswith("_precision")]:
        precision, end = found.pop(f"{column}_precision"), found.pop(f"{column}_end", None)
        if precision == "interval":
            found[column] = f"{found[column]}/{end}"
    return {column: _listed(value) for column, value in found.items()}


def _listed(value: Optional[Any]) -> Any:
    """A JSON list of texts as a tuple."""
    if isinstance(value, str) and value.startswith("["):
        try:
            parts = json.loads(value)
        except ValueError:
            return value
        return tuple(part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in parts)
    return value


def _unused(name: str, items: Mapping[str, Any]) -> str:
    """The name; with a number where there is one of that name."""
    number, found = 1, name
    while found in items:
        number += 1
        found = f"{name}/{number}"
    return found
