"""The orders of the list of cases. A page is read in the order of an index, from its first case on, whatever is asked of it; what few
cases meet is sorted instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from .deadlines import KNOWN
from .rows import Connection, rows

TRANSLATED = """(select t.text from translations t
    where t.case_id = c.id and t.language = :language and t.item_type = 'case' and t.item_id = c.id and t.field = 'title')"""
NOTHING_FOUND = "f.asked <= :day and (f.heard is null or f.heard > :day)"
"""Whether nothing public is known of an authority `f` that was asked."""
DUE = "x.case_id = {case} and x.state = 'due' and x.day_end >= :day"


@dataclass(frozen=True)
class Walk:
    """Cases `c` with their values in the order of an index: where they are read from, which of them, value and id as that has them."""

    source: str
    which: str
    value: str
    id: str = "c.id"


@dataclass(frozen=True)
class Sort:
    """`value`: that of one case `c`; `walks`: all cases that have one; `without`: the condition of those that have none."""

    value: str
    walks: tuple[Walk, ...]
    without: Optional[str] = None


def column(name: str) -> Sort:
    return Sort(f"c.{name}", (Walk("cases c", f"c.{name} is not null", f"c.{name}"),), f"c.{name} is null")


NUMBER = f"(select count(*) from first_days f where f.case_id = c.id and {NOTHING_FOUND})"

SORTS = {
    "last_act": column("last_act_end"),
    "opened": column("opened_end"),
    "title": Sort(
        f"lower(coalesce({TRANSLATED}, c.title))",
        (Walk("case_titles k cross join cases c on c.id = k.case_id", "k.language = :language", "k.title", "k.case_id"),),
    ),
    "complaints": column("total_complaints"),
    "nothing_found": Sort(
        NUMBER,
        (
            Walk("nothing_found k cross join cases c on c.id = k.case_id", "k.settled <= :day", "k.number", "k.case_id"),
            Walk("nothing_found k cross join cases c on c.id = k.case_id", "k.settled > :day", NUMBER, "k.case_id"),
        ),
    ),
    "next_deadline": Sort(
        f"(select min(x.day_end) from known x where {DUE.format(case='c.id')})",
        (
            Walk(
                "known k cross join cases c on c.id = k.case_id",
                f"""k.state = 'due' and k.day_end >= :day and not exists (select 1 from known x
                  where {DUE.format(case="k.case_id")} and (x.day_end, x.position, x.id) < (k.day_end, k.position, k.id))""",
                "k.day_end",
                "k.case_id",
            ),
        ),
        f"not exists (select 1 from known x where {DUE.format(case='c.id')})",
    ),
}
"""What the list can be sorted by. What has no value comes last, whichever way. What nothing is known of has a number that the build
knows, but for cases in which it is not yet what it is once all is known."""
DEFAULT = "last_act"

TITLES = f"""select l.language, lower(coalesce({TRANSLATED.replace(":language", "l.language")}, c.title)), c.id
from (select distinct language from vocabulary) l cross join cases c"""
NUMBERS = """select c.id, count(iif(f.asked is not null and f.heard is null, 1, null)),
  coalesce(max(iif(f.heard is null, f.asked, max(f.asked, f.heard))), '')
from cases c left join first_days f on f.case_id = c.id group by c.id"""
"""For the build: rows of the tables `case_titles` and `nothing_found`."""


def page(
    db: Connection, sort: str, descending: bool, bound: Mapping[str, Any], where: str, few: Optional[str], last: Optional[str], size: int
) -> list[str]:
    """The ids of the cases that meet a condition, in their order, after the case `last`: at most `size` (-1: all). `few`: what stands
    behind FROM, where few meet it."""
    chosen = SORTS[sort]
    walks, condition, without = chosen.walks, where, chosen.without
    if few:
        listed = f"(select c.id, {chosen.value} as value from {few}) l"
        walks, condition, without = (Walk(listed, "l.value is not null", "l.value", "l.id"),), "1", None
    bare = Walk(walks[0].source, "l.value is null", "null", "l.id") if few else Walk("cases c", without, "null") if without else None
    after = (
        rows(db, f"{KNOWN} select {chosen.value} as value from cases c where c.id = :last", **bound, last=last)[0]["value"]
        if last
        else None
    )
    found: list[tuple[Any, str]] = []
    if not last or after is not None:
        for walk in walks:
            found += _walked(db, walk, bound, condition, descending, (after, last) if last else None, size)
        found = sorted(found, reverse=descending)[: size if size >= 0 else None]
    left = size - len(found) if size >= 0 else -1
    if bare and left:
        found += _walked(db, bare, bound, condition, descending, (None, last) if last and after is None else None, left)
    return [case for _, case in found]


def _walked(
    db: Connection, walk: Walk, bound: Mapping[str, Any], where: str, descending: bool, last: Optional[tuple[Any, Optional[str]]], size: int
) -> list[tuple[Any, str]]:
    sql = walked(walk, where, descending, last is not None, last is not None and last[0] is None)
    after = {"last_value": last[0], "last": last[1]} if last else {}
    return [(row["value"], row["id"]) for row in rows(db, sql, **bound, **after, size=size)]


def walked(walk: Walk, where: str, descending: bool, later: bool = False, bare: bool = False) -> str:
    """The SELECT of a walk; `later`: after a case that has a value, or `bare`, has none."""
    way, than = ("desc", "<") if descending else ("asc", ">")
    after = f" and {walk.id} {than} :last" if bare else f" and ({walk.value}, {walk.id}) {than} (:last_value, :last)" if later else ""
    by = walk.id if walk.value == "null" else f"{walk.value} {way}, {walk.id}"
    return f"""{KNOWN} select {walk.id} as id, {walk.value} as value from {walk.source} where {walk.which} and {where}{after}
order by {by} {way} limit :size"""
