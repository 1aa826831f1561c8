"""docs/schema/*.json: JSON Schema of the files an editor writes, for completion while typing."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Callable, Dict

from pydantic import BaseModel

from datasette_cases.model.actor import Actors, Authorities, Publishers
from datasette_cases.model.case import Case

MODELS: Dict[str, type[BaseModel]] = {"case": Case, "authorities": Authorities, "actors": Actors, "publishers": Publishers}


def schema(model: type[BaseModel]) -> str:
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **plain(model.model_json_schema(by_alias=True))}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def plain(part: Any) -> Any:
    """As an editor writes it: no nulls (a key is left out), yes and no as words, no titles that repeat the key; and a text
    may look like a number, since all is read as text."""
    if isinstance(part, list):
        return [plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    if "anyOf" in part:
        kept = [choice for choice in part["anyOf"] if choice != {"type": "null"}]
        part = {**{key: value for key, value in part.items() if key != "anyOf"}, **(kept[0] if len(kept) == 1 else {"anyOf": kept})}
    if isinstance(part.get("default"), bool):
        part = {**part, "default": "yes" if part["default"] else "no"}
    if part.get("type") == "string" and not part.keys() & {"pattern", "format", "enum"}:
        part = {**part, "type": ["string", "number"]}
    return {key: plain(value) for key, value in part.items() if not is_noise(key, value)}


def is_noise(key: str, value: Any) -> bool:
    """A title in words or a default of null. A property may be called title too: its value is a map."""
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)


SCHEMAS: Dict[str, Callable[[], str]] = {name: partial(schema, model) for name, model in MODELS.items()}
