"""In words, what an editor writes under a key: read from the type of the field."""

from __future__ import annotations

import types
from typing import Annotated, Any, List, Tuple, Union, get_args, get_origin

from datasette_cases.model import case, fields
from datasette_cases.model.record import Record

from .markdown import link

PLAIN: List[Tuple[Any, str]] = [
    (case.By, "id of an actor, list of ids, or `{country: DE}`"),
    (case.WhichComplaints, "list of ids of complaints, or `all`"),
    (case.WhichDecisions, "id of an entry, or list of ids"),
    (fields.Slug, "id"),
    (fields.Language, "language"),
    (fields.Country, "country"),
    (fields.Quote, "text"),
    (fields.Website, "web address"),
    (fields.Url, "web address of a source"),
    (fields.Whole, "whole number"),
    (fields.Amount, "amount"),
    (fields.Degrees, "degrees"),
    (fields.Flag, "`yes` or `no`"),
    (fields.PastDate, "date"),
    (fields.AnyDate, "date, also a future one"),
    (fields.PastDay, "day"),
    (fields.AnyDay, "day, also a future one"),
    (fields.Sources, "list of web addresses of sources"),
    (fields.Text, "text"),
]
"""Types that have a name of their own; the first that fits counts."""


def shape(hint: Any) -> str:
    """`list of ids of authorities`, `one of [act](vocabulary.md#act)`, `list of [Entry](#entry)`."""
    for known, words in PLAIN:
        if hint == known:
            return words
    if get_origin(hint) is Annotated:
        base, *extras = get_args(hint)
        for extra in extras:
            if isinstance(extra, fields.OneOf):
                return "one of " + link(extra.vocabulary.field, extra.vocabulary.field, "vocabulary.md")
            if isinstance(extra, fields.Known):
                return f"id of {'an' if extra.kind[0] in 'aeiou' else 'a'} {extra.kind}"
        return shape(base)
    if get_origin(hint) in (Union, types.UnionType):
        return shape(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is list:
        return "list: " + shape(get_args(hint)[0])
    if get_origin(hint) is dict:
        key, value = get_args(hint)
        return f"map: {shape(key)} → {shape(value)}"
    if isinstance(hint, type) and issubclass(hint, Record):
        return link(hint.__name__, hint.__name__)
    raise TypeError(f"{hint} has no words in {__name__}.PLAIN")


def records(hint: Any) -> List[type]:
    """The records that stand somewhere in a type."""
    if isinstance(hint, type) and issubclass(hint, Record):
        return [hint]
    return [record for part in get_args(hint) for record in records(part)]
