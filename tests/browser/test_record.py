"""Every case of the record, today and on one of its key days: that it fits, is accessible, and that no label meets another."""

from __future__ import annotations

import sqlite3
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Page

from ..site import ROOT
from .picture import MEASURE_SHOWN
from .visitor import Visitor, open_details, require_accessible, require_boxes, require_fit

LANGUAGES = ("de", "es", "fr", "it", "nl", "pl")
CASES = sorted(path.stem for path in (ROOT / "data/cases").glob("*.yml"))


def key_day(file: Path, case: str) -> str:
    """One in the middle."""
    with sqlite3.connect(file) as db:
        days = [day for (day,) in db.execute("select date from key_days where case_id = ? order by date", (case,))]
    return str(days[len(days) // 2])


@pytest.mark.parametrize(("case", "language"), zip(CASES, cycle(LANGUAGES)), ids=CASES)
def test_it_holds_in_every_language(visitor: Visitor, real_db: Path, case: str, language: str) -> None:
    address = f"/-/cases/{case}"
    page = visitor.open(address, language=language)
    require_no_label_on_another(page)
    require_boxes(page, 1280, 360)
    require_fit(page, 360, 1280)
    open_details(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    require_accessible(page)
    page = visitor.open(f"{address}?as_of={key_day(real_db, case)}", 360, "dark")
    require_no_label_on_another(page)
    require_boxes(page, 360)
    require_fit(page, 360)


def require_no_label_on_another(page: Page) -> None:
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {text}" for text in page.evaluate(MEASURE_SHOWN)]
    assert not found, f"{page.url}:\n" + "\n".join(found)
