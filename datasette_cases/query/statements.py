"""What was said in all cases, with what belongs to each statement as of a day."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Iterable, Mapping, Optional

from . import counts, period
from .rows import Connection, Row, rows

TABLES = (
    "actors", "answers", "authorities", "case_subjects", "cases", "citations", "complaints", "decision_states",
    "event_addressees", "event_ends", "events", "facets", "releases", "sources", "statement_actors", "statements", "statements_fts", "translations", "vocabulary",
)  # fmt: skip

ANSWERED = """exists (select 1 from answers w where w.statement_id = s.id
      and (:question is null or w.question = :question) and (:answer is null or w.answer = :answer))"""
MOST_FOUND = 5000
"""Statements with the words that are looked through: those that stand first in the file, where more have them."""
FILTERS = {
    "q": f"s.rowid in (select rowid from statements_fts where statements_fts match :q limit {MOST_FOUND})",
    "actor": "a.actor_id = :actor",
    "kind": "exists (select 1 from statement_actors k cross join actors p on p.id = k.actor_id where k.statement_id = s.id and p.kind = :kind)",
    "case": "s.case_id = :case",
    "question": ANSWERED,
    "answer": ANSWERED,
    "form": "s.form = :form",
    "language": "s.language = :language",
    "confidence": "s.confidence = :confidence",
    "from": "{by}.date_end >= :from",
    "to": "s.date <= :to",
}
"""Filter → its condition. A question and an answer are wanted of one and the same. A date that is not exact belongs to every time it
can lie in."""
SPOKEN = "statement_actors a cross join statements s on s.id = a.statement_id"
"""What one actor said, in the order of its index."""

COLUMNS = """s.id, s.event_id, {by}.case_id as case_id, {by}.position as position, s.actor_country, s.date, s.date_precision, {by}.date_end as date_end,
  iif(s.published <= :day, s.published, null) as published, s.summary, s.quote, s.language, s.translation, s.translator, s.form, s.subject,
  s.strand, s.replies_to, s.confidence, s.context, s.note, s.retracted"""
DATE, RELEVANCE = "date", "relevance"
LISTED = {
    DATE: """{found} order by date_end {way}, case_id {way}, position {way} limit :size""",
    RELEVANCE: f"""with ranked as (select rowid as place, rank from statements_fts where statements_fts match :q limit {MOST_FOUND}),
      found as (select {COLUMNS}, -f.rank as weight
        from ranked f cross join {{source}} where s.rowid = f.place and {{where}})
      select s.* from found s where 1 {{after}} order by s.weight {{way}}, s.date_end {{way}}, s.case_id {{way}}, s.position {{way}} limit :size""",
}
AFTER = {
    DATE: """({by}.date_end, {by}.case_id, {by}.position) {than}
      (select date_end, case_id, position from statements where id = :last)""",
    RELEVANCE: """and (s.weight, s.date_end, s.case_id, s.position) {than}
      (select weight, date_end, case_id, position from found where id = :last)""",
}
"""What the list is sorted by → its SELECT, and what comes after the last statement of the page before."""

COUNTABLE = "s.id, s.case_id, s.form, s.language, s.confidence"
MATCHING = "with matching as materialized ({found})"
COUNTED = {
    "total": "select 'total', null, null, count(*) from matching",
    "actor": """select 'actor', a.actor_id, p.short_name, count(*)
      from matching m cross join statement_actors a on a.statement_id = m.id join actors p on p.id = a.actor_id group by 2""",
    "kind": """select 'kind', p.kind, p.kind, count(distinct m.id)
      from matching m cross join statement_actors a on a.statement_id = m.id join actors p on p.id = a.actor_id group by 2""",
    "case": """select 'case', k.id, coalesce(t.text, k.title), m.number
      from (select case_id, count(*) as number from matching group by 1) m join cases k on k.id = m.case_id
        left join translations t on t.case_id = k.id and t.language = :reader and t.item_type = 'case' and t.field = 'title'""",
    "question": """select 'question', w.question, w.question, count(distinct m.id)
      from matching m cross join answers w on w.statement_id = m.id where :answer is null or (w.answer = :answer and m.id = w.statement_id) group by 2""",
    "answer": """select 'answer', w.answer, w.answer, count(distinct m.id)
      from matching m cross join answers w on w.statement_id = m.id where :question is null or (w.question = :question and m.id = w.statement_id) group by 2""",
    **{
        name: f"select '{name}', m.{name}, m.{name}, count(*) from matching m where m.{name} is not null group by 2"
        for name in ("form", "language", "confidence")
    },
}
"""How many statements there are in all, and: filter → its values and how many statements each would show beside the other filters.
That the answers are those of the statement is said twice: with a condition of theirs alone SQLite would go through all answers there are."""
TOGETHER = {"question": ("question", "answer"), "answer": ("question", "answer")}
"""Filters whose values are counted by the conditions in their own SELECT."""
FACETS = [
    f"""{MATCHING.format(found=f"select {COUNTABLE} from statements s where s.retracted is null")}
      select 'statements', name, value, number from (select null as name, null as value, null as label, null as number where 0
        union all {sql.replace(":answer", "null").replace(":question", "null")})"""
    for sql in (
        "select 'total', '', '', count(*) from matching",
        *(sql for name, sql in COUNTED.items() if name not in ("total", "case")),
        "select 'case', case_id, case_id, count(*) from matching group by 2",
        "select 'said', w.question || ' ' || w.answer, '', count(distinct m.id) from matching m cross join answers w on w.statement_id = m.id group by 2",
    )
] + [period.LONGEST, "select 'statements', 'retracted', '', count(*) from statements where retracted is not null"]
"""For the build: how many statements there are in all, by each value of each filter; `said`: by each question with its answer."""

MARKS = """select (select id from statements where rowid = statements_fts.rowid) as id, highlight(statements_fts, 0, :start, :end) as summary,
    highlight(statements_fts, 1, :start, :end) as quote, highlight(statements_fts, 2, :start, :end) as translation
  from statements_fts where statements_fts match :q
    and +rowid in (select s.rowid from json_each(:ids) n cross join statements s on s.id = n.value) limit json_array_length(:ids)"""
"""The texts of the statements of a page, with marks around each word that was looked for. They are met on one way through what was found:
to look for each anew would find all of it each time, where a word is the beginning of many."""
START, END = "\ue000", "\ue001"
"""The marks: characters that stand for nothing."""

OF = "in (select value from json_each(:ids))"
PARTS = {
    "actors": f"""select a.statement_id, p.id, p.kind, p.short_name, p.country, u.region, coalesce((
        select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :reader), p.name) as name
      from statement_actors a join actors p on p.id = a.actor_id left join authorities u on u.id = p.id
      where a.statement_id {OF} order by a.rowid""",
    "addressees": f"""select a.event_id as statement_id, p.id, p.kind, p.short_name, p.country, u.region, coalesce((
        select json_extract(n.value, '$.name') from json_each(u.names) n where json_extract(n.value, '$.language') = :reader), p.name) as name
      from event_addressees a join actors p on p.id = a.actor_id left join authorities u on u.id = p.id
      where a.event_id {OF} order by a.rowid""",
    "answers": f"""select w.statement_id, w.question, w.answer, p.id, p.kind, p.name, p.short_name, p.country
      from answers w left join actors p on p.id = w.about_authority_id where w.statement_id {OF} order by w.rowid""",
    "sources": f"""select c.item_id, s.id, s.url, s.archived_url, s.publisher, s.host, s.title, s.kind, s.language,
        iif(s.published <= :day, s.published, null) as published
      from citations c join sources s on s.id = c.source_id where c.item_type = 'statement' and c.item_id {OF}
      order by c.item_id, c.position""",
    "cases": f"""select c.id, c.title, t.text as translated,
        exists (select 1 from events e where e.case_id = c.id and e.date_end > :day)
        or exists (select 1 from statements s where s.case_id = c.id and s.date_end > :day)
        or exists (select 1 from complaints q where q.case_id = c.id and q.filed_end > :day) as later
      from cases c left join translations t
        on t.case_id = c.id and t.language = :reader and t.item_type = 'case' and t.field = 'title'
      where c.id in (select case_id from statements where id {OF})""",
    "subjects": f"""select b.case_id, b.id, coalesce(t.text, b.title) as title from case_subjects b left join translations t
        on t.case_id = b.case_id and t.language = :reader and t.item_type = 'subject' and t.item_id = b.id and t.field = 'title'
      where b.case_id in (select case_id from statements where id {OF})""",
    "events": f"select id, act, separately, outcome, scope from events where id {OF}",
    "states": f"""select event_id, state, since, by_event_id from decision_states
      where event_id {OF} and measures is null and since <= :day and (until is null or until > :day)""",
    "ends": f"""select x.ended_id, x.event_id from event_ends x
        left join events e on e.id = x.event_id left join statements s on s.id = x.event_id
      where x.ended_id {OF} and x.answers is null and coalesce(e.date_end, s.date_end) <= :day
      order by coalesce(e.date_end, s.date_end) desc, x.rowid desc""",
    "entries": f"""with wanted as (select replies_to as id from statements where id {OF}
        union select by_event_id from decision_states where event_id {OF} union select event_id from event_ends where ended_id {OF})
      select id, date, date_precision, date_end from statements where id in (select id from wanted)
      union select id, date, date_precision, date_end from events where id in (select id from wanted)""",
}
"""What belongs to the statements of a page. `later`: whether anything recorded of a case lies after the day."""

QUESTIONS = """select distinct v.value from vocabulary v where v.field = 'question' and v.language = 'en' order by v.regime, v.sort"""

IDS = {
    "actor": "select id from actors",
    "case": "select id from cases",
    "question": "select value as id from vocabulary where field = 'question' and language = 'en'",
}
"""Filter → the ids it knows."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the list. `filters` by name, `q` as full-text search understands it; `retracted`: also what was retracted;
    `last`: the last statement of the page before."""

    filters: Mapping[str, str] = field(default_factory=dict)
    retracted: bool = False
    sort: str = DATE
    descending: bool = True
    last: Optional[str] = None

    def source(self, *without: str) -> str:
        """Where statements come from: an actor's have an index of their own."""
        return SPOKEN if "actor" in self.filters and "actor" not in without else "statements s"

    def by(self, *without: str) -> str:
        """Whose index has the order of the list."""
        return "a" if self.source(*without) == SPOKEN else "s"

    def where(self, *without: str) -> str:
        wanted = [FILTERS[name] for name in self.filters if name not in without]
        conditions = dict.fromkeys(["{by}.date_end <= :day", *([] if self.retracted else ["s.retracted is null"]), *wanted])
        return " and ".join(conditions).replace("{by}", self.by(*without))

    def found(self, columns: str, *without: str, more: str = "") -> str:
        """The SELECT of what passes the filters, of a period in parts that are each a range of an index: the plus sign
        leaves it to them which. `more`: another condition."""
        where = self.where(*without)
        parts: tuple[str, ...] = ("",)
        if "to" in self.filters and "to" not in without:
            where, parts = where.replace(f"{self.by(*without)}.date_end", f"+{self.by(*without)}.date_end"), period.PARTS
        head = f"select {columns} from {self.source(*without)} where {where}"
        selects = (" and ".join(filter(None, (head, part, more))) for part in parts)
        return " union all ".join(selects).replace("{by}", self.by(*without))

    def bound(self, day: str, reader: str) -> dict[str, Any]:
        return {**dict.fromkeys(FILTERS), **self.filters, "day": day, "reader": reader, "last": self.last}


