"""What is remembered of a file that does not change: never more than allowed, and never for anybody but who may see it."""

from __future__ import annotations

import os
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

from datasette_cases.plugin import adapter, cache, config, pages
from datasette_cases.plugin.cache import Page, Pages

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
