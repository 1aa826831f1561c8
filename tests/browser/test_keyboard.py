"""Everything can be reached and seen with the Tab key alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from .visitor import CASE, Visitor

PARTS = ("board", "timeline", "chronicle")

FOCUSED = """parts => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const onTop = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element)) && hit !== document.body && hit !== document.documentElement;
  };
  const seen = [...element.getClientRects()].some(box => [0.1, 0.5, 0.9].some(across => [0.1, 0.5, 0.9].some(down =>
    box.width && box.height && onTop(box.left + across * box.width, box.top + down * box.height))));
  const places = (window.places ??= new Map());
  if (!places.has(element)) places.set(element, places.size);
  return {
    place: places.get(element),
    shown: `${element.tagName.toLowerCase()} ${element.getAttribute("href") || element.name || ""} ${element.textContent.trim().slice(0, 30)}`,
    seen: seen,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    part: parts.find(name => {
      const part = document.getElementById(name);
      return part && (part.closest("section") || part).contains(element);
    }) || null,
  };
}"""
"""The element that has the focus. It is seen if a part of it lies in the window and under nothing else."""

MOST = 2000


def walk(page: Page) -> list[dict[str, Any]]:
    """Every element that Tab stops at, from the top until it leaves the page. A field for a day has several stops in it."""
    steps: list[dict[str, Any]] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUSED, list(PARTS))
        if step is None or len(steps) > 1 and step["place"] == steps[0]["place"]:
            return steps
        if not steps or step["place"] != steps[-1]["place"]:
            steps.append(step)
    raise AssertionError(f"the page is never left; the last stops were {[step['shown'] for step in steps[-3:]]}")


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


@pytest.mark.parametrize("width", [1280, 360])
def test_a_walk_with_the_tab_key(visitor: Visitor, width: int) -> None:
    page = visitor.open(CASE, width)
    steps = walk(page)
    assert len({step["place"] for step in steps}) == len(steps) > 20
    assert [step["shown"] for step in steps if not step["seen"]] == []
    assert [step["shown"] for step in steps if not step["outlined"]] == []
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
