"""Pages hold whatever a case has in it."""

from __future__ import annotations

import pytest

from .extremes import CASES
from .visitor import Visitor, open_details, require_accessible, require_boxes, require_fit


@pytest.mark.parametrize("name", CASES)
def test_a_page_holds(extreme_visitor: Visitor, name: str) -> None:
    page = extreme_visitor.open(f"/-/cases/{name}")
    open_details(page)
    require_fit(page, 1280, 360)
    require_boxes(page, 1280, 360)
    require_accessible(page)


@pytest.mark.parametrize("path", ["/-/cases", "/-/deadlines", "/-/statements?retracted=1", "/-/follow-up"])
def test_a_list_holds(extreme_visitor: Visitor, path: str) -> None:
    page = extreme_visitor.open(path)
    open_details(page)
    require_fit(page, 1280, 360)
    require_boxes(page, 1280, 360)
    require_accessible(page)
