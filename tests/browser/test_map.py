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
