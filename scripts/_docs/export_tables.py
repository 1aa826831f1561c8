"""datasette_cases/export/tables.json: every table and view with its columns, as a Table Schema (Frictionless) has them."""

from __future__ import annotations

import json
from typing import Any, Dict, List, get_type_hints

from datasette_cases.store.table import Column
from datasette_cases.store.tables import SCHEMA_VERSION, TABLES

from . import views

TYPES: Dict[type, str] = {str: "string", int: "integer", float: "number"}
DAYS = frozenset({"since", "until", "answer_since", "status_since", "state_since", "released", "from_day", "until_day", "start_day", "reckoned_day", "reckoned_day_first"})  # fmt: skip
"""Columns that are whole days wherever they stand; so are those that end with `_end` or `_since`."""
VIEW_TYPES: Dict[str, str] = {
    **dict.fromkeys(("position", "complaints", "cases", "n", "nothing_yet", "complaints_open", "complaints_closed", "days_asked", "shortest_days", "longest_days"), "integer"),
    **dict.fromkeys(("amount", "amount_max", "amount_eur", "median_days"), "number"),
    **dict.fromkeys(("nothing_found", "provisional", "proposed"), "boolean"),
    "roles": "array",
}  # fmt: skip
LEFT_OUT = frozenset({"deadline_days", "deadline_months", "facets", "follow_up", "overdue_deadlines"})
"""Views that say something only to editors, on a day."""
YES_OR_NO = {"trueValues": ["1"], "falseValues": ["0"]}


def page() -> str:
    tables = [
        *(table(one) for one in TABLES if one.name not in LEFT_OUT),
        *(view(one) for one in views.views() if one.name not in LEFT_OUT),
    ]
    return json.dumps({"schema_version": SCHEMA_VERSION, "tables": tables}, indent=1, ensure_ascii=False) + "\n"


def table(one: Any) -> Dict[str, Any]:
    schema: Dict[str, Any] = {"fields": [field(column, booleans(one)) for column in one.columns], "missingValues": [""]}
    if one.key:
        schema["primaryKey"] = list(one.key)
    keys = [(column.name, *(column.about.refers or "").split(".")) for column in one.columns if column.about.refers]
    if keys:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": "" if other == one.name else other.replace("_", "-"), "fields": [key]}}
            for name, other, key in keys
        ]
    return {"name": one.name, "description": one.meaning, "view": False, "schema": schema}


def booleans(one: Any) -> frozenset[str]:
    """Columns that are yes or no: SQLite has them as 1 and 0."""
    return frozenset(name for name, hint in get_type_hints(one.row, include_extras=True).items() if hint.__origin__ is bool)


def field(column: Column, yes_or_no: frozenset[str]) -> Dict[str, Any]:
    made: Dict[str, Any] = {"name": column.name, "type": kind(column, yes_or_no), "description": column.about.meaning}
    if made["type"] == "boolean":
        made.update(YES_OR_NO)
    if column.required:
        made["constraints"] = {"required": True}
    return made


def kind(column: Column, yes_or_no: frozenset[str]) -> str:
    if column.name in yes_or_no:
        return "boolean"
    if "JSON" in column.about.meaning:
        return "array"
    return "date" if is_day(column.name) else TYPES[column.type]


def is_day(name: str) -> bool:
    return name in DAYS or name.endswith(("_end", "_since"))


def view(one: views.View) -> Dict[str, Any]:
    fields: List[Dict[str, Any]] = []
    for name in one.columns:
        made = {"name": name, "type": VIEW_TYPES.get(name) or ("date" if is_day(name) else "string")}
        fields.append({**made, **(YES_OR_NO if made["type"] == "boolean" else {})})
    return {"name": one.name, "description": one.meaning, "view": True, "schema": {"fields": fields, "missingValues": [""]}}
