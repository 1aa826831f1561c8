"""Search in what was said, in a browser: by form and links alone, and with the script that copies."""

from __future__ import annotations

import pytest

from .visitor import Visitor, open_details, require_accessible, require_fit

ADDRESS = "/-/statements"


@pytest.mark.parametrize("script", [True, False])
def test_one_looks_for_words_and_narrows_it_down(visitor: Visitor, script: bool) -> None:
    page = visitor.open(ADDRESS, script=script)
    whole = page.locator("ol.said > li").count()
    page.fill("#q", '"legitimate interest"')
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    found = page.locator("ol.said > li").count()
    assert 0 < found < whole and {word.lower() for word in page.locator("mark").all_inner_texts()} <= {
        "legitimate",
        "interest",
        "legitimate interest",
    }
    page.locator("details.more > summary").click()
    page.select_option("select[name=kind]", "respondent")
    page.locator(".fields button").click()
    page.wait_for_url("**kind=respondent*")
    assert page.input_value("#q") == '"legitimate interest"'
    assert 0 < page.locator("ol.said > li").count() < found
    page.locator("ol.said > li .when a").first.click()
    page.wait_for_url("**/-/cases/*#*")
    assert page.locator("li:target").count() == 1


def test_it_fits_without_scripts_and_with_all_it_can_show(visitor: Visitor) -> None:
    page = visitor.open(f"{ADDRESS}?retracted=1&q=a", script=False)
    require_fit(page, 320, 360, 640, 768, 1280)


@pytest.mark.parametrize(
    ("asked", "width", "scheme", "language"), [("?q=---", 1280, "light", "en"), ("?actor=nl-ap&language=nl&_size=20", 360, "dark", "it")]
)
def test_it_is_accessible_whatever_is_asked(visitor: Visitor, asked: str, width: int, scheme: str, language: str) -> None:
    page = visitor.open(ADDRESS + asked, width, scheme, language)
    open_details(page)
    require_fit(page, width)
    require_accessible(page)


def test_a_citation_is_copied(visitor: Visitor) -> None:
    page = visitor.open(f"{ADDRESS}?_size=2", permissions=["clipboard-read", "clipboard-write"])
    page.locator("details.cite > summary").nth(1).click()
    page.locator("details.cite button.copy").nth(1).click()
    page.locator("#told").filter(has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("details.cite textarea").nth(1).input_value() and "/-/cases/" in copied