@dataclass(frozen=True)
class StatementRows:
    """`statements` in their order; `parts` belong to them; `marked`: their texts with marks around what was looked for;
    `looked_through`: how many with these words, where there are more (None: all); `total`: how many there are in all (None: too many
    to count), `left_out` how many more were retracted; `counted`: of each filter its values
    and numbers."""

    day: str
    statements: list[Row]
    parts: dict[str, list[Row]]
    marked: list[Row]
    questions: list[str]
    looked_through: Optional[int]
    total: Optional[int]
    left_out: int
    counted: dict[str, list[Row]]
    released: Optional[str]


def read(db: Connection, day: str, reader: str, asked: Asked, size: int = -1) -> StatementRows:
    """At most `size` statements (-1: all) as of a day, for a reader of a language."""
    many = "q" in asked.filters and counts.at_most(db, LOOKED_FOR, {"q": asked.filters["q"]}, MOST_FOUND) is None
    bound = asked.bound(day, reader)
    found = rows(db, listed(asked), **bound, size=size)
    ids = json.dumps([row["id"] for row in found])
    total, numbers = counted(db, bound, asked)
    return StatementRows(
        day,
        found,
        {part: rows(db, sql, ids=ids, day=day, reader=reader) for part, sql in PARTS.items()},
        rows(db, MARKS, ids=ids, q=asked.filters["q"], start=START, end=END) if "q" in asked.filters else [],
        [row["value"] for row in rows(db, QUESTIONS)],
        MOST_FOUND if many else None,
        total,
        0 if asked.retracted else retracted(db, bound, asked, total),
        numbers,
        rows(db, "select max(released) as released from releases")[0]["released"],
    )


