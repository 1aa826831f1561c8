"""What is generated from the program, so that nothing is spelled twice. `PAGES`: file → what makes its text."""

from __future__ import annotations

from typing import Callable, Dict

from . import catalogue, data, export_tables, json_schema, metadata, problems, questions, schema_sql, time_limits, vocabulary

PAGES: Dict[str, Callable[[], str]] = {
    "docs/data.md": data.page,
    "docs/problems.md": problems.problems_page,
    "docs/vocabulary.md": vocabulary.page,
    "docs/time-limits.md": time_limits.page,
    "docs/schema.sql": schema_sql.page,
    **{f"docs/schema/{name}.json": schema for name, schema in json_schema.SCHEMAS.items()},
    "datasette_cases/export/tables.json": export_tables.page,
    "docs/questions.md": questions.page,
    "metadata.yml": metadata.page,
    **catalogue.CATALOGUES,
}
