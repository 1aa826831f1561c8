"""A case in the frame of another page: whole or a part, of a day or a release, in which colours, and who may frame it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

from datasette_cases.plugin import config
from datasette_cases.plugin.config import ConfigError
from datasette_cases.render.policy import framed

from .site import ROOT, built, serve, settings_of
from .test_history import CASE as ACME
from .test_history import FIRST, MENDED, SECOND, SUMMARY, Site
from .test_plugin import HOSTILE

CASE = "/-/cases/meta-ai-training-2024"
EMBED = f"{CASE}/embed"
ENGLISH = {"accept-language": "en"}
TOKENS = ROOT / "datasette_cases/plugin/static/tokens.css"


@pytest_asyncio.fixture
async def real(real_db: Path) -> Datasette:
    return await serve(real_db, configuration={"title": "The tracker", "license": "CC BY 4.0", "license_url": "https://example.org/by"})


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the second release."""
    site = Site(tmp_path_factory.mktemp("released"))
    site.release(FIRST)
    site.edit(SUMMARY, MENDED)
    site.release(SECOND)
    return site.file


async def shown(site: Datasette, path: str, language: str = "en") -> BeautifulSoup:
    response = await site.client.get(path, headers={"accept-language": language})
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html5lib")


async def refused(site: Datasette, path: str, language: str = "en") -> str:
    response = await site.client.get(path, headers={"accept-language": language})
    assert response.status_code == 400
    return " ".join(BeautifulSoup(response.text, "html5lib").get_text().split())


def text(page: BeautifulSoup, selector: str) -> str:
    return " ".join(" ".join(node.get_text(" ") for node in page.select(selector)).split())


