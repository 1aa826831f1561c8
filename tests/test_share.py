"""What pages say of themselves: to those who share them, and to search engines."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any, Optional
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.plugins import pm

from datasette_cases.i18n import languages
from datasette_cases.plugin import image, sitemap
from datasette_cases.query import sitemap as query
from datasette_cases.render import share as render

from . import golden
from .site import serve, settings_of

CASE = "/-/cases/meta-ai-training-2024"
TITLE = "Cases before authorities"
SITE = {"title": TITLE, "license": "CC BY 4.0", "license_url": "https://creativecommons.org/licenses/by/4.0/", "source": "The editors"}
PAGES = (
    "/-/cases", CASE, f"{CASE}?as_of=2024-06-14", "/-/authorities", "/-/authorities/ie-dpc", "/-/actors/noyb", "/-/deadlines",
    "/-/deadlines/reckon", "/-/statements", "/-/changes", "/-/follow-up", "/-/cases/about",
)  # fmt: skip
XML = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest_asyncio.fixture
async def site(real_db: Path) -> Datasette:
    return await serve(real_db, configuration=SITE)


async def head(site: Datasette, path: str) -> Any:
    response = await site.client.get(path, follow_redirects=True)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html5lib").head


def content(found: Any, name: str) -> Optional[str]:
    tag = found.find("meta", attrs={"property": name}) or found.find("meta", attrs={"name": name})
    return tag["content"] if tag else None


def canonical(found: Any) -> str:
    return str(found.find("link", rel="canonical")["href"])


def data(found: Any) -> Any:
    tag = found.find("script", type="application/ld+json")
    return json.loads(tag.string) if tag else None


@pytest.mark.asyncio
async def test_each_page_says_what_it_is_and_where(site: Datasette) -> None:
    for path in PAGES:
        require_told(await head(site, path), path)


def require_told(found: Any, path: str) -> None:
    assert found.title.string.endswith(f" · {TITLE}") and content(found, "og:title") == found.title.string.removesuffix(f" · {TITLE}")
    description = content(found, "description")
    assert description and description == content(found, "og:description") == " ".join(description.split()) and "<" not in description
    assert canonical(found) == content(found, "og:url") == f"http://localhost{path}"
    assert (content(found, "og:site_name"), content(found, "og:type"), content(found, "og:locale")) == (TITLE, "website", "en_GB")
    others = {link["hreflang"]: link["href"] for link in found.find_all("link", hreflang=True)}
    sign = "&" if "?" in path else "?"
    assert others == {**{code: f"http://localhost{path}{sign}_lang={code}" for code in languages()}, "x-default": f"http://localhost{path}"}


@pytest.mark.asyncio
async def test_a_page_has_one_address_whatever_it_is_sorted_by(site: Datasette) -> None:
    for asked, address in {
        f"{CASE}?_sort=country&utm_source=x&from=2024-01-01": CASE,
        f"{CASE}?_sort=country&_lang=nl&as_of=2024-06-14": f"{CASE}?as_of=2024-06-14&_lang=nl",
        "/-/cases?_sort=title&year=2024&_size=5": "/-/cases?year=2024",
        "/-/deadlines?_sort_desc=last_day&case=meta-ai-training-2024": "/-/deadlines?case=meta-ai-training-2024",
        "/-/statements?q=noyb&fbclid=1": "/-/statements?q=noyb",
    }.items():
        assert canonical(await head(site, asked)) == f"http://localhost{address}"


@pytest.mark.asyncio
async def test_each_language_is_told_in_its_own(site: Datasette) -> None:
    found = await head(site, f"{CASE}?_lang=nl")
    assert canonical(found) == f"http://localhost{CASE}?_lang=nl" and content(found, "og:locale") == "nl_NL"
    assert "geen" in str(content(found, "description")) or "niets" in str(content(found, "description"))
    assert data(found)["inLanguage"] == "nl" and data(found)["url"] == canonical(found)
    assert set(render.AGAIN) == set(languages())


@pytest.mark.asyncio
async def test_a_case_has_an_image_to_be_shown_with(site: Datasette) -> None:
    found = await head(site, f"{CASE}?as_of=2024-06-14&_lang=de")
    assert content(found, "og:image") == f"http://localhost{CASE}/card.png?as_of=2024-06-14&_lang=de"
    assert (content(found, "og:image:width"), content(found, "og:image:height")) == ("1200", "630")
    assert str(content(found, "og:image:alt")).startswith(str(content(found, "og:title")).partition(" – ")[0])
    assert content(found, "twitter:card") == "summary_large_image" and image.library()
    assert content(await head(site, "/-/cases"), "twitter:card") == "summary"


@pytest.mark.asyncio
async def test_a_case_is_a_dataset_of_which_only_what_is_known_is_said(real_db: Path, site: Datasette) -> None:
    found = data(await head(site, CASE))
    assert (found["@context"], found["@type"], found["url"]) == ("https://schema.org", "Dataset", f"http://localhost{CASE}")
    assert (found["license"], found["dateModified"]) == (SITE["license_url"], "2026-11-24")
    assert found["publisher"] == {"@type": "Organization", "name": "The editors"}
    assert found["isPartOf"] == {"@type": "DataCatalog", "name": TITLE, "url": "http://localhost/-/cases"}
    assert re.fullmatch(r"\d{4}[-\d]*/\d{4}-\d\d-\d\d", found["temporalCoverage"]) and 50 <= len(found["description"]) <= 5000
    for one in found["distribution"]:
        answer = await site.client.get(one["contentUrl"].removeprefix("http://localhost"))
        assert answer.status_code == 200 and answer.headers["content-type"].startswith(one["encodingFormat"])
    assert len(found["distribution"]) == 4
    bare = data(await head(await serve(real_db), CASE))
    assert not {"license", "publisher"} & bare.keys() and "name" not in bare["isPartOf"]


@pytest.mark.asyncio
async def test_the_list_of_cases_is_a_catalogue_where_it_is_whole(site: Datasette) -> None:
    found = data(await head(site, "/-/cases"))
    assert (found["@type"], found["name"], found["url"]) == ("DataCatalog", TITLE, "http://localhost/-/cases")
    assert data(await head(site, "/-/cases?q=meta")) is None


def test_nothing_closes_a_block_of_data() -> None:
    block = render.data_block({"name": "</script><script>alert(1)</script> & <!--", "none": None})
    assert "<" not in block and ">" not in block and "&" not in block
    assert json.loads(block) == {"name": "</script><script>alert(1)</script> & <!--"}


def test_a_description_is_cut_off_between_words() -> None:
    assert render.shortened("a  b\nc") == "a b c"
    assert render.shortened("word " * 100, 12) == "word word…" and len(render.shortened("x" * 300)) == 200


# --- search engines ---------------------------------------------------------------------------------------------------


async def urls(site: Datasette, path: str = "/sitemap.xml") -> list[Any]:
    response = await site.client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/xml; charset=utf-8"), response.text
    return ElementTree.fromstring(response.text).findall("s:url", XML)


@pytest.mark.asyncio
async def test_every_page_is_in_the_sitemap_once(site: Datasette, real_db: Path) -> None:
    found = await urls(site)
    addresses = [str(one.findtext("s:loc", namespaces=XML)).removeprefix("http://localhost") for one in found]
    db = sqlite3.connect(real_db)
    cases = [f"/-/cases/{row[0]}" for row in db.execute("select id from cases")]
    authorities = [f"/-/authorities/{row[0]}" for row in db.execute("select id from authorities")]
    others = [f"/-/actors/{row[0]}" for row in db.execute("select id from actors where id not in (select id from authorities)")]
    assert sorted(addresses) == sorted([*query.LISTS, *cases, *authorities, *others])
    for path in (*addresses[:8], addresses[-1]):
        assert canonical(await head(site, path)) == f"http://localhost{path}"
    one = found[addresses.index(CASE)]
    assert one.findtext("s:lastmod", namespaces=XML) == "2026-11-24"
    assert {link.get("hreflang") for link in one.findall("x:link", XML)} == {*languages(), "x-default"}
    golden.same("sitemap.xml", "\n".join(ElementTree.tostring(url, encoding="unicode") for url in found[:8]) + "\n")


def test_a_case_is_as_new_as_its_last_change(real_db: Path) -> None:
    db = sqlite3.connect(":memory:")
    sqlite3.connect(real_db).backup(db)
    db.execute("update releases set released = '2026-01-01'")
    db.executemany(
        "insert into releases select ?, ?, schema_version, built_with, digest from releases limit 1", [(8, "2026-02-02"), (9, "2026-03-03")]
    )
    db.execute("insert into changes (release_id, item, kind) values (8, 'events/clearview-ai-2021/x', 'new')")
    db.execute("insert into changes (release_id, item, kind) values (9, 'cases/deepseek-2025', 'changed')")
    db.execute("insert into changes (release_id, item, kind) values (9, 'events/clearview-ai-20211/x', 'new')")
    days = {row["path"]: row["day"] for row in query.read(db, 0, 1000)}
    assert (days["/-/cases/clearview-ai-2021"], days["/-/cases/deepseek-2025"], days[CASE]) == ("2026-02-02", "2026-03-03", "2026-01-01")
    assert query.released(db) == "2026-03-03" and days["/-/authorities/ie-dpc"] is None


@pytest.mark.asyncio
async def test_many_addresses_stand_in_many_files(site: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [one.findtext("s:loc", namespaces=XML) for one in await urls(site)]
    monkeypatch.setattr(sitemap, "SIZE", 50)
    index = ElementTree.fromstring((await site.client.get("/sitemap.xml")).text)
    files = [str(one.text) for one in index.findall("s:sitemap/s:loc", XML)]
    parts = [await urls(site, file.removeprefix("http://localhost")) for file in files]
    assert len(files) == -(-len(whole) // 50) and [one.findtext("s:loc", namespaces=XML) for part in parts for one in part] == whole
    assert (await site.client.get(f"/sitemap-{len(files) + 1}.xml")).status_code == 404


def allowed(text: str, path: str) -> bool:
    """By RFC 9309: of the rules that fit, the longest; at the same length, the one that allows."""
    best = (0, True)
    for rule, pattern in re.findall(r"^(Allow|Disallow): (\S+)$", text, re.M):
        fits = re.match(re.escape(pattern).replace(r"\*", ".*").replace(r"\$", "$"), path)
        if fits:
            best = max(best, (len(pattern), rule == "Allow"))
    return best[1]


@pytest.mark.asyncio
@pytest.mark.parametrize("base", ["/", "/site/"])
async def test_robots_find_our_pages_and_no_endless_ones(real_db: Path, base: str) -> None:
    site = await serve(real_db, settings={"base_url": base})
    response = await site.client.get("/robots.txt")
    text, to = response.text, base.rstrip("/")
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: http://localhost{base}sitemap.xml" in text
    for path in (
        "/-/cases",
        CASE,
        f"{CASE}?_lang=nl",
        f"{CASE}/card.png?_lang=nl",
        "/-/static-plugins/datasette-cases/cases.css?0.1.0",
        "/cases",
        "/cases.db",
    ):
        assert allowed(text, to + path), path
    for path in (f"{CASE}?as_of=2024-06-14", "/-/cases?_sort=title", "/-/statements?q=x&_lang=nl", "/cases/events", "/cases?sql=select+1"):
        assert not allowed(text, to + path), path
    first = (await urls(site))[0]
    assert first.findtext("s:loc", namespaces=XML) == f"http://localhost{base}-/cases"
    assert canonical(await head(site, "/-/cases")) == f"http://localhost{base}-/cases"


@pytest.mark.asyncio
async def test_robots_are_kept_away_from_what_is_not_public(real_db: Path) -> None:
    site = await serve(real_db, configuration={"databases": {"cases": {"allow": {"id": "root"}}}})
    assert (await site.client.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"
    assert (await site.client.get("/sitemap.xml")).status_code == 403


@pytest.mark.asyncio
async def test_robots_can_be_left_to_others(real_db: Path, tmp_path: Path) -> None:
    site = await serve(real_db, configuration=settings_of(robots=False))
    assert [(await site.client.get(path)).status_code for path in ("/robots.txt", "/sitemap.xml")] == [404, 404]
    sqlite3.connect(tmp_path / "other.db").execute("create table t (a)")
    none = await serve(tmp_path / "other.db")
    assert [(await none.client.get(path)).status_code for path in ("/robots.txt", "/sitemap.xml")] == [404, 404]


class Other:
    __name__ = "Other"

    @hookimpl
    def register_routes(self) -> Any:
        return [(r"^/robots\.txt$", lambda: Response.text("another's"))]


@pytest.mark.asyncio
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_another_plugin_that_answers_robots_goes_first(real_db: Path, method: str) -> None:
    other = Other()
    pm.register(other, name="other robots")
    try:
        site = await serve(real_db)
        answer = await site.client.request(method, "/robots.txt")
        assert answer.status_code == 200 and answer.text in ("another's", "")
        assert "Disallow" not in (await site.client.get("/robots.txt")).text
    finally:
        pm.unregister(other)
