"""What is remembered of a file that does not change, here and by readers: never more than allowed, and never for anybody but who may
see it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any, Optional

import pytest
import pytest_asyncio
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from datasette_cases.plugin import adapter, cache, config, html, pages, validators
from datasette_cases.plugin.cache import Page, Pages
from datasette_cases.plugin.routes import ROUTES

from .site import settings_of

CASE = "/-/cases/meta-ai-training-2024"
PATHS = (
    CASE,
    f"{CASE}.json",
    f"{CASE}.svg",
    f"{CASE}/embed?part=board",
    f"{CASE}?as_of=2024-06-14",
    "/-/cases",
    "/-/cases.json",
    "/-/cases/about",
    "/-/statements?q=noyb",
    "/-/statements.csv",
)

# --- the bounds -------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.integers(0, 60))), max_size=40),
    st.integers(0, 100),
    st.integers(1, 5),
)
def test_the_bounds_hold_and_the_oldest_goes_first(steps: list[tuple[str, Optional[int]]], most_bytes: int, most: int) -> None:
    """Against a list in order of use: what is kept is the longest end of it that fits."""
    kept, used = Pages(most_bytes, most), [("", b"")]
    for key, size in steps:
        before = dict(used)
        if size is None:
            found = kept.get(key)
            assert (found.body if found else None) == before.get(key)
            used = [one for one in used if one[0] != key] + ([(key, before[key])] if key in before else [])
        else:
            kept.put(key, Page(b"x" * size, {}, ""))
            used = [one for one in used if one[0] != key] + [(key, b"x" * size)]
        used = [one for one in used if one[0]]
        while len(used) > most or sum(len(key) + len(body) for key, body in used) > most_bytes:
            used.pop(0)
        assert kept.bytes == sum(len(key) + len(body) for key, body in used) <= most_bytes
        assert len(kept) == len(used) <= most


# --- a site -----------------------------------------------------------------------------------------------------------


async def site(file: Path, mutable: bool = False, settings: Optional[dict[str, Any]] = None, **configuration: Any) -> Datasette:
    files: dict[str, Any] = {"files": [str(file)]} if mutable else {"files": [], "immutables": [str(file)]}
    more = {"config": configuration} if adapter.V1 else {}
    datasette = Datasette(**files, metadata=configuration, settings=settings or {}, **more)
    await datasette.invoke_startup()
    return datasette


@pytest_asyncio.fixture
async def served(real_db: Path) -> Datasette:
    return await site(real_db)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The language of each page that is made rather than taken from the cache."""
    made: list[str] = []
    before = pages.Visit.read

    async def noted(self: Any, function: Any) -> Any:
        made.append(self.language)
        return await before(self, function)

    monkeypatch.setattr(pages.Visit, "read", noted)
    return made


@pytest.mark.asyncio
@pytest.mark.parametrize("path", PATHS)
async def test_the_same_page_again_is_the_same(served: Datasette, read: list[str], path: str) -> None:
    first, second = await served.client.get(path), await served.client.get(path)
    assert len(read) == 1
    assert second.content == first.content and second.headers == first.headers and second.status_code == 200


