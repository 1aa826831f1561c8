"""Everything can be reached and seen with the Tab key alone."""

from __future__ import annotations

from .keyboard import PARTS, require_walk
from .pages import CASE
from .visitor import Visitor


def test_the_skip_link_comes_first_and_works(visitor: Visitor) -> None:
    page = visitor.open(CASE)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#content"
    assert focused.bounding_box() and focused.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#content'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_walk_with_the_tab_key(visitor: Visitor) -> None:
    page = visitor.open(CASE, 360)
    steps = require_walk(page)
    reached = [step["part"] for step in steps if step["part"]]
    expected = [part for part in PARTS if page.locator(f"#{part}").count()]
    assert list(dict.fromkeys(reached)) == expected
    assert reached == sorted(reached, key=expected.index), "a part is come back to"


def test_the_marks_of_the_timeline_can_be_passed_over(visitor: Visitor) -> None:
    """They are many: one link before them leads behind them."""
    page = visitor.open(CASE)
    page.locator("#timeline a.skip").focus()
    box = page.locator("#timeline a.skip").bounding_box()
    assert box and box["x"] >= 0 and 0 <= box["y"] < 900
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('svg') && !!document.activeElement.closest('#timeline')")
