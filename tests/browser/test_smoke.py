"""On the other Datasette: each page opens, fits a phone, and the browser has nothing to say about it."""

from __future__ import annotations

import pytest

from .pages import ERRORS, PAGES, Place
from .visitor import Visitor, require_fit


@pytest.mark.parametrize("place", {**PAGES, **ERRORS}.values(), ids=[*PAGES, *ERRORS])
def test_a_page_opens(visitor: Visitor, place: Place) -> None:
    page = visitor.open(place.path, 360, language=place.language, status=place.status)
    assert page.locator("h1").count() == 1
    require_fit(page, 360, 1280)
