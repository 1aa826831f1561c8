"""docs/data.md: every file an editor writes, every table and view of the database."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from datasette_cases.model.actor import Actors, Authorities, Publishers
from datasette_cases.model.case import Case, Unnamed
from datasette_cases.store.tables import TABLES
from datasette_cases.store.tables import __doc__ as about_tables

from . import views
from .markdown import anchor, link, sentences, table
from .markdown import page as markdown
from .shapes import records, shape

FILES: Dict[str, type[BaseModel]] = {
    "data/cases/<id>.yml": Case,
    "data/authorities.yml": Authorities,
    "data/actors.yml": Actors,
    "data/publishers.yml": Publishers,
}
SQL_NAMES: Mapping[type, str] = {str: "text", int: "integer", float: "real"}

WRITING = """Every value is read as text and typed by its field, so `no`, `NO` and `0123` need no quotes. A date is a day
(`2024-06-06`), a month (`2024-06`), a year (`2024`) or an interval (`2024-06-06/2024-06-14`: one day in it, not known which).
Leave out a key that has no value. Anchors, tags and unknown keys are errors; each error is explained in
[problems](problems.md). `scripts/check` reports all of them, `scripts/format` writes the canonical form.

An editor that knows JSON Schema completes keys and words and marks errors while you type. Put a line at the top of a file,
or set it for the folder in your editor (in Visual Studio Code, with a YAML extension, under `yaml.schemas`); the schemas are
[case](schema/case.json), [authorities](schema/authorities.json), [actors](schema/actors.json) and
[publishers](schema/publishers.json):

```yaml
# yaml-language-server: $schema=../../docs/schema/case.json
```"""

READING = """The database is one SQLite file, and a public interface: names of tables, columns and views change only with a new
`releases.schema_version`; columns may be added. Its SQL stands in [schema.sql](schema.sql); the words of closed lists in
[vocabulary](vocabulary.md), and in the table `vocabulary` in every language."""


def page() -> str:
    return markdown("The data", contents(), files(), database())


def contents() -> Iterator[str]:
    yield "What an editor writes: " + ", ".join(link(f"`{name}`", model.__name__) for name, model in FILES.items()) + "."
    yield (
        "What a reader queries: "
        + ", ".join(link(f"`{item.name}`", f"table {item.name}") for item in TABLES)
        + "; views: "
        + (", ".join(link(f"`{view.name}`", f"view {view.name}") for view in views.views()) + ".")
    )


# --- the files --------------------------------------------------------------------------------------------------------


def files() -> Iterator[str]:
    yield "## What an editor writes"
    yield WRITING
    names = {model: name for name, model in FILES.items()}
    for model in reached(list(FILES.values())):
        yield f"### {model.__name__}"
        yield from sentences(model.__doc__ or "")
        if model in names and names[model] not in (model.__doc__ or ""):
            yield f"File: `{names[model]}`."
        yield table(("key", "", "what", "meaning"), fields(model))


def reached(models: List[type[BaseModel]]) -> List[type[BaseModel]]:
    """The records of the files and those that stand in them, each once, in the order a reader meets them."""
    found = dict.fromkeys(models[:0])
    for model in models:
        found[model] = None
        hints = get_type_hints(model, include_extras=True)
        inner = [record for name in model.model_fields for record in records(hints[name]) if record is not Unnamed]
        found.update(dict.fromkeys(reached(inner)))
    return list(found)


def fields(model: type[BaseModel]) -> Iterator[List[str]]:
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        yield [f"`{field.alias or name}`", required(field), shape(hints[name]), field.description or ""]


def required(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    return f"else `{written(field.default)}`" if field.default is not None else ""


def written(default: Any) -> str:
    """A default as an editor would write it."""
    return {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default)


# --- the database -----------------------------------------------------------------------------------------------------


def database() -> Iterator[str]:
    yield "## What a reader queries"
    yield READING
    yield from list(sentences(about_tables or ""))[1:]
    for item in TABLES:
        yield f"### Table {item.name}"
        yield item.meaning + keys(item.key)
        yield table(("column", "type", "", "meaning", "refers to", "words"), map(column, item.columns))
    for view in views.views():
        yield f"### View {view.name}"
        yield view.meaning
        yield "Columns: " + ", ".join(f"`{name}`" for name in view.columns) + "."


def keys(key: tuple[str, ...]) -> str:
    return f" Key: {', '.join(f'`{name}`' for name in key)}." if key else ""


def column(item: Any) -> List[str]:
    about = item.about
    refers = about.refers.partition(".")[0] if about.refers else None
    return [
        f"`{item.name}`",
        SQL_NAMES[item.type],
        "" if item.required else "or null",
        about.meaning,
        f"[{refers}](#{anchor(f'table {refers}')})" if refers else "",
        link(about.words.field, about.words.field, "vocabulary.md") if about.words else "",
    ]
