"""The map of the authorities: its countries can be reached, seen without colours, and read without it."""

from __future__ import annotations

import pytest

from .visitor import Visitor, require_fit

ADDRESS = "/-/authorities?case=clearview-ai-2021"


@pytest.mark.parametrize("script", [True, False])
def test_the_map_needs_no_script_and_each_country_has_a_name(visitor: Visitor, script: bool) -> None:
    page = visitor.open(ADDRESS, script=script)
    links = page.get_by_role("link", name="Italy –")
    assert links.count() == 1 and "Garante: Finds it unlawful" in page.locator(".drawn").inner_html()
    assert page.locator(".drawn svg.map a").count() > 30
    require_fit(page, 320, 360, 640, 1280)


@pytest.mark.parametrize("width", [1280, 360])
def test_each_country_can_be_hit_and_no_ring_meets_another(visitor: Visitor, width: int) -> None:
    """Somewhere, with a mouse; what is too small for a finger is in the list too."""
    page = visitor.open(ADDRESS, width)
    hit = page.evaluate("""() => {
      const svg = document.querySelector(".drawn svg");
      svg.scrollIntoView({block: "start"});
      const shown = link => link.getAttribute("aria-label") || link.textContent.trim().slice(0, 60);
      const hit = link => {
        const box = link.getBoundingClientRect(), step = Math.max(0.5, box.width / 40);
        for (let x = box.left + step / 2; x < box.right; x += step) for (let y = box.top + step / 2; y < box.bottom; y += step)
          if (document.elementFromPoint(x, y)?.closest("a") === link) return true;
        return false;
      };
      const rings = [...svg.querySelectorAll("a.ring > circle")].map(ring => ring.getBoundingClientRect());
      const listed = new Set([...document.querySelectorAll(".people a")].map(link => link.getAttribute("href")));
      return {
        missed: [...svg.querySelectorAll("a")].filter(link => !hit(link)).map(shown),
        rings: rings.length,
        met: rings.filter((one, place) => rings.slice(place + 1).some(other => Math.hypot(one.x - other.x, one.y - other.y) < one.width - 0.5)).length,
        unlisted: [...svg.querySelectorAll("a")].filter(link => !listed.has(link.getAttribute("href")) && link.getAttribute("href")[0] !== "#").map(shown),
      };
    }""")
    assert hit["missed"] == [] and hit["unlisted"] == [] and hit["met"] == 0 and hit["rings"] > 3, hit


def test_a_country_leads_to_its_authority(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    page.get_by_role("link", name="Italy –").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/-/authorities/it-gpdp")
    assert page.locator("h1").inner_text().endswith("Garante")


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_drawn_outside_the_picture(visitor: Visitor, width: int) -> None:
    page = visitor.open(ADDRESS, width)
    outside = page.evaluate("""() => { const box = document.querySelector(".drawn svg").getBoundingClientRect();
      return [...document.querySelectorAll(".drawn svg a")].filter(link => { const own = link.getBoundingClientRect();
        return own.left < box.left - 2 || own.right > box.right + 2 || own.top < box.top - 2 || own.bottom > box.bottom + 2; })
        .map(link => link.textContent); }""")
    assert outside == []


def test_the_list_says_without_colours_what_the_map_shows(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS, forced_colors="active")
    shown = page.locator("table.people").inner_text()
    for label in page.locator(".meant li").all_inner_texts():
        if page.locator(".stance", has_text=label).count():
            assert label in shown
    assert "Finds it unlawful" in shown
    border = page.locator(".drawn svg a.country > path").first.evaluate("path => getComputedStyle(path).stroke")
    assert border == page.locator("body").evaluate("body => getComputedStyle(body).color")