LOOKED_FOR = "select 1 from statements_fts where statements_fts match :q"


def listed(asked: Asked) -> str:
    """The SELECT of a page of the list."""
    by, way = asked.by(), "desc" if asked.descending else "asc"
    after = AFTER[asked.sort].format(than="<" if asked.descending else ">", by=by) if asked.last else ""
    if asked.sort == DATE:
        return LISTED[DATE].format(found=asked.found(COLUMNS, more=after), way=way)
    return LISTED[asked.sort].format(source=asked.source(), where=asked.where("q"), after=after, by=by, way=way)


def retracted(db: Connection, bound: Mapping[str, Any], asked: Asked, total: Optional[int]) -> int:
    """How many more there are that were retracted; beside more than are counted, they are not looked for."""
    if total is None or (asked.filters and total > counts.MOST_COUNTED):
        return 0
    where = f"s.retracted is not null and {replace(asked, retracted=True).where()}"
    if not asked.filters:
        later = "select count(*) as number from statements s where s.date_end > :day and s.retracted is not null"
        return counts.number(db, "statements", "retracted") - int(rows(db, later, **bound)[0]["number"])
    return counts.at_most(db, f"select 1 from {asked.source()} where {where}", bound) or 0


def counted(db: Connection, bound: Mapping[str, Any], asked: Asked) -> tuple[Optional[int], dict[str, list[Row]]]:
    """How many there are in all, and the values of each filter, those with the most statements first. What the build counted is taken
    from there; what is counted under the same conditions is found once, as far as it is not too much."""
    found: dict[str, list[Row]] = {}
    alike: dict[str, list[str]] = {}
    unknown: Optional[dict[str, dict[Any, int]]] = None
    for name in COUNTED:
        together = TOGETHER.get(name, (name,))
        if asked.retracted or asked.filters.keys() - set(together) or (name != "total" and asked.filters.keys() & (set(together) - {name})):
            alike.setdefault(asked.found("{columns}", *together), []).append(name)
            continue
        unknown = unknown or _numbers(db, bound, f"select {COUNTABLE} from statements s where {LATER}", COUNTED)
        if name == "total":
            found[name] = [{"number": counts.number(db, "statements", name) - unknown[name].get(None, 0)}]
        else:
            found[name] = counts.everything(db, "statements", name, bound["reader"], unknown[name])
    later = counts.at_most(db, f"select 1 from statements s where {LATER}", bound) if alike else None
    for chosen, names in alike.items():
        others = {name: value for name, value in asked.filters.items() if name not in TOGETHER.get(names[0], names)}
        if _surely_many(db, others, later) or counts.at_most(db, chosen.replace("{columns}", "1"), bound) is None:
            found |= {
                name: counts.unnumbered(counts.everything(db, "statements", name, bound["reader"])) for name in names if name != "total"
            }
        else:
            found |= {name: [] for name in names}
            some = f"select * from ({chosen.replace('{columns}', COUNTABLE)}) limit {counts.MOST_COUNTED}"
            for row in rows(db, counting(some, names), **bound):
                found[row["name"]].append(row)
    total = found.pop("total", None)
    return total[0]["number"] if total else _of_one(db, bound, asked), {
        name: sorted(values, key=lambda row: (-(row["number"] or 0), row["label"]))[: counts.MOST_VALUES] for name, values in found.items()
    }


