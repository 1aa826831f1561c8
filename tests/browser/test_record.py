"""Every case of the record, today and on one of its key days: that it fits, is accessible, and that no label meets another."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from datasette_cases.plugin import adapter

from ..site import ROOT
from .picture import MEASURE_SHOWN
from .visitor import Visitor, open_details, require_accessible, require_fit

pytestmark = pytest.mark.skipif(adapter.V1, reason="both Datasettes get the same page; it is looked at once")

CASES = sorted(path.stem for path in (ROOT / "data/cases").glob("*.yml"))


def key_day(file: Path, case: str) -> str:
    """One in the middle."""
    with sqlite3.connect(file) as db:
        days = [day for (day,) in db.execute("select date from key_days where case_id = ? order by date", (case,))]
    return str(days[len(days) // 2])


@pytest.mark.parametrize("case", CASES)
def test_no_label_meets_another_and_nothing_sticks_out(visitor: Visitor, real_db: Path, case: str) -> None:
    found = []
    for query, language, scheme in (("", "en", "light"), (f"?as_of={key_day(real_db, case)}", "nl", "dark")):
        address = f"/-/cases/{case}{query}"
        page = visitor.open(address, language=language, scheme=scheme)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} at {width}: {text}" for text in page.evaluate(MEASURE_SHOWN)]
        require_fit(page, 360, 1280)
        page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("case", CASES)
def test_each_is_accessible(visitor: Visitor, case: str) -> None:
    page = visitor.open(f"/-/cases/{case}", 360, "dark", "nl")
    open_details(page)
    require_accessible(page)
