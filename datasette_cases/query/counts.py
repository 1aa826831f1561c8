"""How many things a list has, and of each filter its values and numbers, at a cost that does not grow.

The build counted everything, by each value of each filter (table `facets`). From that is taken what the day does not know yet, which is
little. What meets several conditions is counted here, up to a bound: beyond it there is no number.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional

from .rows import Connection, Row, rows

TABLES = ("facets",)

MOST_COUNTED = 1000
"""So many things are counted for a page."""
MOST_VALUES = 200
"""Of a filter."""

LABELS = {
    "actor": ("p.short_name", "join actors p on p.id = f.value"),
    "respondent": ("p.short_name", "join actors p on p.id = f.value"),
    "case": (
        "coalesce(t.text, k.title)",
        """join cases k on k.id = f.value left join translations t
      on t.case_id = k.id and t.language = :reader and t.item_type = 'case' and t.field = 'title'""",
    ),
    "rule": ("coalesce(r.provision, f.value)", "left join time_limits r on r.id = f.value"),
    "authority": (
        "p.short_name",
        "join actors p on p.id = f.value left join authorities u on u.id = p.id",
    ),
}
"""Filter → the name of its values, and where that stands; of the others the value is the name."""


def everything(db: Connection, listed: str, facet: str, reader: str, without: Optional[Mapping[Any, int]] = None) -> list[Row]:
    """The values of a filter that most things have, with how many; `without`: what is not counted today."""
    label, join = LABELS.get(facet, ("f.value", ""))
    parameters = {"list": listed, "facet": facet, "most": MOST_VALUES, **({"reader": reader} if ":reader" in join else {})}
    found = rows(
        db,
        f"""select f.value, f.number, {label} as label{", coalesce(u.region, p.country, '') as place" if facet == "authority" else ""} from (
      select value, number from facets where list = :list and facet = :facet order by number desc, value limit :most) f {join}""",
        **parameters,
    )
    for row in found:
        row["number"] -= (without or {}).get(row["value"], 0)
    return sorted((row for row in found if row["number"] > 0), key=lambda row: (-row["number"], row["label"]))


def number(db: Connection, listed: str, facet: str, value: str = "") -> int:
    """How many things have one value of a filter; of `total`: how many there are."""
    sql = "select number from facets where list = :list and facet = :facet and value = :value"
    found = rows(db, sql, list=listed, facet=facet, value=value)
    return found[0]["number"] if found else 0


def unnumbered(found: list[Row]) -> list[Row]:
    """Values of which it is not known how many there are beside the other filters."""
    return [{**row, "number": None} for row in found]


def at_most(db: Connection, selected: str, bound: Mapping[str, Any], most: int = MOST_COUNTED) -> Optional[int]:
    """How many rows a SELECT has; None: more than that."""
    found = rows(db, f"select count(*) as number from ({selected} limit {most + 1})", **bound)[0]["number"]
    return None if found > most else int(found)