def _surely_many(db: Connection, filters: Mapping[str, str], later: Optional[int]) -> bool:
    """Whether the build has counted so many that pass these filters that they need not be counted. `later`: how many are not known yet;
    None: more than are counted."""
    if later is None:
        return False
    if filters.keys() == {"question", "answer"}:
        known = counts.number(db, "statements", "said", "{question} {answer}".format(**filters))
    elif len(filters) > 1 or filters.keys() - COUNTED.keys():
        return False
    else:
        ((name, value),) = filters.items() or [("total", "")]
        known = counts.number(db, "statements", name, value)
    return known - later > counts.MOST_COUNTED


LATER = "s.date_end > :day and s.retracted is null"
"""What is not known on that day yet."""


def _numbers(db: Connection, bound: Mapping[str, Any], matching: str, names: Iterable[str]) -> dict[str, dict[Any, int]]:
    """Filter → value → how many."""
    found: dict[str, dict[Any, int]] = {name: {} for name in names}
    for row in rows(db, counting(matching, names), **bound):
        found[row["name"]][row["value"]] = row["number"]
    return found


def _of_one(db: Connection, bound: Mapping[str, Any], asked: Asked) -> Optional[int]:
    """How many pass a single filter, which the build has counted; None: more than are counted."""
    if len(asked.filters) != 1 or asked.retracted:
        return None
    ((name, value),) = asked.filters.items()
    if name not in COUNTED:
        return None
    where = f"{LATER if name != 'actor' else LATER.replace('s.date_end', 'a.date_end')} and {FILTERS[name]}"
    later = _numbers(db, bound, f"select {COUNTABLE} from {asked.source()} where {where}", ["total"])
    return counts.number(db, "statements", name, value) - later["total"].get(None, 0)


def counting(found: str, names: Iterable[str]) -> str:
    """The SELECT of numbers, of what another SELECT finds. One that has a limit, where it is known that there are no more, lets SQLite
    plan for few."""
    heads = "select null as name, null as value, null as label, null as number where 0"
    return " union all ".join([f"{MATCHING.format(found=found)} {heads}", *(COUNTED[name] for name in names)])


def has(db: Connection, statement: str, day: str, reader: str, asked: Asked) -> bool:
    """Whether a statement is on the list."""
    sql = f"select 1 from {asked.source()} where s.id = :statement and {asked.where()}"
    return bool(rows(db, sql, statement=statement, **asked.bound(day, reader)))


def knows(db: Connection, name: str, value: str) -> bool:
    """Whether a filter can be this id."""
    return bool(rows(db, f"select 1 from ({IDS[name]}) where id = :value limit 1", value=value))


def ids(db: Connection, name: str) -> list[str]:
    """What a filter can be."""
    return [row["id"] for row in rows(db, f"select distinct id from ({IDS[name]}) order by 1")]