@pytest.mark.asyncio
async def test_what_differs_is_not_mixed_up(served: Datasette, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    today = date.today()
    asked: list[tuple[str, str, date]] = [
        (CASE, "en", today),
        (CASE, "nl", today),
        (f"{CASE}?_lang=nl", "en", today),
        (f"{CASE}?as_of=2024-06-14", "en", today),
        (f"{CASE}?as_of=2024-06-15", "en", today),
        (f"{CASE}?as_of={today}", "en", today),
        (CASE, "en", date(2026, 1, 1)),
        (f"{CASE}.json", "en", today),
        (f"{CASE}.json", "nl", today),
        (f"{CASE}.json", "en", date(2026, 1, 1)),
    ]

    async def get(path: str, accepted: str, day: date) -> bytes:
        monkeypatch.setattr(config.Config, "today", lambda self: day)
        return bytes((await served.client.get(path, headers={"accept-language": accepted})).content)

    found = [await get(*one) for one in asked]
    assert len(read) == len(asked)
    assert len(set(found)) == len(found)
    assert [await get(*one) for one in reversed(asked)] == found[::-1]
    assert len(read) == len(asked)


@pytest.mark.asyncio
async def test_what_is_refused_is_not_remembered(served: Datasette, read: list[str]) -> None:
    for path, status in ((f"{CASE}?as_of=tomorrow", 400), (f"{CASE}?_lang=xx", 400), ("/-/cases/nothing-here", 404)):
        for _ in range(2):
            assert (await served.client.get(path)).status_code == status
    assert CASE not in str(read) and (await served.client.get(CASE)).status_code == 200


# --- who may see it ---------------------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_what_became_private_is_not_answered_from_memory(real_db: Path) -> None:
    """Permission is asked each time, before anything is looked up."""
    open_to: list[bool] = [True]

    class Door:
        __name__ = "Door"

        if adapter.V1:

            @hookimpl
            def permission_resources_sql(self, datasette: Any, actor: Any, action: str) -> Any:
                from datasette.permissions import PermissionSQL

                return None if open_to[0] else PermissionSQL.deny(reason="closed")

        else:

            @hookimpl
            def permission_allowed(self, action: str) -> Optional[bool]:
                return None if open_to[0] else False

    datasette = await site(real_db)
    pm.register(Door(), name="door")
    try:
        for path in PATHS:
            assert (await datasette.client.get(path)).status_code == 200
        open_to[0] = False
        for path in PATHS:
            answer = await datasette.client.get(path)
            assert answer.status_code == 403 and "noyb" not in answer.text
        open_to[0] = True
        assert (await datasette.client.get(CASE)).status_code == 200
    finally:
        pm.unregister(name="door")


@pytest.mark.asyncio
async def test_nothing_is_kept_for_somebody_or_read_from_what_others_got(real_db: Path, read: list[str]) -> None:
    datasette = await site(real_db, databases={"cases": {"allow": {"id": ["root", "reader"]}}})
    for name in ("root", "reader", "root"):
        cookies = {"ds_actor": datasette.sign({"a": {"id": name}}, "actor")}
        page = await datasette.client.get(CASE, cookies=cookies)
        assert page.status_code == 200 and f'<span class="actor">{name}</span>' in page.text
    assert len(read) == 3
    assert (await datasette.client.get(CASE)).status_code == 403


@pytest.mark.asyncio
async def test_menus_of_other_plugins_are_not_mixed_up(served: Datasette, read: list[str]) -> None:
    class Menu:
        __name__ = "Menu"

        @hookimpl
        def menu_links(self, request: Any) -> list[dict[str, str]]:
            return [{"href": "/x", "label": f"for {request.cookies.get('who', 'all')}"}]

    pm.register(Menu(), name="menu")
    try:
        for who in ("ann", "ben", "ann"):
            assert f">for {who}<" in (await served.client.get(CASE, cookies={"who": who})).text
        assert ">for all<" in (await served.client.get(CASE)).text
    finally:
        pm.unregister(name="menu")
    assert len(read) == 3
    assert ">for " not in (await served.client.get(CASE)).text


@pytest.mark.asyncio
async def test_links_to_sql_follow_the_right_to_ask(real_db: Path) -> None:
    for may_ask in (True, False):
        datasette = await site(real_db, settings={"default_allow_sql": may_ask})
        for _ in range(2):
            assert ("sql=" in (await datasette.client.get(CASE)).text) is may_ask


# --- files that change ------------------------------------------------------------------------------------------------


def retitled(file: Path, title: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("update cases set title = ?", [title])
    connection.close()


@pytest.mark.asyncio
async def test_a_file_that_may_be_written_to_is_never_remembered(real_db: Path, tmp_path: Path, read: list[str]) -> None:
    file = Path(shutil.copy(real_db, tmp_path / "cases.db"))
    datasette = await site(file, mutable=True)
    for number in range(3):
        retitled(file, f"Title {number}")
        assert f"Title {number}" in (await datasette.client.get(CASE)).text
    assert len(read) == 3


@pytest.mark.asyncio
async def test_a_file_that_was_swapped_is_not_answered_from_memory(real_db: Path, tmp_path: Path, read: list[str]) -> None:
    """Datasette reads what it has open; what it will read next cannot be told, so nothing is remembered any more."""
    file = Path(shutil.copy(real_db, tmp_path / "cases.db"))
    datasette = await site(file)
    for _ in range(2):
        await datasette.client.get(CASE)
    assert len(read) == 1
    new = Path(shutil.copy(real_db, tmp_path / "new.db"))
    retitled(new, "The new title")
    os.replace(new, file)
    for _ in range(2):
        assert (await datasette.client.get(CASE)).status_code == 200
    assert len(read) == 3
    again = await site(file)
    assert "The new title" in (await again.client.get(CASE)).text


@pytest.mark.asyncio
async def test_a_file_that_is_gone_is_not_answered_from_memory(real_db: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(real_db, tmp_path / "cases.db"))
    datasette = await site(file)
    database = datasette.get_database("cases")
    assert cache.known(database) is not None
    file.unlink()
    assert cache.known(database) is None


# --- configuration, templates -----------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_cache_can_be_turned_off(real_db: Path, read: list[str]) -> None:
    datasette = await site(real_db, **settings_of(cache=0))
    first, second = await datasette.client.get(CASE), await datasette.client.get(CASE)
    assert first.content == second.content and len(read) == 2


@pytest.mark.asyncio
async def test_a_site_with_its_own_templates_is_rendered_by_datasette(real_db: Path, tmp_path: Path, read: list[str]) -> None:
    """They may ask Datasette for anything, and other plugins for more: nothing of it is kept."""
    own = tmp_path / "templates" / "datasette_cases"
    own.mkdir(parents=True)
    (own / "about.html").write_text("{% extends 'default:base.html' %}{% block content %}{{ who }} {{ page.lists|length }}{% endblock %}")

    class Vars:
        __name__ = "Vars"

        @hookimpl
        def extra_template_vars(self, request: Any) -> dict[str, str]:
            return {"who": f"for {request.cookies.get('who', 'all')}"}

    pm.register(Vars(), name="vars")
    try:
        datasette = Datasette(immutables=[str(real_db)], template_dir=str(tmp_path / "templates"))
        await datasette.invoke_startup()
        for who in ("ann", "ben", "ann"):
            assert f"for {who} 14" in (await datasette.client.get("/-/cases/about", cookies={"who": who})).text
        assert (await datasette.client.get(CASE)).status_code == 200
    finally:
        pm.unregister(name="vars")
    assert len(read) == 4


@pytest.mark.asyncio
async def test_whose_templates_a_site_has_is_known_without_compiling_any(one_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is half a second of the first page, and of every test that has a Datasette of its own."""
    datasette, compile = await site(one_case), Environment.compile
    compiled: list[Environment] = []

    def noted(environment: Environment, *source: Any, **more: Any) -> Any:
        compiled.append(environment)
        return compile(environment, *source, **more)

    monkeypatch.setattr(Environment, "compile", noted)
    assert (await datasette.client.get(CASE)).status_code == 200
    assert set(compiled) <= {html.OWN}


# --- validators -------------------------------------------------------------------------------------------------------

EXAMPLES = {"case": "meta-ai-training-2024", "actor": "ie-dpc", "authority": "ie-dpc"}
"""What stands in an address for a part of it."""
ASKED = {"/-/deadlines/reckon.json": "rule=gdpr-60-4&start=2024-03-04&calendar=IE"}
"""Addresses that answer nothing without parameters."""
FORMATS = re.compile(r"(\(\?:\\\.\(\?P<format>([a-z|]+)\)\)\?)|\\\.\(\?P<format>([a-z|]+)\)")
"""At the end of an address, which also answers without, or not."""
PART = re.compile(r"\(\?P<(\w+)>([^()]*)\)")


def addresses() -> list[str]:
    """An address for each route and each of its formats, read from the routes: one that is added later is among them."""
    found = []
    for pattern, _ in ROUTES:
        bare = pattern.strip("^$")
        formats = FORMATS.search(bare)
        suffixes = [f".{name}" for name in (formats[2] or formats[3]).split("|")] if formats else []
        if not formats or formats[2]:
            suffixes.insert(0, "")
        bare = FORMATS.sub("", bare)
        path = PART.sub(lambda part: EXAMPLES[part.group(1)], bare).replace("\\.", ".")
        assert re.fullmatch(r"/-/[a-z0-9/.-]+", path), f"{pattern}: say in EXAMPLES what stands in it"
        found += [path + suffix for suffix in suffixes]
    return [f"{path}?{ASKED[path]}" if path in ASKED else path for path in found]


ADDRESSES = addresses()


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory, real_db: Path) -> Path:
    """The real database, to be opened by many."""
    return Path(shutil.copy(real_db, tmp_path_factory.mktemp("kept") / "cases.db"))


def test_the_addresses_are_those_of_the_routes() -> None:
    assert {"/-/cases", "/-/cases.json", "/-/cases.csv", f"{CASE}.svg", f"{CASE}.ics", "/-/changes.atom"} <= set(ADDRESSES)
    for pattern, _ in ROUTES:
        assert any(re.match(pattern, path.partition("?")[0]) for path in ADDRESSES), pattern


@pytest.mark.asyncio
async def test_who_has_a_page_is_told_so_without_asking_the_database(one_case: Path, read: list[str]) -> None:
    """Each route, each format. The validator comes from another process's Datasette, whose memory is not this one's."""
    other, datasette = await site(one_case), await site(one_case)
    seen = set()
    for path in ADDRESSES:
        first = await other.client.get(path)
        if first.status_code == 302:
            continue
        assert first.status_code == 200, path
        tag = first.headers["etag"]
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag) and tag not in seen, path
        seen.add(tag)
        del read[:]
        again = await datasette.client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, read) == (304, b"", []), path
        assert "content-type" not in again.headers, path
        for name in ("etag", "cache-control", "vary", "last-modified"):
            assert again.headers[name] == first.headers[name], path
        assert (await datasette.client.head(path, headers={"if-none-match": tag})).status_code == 304, path
        new = await datasette.client.get(path, headers={"if-none-match": '"of another release"'})
        assert new.status_code == 200 and new.content == first.content and new.headers["etag"] == tag, path
    assert len(seen) > len(ADDRESSES) / 2


@pytest.mark.parametrize(
    ("header", "had"),
    [
        ('"tag"', True),
        ('W/"tag"', True),
        ('"a", W/"tag" , "b"', True),
        ('"with, comma", "tag"', True),
        ('"a, tag"', False),
        ('"tagged"', False),
        ("tag", False),
        ("", False),
        ("*", False),
        ('"', False),
    ],
)
def test_the_weak_comparison(header: str, had: bool) -> None:
    assert validators.had(header, '"tag"') is had


def test_if_none_match_may_be_several_lines() -> None:
    lines = [(b"if-none-match", b'"a"'), (b"accept", b'"c"'), (b"if-none-match", b'W/"b"')]
    assert validators.wanted({"headers": lines}) == '"a", W/"b"'


@pytest.mark.asyncio
async def test_a_star_stands_for_whatever_there_is(one_case: Path) -> None:
    datasette = await site(one_case)
    star = {"if-none-match": "*"}
    for _ in range(2):
        assert (await datasette.client.get("/-/cases.json", headers=star)).status_code == 304
    assert (await datasette.client.get("/-/cases/nobody.json", headers=star)).status_code == 404
    assert (await datasette.client.get("/-/cases.json?_size=x", headers=star)).status_code == 400
    assert (await datasette.client.get("/-/cases.json")).status_code == 200


@pytest.mark.asyncio
async def test_a_validator_follows_all_that_a_page_does(one_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = "/-/cases.json", []

    async def tag(settings: Optional[dict[str, Any]] = None, headers: Any = (), **configuration: Any) -> str:
        datasette = await site(one_case, settings=settings, **configuration)
        return str((await datasette.client.get(path, headers=dict(headers))).headers["etag"])

    seen.append(await tag())
    assert await tag() == seen[0]
    seen.append(await tag(headers={"accept-language": "nl"}))
    seen.append(await tag({"base_url": "/data/"}))
    seen.append(await tag(**settings_of(corrections="/errors")))
    monkeypatch.setattr(config.Config, "today", lambda self: date(2026, 12, 24))
    seen.append(await tag())
    monkeypatch.setattr(validators, "program", lambda: "the next version")
    seen.append(await tag())
    assert len(set(seen)) == len(seen)


@pytest.mark.asyncio
async def test_a_validator_follows_what_stands_around_a_page(one_case: Path) -> None:
    """Titles and licences of the site, its ready-made queries, and whether numbers link to their SQL; in data nothing of it is said."""
    sites: list[tuple[dict[str, Any], Optional[dict[str, Any]]]] = [
        ({"title": "One"}, None),
        ({"title": "Two"}, None),
        ({"title": "One", "license": "CC BY 4.0"}, None),
        ({"title": "One"}, {"default_allow_sql": False}),
    ]
    found = [await site(one_case, settings=settings, **configuration) for configuration, settings in sites]
    for path in (CASE, "/-/cases/about", "/-/changes.atom"):
        assert len({(await datasette.client.get(path)).headers["etag"] for datasette in found}) == len(found), path
    assert len({(await datasette.client.get(f"{CASE}.json")).headers["etag"] for datasette in found}) == 1
    queries = [{"databases": {"cases": {"queries": {"one": {"sql": "select 1", "title": title}}}}} for title in ("One", "Two")]
    asked = [await site(one_case, **configuration) for configuration in queries]
    assert len({(await datasette.client.get("/-/cases/about")).headers["etag"] for datasette in asked}) == 2


@pytest.mark.asyncio
async def test_a_new_release_has_other_validators(real_db: Path, tmp_path: Path) -> None:
    new = Path(shutil.copy(real_db, tmp_path / "cases.db"))
    retitled(new, "The new title")
    before, after = await site(real_db), await site(new)
    tag = (await before.client.get(f"{CASE}.json")).headers["etag"]
    assert (await after.client.get(f"{CASE}.json", headers={"if-none-match": tag})).status_code == 200


@pytest.mark.asyncio
async def test_a_file_that_changes_has_no_validator(real_db: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(real_db, tmp_path / "cases.db"))
    mutable, swapped = await site(file, mutable=True), await site(file)
    tag = (await swapped.client.get(CASE)).headers["etag"]
    os.replace(shutil.copy(real_db, tmp_path / "new.db"), file)
    for datasette in (mutable, swapped):
        answer = await datasette.client.get(CASE, headers={"if-none-match": tag})
        assert answer.status_code == 200 and not {"etag", "last-modified"} & answer.headers.keys()
        assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.asyncio
async def test_a_page_of_the_sites_own_templates_has_no_validator(one_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "ours", lambda ds, request: False)
    datasette = await site(one_case)
    page, data = await datasette.client.get(CASE), await datasette.client.get(f"{CASE}.json")
    assert "etag" not in page.headers and page.headers["cache-control"] == "no-cache" and "etag" in data.headers


@pytest.mark.asyncio
async def test_the_day_of_release_is_said_and_nothing_follows_from_it(one_case: Path) -> None:
    datasette = await site(one_case)
    day = "Tue, 24 Nov 2026 00:00:00 GMT"
    for path in (CASE, "/-/cases.json"):
        assert (await datasette.client.get(path)).headers["last-modified"] == day
        assert (await datasette.client.get(path, headers={"if-modified-since": day})).status_code == 200


# --- for how long, and for whom ---------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "public, max-age=60"),
        ({"max_age": 300, "stale_while_revalidate": 30}, "public, max-age=300, stale-while-revalidate=30"),
        ({"max_age": 0, "stale_while_revalidate": 30}, "no-cache"),
    ],
)
async def test_how_long_a_page_is_kept_is_configured(one_case: Path, settings: dict[str, Any], said: str) -> None:
    datasette = await site(one_case, **settings_of(**settings))
    for path in (CASE, f"{CASE}.svg", "/-/statements.csv"):
        assert (await datasette.client.get(path)).headers["cache-control"] == said


@pytest.mark.asyncio
async def test_a_page_varies_with_the_language_that_was_negotiated(one_case: Path) -> None:
    """And with what Datasette says that its pages vary with."""
    datasette = await site(one_case)
    for path, language in (("/-/cases", True), ("/-/cases.json", True), ("/-/cases?_lang=nl", False), ("/-/cases.json?_lang=en", False)):
        for _ in range(2):
            names = {name.strip() for name in (await datasette.client.get(path)).headers["vary"].split(",")}
            assert names == {"Cookie", "Authorization", *(["Accept-Language"] if language else [])}, path


@pytest.mark.asyncio
async def test_nothing_private_is_kept_by_anybody(one_case: Path) -> None:
    private = await site(one_case, databases={"cases": {"allow": {"id": "root"}}})
    public = await site(one_case)
    tag = (await public.client.get(CASE)).headers["etag"]
    for path in ADDRESSES:
        answer = await private.client.get(path, headers={"if-none-match": f"{tag}, *"})
        assert answer.status_code == 403 and answer.headers["cache-control"] == "no-store", path
        assert not {"etag", "last-modified"} & answer.headers.keys(), path
    for datasette in (private, public):
        cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
        for path in ADDRESSES if datasette is public else [CASE]:
            answer = await datasette.client.get(path, cookies=cookies, headers={"if-none-match": tag})
            assert answer.status_code in (200, 302) and answer.headers["cache-control"] == "private, no-store", path
            assert "etag" not in answer.headers, path
    for more in ({"cookies": {"_ga": "1"}}, {"headers": {"authorization": "Bearer x"}}):
        assert (await public.client.get(CASE, **more)).headers["cache-control"] == "private, no-store"
    assert (await public.client.get(CASE)).headers["cache-control"] == "public, max-age=60"


@pytest.mark.asyncio
async def test_no_error_is_kept_by_anybody(one_case: Path) -> None:
    for base in ("/", "/data/"):
        datasette = await site(one_case, settings={"base_url": base}, **settings_of(home=True))
        for path, status in (
            ("/?_lang=xx", 400),
            ("/-/cases/nobody.json", 404), ("/-/cases?_lang=xx", 400),
            ("/-/deadlines/reckon?rule=nothing&start=2024-03-04&calendar=IE", 400),
        ):  # fmt: skip
            answer = await datasette.client.get(path)
            assert answer.status_code == status and answer.headers["cache-control"] == "no-store", path
            assert not {"etag", "last-modified"} & answer.headers.keys(), path
    assert "no-store" not in (await datasette.client.get("/nothing/here")).headers.get("cache-control", "")


@pytest.mark.asyncio
async def test_what_is_open_to_other_origins_stays_so_when_nothing_is_new(one_case: Path) -> None:
    """A reader takes the headers of a 304 for those of what it has."""
    given = {"config": {}} if adapter.V1 else {}
    datasette = Datasette(immutables=[str(one_case)], cors=True, **given)
    await datasette.invoke_startup()
    for path in ("/-/cases.json", "/-/cases"):
        first = await datasette.client.get(path)
        again = await datasette.client.get(path, headers={"if-none-match": first.headers["etag"]})
        names = [{name for name in answer.headers if name.startswith("access-control-")} for answer in (first, again)]
        assert again.status_code == 304 and names[0] == names[1] and bool(names[0]) is path.endswith(".json")


@pytest.mark.asyncio
async def test_a_rule_that_comes_later_is_obeyed(one_case: Path) -> None:
    """Core is asked once where nothing can change its answer; as soon as something can, each time."""
    datasette = await site(one_case)
    assert (await datasette.client.get(CASE)).status_code == 200
    place = datasette.config if adapter.V1 else datasette._metadata_local
    rules: list[dict[str, Any]] = [
        {"allow": False}, {"databases": {"cases": {"allow": False}}}, {"databases": {"cases": {"tables": {"events": {"allow": False}}}}},
    ]  # fmt: skip
    for rule in rules:
        place.update(rule)
        assert (await datasette.client.get(CASE)).status_code == 403, rule
        place.clear()
        assert (await datasette.client.get(CASE)).status_code == 200
