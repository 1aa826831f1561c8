"""Values → records, with every problem reported where it stands.

A record with a mistake in one field is still checked in all others: what could be read goes on as a partial record.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Iterable, Optional, TypeVar, cast

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from ..model.fields import Context, suggestion
from .problem import KINDS, brief
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
        _no_map(tree, path, values, model)
        return None
    values = {key: value for key, value in values.items() if key not in without}
    try:
        return model.model_validate(values, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            if detail["type"] == "extra_forbidden":
                *above, key = _path(values, detail["loc"], path)
                tree.unknown.setdefault(tuple(above), set()).add(str(key))
        for detail in details:
            _report(tree, path, values, model, detail)
        wrong = {detail["loc"][0] for detail in details}
        left = {key: value for key, value in values.items() if key not in wrong}
        return cast(M, partial(model).model_validate(left, context=context))


def _path(values: Any, loc: tuple[Any, ...], path: Path) -> Path:
    """Where a pydantic location is in the file: it may name parts of the type that the file does not have."""
    for part in loc:
        if isinstance(values, dict) and part in values or isinstance(values, list) and isinstance(part, int) and part < len(values):
            path, values = (*path, part), values[part]
    return path


def _report(tree: Tree, start: Path, values: Any, model: type[BaseModel], detail: Any) -> None:
    """One pydantic error as a problem."""
    loc, kind, ctx = detail["loc"], detail["type"], detail.get("ctx", {})
    path = _path(values, loc, start)
    if kind == "missing":
        _missing(tree, path, str(loc[-1]))
    elif kind == "extra_forbidden":
        known = tuple(_keys(_model_at(model, loc[:-1])))
        tree.report(path, "unknown-key", f'found the unknown key "{brief(str(path[-1]))}"', suggestion(str(path[-1]), known), at_key=True)
    elif loc[-1] == "[key]":
        if path[-1] != "":
            tree.report(path, kind, _brief_in(ctx["found"], path[-1]), ctx["todo"], at_key=True)
        else:
            tree.report(path, "empty-value", "found a colon without a key", "write the key, or delete the line", at_key=True)
    elif isinstance(detail["input"], str) and not detail["input"].strip():
        optional = "a value" if _required(model, loc) else "a value, or leave the key out"
        tree.report(path, "empty-value", "found nothing after the key", f"write {optional}")
    elif kind == "list_type":
        tree.report(path, "not-a-list", "found keys and values where a list belongs", "write a list, as [a] or [a, b]")
    elif kind in KINDS:
        tree.report(path, kind, _brief_in(ctx["found"], detail["input"]), ctx["todo"])
    else:
        _no_map(tree, path, detail["input"], _model_at(model, loc))


def _missing(tree: Tree, path: Path, key: str) -> None:
    """A key that has to be there, unless it is there misspelt."""
    if tree.misspelt(path, key):
        return
    if key == "sources":
        tree.report(path, "no-source", "found no sources", "add sources: at least one document that says it")
    else:
        tree.report(path, "missing-key", f'found no key "{key}"', "add it")


def _no_map(tree: Tree, path: Path, value: Any, model: Optional[type[BaseModel]]) -> None:
    """Something else where a record belongs."""
    keys = list(_keys(model))
    todo = f"write keys and values here: {', '.join(keys[:3])}{' ...' if len(keys) > 3 else ''}" if keys else "write keys and values here"
    if value == "":
        tree.report(path, "empty-value", "found nothing where keys and values belong", todo)
    else:
        found = "a list" if isinstance(value, list) else f'the text "{brief(value)}"' if isinstance(value, str) else "keys and values"
        tree.report(path, "not-a-map", f"found {found}", todo)


def _brief_in(found: str, value: Any) -> str:
    """What was found, with a long value cut short and its lines made one."""
    return found.replace(value, brief(value)) if isinstance(value, str) and value != brief(value) else found


def _keys(model: Optional[type[BaseModel]]) -> Iterable[str]:
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _model_at(model: Optional[type[BaseModel]], loc: tuple[Any, ...]) -> Optional[type[BaseModel]]:
    """The record at a location."""
    for part in loc:
        info = _field(model, part)
        model = model_in(info.annotation) if info else model
    return model


def _field(model: Optional[type[BaseModel]], key: Any) -> Optional[FieldInfo]:
    return next((info for name, info in model.model_fields.items() if key == (info.alias or name)), None) if model else None


def _required(model: type[BaseModel], loc: tuple[Any, ...]) -> bool:
    """Whether what is at a location has to be there: a required key, or an item."""
    info = _field(_model_at(model, loc[:-1]), loc[-1])
    return info is None or info.is_required()


def model_in(annotation: Any) -> Optional[type[BaseModel]]:
    """The first record type inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = model_in(inner)
        if found:
            return found
    return None
