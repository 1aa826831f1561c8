"""The API as OpenAPI 3.1, made from the page objects: what a page has is what its JSON has, and nothing else."""

from __future__ import annotations

import dataclasses
import types
from typing import Any, Iterable, Mapping, NamedTuple, Union, get_args, get_origin, get_type_hints

from ..page import actor, actors, authorities, case, cases, changes, deadlines, follow_up, statements
from ..page.api import ID, LANG, MEDIA, OPERATIONS, Operation, Parameter
from ..page.words import Entry, Words
from .json import LINKS

Schema = dict[str, Any]


class Site(NamedTuple):
    """The site that is described. `address`: what its paths begin with; `error`: one of its errors, as it answers them; `ids`: for each
    variable in a path one that there is; `license`: name and address, as far as known."""

    title: str
    version: str
    address: str
    languages: tuple[str, ...]
    error: Mapping[str, Any]
    ids: Mapping[str, str]
    license: Mapping[str, str]


def document(words: Words, site: Site, operations: Iterable[Operation] = OPERATIONS) -> dict[str, Any]:
    schemas = _Schemas(words)
    schemas.found["Error"] = _error(site.error)
    paths: dict[str, Any] = {}
    for operation in operations:
        for format in operation.formats:
            paths[f"{operation.path}.{format}"] = {"get": _operation(operation, format, schemas, site)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "version": site.version,
            "description": ABOUT,
            **({"license": dict(site.license)} if site.license.get("name") else {}),
        },
        "servers": [{"url": site.address}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.found.items()))},
    }


ABOUT = """What each data protection authority did with the same complaint, what it must do next, and how we know.

Ids and addresses stay. In lists `next` is the token of the next page (`_next`), `next_url` its address, which the header Link has too.
Keys and words are added; what is there changes only with a new schema version. A parameter that is not known, or given twice, is
refused. Days are days; a date that its source does not give exactly is a month or a year, and then `…_precision` and `…_end` say so."""

# --- operations -------------------------------------------------------------------------------------------------------


def _operation(operation: Operation, format: str, schemas: _Schemas, site: Site) -> Schema:
    listed = any(parameter.name == "_next" for parameter in operation.parameters) and format in ("json", "csv")
    variables = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    parameters = [_variable(name, site) for name in variables]
    parameters += [_parameter(parameter, schemas) for parameter in operation.parameters]
    parameters.append(_parameter(LANG._replace(among=site.languages, example=site.languages[0]), schemas))
    if operation.id.endswith("_calendar") and operation.elsewhere:
        answers = {"302": ELSEWHERE}
    else:
        headers = {"Link": {"description": "The address of the next page.", "schema": {"type": "string"}}} if listed else {}
        content = {MEDIA[format]: {"schema": _answer(operation, format, schemas)}}
        answers = {"200": {"description": "Found.", **({"headers": headers} if headers else {}), "content": content}}
        answers |= {"302": ELSEWHERE} if operation.elsewhere else {}
    return {
        "operationId": operation.id if format == operation.formats[0] else f"{operation.id}_{format}",
        "summary": operation.summary,
        "parameters": parameters,
        "responses": {**answers, "304": {"description": "What you have is what there is."}, **_refusals(bool(variables))},
    }


ELSEWHERE = {"description": "At another address.", "headers": {"Location": {"schema": {"type": "string"}, "required": True}}}
REFUSALS = {
    "400": "Not understood; the error says what would be.",
    "403": "You may not see this.",
    "404": "Not there.",
    "405": "Only read.",
}


