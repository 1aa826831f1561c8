"""A table is a named tuple: its fields are the columns, in order, with their types, meaning and references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Optional, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ..vocabulary import Vocabulary

SQL_TYPES: dict[type, type] = {str: str, int: int, float: float, bool: int}


@dataclass(frozen=True)
class About:
    """What a column means. `refers`: `table.column` it is a key of; `words`: the closed list its values are from."""

    meaning: str
    refers: Optional[str] = None
    words: Optional[Vocabulary] = None


def like(model: type[BaseModel], field: str, refers: Optional[str] = None, words: Optional[Vocabulary] = None) -> About:
    """A column that holds what an editor writes in that field: the meaning is spelled there."""
    description = model.model_fields[field].description
    assert description, f"{model.__name__}.{field} has no description"
    return About(description, refers, words)


@dataclass(frozen=True)
class Column:
    name: str
    type: type
    required: bool
    about: About


@dataclass(frozen=True)
class Table:
    """`key`: the primary key, empty for none; `indexes`: what is looked up by; `search`: columns of its full text;
    `repeats`: a row may come more than once, and the first one stays."""

    name: str
    row: type[NamedTuple]  # type: ignore[valid-type]
    meaning: str
    key: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()
    repeats: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(_column(name, hint) for name, hint in get_type_hints(self.row, include_extras=True).items())


def _column(name: str, hint: Any) -> Column:
    about = next(extra for extra in hint.__metadata__ if isinstance(extra, About))
    kind = hint.__origin__
    optional = get_origin(kind) is Union
    base = next(part for part in get_args(kind) if part is not type(None)) if optional else kind
    return Column(name, SQL_TYPES[base], not optional, about)
