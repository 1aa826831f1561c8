"""Images in pixels: the timeline and the card of a case, looked at by a library that knows nothing of SVG."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from datasette.app import Datasette
from PIL import Image, ImageFont

from datasette_cases.i18n import catalogue
from datasette_cases.page import case as case_page
from datasette_cases.page.case import Authority, CasePage
from datasette_cases.page.words import Words
from datasette_cases.plugin import image
from datasette_cases.query import case as case_query
from datasette_cases.query import words as words_query
from datasette_cases.render import card, png

from . import golden
from .site import serve, settings_of

CASE = "/-/cases/meta-ai-training-2024"
COLOURS = {"no": (0xD9, 0x60, 0x4A), "leaning-yes": (0x8E, 0xC3, 0xE6), "undecided": (0xDD, 0xD8, 0xC8)}
PAPER = (255, 255, 255)


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db, configuration={"title": "Cases before authorities"})


def opened(response: Any) -> Image.Image:
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png"), response.text
    return Image.open(BytesIO(response.content)).convert("RGB")


def colours(picture: Image.Image) -> set[Any]:
    return {colour for _, colour in picture.getcolors(10_000_000) or []}


@pytest.mark.asyncio
async def test_the_timeline_is_there_in_pixels_with_its_colours(site: Datasette) -> None:
    picture = opened(await site.client.get(f"{CASE}.png?width=1152&_lang=pl"))
    assert picture.width == 1152 and picture.height > 500
    assert {PAPER, *COLOURS.values()} <= colours(picture)
    other = opened(await site.client.get(f"{CASE}.png?width=1152&_lang=pl&as_of=2024-06-14"))
    assert other.height < picture.height


@pytest.mark.asyncio
async def test_letters_are_drawn_from_our_own_font(site: Datasette) -> None:
    """On a machine without any font: with other words the pixels where they stand are others, and none is a box."""
    titles = [opened(await site.client.get(f"{CASE}.png?width=600&_lang={code}")).crop((0, 0, 600, 22)) for code in ("en", "nl")]
    assert titles[0].tobytes() != titles[1].tobytes()
    assert all(title.convert("L").getextrema()[0] < 80 for title in titles)


@pytest.mark.asyncio
async def test_a_width_has_bounds(site: Datasette) -> None:
    for width in ("9", "2401", "wide", "1e3", "-300", "٣٠٠"):
        response = await site.client.get(f"{CASE}.png?width={width}")
        assert response.status_code == 400 and "width: expected a number from 200 to 2400" in response.text


@pytest.mark.asyncio
async def test_what_is_not_there_is_not_drawn(site: Datasette) -> None:
    for path in ("/-/cases/no-such-case.png", "/-/cases/no-such-case/card.png"):
        assert (await site.client.get(path)).status_code == 404
    assert (await site.client.get(f"{CASE}/card.png?as_of=2999-01-01")).status_code == 400


@pytest.mark.asyncio
async def test_an_image_is_drawn_once(real_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, drawn = await serve(real_db), []
    site.get_database("cases").is_mutable = False
    monkeypatch.setattr(image, "rasterized", lambda svg, size: drawn.append(size) or b"pixels")
    answers = [await site.client.get(f"{CASE}/card.png") for _ in range(2)]
    assert [answer.content for answer in answers] == [b"pixels"] * 2 and drawn == [(1200, 630)]


@pytest.mark.asyncio
async def test_no_more_than_a_few_wait(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "_waiting", image.MOST_WAITING)
    response = await site.client.get(f"{CASE}/card.png?as_of=2024-07-01")
    assert response.status_code == 503 and "come again" in response.text


@pytest.mark.asyncio
async def test_without_the_extra_it_is_said_what_to_install(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "library", lambda: None)
    for path in (f"{CASE}.png", f"{CASE}/card.png"):
        response = await site.client.get(path)
        assert response.status_code == 501 and "pip install datasette-cases[png]" in response.text
    page = (await site.client.get(CASE)).text
    assert "og:image" not in page and ".png" not in page and 'content="summary"' in page


@pytest.mark.asyncio
async def test_who_may_not_see_a_case_sees_no_image_of_it(real_db: Path) -> None:
    site = await serve(real_db, configuration={"databases": {"cases": {"allow": False}}, **settings_of()})
    for path in (f"{CASE}.png", f"{CASE}/card.png"):
        assert (await site.client.get(path)).status_code == 403


# --- the card ---------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_card_has_its_size_and_colours(site: Datasette) -> None:
    picture = opened(await site.client.get(f"{CASE}/card.png?_lang=de"))
    assert picture.size == (1200, 630)
    assert {PAPER, COLOURS["leaning-yes"], COLOURS["undecided"]} <= colours(picture)


@pytest.fixture
def page(real_db: Path) -> CasePage:
    db = sqlite3.connect(real_db)
    rows = case_query.read(db, "meta-ai-training-2024", "2026-11-24", "en")
    assert rows
    return case_page.build(rows, Words(words_query.read(db, "en")), "en", "2026-11-24")


def drawn(page: CasePage, language: str = "en") -> str:
    return card.draw(page, catalogue(language), "", "Cases before authorities", "As of 24 November 2026")


def many(page: CasePage, number: int) -> list[Authority]:
    return [page.authorities[place % len(page.authorities)] for place in range(number)]


def test_a_card_is_as_it_was(page: CasePage) -> None:
    golden.same("meta-ai-training-2024.card.svg", drawn(page))


def places(svg: str) -> list[tuple[float, float, str]]:
    """Bottom and size of each line of words, in their order on the card."""
    found = []
    for group in re.split(r'(?=<g transform="translate\()', svg):
        moved = re.match(r'<g transform="translate\(\S+ (\S+)\)">', group)
        down = float(moved[1]) if moved else 0.0
        inner = group.partition("</g>") if moved else (group, "", "")
        for part, shift in ((inner[0], down), (inner[2], 0.0)):
            found += [(shift + float(y), float(size), kind) for kind, y, size in re.findall(
                r'<text class="(\w+)[^"]*" x="[^"]+" y="([^"]+)" font-size="([^"]+)"', part)]  # fmt: skip
    return found


@pytest.mark.parametrize(
    "title", ["Short", "A rather long title of a case in which much is said " * 2, "word " * 120, "Ένα" * 80, "ж" * 300]
)
@pytest.mark.parametrize("number", [0, 1, 18, 60, 150])
def test_nothing_on_a_card_meets_anything_else(page: CasePage, title: str, number: int) -> None:
    svg = drawn(replace(page, case=replace(page.case, title=title.strip()), authorities=many(page, number)))
    lines = sorted({(y, size) for y, size, kind in places(svg) if kind != "code"})
    assert all(16 <= size < y <= 630 - 30 for y, size in lines)
    for (above, _), (below, size) in zip(lines, lines[1:], strict=False):
        assert below - size * 0.8 > above - 1, (title[:20], number)


@pytest.mark.parametrize("word", ["nun", "Mum", "Защита", "Ώμων"])
def test_a_full_card_keeps_its_margin(page: CasePage, word: str) -> None:
    """Words of the widest letters, in the font they are really drawn with."""
    full = replace(page, case=replace(page.case, title=f"{word} " * 60), authorities=many(page, 60))
    svg = card.draw(full, catalogue("en"), image.looks("card.css"), f"{word} " * 60, f"{word} " * 60)
    picture = Image.open(BytesIO(image.rasterized(svg, png.size(svg, card.WIDTH)))).convert("RGB")
    assert colours(picture.crop((1170, 12, 1200, 630))) == {PAPER}


def test_a_card_counts_every_authority(page: CasePage) -> None:
    svg = drawn(replace(page, authorities=many(page, 60)))
    assert svg.count('rx="5"') == 60
    assert sum(int(found) for found in re.findall(r">(\d+) [^<]+</text>", svg)) == 60


# --- what is made ready for it ----------------------------------------------------------------------------------------


def test_a_stylesheet_has_the_colours_of_light_paper() -> None:
    css = png.looks(":root { --ink: #111; --paper: #fff; }\n@media dark { :root { --ink: #eee; } }", "a { fill: var(--ink); }")
    assert css == "a { fill: #111; }"
    assert "var(" not in image.looks("timeline.css") + image.looks("card.css")


def test_a_very_high_image_gets_fewer_pixels() -> None:
    assert png.size('<svg lang="en" width="1000" height="500">') == (2000, 1000)
    assert png.size('<svg lang="en" width="1000" height="500">', 300) == (300, 150)
    high = png.size('<svg lang="en" width="1000" height="100000">', 2400)
    assert high.width * high.height <= png.MOST_PIXELS * 1.01


def test_the_fonts_have_the_letters_of_european_names() -> None:
    for path in image.FONTS:
        font = ImageFont.truetype(str(path), 40)
        missing = font.getmask("\U0001f600").getbbox(), bytes(font.getmask("\U0001f600"))
        for letter in "ąćęłńóśźżÄÖÜßéèêçñøåőűšžčřďťľĺŕăâîșțģķļņαβγδωΆΈώΩабвгдежзийклмнопрстуфхцчшщъьюяЖЮЯЪ€–—“”„…·":
            mask = font.getmask(letter)
            assert (mask.getbbox(), bytes(mask)) != missing and mask.getbbox(), letter
    assert len(image.FONTS) == 2
