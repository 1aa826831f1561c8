"""Values → records, with every problem reported where it stands.

A record with a mistake in one field is still checked in all others: what could be read goes on as a partial record.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Optional, TypeVar, cast

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from ..model.fields import Context, suggestion
from .problem import KINDS
from .tree import Path, Tree

M = TypeVar("M", bound=BaseModel)


@cache
def partial(model: type[M]) -> type[M]:
    """The same record with nothing required: what is left of one that has mistakes. Missing fields are None."""
    fields: dict[str, Any] = {
        name: (info.annotation, FieldInfo.merge_field_infos(info, default=None)) for name, info in model.model_fields.items()
    }
    return create_model(model.__name__, __base__=model, **fields)


def validate(tree: Tree, path: Path, values: Any, model: type[M], context: Context, without: frozenset[str] = frozenset()) -> Optional[M]:
    """The record under a path, as far as it can be read; None if it is no map at all.

    `without`: keys that are read on their own, not here.
    """
    if not isinstance(values, dict):
        kind = "empty-value" if values == "" else "not-a-map"
        found = "nothing after the key" if values == "" else "something else"
        tree.report(path, kind, f"found {found}", f"write the keys of a {model.__name__.lower()}")
        return None
    values = {key: value for key, value in values.items() if key not in without}
    try:
        return model.model_validate(values, context=context)
    except ValidationError as error:
        wrong = set()
        for detail in error.errors(include_url=False):
            _report(tree, path, values, model, detail)
            wrong.add(detail["loc"][0])
        left = {key: value for key, value in values.items() if key not in wrong}
        return cast(M, partial(model).model_validate(left, context=context))


def _report(tree: Tree, start: Path, values: Any, model: type[BaseModel], detail: Any) -> None:
    """One pydantic error as a problem. Its location may name parts of the type that the file does not have."""
    path, value, at_key = start, values, False
    missing: Optional[str] = None
    for number, part in enumerate(detail["loc"]):
        if part == "[key]":
            at_key = True
        elif isinstance(value, dict) and part in value or isinstance(value, list) and isinstance(part, int) and part < len(value):
            path, value = (*path, part), value[part]
        elif number == len(detail["loc"]) - 1 and detail["type"] == "missing":
            missing = str(part)
    kind, ctx = detail["type"], detail.get("ctx", {})
    if missing == "sources":
        tree.report(path, "no-source", "found no sources", "name at least one document that says it")
    elif missing:
        tree.report(path, "missing-key", f'found no key "{missing}"', "add it")
    elif kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        tree.report(path, "unknown-key", f'found the key "{path[-1]}"', suggestion(str(path[-1]), known), at_key=True)
    elif value == "":
        tree.report(path, "empty-value", "found nothing after the key", "write a value, or leave the key out")
    elif kind in KINDS:
        tree.report(path, kind, ctx["found"], ctx["todo"], at_key=at_key)
    elif isinstance(value, list):
        tree.report(path, "not-a-map", "found a list", "write keys and values")
    else:
        tree.report(path, "not-a-map", "found a single value", "write keys and values")


def _keys_at(model: type[BaseModel], loc: tuple[Any, ...]) -> tuple[str, ...]:
    """The keys the record at a location has."""
    for part in loc:
        info = next((info for name, info in model.model_fields.items() if part in (name, info.alias)), None)
        inner = model_in(info.annotation) if info else None
        model = inner or model
    return tuple(info.alias or name for name, info in model.model_fields.items())


def model_in(annotation: Any) -> Optional[type[BaseModel]]:
    """The first record type inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = model_in(inner)
        if found:
            return found
    return None
