"""The types of fields. Each reads text, and says in a pydantic error of its own kind what is wrong with it.

What is known (ids, words, hosts, the last day of the record) comes as pydantic's validation context, a `Context`;
without one only the form is checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Mapping, Optional
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..vocabulary import Vocabulary, nearest
from ..vocabulary.iso import COUNTRIES, LANGUAGES
from . import day
from .day import PartialDate

QUOTE_WORDS, QUOTE_LETTERS = 25, 1000
"""A quote is the exact public words, at most so many of them."""


MOST_COMPARED = 100
"""Unknown ids of one file of which the nearest known ones are named."""


@dataclass(frozen=True)
class Context:
    """What a record may refer to: `ids` by kind of thing (`authority`, `actor`, `entry` ...), `hosts` that have a
    publisher, `released`: the day after which the future begins. What is None or left out is not known, and not checked."""

    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hosts: Optional[frozenset[str]] = None
    released: Optional[date] = None
    compared: list[str] = field(default_factory=list, compare=False)
    """Unknown ids that were compared with all known ones, for what may have been meant: that takes time, and after many nobody reads it."""

    def suggestion(self, value: str, known: tuple[str, ...], otherwise: str) -> str:
        if len(self.compared) >= MOST_COMPARED:
            return otherwise or "write one that exists"
        self.compared.append(value)
        return suggestion(value, known, otherwise)


def problem(kind: str, found: str, todo: str) -> PydanticCustomError:
    """A pydantic error of one of our kinds. Braces in foreign text are data, so they travel as context."""
    return PydanticCustomError(kind, "{found}; {todo}", {"found": found, "todo": todo})


def suggestion(value: str, known: tuple[str, ...] | list[str], otherwise: str = "") -> str:
    """What to do about a word that is not known: the nearest known ones, or all when they are few, or what is done otherwise."""
    near = nearest(value, known)
    if near:
        return "did you mean " + " or ".join(near) + "?" + (f" If not, {otherwise}" if otherwise else "")
    if 0 < len(known) <= (12 if otherwise else 40):
        return f"use one of {', '.join(sorted(known))}" + (f"; or {otherwise}" if otherwise else "")
    return otherwise or "write one that exists"


OTHERWISE = {
    "authority": "add it to authorities.yml",
    "actor": "add it to actors.yml or authorities.yml",
    "complaint": "add it under complaints",
    "entry": "add it under entries",
    "subject": "add it under subjects",
}
"""What to do about an id that is meant as it stands, by kind of thing."""


# --- plain text -------------------------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    if not isinstance(value, str):
        found = "a list where a text belongs" if isinstance(value, list) else "keys and values where a text belongs"
        raise problem("not-a-text", f"found {found}", "write one text, in double quotes if it has a colon or bracket")
    if not value.strip():
        raise problem("empty-value", "found nothing after the key", "write a value, or leave the key out")
    return value


Text = Annotated[str, BeforeValidator(_text)]


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise problem("bad-id", f'found "{value}"', "write lower-case letters a-z and digits, joined by single hyphens")
    return value


Slug = Annotated[Text, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})]


def _language(value: str) -> str:
    if value not in LANGUAGES and not re.fullmatch(r"[a-z]{3}", value):
        todo = "write the ISO 639 code of the language, such as nl (Czech is cs, Danish da, Greek el, Swedish sv)"
        raise problem("bad-language", f'found "{value}"', todo)
    return value


Language = Annotated[Text, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}$"})]


def _country(value: str) -> str:
    if value not in COUNTRIES:
        todo = "write the ISO 3166-1 code in capitals, such as NL (Greece is GR, the United Kingdom GB)"
        raise problem("bad-country", f'found "{value}"', todo)
    return value


Country = Annotated[Text, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})]


def _quote(value: str) -> str:
    words = len(value.split())
    if words > QUOTE_WORDS:
        raise problem("quote-too-long", f"found a quote of {words} words", f"keep it to {QUOTE_WORDS}: cut it at its beginning or end")
    if len(value) > QUOTE_LETTERS:
        found, todo = f"found a quote of {len(value)} letters", f"keep it to {QUOTE_LETTERS}: cut it at its beginning or end"
        raise problem("quote-too-long", found, todo)
    return value


Quote = Annotated[Text, AfterValidator(_quote)]


# --- numbers, yes and no ----------------------------------------------------------------------------------------------


def _whole(value: Any) -> int:
    text = _text(value)
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise problem("bad-number", f'found "{text}"', "write a whole number from 1 to 999999999, digits only")
    return int(text)


Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 1})]


def _amount(value: Any) -> Decimal:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", text):
        raise problem("bad-number", f'found "{text}"', "write digits only, with a point before cents, such as 1200000 or 99.50")
    return Decimal(text)


Amount = Annotated[Decimal, BeforeValidator(_amount), PlainSerializer(str), WithJsonSchema({"type": "number", "minimum": 0})]


def _degrees(value: Any) -> float:
    text = _text(value)
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]+)?", text):
        raise problem("bad-number", f'found "{text}"', "write degrees with a point, such as 52.08")
    return float(text)


Degrees = Annotated[float, BeforeValidator(_degrees), WithJsonSchema({"type": "number"})]


def _flag(value: Any) -> bool:
    text = _text(value)
    if text not in ("yes", "no"):
        raise problem("bad-flag", f'found "{text}"', "write yes or no")
    return text == "yes"


Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": ["yes", "no"]})]


# --- days -------------------------------------------------------------------------------------------------------------


def _partial(value: Any) -> PartialDate:
    text = _text(value)
    try:
        return day.parse(text)
    except day.IntervalBackwards as error:
        raise problem("interval-backwards", f'found "{text}": {error}', "put the earlier day first, or write one day") from None
    except ValueError as error:
        raise problem("bad-date", f'found "{text}": {error}', f"write {day.EXPECTED}") from None


def _exact(value: Any) -> date:
    found = _partial(value)
    if found.precision != "day":
        raise problem("bad-date", f'found "{found}": this needs one day', "write it as 2024-06-06")
    return found.first


def _past(value: PartialDate, info: ValidationInfo) -> PartialDate:
    released = info.context.released if isinstance(info.context, Context) else None
    if released and value.first > released:
        raise problem(
            "date-in-future",
            f'found "{value}"',
            f"mend the year or day: what happened cannot lie after {released}, the day of this release",
        )
    return value


def _past_day(value: date, info: ValidationInfo) -> date:
    _past(PartialDate(value, value, "day", value.isoformat()), info)
    return value


_DATE_SCHEMA = WithJsonSchema({"type": ["string", "integer"], "examples": ["2024-06-06", "2024-06", "2024", "2024-06-06/2024-06-14"]})
_text_of = PlainSerializer(str, return_type=str)

AnyDate = Annotated[PartialDate, PlainValidator(_partial), _text_of, _DATE_SCHEMA]
"""A date that may lie in the future, such as a last day."""
PastDate = Annotated[PartialDate, PlainValidator(_partial), AfterValidator(_past), _text_of, _DATE_SCHEMA]
AnyDay = Annotated[date, BeforeValidator(_exact), _text_of, WithJsonSchema({"type": "string", "format": "date"})]
PastDay = Annotated[
    date, BeforeValidator(_exact), AfterValidator(_past_day), _text_of, WithJsonSchema({"type": "string", "format": "date"})
]


# --- words and references ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OneOf:
    """A word of a closed list: `Annotated[Text, OneOf(ACT)]`."""

    vocabulary: Vocabulary

    def check(self, value: str) -> str:
        if value not in self.vocabulary:
            raise problem(
                "unknown-word", f'found "{value}", which is no {self.vocabulary.field}', suggestion(value, self.vocabulary.values)
            )
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"enum": list(self.vocabulary.values)}


@dataclass(frozen=True)
class Known:
    """The id of something that exists: `Annotated[Text, Known("authority")]`. `error` is the problem's kind."""

    kind: str
    error: str = "unknown-id"

    def check(self, value: str, info: ValidationInfo) -> str:
        context = info.context if isinstance(info.context, Context) else Context()
        ids = context.ids.get(self.kind)
        if ids is not None and value not in ids:
            todo = context.suggestion(value, tuple(ids), OTHERWISE.get(self.kind, ""))
            raise problem(self.error, f'found "{value}", which is no known {self.kind}', todo)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self.check, handler(source))


