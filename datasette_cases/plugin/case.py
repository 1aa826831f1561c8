"""One case as a request asks for it: as of a day, as known on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from ..page import case as case_page
from ..page.case import CasePage
from ..query import case as case_query
from . import known
from .pages import Visit, day_asked


def days_asked(seen: Visit) -> tuple[str, Optional[str]]:
    """The day a case is asked for as of, and the day as known on which; None: as it is known now."""
    known_on = known.day_of(seen)
    return day_asked(seen).isoformat() if seen.request.args.get("as_of") or not known_on else known_on, known_on


async def read_case(seen: Visit, day: str, known_on: Optional[str]) -> tuple[CasePage, known.Record]:
    """The case of the address. Raises NotFound where there is none."""
    case_id = seen.request.url_vars["case"]

    def read(connection: Any) -> tuple[CasePage, known.Record]:
        with known.reading(seen, connection, case_id, known_on) as record:
            rows = case_query.read(connection, case_id, day, seen.language)
        if rows is None:
            raise known.missing(seen, connection, case_id, known_on)
        page = case_page.build(rows, record.words, seen.language, seen.today.isoformat())
        return replace(page, known=record.known), record

    return await seen.read(read)