def _refusals(named: bool) -> Schema:
    """`named`: something is asked for by its id, which may be none."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    allow = {"headers": {"Allow": {"schema": {"type": "string"}, "required": True}}}
    return {
        status: {"description": meaning, **(allow if status == "405" else {}), "content": content}
        for status, meaning in REFUSALS.items()
        if named or status != "404"
    }


def _variable(name: str, site: Site) -> Schema:
    found = {"example": site.ids[name]} if name in site.ids else {}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": f"The id of the {name}.",
        "schema": {"type": "string", "pattern": ID},
        **found,
    }


def _parameter(parameter: Parameter, schemas: _Schemas) -> Schema:
    words = ([word.value for word in schemas.words.all(parameter.words)] if parameter.words else []) + [*parameter.among]
    if parameter.number:
        number: Schema = {"type": "integer", "minimum": 1, "maximum": parameter.number}
        schema = {"anyOf": [number, {"type": "string", "enum": words}]} if words else number
    elif parameter.day:
        schema = {"type": "string", "format": "date"}
    elif words:
        schema = {"type": "string", "enum": words}
    else:
        schema = {
            "type": "string",
            **({"pattern": parameter.pattern} if parameter.pattern else {}),
            **({"maxLength": parameter.most} if parameter.most else {}),
        }
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "schema": schema,
        **({"required": True} if parameter.required else {"allowEmptyValue": True}),
        **({"example": int(parameter.example) if parameter.number else parameter.example} if parameter.example else {}),
    }


def _answer(operation: Operation, format: str, schemas: _Schemas) -> Schema:
    if format == "json" and operation.answers:
        return schemas.of(operation.answers)
    if format == "geojson":
        schemas.found["AuthorityFeature"] = _feature(schemas)
        return FEATURES
    if format == "jsonld":
        return {"type": "object"}
    if format == "json":
        return RECKONED if operation.id == "reckon" else {"type": "object"}
    return {"type": "string"}


# --- page objects -----------------------------------------------------------------------------------------------------

NAMES: Mapping[type, str] = {
    actor.About: "AuthorityAbout",
    actor.Role: "PartOf",
    actors.Line: "ActorLine",
    authorities.Line: "AuthorityLine",
    case.Authority: "BoardRow",
    case.Head: "Case",
    cases.Due: "NextDeadline",
    cases.Line: "CaseLine",
    changes.CaseRef: "ChangedCase",
    changes.Value: "ChangesValue",
    deadlines.Line: "DeadlineLine",
    follow_up.Line: "FollowUpLine",
    statements.Line: "StatementLine",
    Entry: "Word",
}
"""Of classes that several modules call alike, or whose name says too little alone."""

WORDS: Mapping[str, str] = {
    "act": "act", "answer": "answer", "basis": "basis", "brought_under": "brought_under", "confidence": "confidence", "form": "form",
    "level": "level", "phase": "phase", "question": "question", "reason": "reason", "regime": "regime", "role": "role", "status": "status",
    "ActorRef.kind": "actor_kind", "Cell.state": "decision_state", "Change.kind": "change_kind", "Change.reason": "",
    "Citation.kind": "source_kind", "Deadline.kind": "deadline_kind", "Deadline.outcome": "deadline_outcome",
    "DecisionState.state": "decision_state", "Item.outcome": "outcome", "Measure.kind": "measure", "NextDeadline.kind": "deadline_kind",
    "DeadlineLine.kind": "deadline_kind", "DeadlineLine.outcome": "deadline_outcome", "Reason.value": "reason", "Rule.confidence": "",
    "StatementLine.outcome": "outcome", "PartOf.role": "role party_role",
}  # fmt: skip
"""Field, or class and field → the list of the vocabulary its words are of; several with spaces between, empty for none."""

FIXED: Mapping[str, tuple[str, ...]] = {
    "AuthoritiesPage.by": authorities.BY,
    "BoardRow.group": case.GROUPS,
    "Cell.group": case.GROUPS,
    "DeadlineLine.group": deadlines.GROUPS,
    "Item.type": ("complaint", "event", "statement"),
}
"""Words that are the pages' own."""

DAYS = (
    "as_of", "released", "checked", "since", "until", "answer_since", "date_end", "filed_end", "status_since", "handled_since", "last_day_end",
    "opened_end", "last_act_end", "reckoned_day", "reckoned_day_first", "from_day", "until_day", "modified", "day",
)  # fmt: skip
"""Fields that are whole days."""

DATES = ("date", "filed", "opened", "last_act", "last_day", "published")
"""Fields that are days, months or years, as their source gives them."""
LESS_EXACT = ("FormerName.until",)
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}