def host_key(host: str) -> str:
    """A host as it stands in publishers.yml: lower case, without a leading www."""
    return host.lower().removeprefix("www.")


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or "." not in host or parts.scheme not in ("http", "https") or re.search(r"[\s<>\"]", value):
        raise problem("bad-url", f'found "{value}"', "write the whole address, beginning with https:// or http://")
    return value


def _published(value: str, info: ValidationInfo) -> str:
    host = host_key(urlsplit(value).hostname or "")
    if isinstance(info.context, Context) and info.context.hosts is not None and host not in info.context.hosts:
        raise problem("unknown-publisher", f"found the host {host}, which has no publisher", "add it to publishers.yml, with name and kind")
    return value


Website = Annotated[Text, AfterValidator(_address), WithJsonSchema({"type": "string", "format": "uri"})]
"""Any web address."""
Url = Annotated[Text, AfterValidator(_address), AfterValidator(_published), WithJsonSchema({"type": "string", "format": "uri"})]
"""The address of a document; its host must have a publisher."""


def _list(value: Any) -> Any:
    if not isinstance(value, list):
        found = "keys and values where a list belongs" if isinstance(value, dict) else f'the single value "{value}"'
        raise problem("not-a-list", f"found {found}", "put it in brackets, as [a] or [a, b], or write each item on a line after a hyphen")
    if not value:
        raise problem("empty-value", "found an empty list", "write at least one, or leave the key out")
    return value


Listed = BeforeValidator(_list)
"""A list of at least one. A single value instead is an error, not a list of one."""


def _sources(value: Any) -> Any:
    if value == []:
        raise problem("no-source", "found an empty list of sources", "write the address of at least one document that says it")
    return _list(value)


Sources = Annotated[list[Url], BeforeValidator(_sources)]