# --- what is framed ---------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_whole_is_title_sentence_board_and_timeline_and_no_more(real: Datasette) -> None:
    case, page = await shown(real, CASE), await shown(real, EMBED)
    assert text(page, "h1") == text(case, "h1")
    assert text(page, ".sentence") == text(case, "#sentence")
    assert text(page, "table.board tbody") == text(case, "table.board tbody")
    assert text(page, "svg.plot") == text(case, "svg.plot") and text(page, "svg.names") == text(case, "svg.names")
    assert not page.select("nav, form, script, style, [style], button, .chronicle, .languages")
    ids = [node["id"] for node in page.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.asyncio
@pytest.mark.parametrize(("part", "there", "absent"), [("board", "table.board", "svg.plot"), ("timeline", "svg.plot", "table.board")])
async def test_a_part_stands_alone(real: Datasette, part: str, there: str, absent: str) -> None:
    page = await shown(real, f"{EMBED}?part={part}")
    assert text(page, "h1") and page.select(there) and not page.select(absent) and not page.select(".sentence")


@pytest.mark.asyncio
async def test_an_authority_stands_alone_with_its_words_status_and_source(real: Datasette) -> None:
    case, page = await shown(real, CASE), await shown(real, f"{EMBED}?part=nl-ap")
    (row,) = page.select("table.board tbody tr[id]")
    assert row["id"] == "authority-nl-ap"
    assert text(page, "td.words") == text(case, "#authority-nl-ap td.words")
    assert text(page, "td.status") == text(case, "#authority-nl-ap td.status")
    assert page.select('td.words a[rel="external"]')


@pytest.mark.asyncio
async def test_an_authority_that_comes_later_has_an_empty_board_before(real: Datasette) -> None:
    """What was put on a page does not break there."""
    page = await shown(real, f"{EMBED}?part=nl-ap&as_of=2023-01-01")
    assert "Nothing is recorded of any authority up to this day." in text(page, "main")


@pytest.mark.asyncio
async def test_links_leave_the_frame_and_lead_to_what_is_shown(real: Datasette) -> None:
    page = await shown(real, f"{EMBED}?as_of=2024-06-14&_lang=nl")
    assert page.select_one("base[target=_top]:not([href])")
    assert page.select("svg a") and all(link["target"] == "_top" for link in page.select("svg a"))
    case = await shown(real, f"{CASE}?as_of=2024-06-14&_lang=nl")
    leading = {str(link["href"]) for link in page.select("a[href*='#']") if link.get("target") != "_self"}
    assert len(leading) > 20
    for address in leading:
        path, _, anchor = address.partition("#")
        assert path == f"{CASE}?as_of=2024-06-14&_lang=nl" and case.find(id=anchor), address
    (inside,) = page.select("a[target=_self]")
    assert page.find(id=str(inside["href"])[1:])
    for address in {str(link["href"]).partition("#")[0] for link in page.select('a[href^="/"], link[href^="/"]')}:
        assert (await real.client.get(address)).status_code == 200, address


@pytest.mark.asyncio
async def test_the_last_line_says_of_what_and_when_it_is(real: Datasette) -> None:
    page = await shown(real, f"{EMBED}?part=board&as_of=2024-06-14")
    said = "As of 14 June 2024, release of 24 November 2026 Data: CC BY 4.0 The tracker"
    assert text(page, "footer") == f"{text(page, 'h1')} {said}"
    addresses = [str(link["href"]) for link in page.select("footer a")]
    assert addresses == [f"{CASE}?as_of=2024-06-14", "https://example.org/by", "/-/cases"]


@pytest.mark.asyncio
async def test_in_the_language_asked_for_before_that_of_the_browser(real: Datasette) -> None:
    page = await shown(real, f"{EMBED}?_lang=de", "nl")
    assert page.html and page.html["lang"] == "de" and "Stand:" in text(page, "footer")
    assert all("_lang=de" in str(link["href"]) for link in page.select("a[href^='/-/']"))


@pytest.mark.asyncio
async def test_every_link_honours_base_url(real_db: Path) -> None:
    datasette = await serve(real_db, settings={"base_url": "/data/"})
    page = await shown(datasette, EMBED)
    addresses = [str(node.get("href") or node.get("src")) for node in page.select("[href], [src]")]
    assert addresses and all(address.startswith(("/data/", "http", "#signs")) for address in addresses)
    for node in (await shown(datasette, CASE)).select("textarea#embed"):
        assert "/data/-/cases/" in node.get_text()


@pytest.mark.asyncio
async def test_head_answers_as_get_does(real: Datasette) -> None:
    head, get = await real.client.head(EMBED), await real.client.get(EMBED)
    assert head.status_code == 200
    assert head.headers["content-security-policy"] == get.headers["content-security-policy"]
    assert head.headers["content-type"] == "text/html; charset=utf-8"


# --- what was known ---------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_it_can_be_kept_at_what_was_known_on_a_day_and_says_so(released: Path) -> None:
    site = await serve(released)
    now, then = await shown(site, f"/-/cases/{ACME}/embed"), await shown(site, f"/-/cases/{ACME}/embed?as_known={FIRST}")
    assert "as it was known" not in now.get_text()
    notes = text(then, ".as-of-note")
    assert "This record as it was known on 1 Oct 2026 (release of 1 Oct 2026)." in notes and "1 change in this case since then" in notes
    assert "As of 1 October 2026, release of 1 October 2026" in text(then, "footer")
    (link,) = [str(link["href"]) for link in then.select("footer a") if "as_known" in str(link["href"])]
    assert link == f"/-/cases/{ACME}?as_of={FIRST}&as_known={FIRST}"


@pytest.mark.asyncio
async def test_before_the_first_release_nothing_was_known(released: Path) -> None:
    said = await refused(await serve(released), f"/-/cases/{ACME}/embed?as_known=2026-09-01")
    assert f"as_known: nothing was published here before {FIRST}" in said


# --- what is not understood -------------------------------------------------------------------------------------------


NOT_UNDERSTOOD = (
    ("part=map", "part: expected one of board, timeline, at-dsb, be-apd"),
    ("part=fr-cnil2", "part: expected one of board, timeline"),
    ("theme=sepia", "theme: expected one of light, dark"),
    ("theme=light&theme=dark", "theme: expected only once"),
    ("part=board&part=timeline", "part: expected only once"),
    ("as_of=yesterday", "as_of: expected a day up to"),
    ("as_of=2999-01-01", "as_of: expected a day up to"),
    ("as_known=2999-01-01", "as_known: expected a day up to"),
    ("as_known=2026-11", "as_known: expected a day up to"),
    ("_lang=tlh", "_lang: expected one of en, de"),
)


@pytest.mark.asyncio
async def test_what_is_not_understood_is_refused_naming_what_is(real: Datasette) -> None:
    for query, words in NOT_UNDERSTOOD:
        assert words in await refused(real, f"{EMBED}?{query}")


@pytest.mark.asyncio
async def test_it_is_refused_in_the_readers_language(real: Datasette) -> None:
    assert "theme: verwacht werd een van light, dark" in await refused(real, f"{EMBED}?theme=sepia", "nl")


@pytest.mark.asyncio
async def test_a_case_that_is_not_there_is_404(real: Datasette) -> None:
    assert (await real.client.get("/-/cases/nothing/embed")).status_code == 404
    assert (await real.client.get(f"{EMBED}/")).status_code in (302, 404)


# --- colours ----------------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_colours_are_the_readers_unless_they_are_asked_for(real: Datasette) -> None:
    for query, theme, scheme in (("", None, "light dark"), ("?theme=light", "light", "light"), ("?theme=dark", "dark", "dark")):
        page = await shown(real, EMBED + query)
        assert page.html and page.html.get("data-theme") == theme
        meta = page.select_one("meta[name=color-scheme]")
        assert meta and meta["content"] == scheme


def test_the_dark_colours_are_the_same_whoever_asks_for_them() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    blocks = [re.findall(r"--[a-z-]+: #[0-9a-f]{6}", block) for block in re.findall(r":root:where\([^{]*\{([^}]*)\}", css)]
    reader, light, dark = blocks
    assert reader == dark and len(dark) > 15 and not light


# --- who may frame it -------------------------------------------------------------------------------------------------


async def ancestors(site: Datasette, path: str) -> str:
    (found,) = re.findall(r"frame-ancestors ([^;]*)", (await site.client.get(path)).headers["content-security-policy"])
    return str(found)


@pytest.mark.asyncio
async def test_any_site_may_frame_an_embed_and_none_another_page(real: Datasette) -> None:
    assert await ancestors(real, EMBED) == "*"
    for path in (CASE, "/-/cases", "/-/deadlines", "/-/cases/about"):
        assert await ancestors(real, path) == "'none'"
    assert "script-src" not in (await real.client.get(EMBED)).headers["content-security-policy"]


@pytest.mark.asyncio
async def test_an_operator_says_who_may_frame_it(real_db: Path) -> None:
    origins = ["https://www.example.org", "https://*.example.com:8443", "http://localhost:3000"]
    site = await serve(real_db, configuration=settings_of(frame_ancestors=origins))
    assert await ancestors(site, EMBED) == " ".join(origins)
    assert (await shown(site, CASE)).select("textarea#embed")


@pytest.mark.asyncio
async def test_an_operator_may_forbid_it_and_then_it_is_not_offered(real_db: Path) -> None:
    site = await serve(real_db, configuration=settings_of(frame_ancestors=[]))
    assert await ancestors(site, EMBED) == "'none'"
    assert not (await shown(site, CASE)).select("#embed")


@pytest.mark.parametrize(
    "wrong",
    ["https://example.org", "", None, True, {"https://example.org": 1}, ["*"], [1], ["example.org"], ["https://example.org/"],
     ["https://example.org; script-src *"], ["https://a.example https://b.example"], ["https://example.org\n"], ["'self'"], ["https://*"]],
)  # fmt: skip
def test_a_wrong_origin_is_refused(wrong: Any) -> None:
    site = SimpleNamespace(plugin_config=lambda name: {"frame_ancestors": wrong})
    with pytest.raises(
        ConfigError, match='frame_ancestors is .*; write "\\*" for any site, or a list of origins as https://www.example.org'
    ):
        config.read(site)


def test_the_policy_names_who_may() -> None:
    assert framed("*").endswith("; frame-ancestors *") and framed([]).endswith("; frame-ancestors 'none'")


@pytest.mark.asyncio
async def test_what_is_private_is_private_in_a_frame(real_db: Path) -> None:
    site = await serve(real_db, configuration={"databases": {"cases": {"allow": {"id": "root"}}}})
    cookies = {"ds_actor": site.sign({"a": {"id": "root"}}, "actor")}
    assert (await site.client.get(EMBED, cookies=cookies)).status_code == 200
    answer = await site.client.get(EMBED)
    assert answer.status_code == 403 and "noyb" not in answer.text and "Meta" not in answer.text


# --- what is offered --------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_case_page_offers_a_frame_that_works(real: Datasette) -> None:
    page = await shown(real, f"{CASE}?as_of=2024-06-14", "de")
    (snippet,) = page.select("textarea#embed")
    assert page.select("button.copy[data-copies=embed]") and page.select("label[for=embed]")
    (frame,) = BeautifulSoup(snippet.get_text(), "html5lib").select("body > *")
    assert frame.name == "iframe" and set(frame.attrs) == {"src", "title", "width", "height", "loading"}
    assert frame["loading"] == "lazy" and str(frame["title"]) == text(page, "h1") and str(frame["height"]).isdigit()
    parts = urlsplit(str(frame["src"]))
    assert parts.scheme == "http" and parse_qs(parts.query) == {"as_of": ["2024-06-14"], "_lang": ["de"]}
    assert (await shown(real, f"{parts.path}?{parts.query}", "nl")).select("html[lang=de]")


@pytest.mark.asyncio
async def test_of_today_a_frame_follows_the_days(real: Datasette) -> None:
    assert "as_of" not in text(await shown(real, CASE), "textarea#embed")


@pytest.mark.asyncio
async def test_a_title_cannot_leave_the_snippet(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "cases").mkdir(parents=True)
    for name in ("authorities.yml", "actors.yml", "publishers.yml"):
        shutil.copy(ROOT / "data" / name, data)
    (data / "cases/hostile.yml").write_text(HOSTILE.replace("</script> =1+1", '</script> "=1+1'), encoding="utf-8")
    site = await serve(built(data, tmp_path / "cases.db"))
    page = await shown(site, "/-/cases/hostile")
    for node in page.select("textarea#embed"):
        (frame,) = BeautifulSoup(node.get_text(), "html5lib").select("body > *")
        assert frame.name == "iframe" and str(frame["title"]).startswith('<script>alert(1)</script> "=1+1') and not frame.find("script")
    assert not (await shown(site, "/-/cases/hostile/embed")).select("script, [onmouseover], img")
