"""What is generated from the program, so that nothing is spelled twice. `PAGES`: file → what makes its text."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Callable, Dict

from . import catalogue, data, json_schema, metadata, schema_sql, vocabulary

PAGES: Dict[str, Callable[[], str]] = {
    "docs/data.md": data.page,
    "docs/vocabulary.md": vocabulary.page,
    "docs/schema.sql": schema_sql.page,
    **{f"docs/schema/{name}.json": schema for name, schema in json_schema.SCHEMAS.items()},
    "metadata.yml": metadata.page,
    **catalogue.CATALOGUES,
}

if find_spec("_docs.problems"):
    from .problems import problems_page

    PAGES["docs/problems.md"] = problems_page