class _Schemas:
    """JSON Schemas by name, each made when it is first needed."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found: dict[str, Schema] = {}
        self.classes: dict[str, Any] = {}

    def of(self, cls: Any) -> Schema:
        """A reference to the schema of a class of page objects."""
        name = NAMES.get(cls, cls.__name__)
        if self.classes.setdefault(name, cls) is not cls:
            raise ValueError(f"two classes are called {name}: name one of them in NAMES")
        if name not in self.found:
            self.found[name] = {}  # what it holds may hold one of it
            self.found[name] = self.make(cls, name)
        return {"$ref": f"#/components/schemas/{name}"}

    def make(self, cls: Any, name: str) -> Schema:
        hints = get_type_hints(cls)
        properties = {field.name: self.typed(hints[field.name], name, field.name) for field in dataclasses.fields(cls)}
        if cls in LINKS:
            properties.setdefault("url", URL_OR_NOTHING)
        if "next" in properties:
            properties["next_url"] = URL_OR_NOTHING
        told = "" if (cls.__doc__ or "").startswith(f"{cls.__name__}(") else " ".join((cls.__doc__ or "").split())
        return {
            "type": "object",
            **({"description": told} if told else {}),
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def typed(self, hint: Any, name: str, field: str) -> Schema:
        origin, inside = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            (only,) = (one for one in inside if one is not type(None))
            return _or_null(self.typed(only, name, field))
        if origin is list:
            return {"type": "array", "items": self.typed(inside[0], name, field)}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.typed(inside[1], name, "")}
        if origin is tuple:
            return {
                "type": "array",
                "prefixItems": [self.typed(one, name, "") for one in inside],
                "minItems": len(inside),
                "maxItems": len(inside),
            }
        if dataclasses.is_dataclass(hint):
            return self.of(hint)
        return self.text(name, field) if hint is str else dict(PLAIN[hint])

    def text(self, name: str, field: str) -> Schema:
        key = f"{name}.{field}"
        if key in FIXED:
            return {"type": "string", "enum": [*FIXED[key]]}
        if key == "Cell.holds":
            return {"type": "string", "enum": [*self.values("answer"), cases.NO_ANSWER, cases.NOTHING_FOUND]}
        lists = WORDS.get(key, WORDS.get(field, "date_precision" if field.endswith("_precision") else ""))
        if lists:
            return self.word(lists)
        if field in DAYS and key not in LESS_EXACT:
            return {"type": "string", "format": "date"}
        if field in DATES or key in LESS_EXACT:
            return dict(DATE)
        return {"type": "string", **({"format": "uri"} if field in ("url", "archived_url", "source_url") else {})}

    def word(self, lists: str) -> Schema:
        """A reference to the words of one or several lists."""
        name = "".join(part.title() for part in lists.replace(" ", "_").split("_")) + "Word"
        values = [value for field in lists.split() for value in self.values(field)]
        self.found[name] = {"type": "string", "enum": list(dict.fromkeys(values))}
        return {"$ref": f"#/components/schemas/{name}"}

    def values(self, field: str) -> list[str]:
        return [word.value for word in self.words.all(field)]


PLAIN: Mapping[Any, Schema] = {bool: {"type": "boolean"}, int: {"type": "integer"}, float: {"type": "number"}}
URL_OR_NOTHING: Schema = {"type": ["string", "null"], "format": "uri"}


def _or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"], **({"enum": [*schema["enum"], None]} if "enum" in schema else {})}


def _closed(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _error(example: Mapping[str, Any]) -> Schema:
    """As the Datasette that serves this answers errors."""
    schemas: dict[str, Schema] = {
        "ok": {"type": "boolean", "const": False},
        "error": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "string"}},
        "status": {"type": "integer"},
        "title": {"type": ["string", "null"]},
    }
    return _closed(**{key: schemas[key] for key in example})


# --- what is no page object -------------------------------------------------------------------------------------------

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}

FEATURES = _closed(
    type={"type": "string", "const": "FeatureCollection"},
    features={"type": "array", "items": {"$ref": "#/components/schemas/AuthorityFeature"}},
    as_of={"type": "string", "format": "date"},
    case=TEXT_OR_NULL,
    released=DAY_OR_NULL,
)


def _feature(schemas: _Schemas) -> Schema:
    """An authority in GeoJSON."""
    pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    point = _closed(type={"type": "string", "const": "Point"}, coordinates=pair)
    properties = _closed(
        id=TEXT, name=TEXT, short_name=TEXT, name_native=TEXT, country=TEXT_OR_NULL, region=TEXT_OR_NULL, level=schemas.word("level"),
        cases=PLAIN[int], concerned=PLAIN[bool], holds=TEXT_OR_NULL, holds_label=TEXT_OR_NULL, answer=_or_null(schemas.word("answer")),
        answer_since=DAY_OR_NULL, status=_or_null(schemas.word("status")), status_label=TEXT_OR_NULL, phase=_or_null(schemas.word("phase")),
        status_since=DAY_OR_NULL, nothing_found=PLAIN[bool], days_asked={"type": ["integer", "null"]},
        url={"type": "string", "format": "uri"},
    )  # fmt: skip
    geometry = {"anyOf": [point, {"type": "null"}], "description": "Where its seat is; null where that is not known."}
    return _closed(type={"type": "string", "const": "Feature"}, id=TEXT, geometry=geometry, properties=properties)


_day: Schema = {"type": "string", "format": "date"}
_reckoned = _closed(
    last_day=_day,
    end={"type": "string", "description": "The first moment that is too late, by the clock of the place."},
    steps={"type": "array", "items": _closed(day=DAY_OR_NULL, text=TEXT, provision=TEXT)},
    certainty=TEXT,
    variants={"type": "array", "items": _closed(last_day=_day, end=TEXT, text=TEXT, provision=TEXT)},
)
RECKONED: Schema = {
    "anyOf": [
        _reckoned,
        _closed(last_day={**TEXT, "description": "The earliest and the latest, with a slash between."}, first=_reckoned, last=_reckoned),
    ]
}
