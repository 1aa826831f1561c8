"""A walk over a page with the Tab key."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

PARTS = ("board", "timeline", "chronicle")

FOCUSED = """parts => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const onTop = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element)) && hit !== document.body && hit !== document.documentElement;
  };
  const seen = [element, ...element.querySelectorAll("text")].flatMap(part => [...part.getClientRects()]).some(box => [0.1, 0.5, 0.9].some(across => [0.1, 0.5, 0.9].some(down =>
    (box.width || box.height) && onTop(box.left + across * box.width, box.top + down * box.height))));
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


def require_walk(page: Page) -> list[dict[str, Any]]:
    """Each stop is reached once, is seen, and is marked as the one that has the focus."""
    steps = walk(page)
    assert len({step["place"] for step in steps}) == len(steps) > 10
    assert [step["shown"] for step in steps if not step["seen"]] == []
    assert [step["shown"] for step in steps if not step["outlined"]] == []
    return steps
